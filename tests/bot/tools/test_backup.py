"""`paperboy backup` and `paperboy restore` as an operator types them."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage.engine import copies
from bot.storage.engine.database import Database
from bot.storage.engine.lock import hold
from bot.storage.members.desk import HEARTBEAT, Desk
from tests.bot.tools.conftest import Shell
from tests.builders import FRIDAY, day, utc

ROOT = Path(__file__).resolve().parents[3]
NOW = utc(2024, 2, 23, 12)


@pytest.fixture
def filled(shell: Shell) -> Shell:
    shell.page(day())
    assert shell.run("load")[0] == 0
    return shell


def held(shell: Shell) -> int:
    return int(shell.run("check")[1].split("paperboy.db, ")[1].split()[0])


def test_there_and_back(filled: Shell, tmp_path: Path) -> None:
    status, out, err = filled.run("backup", "saved.db")
    assert (status, err) == (0, "")
    assert "is backed up to saved.db, " in out
    (tmp_path / "paperboy.db").write_bytes(b"nonsense" * 1000)
    status, _, err = filled.run("search", "x")
    assert status == 1
    assert "`paperboy restore FILE`" in err
    status, out, err = filled.run("restore", "saved.db")
    assert (status, err) == (0, "")
    assert "paperboy.db is restored from saved.db\n" in out
    kept = next(tmp_path.glob("paperboy.db.before-restore-*"))
    assert f"the old database is kept as {kept}" in out
    assert kept.read_bytes() == b"nonsense" * 1000
    assert held(filled) == 2


def test_a_replica_tells_when_its_bot_ran(filled: Shell, tmp_path: Path) -> None:
    asyncio.run(live(tmp_path / "paperboy.db"))
    assert filled.run("backup", "saved.db")[0] == 0
    status, out, err = filled.run("restore", "--replica", "saved.db")
    assert (status, err) == (0, "")
    assert "paperboy.db is restored from saved.db\n" in out
    assert "in it, the bot last ran at 2024-02-23 12:00:00 UTC; " in out


async def live(path: Path) -> None:
    async with Database.open(path) as database:
        await Desk(database).set_note(HEARTBEAT, NOW.isoformat())


def test_a_file_that_is_there_is_replaced_on_demand_only(filled: Shell, tmp_path: Path) -> None:
    (tmp_path / "saved.db").write_text("precious", encoding="utf-8")
    status, _, err = filled.run("backup", "saved.db")
    assert status == 1
    assert "saved.db exists already: name another file, or replace it with --force" in err
    assert (tmp_path / "saved.db").read_text(encoding="utf-8") == "precious"
    assert filled.run("backup", "saved.db", "--force")[0] == 0
    assert filled.run("restore", "saved.db")[0] == 0


def test_the_database_is_never_overwritten_with_itself(filled: Shell) -> None:
    for arguments in (["backup", "paperboy.db", "--force"], ["restore", "paperboy.db"]):
        status, _, err = filled.run(*arguments)
        assert status == 1
        assert "is the database itself" in err


def test_a_backup_can_be_made_while_a_bot_runs_and_not_restored(filled: Shell, tmp_path: Path) -> None:
    with hold(tmp_path / "paperboy.db", NOW):
        assert filled.run("backup", "saved.db")[0] == 0
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
        status, out, err = filled.run("restore", "saved.db")
        assert (status, out) == (1, "")
        assert "is in use by process" in err
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "there is no database at saved.db"),
        (lambda path: path.write_bytes(path.read_bytes()[:-5000]), "saved.db is not a sound database"),
        (lambda path: path.write_text("no database"), "saved.db is not a sound database"),
    ],
)
def test_a_backup_that_is_no_good_changes_nothing(
    filled: Shell, tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    filled.run("backup", "saved.db")
    spoil(tmp_path / "saved.db")
    before = (tmp_path / "paperboy.db").read_bytes()
    status, _, err = filled.run("restore", "saved.db")
    assert status == 1
    assert said in err
    assert "Traceback" not in err
    assert (tmp_path / "paperboy.db").read_bytes() == before


def test_without_an_archive_nothing_is_restored(filled: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.run("backup", "saved.db")
    monkeypatch.setenv("PAPERBOY_ARCHIVE__PATH", str(tmp_path / "nowhere"))
    before = {path.name for path in tmp_path.iterdir()}
    status, _, err = filled.run("restore", "saved.db")
    assert (status, "nowhere does not exist" in err) == (1, True)
    assert {path.name for path in tmp_path.iterdir()} == before | {"paperboy.db.lock"}


def test_what_came_into_the_archive_since_is_there_and_alerts_nobody(filled: Shell, tmp_path: Path) -> None:
    filled.run("backup", "saved.db")
    filled.page(day(FRIDAY.replace(day=24), first=10))
    filled.run("restore", "saved.db")
    assert held(filled) == 4
    assert asyncio.run(arrivals(tmp_path / "paperboy.db")) == 0


async def arrivals(path: Path) -> int:
    async with Database.open(path) as database:
        return len(await database.rows("SELECT * FROM arrivals"))


# A restore that gets a signal when its copy is half ready. Python may tell of it a moment later.
_SIGNALLED = """
import asyncio, os, signal, sys
import bot.tools.backup
from bot.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background of a shell ignore it
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # as those under nohup do this one
async def ready(_, copy, *__, **___):
    copy.with_name(copy.name + "-wal").touch()
    os.kill(os.getpid(), int(sys.argv[1]))
    await asyncio.Event().wait()
