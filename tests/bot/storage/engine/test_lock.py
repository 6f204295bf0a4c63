import asyncio
import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.errors import DatabaseHeldError, StorageError
from bot.storage.engine.database import Database
from bot.storage.engine.lock import Holder, hold, holder, lock_path
from tests.builders import utc
from tests.shared import ROOT

NOW = utc(2024, 2, 23, 12)
_HOLDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bot.storage.engine.database import Database
from bot.storage.engine.lock import hold
with hold(Path(sys.argv[1]), datetime(2024, 2, 23, 12, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    asked = [sys.executable, "-c", _HOLDING, str(path)]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:  # noqa: S603  our own words
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def refusal(path: Path) -> str:
    with pytest.raises(DatabaseHeldError) as caught, hold(path, NOW):
        pass
    return str(caught.value)


def test_a_second_process_is_told_who_is_there(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    with another_process(path) as process:
        for _ in range(2):  # asking does not erase the answer
            said = refusal(path)
            assert f"process {process.pid} on {os.uname().nodename}, since 2024-02-23 12:00:00 UTC" in said
            assert str(path) in said


def test_what_a_killed_process_left_does_not_hold(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    with another_process(path) as process:
        process.kill()
        process.wait()
        assert lock_path(path).read_text(encoding="utf-8")
        assert holder(path) is None
        with hold(path, NOW):
            assert holder(path) == Holder(os.getpid(), os.uname().nodename, NOW)


def test_it_is_free_again_at_the_end_even_of_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    with pytest.raises(ZeroDivisionError), hold(path, NOW):
        raise ZeroDivisionError
    assert holder(path) is None
    assert lock_path(path).read_text(encoding="utf-8") == ""
    with hold(path, NOW):
        pass


def test_a_link_is_no_second_door(tmp_path: Path) -> None:
    (tmp_path / "paperboy.db").touch()
    (tmp_path / "link.db").symlink_to("paperboy.db")
    with hold(tmp_path / "link.db", NOW):
        assert "in use by process" in refusal(tmp_path / "paperboy.db")


def test_another_database_is_another_lock(tmp_path: Path) -> None:
    with ExitStack() as stack:
        for name in ("a.db", "b.db"):
            stack.enter_context(hold(tmp_path / name, NOW))


@pytest.mark.parametrize("written", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1, "host": "h", "since": 5}'])
def test_a_holder_that_has_not_written_itself_yet_holds_all_the_same(tmp_path: Path, written: str) -> None:
    path = tmp_path / "paperboy.db"
    with hold(path, NOW):
        lock_path(path).write_text(written, encoding="utf-8")
        assert "in use by another process" in refusal(path)


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be opened"), hold(tmp_path / "nowhere" / "x.db", NOW):
        pass
    assert holder(tmp_path / "nowhere" / "x.db") is None


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO])
def test_a_file_system_without_locks_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    path = tmp_path / "paperboy.db"
    lock_path(path).touch()
    monkeypatch.setattr("fcntl.flock", refuse)
    said = re.escape(f"{lock_path(path)} can't be locked ({os.strerror(code)}): put the database on a local disk")
    with pytest.raises(StorageError, match=said), hold(path, NOW):
        pass
    with pytest.raises(StorageError, match=said):
        holder(path)


def test_a_full_disk_under_the_lock_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(StorageError, match=r"lock .* can't be written: No space left"), hold(tmp_path / "x.db", NOW):
        pass


def test_to_ask_who_holds_it_makes_no_lock(tmp_path: Path) -> None:
    assert holder(tmp_path / "paperboy.db") is None
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_leads_round_in_a_circle_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.db").symlink_to("b.db")
    (tmp_path / "b.db").symlink_to("a.db")
    with hold(tmp_path / "a.db", NOW):
        pass
    with pytest.raises(StorageError, match="can't be opened"):
        asyncio.run(opened(tmp_path / "a.db"))


async def opened(path: Path) -> None:
    async with Database.open(path):
        pass


# A process without the module, as on Windows, does one command after another.
_ELSEWHERE = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
sys.modules["fcntl"] = None
from bot.cli import main
for arguments in json.loads(sys.argv[1]):
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        status = main(arguments)
    print(json.dumps([status, out.getvalue(), err.getvalue()]))
"""


def elsewhere(folder: Path, *commands: list[str]) -> list[tuple[int, str, str]]:
    """Each command's status, its output and what it said on standard error."""
    environ = {
        "PAPERBOY_ARCHIVE__PATH": str(ROOT / "seeds"),
        "PAPERBOY_SOURCE__ENABLED": "false",
        "PAPERBOY_DISCORD__TOKEN": "a.made-up.token",
        "PAPERBOY_DISCORD__API_URL": "http://127.0.0.1:9/api",
        "PYTHONPATH": str(ROOT),
    }
    asked = [sys.executable, "-c", _ELSEWHERE, json.dumps(commands)]
    done = subprocess.run(asked, cwd=folder, env=environ, capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert done.stderr == ""
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def test_a_platform_without_flock_loads_searches_and_checks_and_says_that_it_runs_no_bot(tmp_path: Path) -> None:
    works = (["load"], ["search", "diffusion"], ["export"], ["backup", "saved.db"])
    runs_a_bot = (["run"], ["demo"], ["demo", "--live"], ["restore", "saved.db"])
    *worked, checked, run, demo, live, restored = elsewhere(tmp_path, *works, ["check"], *runs_a_bot)
    for arguments, (status, out, err) in zip(works, worked, strict=True):
        assert (status, err) == (0, ""), arguments
        assert out, arguments
    unsupported = "this platform is not supported: the bot runs where there is flock, as on Linux and macOS"
    status, out, err = checked
    assert (status, "✓ database" in out, f"✗ bot: {unsupported}" in out, err) == (1, True, True, "")
    for status, _, err in (run, demo, live, restored):
        assert (status, err.count("\n")) == (1, 1), err
        assert err.startswith(f"paperboy: {unsupported}"), err
