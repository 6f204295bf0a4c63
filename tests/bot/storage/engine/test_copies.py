import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from bot.errors import DatabaseDamagedError, DatabaseTooNewError, StorageError
from bot.storage.engine import copies
from bot.storage.engine.copies import backup, kept_name, replacement
from bot.storage.engine.database import Database
from bot.storage.members.desk import Desk
from tests.builders import utc

NOW = utc(2024, 2, 23, 12)
_KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("INSERT INTO notes VALUES ('last', 'words')")
os.kill(os.getpid(), signal.SIGKILL)
"""


async def made(path: Path, value: str) -> Path:
    async with Database.open(path) as database:
        await Desk(database).set_note("mark", value)
    return path


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and a backup of another time, to be copied."""
    folder = tmp_path_factory.mktemp("originals")
    asyncio.run(made(folder / "paperboy.db", "old"))
    asyncio.run(made(folder / "other.db", "new"))
    backup(folder / "other.db", folder / "saved.db")
    return folder


@pytest.fixture
def path(originals: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(originals / "paperboy.db", tmp_path))


@pytest.fixture
def saved(originals: Path, tmp_path: Path) -> Path:
    """A backup of another time."""
    return Path(shutil.copy(originals / "saved.db", tmp_path))


def notes(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return dict(connection.execute("SELECT name, value FROM notes"))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def kill_a_writer(path: Path) -> None:
    subprocess.run([sys.executable, "-IS", "-c", _KILLED, str(path)], check=False)  # noqa: S603  our own words


# -- backup


async def test_a_backup_is_one_file_with_all_that_was_committed_while_others_write(path: Path, tmp_path: Path) -> None:
    async with Database.open(path) as database:
        await Desk(database).set_note("later", "1")  # still in the log
        async with database.write() as tx:
            await tx.run("INSERT INTO notes VALUES ('open', '1')")
            backup(path, tmp_path / "saved.db")
        await Desk(database).set_note("after", "1")
    assert names(tmp_path) == {"paperboy.db", "saved.db"}
    assert notes(tmp_path / "saved.db") == {"mark": "old", "later": "1"}
    assert names(tmp_path) == {"paperboy.db", "saved.db"}  # looking at it leaves nothing beside it


def test_the_log_of_a_process_that_died_is_in_it(path: Path, tmp_path: Path) -> None:
    kill_a_writer(path)
    backup(path, tmp_path / "saved.db")
    assert notes(tmp_path / "saved.db") == {"mark": "old", "last": "words"}


def test_damage_is_not_backed_up_over_a_good_backup(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "saved.db")
    good = (tmp_path / "saved.db").read_bytes()
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 4))
    with pytest.raises(DatabaseDamagedError):
        backup(path, tmp_path / "saved.db")
    assert (tmp_path / "saved.db").read_bytes() == good
    assert names(tmp_path) == {"paperboy.db", "saved.db"}


@pytest.mark.parametrize("step", ["mkstemp", "fsync", "replace", "connect"])
def test_a_backup_is_complete_or_not_there(
    path: Path, tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, step, 1)
    with pytest.raises(StorageError, match="disk full"):
        backup(path, tmp_path / "saved.db")
    monkeypatch.undo()
    assert names(tmp_path) == {"paperboy.db"}


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_a_backup_that_fails_leaves_nothing_behind(
    path: Path, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Path, target: Path) -> None:
        target.with_name(target.name + ending).write_bytes(b"half of it")
        raise OSError(28, "disk full")

    monkeypatch.setattr(copies, "_copy", fails)
    for target in ("saved.db", "folder"):
        with pytest.raises(StorageError, match="disk full"):
            backup(path, tmp_path / target)
    assert names(tmp_path) == {"paperboy.db"}


def test_a_folder_in_the_backups_place_is_named_and_left(path: Path, tmp_path: Path) -> None:
    (tmp_path / "saved.db").mkdir()
    with pytest.raises(StorageError, match=r"no backup was made: \S+/saved\.db: Is a directory"):
        backup(path, tmp_path / "saved.db")
    assert names(tmp_path) == {"paperboy.db", "saved.db"}


