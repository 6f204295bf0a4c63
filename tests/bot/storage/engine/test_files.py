"""Whose a database's files are, and where one can be read that can't be written."""

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.engine.copies import backup, forget_backups, forget_partials, replacement
from bot.storage.engine.database import Database
from bot.storage.engine.files import address, can_be_written
from bot.storage.engine.lock import hold, in_use, lock_path
from bot.storage.members.desk import Desk
from tests.bot.storage.engine.test_copies import kill_a_writer, made
from tests.builders import utc
from tests.shared import ROOT

NOW = utc(2024, 2, 23, 12)
# Root may do all by a capability, CAP_DAC_OVERRIDE: prctl(2) takes it from what is started next.
_BOUND_BY_MODES = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(24, 1)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
# Does one command after another: to start Python for each takes longer than what it does.
_EACH = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from bot.cli import main
for arguments in json.loads(sys.argv[1]):
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        status = main(arguments)
    print(json.dumps([status, out.getvalue(), err.getvalue()]))
"""


@pytest.fixture(autouse=True)
def _usual_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: f"{path.stat().st_mode & 0o777:03o}" for path in folder.iterdir()}


async def test_a_database_and_all_beside_it_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    with hold(path, NOW):
        async with Database.open(path) as database:
            await Desk(database).set_note("mark", "1")
            backup(path, tmp_path / "saved.db")
            names = ["paperboy.db", "paperboy.db-shm", "paperboy.db-wal", "paperboy.db.lock", "saved.db"]
            assert modes(tmp_path) == dict.fromkeys(names, "600")


async def test_a_database_behind_a_link_is_its_owners_alone_too(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to("paperboy.db")
    async with Database.open(tmp_path / "link.db"):
        assert modes(tmp_path)["paperboy.db"] == "600"


async def test_what_everyone_could_use_is_closed_and_said_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = await made(tmp_path / "paperboy.db", "old")
    lock_path(path).touch()
    for file in (path, lock_path(path)):
        file.chmod(0o644)
    async with Database.open(path):
        assert set(modes(tmp_path).values()) == {"600"}
    assert [record.getMessage() for record in caplog.records] == [
        f"{file} was open to everyone; now only its owner can use it" for file in (path, lock_path(path))
    ]
    caplog.clear()
    async with Database.open(path):
        assert caplog.records == []


async def test_what_was_given_to_a_group_alone_stays_given(tmp_path: Path) -> None:
    path = await made(tmp_path / "paperboy.db", "old")
    path.chmod(0o640)
    async with Database.open(path) as database:
        await Desk(database).set_note("mark", "1")
        assert modes(tmp_path)["paperboy.db-wal"] == "640"
    assert modes(tmp_path)["paperboy.db"] == "640"


async def test_a_file_that_can_not_be_closed_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = await made(tmp_path / "paperboy.db", "old")
    path.chmod(0o644)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    async with Database.open(path):
        pass
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (logging.WARNING, f"{path} is open to everyone, and its permissions can't be changed (Operation not permitted)")
    ]


async def test_what_is_no_file_is_left_as_it_is(tmp_path: Path) -> None:
    for path in (tmp_path, Path(os.devnull)):
        before = path.stat().st_mode
        with pytest.raises(StorageError, match="can't be opened: it is not a file"):
            async with Database.open(path):
                pass
        assert path.stat().st_mode == before


async def test_a_restored_database_is_private_where_none_was_there(tmp_path: Path) -> None:
    await made(tmp_path / "other.db", "new")
    backup(tmp_path / "other.db", tmp_path / "saved.db")
    (tmp_path / "saved.db").chmod(0o644)
    with replacement(tmp_path / "paperboy.db", tmp_path / "saved.db", NOW):
        pass
    assert modes(tmp_path)["paperboy.db"] == "600"


async def test_a_name_of_any_bytes_can_be_opened(tmp_path: Path) -> None:
    for name in (b"a?b#c%20.db", b"\xff\xfe.db", "논문.db".encode()):
        path = await made(tmp_path / os.fsdecode(name), "x")
        backup(path, path.with_suffix(".saved"))
        async with Database.open_to_read(path) as database:
            assert await Desk(database).note("mark") == "x"


# -- what can be read and not written


async def test_reading_alone_changes_nothing_and_refuses_to_write(tmp_path: Path) -> None:
    path = await made(tmp_path / "paperboy.db", "old")
    before = path.read_bytes()
    async with Database.open_to_read(path) as database:
        assert await Desk(database).note("mark") == "old"
        assert list(modes(tmp_path)) == ["paperboy.db"]
        with pytest.raises(StorageError, match="is open for reading only"):
            await Desk(database).set_note("mark", "new")
    assert path.read_bytes() == before


async def test_a_log_that_is_there_is_read_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    async with Database.open(path) as database:
        await Desk(database).set_note("mark", "in the log")
        assert "immutable" not in address(path, read_only=True)
        async with Database.open_to_read(path) as other:
            assert await Desk(other).note("mark") == "in the log"
    assert "immutable" in address(path, read_only=True)


async def test_an_older_programs_database_can_not_be_read_where_it_can_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    async with Database.open(path) as database, database.write() as tx:
        await tx.run("DELETE FROM migrations WHERE number = (SELECT max(number) FROM migrations)")
    with pytest.raises(StorageError, match=r"older Paperboy.*copy it to a folder that can be written"):
        async with Database.open_to_read(path):
            pass


def test_a_missing_database_can_be_made_where_its_folder_can_be_written(tmp_path: Path) -> None:
    assert can_be_written(tmp_path / "x.db")
    assert not can_be_written(tmp_path / "nowhere" / "x.db")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A loaded database, to be copied."""
    folder = tmp_path_factory.mktemp("loaded")
    [(status, _, err)] = within(folder, ("load", str(ROOT / "seeds")))
    assert status == 0, err
    return folder / "paperboy.db"


