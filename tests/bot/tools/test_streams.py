"""What is at the other end of the standard streams: every command lives with it."""

import asyncio
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import IO

import pytest

from bot.archive.loader import load
from bot.cli import main
from bot.storage.engine.copies import backup
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from tests.bot.tools.conftest import Shell
from tests.builders import day, utc
from tests.pages import put_page

ROOT = Path(__file__).resolve().parents[3]
FULL = Path("/dev/full")
COMMANDS = [
    ["load"],
    ["load", "--json"],
    ["search", "강화학습"],
    ["search", "강화학습", "--json"],
    ["search", "강화학습", "--explain"],
    ["preview"],
    ["preview", "--style", "thread", "--language", "ko"],
    ["export"],
    ["export", "pages"],
    ["terms", "--json"],
    ["check"],
    ["backup", "saved.db", "--force"],
    ["restore", "kept.db"],
    ["--help"],
    ["search", "--help"],
    ["--version"],
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """A folder with a database of one day and a backup of it, to be copied."""
    folder = tmp_path_factory.mktemp("loaded")
    path = Path(shutil.copy(empty_database, folder / "paperboy.db"))
    asyncio.run(_load(path, folder / "archive"))
    backup(path, folder / "kept.db")
    return folder


async def _load(path: Path, archive: Path) -> None:
    put_page(archive, day())
    async with Database.open(path) as database:
        await load(archive, Library(database), now=utc(2024, 2, 23, 12))


@pytest.fixture
def filled(shell: Shell, loaded: Path, tmp_path: Path) -> Shell:
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    return shell


def named(arguments: list[str]) -> str:
    return " ".join(arguments)


every_command = pytest.mark.parametrize("arguments", COMMANDS, ids=named)
needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")


def status_of(arguments: list[str]) -> int:
    """A command's status, also where argparse ends the program."""
    try:
        return main(arguments)
    except SystemExit as end:
        return int(end.code or 0)


@contextmanager
def printing_to(stream: IO[bytes], encoding: str = "utf-8") -> Iterator[None]:
    with io.TextIOWrapper(stream, encoding=encoding) as text, redirect_stdout(text):
        yield


@every_command
def test_a_reader_who_has_gone_is_silence(filled: Shell, arguments: list[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with printing_to(os.fdopen(theirs, "wb")):
        assert status_of(arguments) == 141
    assert filled.read()[1] == ""


@needs_full
@every_command
def test_a_full_disk_behind_standard_output_is_one_line(filled: Shell, arguments: list[str]) -> None:
    with printing_to(FULL.open("wb")):
        assert status_of(arguments) == 1
    assert filled.read()[1] == "paperboy: standard output can't be written: No space left on device\n"


@pytest.mark.parametrize("encoding", ["cp949", "latin-1", "ascii"])
@every_command
def test_a_sign_that_the_encoding_lacks_is_replaced(filled: Shell, arguments: list[str], encoding: str) -> None:
    with printing_to(printed := io.BytesIO(), encoding):
        assert status_of(arguments) == (1 if arguments == ["check"] else 0)
        assert filled.read()[1] == ""
        assert printed.getvalue().decode(encoding)


def started(arguments: list[str], variables: Mapping[str, str], **options: int) -> "subprocess.Popen[bytes]":
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.Popen(  # noqa: S603  our own words
        [sys.executable, "-m", "bot", *arguments],
        env={**environ, "PYTHONPATH": str(ROOT), **variables},
        stdin=subprocess.PIPE,
        stdout=options.get("stdout", subprocess.PIPE),
        stderr=options.get("stderr", subprocess.PIPE),
    )


@needs_full
@pytest.mark.parametrize("variables", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
def test_python_itself_adds_nothing_at_its_end(filled: Shell, variables: Mapping[str, str]) -> None:
    for arguments in (["export"], ["--version"]):
        with FULL.open("w") as full, started(arguments, variables, stdout=full.fileno()) as process:
            _, err = process.communicate(timeout=30)
        assert process.returncode == 1
        assert err.decode() == "paperboy: standard output can't be written: No space left on device\n"


@needs_full
def test_what_standard_error_can_not_take_is_dropped(filled: Shell) -> None:
    (filled.folder / "2024" / "02" / "22.md").write_text("## Daily Papers (2024-02-31)\n", encoding="utf-8")
    with FULL.open("w") as full, started(["load"], {}, stderr=full.fileno()) as process:
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert out.startswith(b"1 pages")


def test_closed_streams_are_empty_ones(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    for arguments in (["load"], ["search", "-"], ["search", "x"], ["terms"]):
        assert main(arguments) == 0, arguments


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "ascii"])
def test_invalid_bytes_on_standard_input_are_one_bad_line(
    filled: Shell, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.BytesIO(b"paper\n\xff\xfe\nnumber\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(typed, encoding=encoding))
    status, out, err = filled.run("search", "-")
    first, bad, last = (json.loads(line) for line in out.splitlines())
    assert (first["query"], first["total"], last["query"], last["total"]) == ("paper", 2, "number", 2)
    assert (bad["total"], bad["results"], bad["error"]) == (0, [], f"the line is not {encoding} text")
    assert (status, err) == (1, "")


def test_a_standard_input_that_can_not_be_read_is_one_line(
    filled: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "other").open("w", encoding="utf-8") as written:
        monkeypatch.setattr(sys, "stdin", written)
        status, _, err = filled.run("search", "-")
    assert (status, err) == (1, "paperboy: standard input can't be read: not readable\n")