def test_what_can_not_be_backed_up_is_said(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is no database at"):
        backup(tmp_path / "none.db", tmp_path / "saved.db")
    with pytest.raises(StorageError, match=r"no backup was made: .*nowhere.*No such file"):
        backup(path, tmp_path / "nowhere" / "saved.db")


def fail_at(monkeypatch: pytest.MonkeyPatch, step: str, time: int) -> None:
    """Let a call of the system fail, as when the disk is full, at the so many-th time."""
    room = {"mkstemp": "tempfile", "fsync": "os", "link": "os", "replace": "Path", "unlink": "Path"}.get(
        step, "sqlite3"
    )
    target = Path if room == "Path" else getattr(copies, room)
    real, calls = getattr(target, step), []

    def fails(*arguments: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == time:
            raise sqlite3.OperationalError("disk full") if room == "sqlite3" else OSError(28, "disk full")
        return real(*arguments, **named)

    monkeypatch.setattr(target, step, fails)


# -- its place


def test_a_backup_takes_the_place_and_what_was_there_is_kept(path: Path, saved: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    with replacement(path, saved, NOW) as copy:
        assert notes(copy) == {"mark": "new"}
        assert notes(path) == {"mark": "old"}
    assert notes(path) == {"mark": "new"}
    assert path.stat().st_mode & 0o777 == 0o640
    kept = tmp_path / "paperboy.db.before-restore-20240223T120000Z"
    assert kept == kept_name(path, NOW)
    assert notes(kept) == {"mark": "old"}
    assert notes(saved) == {"mark": "new"}
    assert names(tmp_path) == {path.name, saved.name, kept.name}


def test_a_file_that_is_read_as_memory_is_never_shortened(path: Path, saved: Path) -> None:
    with path.open("rb") as read:
        before = os.fstat(read.fileno()).st_size
        with replacement(path, saved, NOW):
            pass
        assert os.fstat(read.fileno()).st_size >= before
        assert not os.path.samestat(os.fstat(read.fileno()), path.stat())


def test_the_log_of_what_was_there_is_kept_with_it_and_never_read_into_the_backup(path: Path, saved: Path) -> None:
    kill_a_writer(path)
    with replacement(path, saved, NOW):
        pass
    assert notes(path) == {"mark": "new"}
    assert notes(kept_name(path, NOW)) == {"mark": "old", "last": "words"}


def test_a_damaged_database_is_kept_as_it_is(path: Path, saved: Path) -> None:
    kill_a_writer(path)
    log = path.with_name("paperboy.db-wal").read_bytes()
    path.write_bytes(os.urandom(5000))
    broken = path.read_bytes()
    with replacement(path, saved, NOW):
        pass
    assert notes(path) == {"mark": "new"}
    kept = kept_name(path, NOW)
    assert kept.read_bytes() == broken
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == log


def test_where_nothing_was_there_nothing_is_kept(saved: Path, tmp_path: Path) -> None:
    with replacement(tmp_path / "paperboy.db", saved, NOW):
        pass
    assert notes(tmp_path / "paperboy.db") == {"mark": "new"}
    assert names(tmp_path) == {"paperboy.db", "saved.db"}


@pytest.mark.parametrize("step", ["connect", "mkstemp", "fsync", "link", "unlink", "replace"])
@pytest.mark.parametrize("time", range(1, 6))
def test_at_every_moment_there_is_one_database_or_the_other(
    path: Path, saved: Path, tmp_path: Path, step: str, time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_a_writer(path)
    fail_at(monkeypatch, step, time)
    with suppress(StorageError), replacement(path, saved, NOW):  # what is called less often does not fail
        pass
    monkeypatch.undo()
    assert notes(path) in ({"mark": "new"}, {"mark": "old", "last": "words"})
    assert notes(saved) == {"mark": "new"}


def test_a_block_that_fails_changes_nothing(path: Path, saved: Path, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(ZeroDivisionError), replacement(path, saved, NOW):
        raise ZeroDivisionError
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def write_without_end(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("INSERT INTO notes VALUES ('x', '')")
    return connection


def test_a_copy_that_was_not_closed_is_not_put_there(path: Path, saved: Path) -> None:
    connections: list[sqlite3.Connection] = []
    with pytest.raises(StorageError, match="is still open"), replacement(path, saved, NOW) as copy:
        connections.append(write_without_end(copy))
    connections[0].close()
    assert notes(path) == {"mark": "old"}


def spoil(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "page":
        path.write_bytes(content[: 4096 * 3] + os.urandom(4096) + content[4096 * 4 :])
    elif how == "cut":
        path.write_bytes(content[:-4096])
    elif how == "empty":
        path.write_bytes(b"")
    else:
        with closing(sqlite3.connect(path)) as connection, connection:
            future = "INSERT INTO migrations (number, name) VALUES (9999, 'future')"
            connection.execute(future if how == "newer" else "DROP TABLE migrations")


@pytest.mark.parametrize("how", ["page", "cut", "empty", "newer", "stranger"])
def test_a_backup_that_is_no_good_is_refused(path: Path, saved: Path, tmp_path: Path, how: str) -> None:
    spoil(saved, how)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    expected = DatabaseTooNewError if how == "newer" else StorageError
    with pytest.raises(expected) as caught, replacement(path, saved, NOW):
        pass
    assert "Stop the bot" not in str(caught.value)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_the_database_is_no_backup_of_itself(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(path)
    with pytest.raises(StorageError, match="is the database itself"), replacement(path, tmp_path / "link.db", NOW):
        pass
