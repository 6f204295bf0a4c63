import argparse
import asyncio
import re
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot import __version__
from bot.__main__ import main as door
from bot.cli import _COMMANDS, main, parser
from bot.client import COGS

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


def test_a_wrong_date_is_answered_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["preview", "--date", "yesterday"])
    assert "2024-02-23" in capsys.readouterr().err


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
