import argparse
import asyncio
import re
import signal
import subprocess
import sys
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot import __version__
from bot.__main__ import main as door
from bot.cli import _COMMANDS, main, parser
from bot.client import COGS
from tests.builders import StandingClock

ROOT = Path(__file__).resolve().parents[2]


def test_python_m_bot_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == f"paperboy {__version__}\n"


def test_every_command_of_the_parser_is_in_the_table() -> None:
    [commands] = [action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    assert set(commands) == set(_COMMANDS)
    for module, _ in _COMMANDS.values():
        assert find_spec(module)


@pytest.mark.parametrize("command", ["run", "load"])
def test_what_the_demos_need_is_not_imported_by_other_commands(command: str) -> None:
    code = "import sys, bot.cli, importlib; [*map(importlib.import_module, sys.argv[1:])]; print(*sys.modules)"
    imported = subprocess.run(  # noqa: S603  names of our own
        [sys.executable, "-c", code, _COMMANDS[command][0], *(COGS if command == "run" else ())],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    ).stdout.split()
    assert _COMMANDS[command][0] in imported
    assert [name for name in imported if re.match(r"(sandbox|page|seeds|bench|bot\.demo)\b", name)] == []
    assert ("discord" in imported) == (command == "run")


def test_the_old_setting_of_the_summaries_language_is_told_of_once_and_the_new_one_never(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value, told in (("LANGUAGE", "en", 1), ("LANGUAGES", "en", 0)):
        monkeypatch.setenv(f"PAPERBOY_SUMMARIES__{name}", value)
        main(["load", str(tmp_path)])
        lines = capsys.readouterr().err.splitlines()
        assert sum('set summaries.languages = ["en"]' in line for line in lines) == told, name
        monkeypatch.delenv(f"PAPERBOY_SUMMARIES__{name}")


def test_a_wrong_setting_is_one_clear_line_and_no_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPERBOY_DIGESTS__FRESH_DAYS", "soon")
    assert main(["load"]) == 1
    said = capsys.readouterr().err
    assert "PAPERBOY_DIGESTS__FRESH_DAYS" in said
    assert "Traceback" not in said


def test_run_without_a_token_says_how_to_set_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PAPERBOY_DISCORD__TOKEN", raising=False)
    assert main(["run"]) == 1
    assert "PAPERBOY_DISCORD__TOKEN" in capsys.readouterr().err


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[object]:
    """The dates that `preview`, `fetch` and `export` are called with, on 1 March 2024 by the machine."""
    dates: list[object] = []

    def ask(_: object, *given: object) -> int:
        dates.extend(given)
        return 0

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.cli.SystemClock", lambda: StandingClock(datetime(2024, 3, 1, 12).astimezone()))
    for name in ("preview.preview_edition", "fetch.fetch_days", "export.export"):
        monkeypatch.setattr(f"bot.tools.{name}", ask)
    return dates


@pytest.mark.parametrize(
    "text", ["2024-02-23", "2024/02/23", "2024.02.23", "20240223", "2월 23일", "23 Feb", "Friday, 23 February 2024"]
)
def test_a_date_has_every_form_that_it_has_in_discord(asked: list[object], text: str) -> None:
    assert main(["preview", "--date", text]) == 0
    assert main(["fetch", "--date", text]) == 0
    assert main(["fetch", "--from", text, "--to", text]) == 0
    assert main(["export", "--from", text, "--to", text]) == 0
    assert [one for one in asked if isinstance(one, date)] == [date(2024, 2, 23)] * 7


@pytest.mark.parametrize("text", ["yesterday", "어제"])
def test_a_day_ago_counts_from_the_machines_date(asked: list[object], text: str) -> None:
    assert main(["preview", "--date", text]) == 0
    assert asked[0] == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("option", "text", "words"),
    [
        ("--date", "02/03/2024", ["2024-02-03", "2024-03-02"]),
        ("--from", "2.3", ["2024-02-03", "2023-03-02"]),
        ("--to", "24-2-23", ["2024-02-23", "2023-02-24"]),
        ("--date", "tomorrow", ["2024-02-23"]),
        ("--from", "", ["2024-02-23"]),
    ],
)
def test_an_ambiguous_or_wrong_date_is_one_line_and_status_2(
    asked: list[object], capsys: pytest.CaptureFixture[str], option: str, text: str, words: list[str]
) -> None:
    assert main(["fetch", option, text]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert option in line
    assert repr(text) in line
    assert all(word in line for word in words)
    assert asked == []


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_command_that_is_told_to_end_clears_away_and_says_nothing(
    sent: signal.Signals, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cleared = []

    async def work(*_: object, **__: object) -> int:
        try:
            signal.raise_signal(sent)
            await asyncio.Event().wait()
        finally:
            cleared.append(sent)
        return 0

    def usual(*_: object) -> None:
        """Stands for any handler but that which ignores: tests in the background of a shell ignore SIGINT."""

    monkeypatch.setattr("bot.tools.load.load_archive", work)
    before = signal.signal(sent, usual)
    try:
        assert main(["load"]) == status
        assert signal.getsignal(sent) is usual
    finally:
        signal.signal(sent, before)
    assert capsys.readouterr() == ("", "")
    assert cleared == [sent]


def test_a_signal_that_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(*_: object, **__: object) -> int:
        signal.raise_signal(signal.SIGHUP)
        return 0

    monkeypatch.setattr("bot.tools.load.load_archive", work)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert main(["load"]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_ctrl_c_while_the_program_is_still_being_read_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    interrupted: Any = Interrupted()
    monkeypatch.setitem(sys.modules, "bot.cli", interrupted)
    assert door() == 130
