import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.cli import main, parser

ROOT = Path(__file__).resolve().parents[2]


def test_python_m_bot_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == f"paperboy {__version__}\n"


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
