"""The command line at work on a folder and a database of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.archive.writer import write_page
from bot.cli import main
from bot.papers import Day


@dataclass(frozen=True)
class Shell:
    """A place to run commands in."""

    folder: Path
    read: Callable[[], tuple[str, str]]

    def page(self, day: Day) -> Path:
        """Write a page into the folder."""
        path = self.folder / f"{day.date:%Y/%m/%d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_page(day), encoding="utf-8")
        return path

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """A command's status, its output and what it said on standard error."""
        status = main(arguments)
        out, err = self.read()
        return status, out, err


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    for name in ("PAPERBOY_CONFIG", "PAPERBOY_DISCORD__TOKEN"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "archive"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPERBOY_ARCHIVE__PATH", str(folder))
    monkeypatch.setenv("PAPERBOY_DATABASE__PATH", str(tmp_path / "paperboy.db"))
    monkeypatch.setenv("PAPERBOY_LOG__LEVEL", "ERROR")
    monkeypatch.setenv("PAPERBOY_SOURCE__ENABLED", "false")

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return Shell(folder, read)