@pytest.fixture
def closed_folder(tmp_path: Path, loaded: Path) -> Iterator[Path]:
    """A folder with a loaded database, in which `within` can make and change nothing."""
    folder = tmp_path / "closed"
    folder.mkdir()
    shutil.copy(loaded, folder)
    (folder / "paperboy.db").chmod(0o400)
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


def within(folder: Path, *commands: Sequence[str]) -> list[tuple[int, str, str]]:
    """Run commands in a folder, as one to whom the folder's mode applies even if that is root.

    Each command's status, its output and what it said on standard error.
    """
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-IS", "-c", _BOUND_BY_MODES, "-c", _EACH, json.dumps(commands)],
        cwd=folder,
        env={"PAPERBOY_DATABASE__PATH": "paperboy.db", "PAPERBOY_SOURCE__ENABLED": "false", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def test_search_preview_and_export_work_in_a_read_only_folder(closed_folder: Path) -> None:
    before = (closed_folder / "paperboy.db").read_bytes()
    expected = {("search", "diffusion"): "papers", ("preview",): "Friday", ("export",): '"arxiv_id"', ("terms",): "="}
    done = within(closed_folder, *expected)
    for (arguments, said), (status, out, err) in zip(expected.items(), done, strict=True):
        assert (status, err) == (0, ""), arguments
        assert said in out
    assert [path.name for path in closed_folder.iterdir()] == ["paperboy.db"]
    assert (closed_folder / "paperboy.db").read_bytes() == before


def test_what_has_to_write_says_so_in_one_line_in_a_read_only_folder(closed_folder: Path) -> None:
    writing = ("load", str(ROOT / "seeds")), ("run",), ("terms", "--block", "a=b"), ("summarise",)
    *refused, checked = within(closed_folder, *writing, ("check",))
    for status, _, err in refused:
        assert (status, err.count("\n")) == (1, 1), err
        assert err.startswith("paperboy: the database"), err
    status, out, err = checked
    assert (status, "✗ database: the database paperboy.db can't be opened" in out, err) == (1, True, "")


def test_a_log_that_a_killed_process_left_in_a_read_only_folder_is_named(closed_folder: Path) -> None:
    path = closed_folder / "paperboy.db"
    closed_folder.chmod(0o700)
    path.chmod(0o600)
    kill_a_writer(path)
    path.with_name("paperboy.db-shm").unlink()
    closed_folder.chmod(0o500)
    for status, _, err in within(closed_folder, ("search", "diffusion"), ("backup", "saved.db")):
        assert (status, err.count("\n")) == (1, 1)
        assert "it has a log, paperboy.db-wal, and its folder can't be written: copy both" in err


def test_a_backup_can_be_made_of_a_database_in_a_read_only_folder(closed_folder: Path, tmp_path: Path) -> None:
    [(status, _, err)] = within(closed_folder, ("backup", str(tmp_path / "saved.db")))
    assert (status, err) == (0, "")
    assert (tmp_path / "saved.db").stat().st_size == (closed_folder / "paperboy.db").stat().st_size


# -- what was left


def test_what_a_killed_restore_left_goes_and_nothing_else(tmp_path: Path) -> None:
    left = [f".paperboy.db.abc_1234.partial{ending}" for ending in ("", "-wal", "-shm", "-journal")]
    others = [
        "paperboy.db",
        "paperboy.db-wal",
        ".paperboy.db.saved.abc_1234.partial",
        ".x.db.abc_1234.partial",
        ".partial",
    ]
    for name in (*left, *others):
        (tmp_path / name).touch()
    forget_partials(tmp_path / "paperboy.db")
    assert {path.name for path in tmp_path.iterdir()} == set(others)


def test_an_unfinished_backup_goes_once_no_process_makes_it(tmp_path: Path) -> None:
    marker = tmp_path / ".monday.db.abc_1234.paperboy-backup"
    left = [marker, *(tmp_path / f"{marker.name}.partial{ending}" for ending in ("", "-journal"))]
    for path in left:
        path.touch()
    with in_use(marker):
        forget_backups(tmp_path)
        assert sorted(tmp_path.iterdir()) == left
    forget_backups(tmp_path)
    assert list(tmp_path.iterdir()) == []