bot.tools.backup._make_ready = ready
sys.exit(main(["restore", "saved.db"]))
"""


def restore_signalled(folder: Path, number: int) -> tuple[int, bytes]:
    asked = [sys.executable, "-c", _SIGNALLED, str(number)]
    done = subprocess.run(asked, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)  # noqa: S603  our own words
    return done.returncode, done.stderr


def partials(folder: Path) -> list[str]:
    return sorted(path.name.partition(".partial")[2] for path in folder.glob(".paperboy.db.*"))


def test_a_killed_restore_leaves_no_partial_files_at_the_next_start(
    filled: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.run("backup", "saved.db")
    assert restore_signalled(tmp_path, signal.SIGKILL) == (-signal.SIGKILL, b"")
    assert partials(tmp_path) == ["", "-wal"]
    left = {path: path.read_bytes() for path in tmp_path.glob(".paperboy.db.*")}
    monkeypatch.delenv("PAPERBOY_DISCORD__TOKEN", raising=False)
    for command in (["restore", "saved.db"], ["run"]):
        for path, content in left.items():
            path.write_bytes(content)
        filled.run(*command)  # `run` finds no token, after it has opened the database
        assert partials(tmp_path) == [], command


_BACKUP_KILLED = """
import os, signal, sys
import bot.storage.engine.copies as copies
from bot.cli import main
copy = copies._copy
def copy_and_die(source, target):
    copy(source, target)
    target.with_name(target.name + "-journal").touch()
    os.kill(os.getpid(), signal.SIGKILL)
copies._copy = copy_and_die
sys.exit(main(["backup", sys.argv[1]]))
"""


def kill_backup(folder: Path, name: str) -> None:
    asked = [sys.executable, "-c", _BACKUP_KILLED, name]
    done = subprocess.run(asked, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)  # noqa: S603  our own words
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, b"")


def test_a_killed_backup_leaves_no_partial_files_at_the_next_backup_or_start(
    filled: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_backup(tmp_path, "monday.db")
    left = {path: path.read_bytes() for path in tmp_path.glob(".monday.db.*")}
    assert len(left) == 3
    monkeypatch.delenv("PAPERBOY_DISCORD__TOKEN", raising=False)
    for command in (["backup", "tuesday.db"], ["run"]):
        for path, content in left.items():
            path.write_bytes(content)
        filled.run(*command)
        assert list(tmp_path.glob(".monday.db.*")) == [], command
        assert not (tmp_path / "monday.db").exists()


def test_a_backup_that_another_process_is_making_is_left_alone(
    filled: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copies._copy

    def copy_while_another_does(source: Path, target: Path) -> None:
        monkeypatch.setattr(copies, "_copy", copy)
        assert filled.run("backup", "tuesday.db")[0] == 0
        assert target.exists()
        copy(source, target)

    monkeypatch.setattr(copies, "_copy", copy_while_another_does)
    assert filled.run("backup", "monday.db")[0] == 0
    assert all((tmp_path / name).stat().st_size for name in ("monday.db", "tuesday.db"))
    assert list(tmp_path.glob(".*.paperboy-backup*")) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_restore_that_is_told_to_end_leaves_nothing_behind(filled: Shell, tmp_path: Path, number: int) -> None:
    filled.run("backup", "saved.db")
    before = (tmp_path / "paperboy.db").read_bytes()
    assert restore_signalled(tmp_path, number) == (128 + number, b"")
    assert partials(tmp_path) == []
    assert (tmp_path / "paperboy.db").read_bytes() == before


def test_an_older_programs_backup_is_brought_up_to_date(filled: Shell, tmp_path: Path) -> None:
    filled.run("backup", "saved.db")
    asyncio.run(take_back_a_step(tmp_path / "saved.db"))
    assert filled.run("restore", "saved.db")[0] == 0
    assert held(filled) == 2


async def take_back_a_step(path: Path) -> None:
    async with Database.open(path) as database, database.write() as tx:
        await tx.run("DROP TABLE had")
        for index in ("editions_by_due", "alerts_by_day", "deliveries_by_state", "editions_sent"):
            await tx.run(f"DROP INDEX {index}")
        await tx.run("DELETE FROM migrations WHERE number = 10")
