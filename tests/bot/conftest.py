"""A database in a temporary folder with the stores upon it, and files of settings."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.members.desk import Desk
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.library import Library

Write = Callable[[str], Path]
"""Writes a file of settings and returns its path."""


@pytest.fixture
async def database(tmp_path: Path, empty_database: Path) -> AsyncIterator[Database]:
    path = tmp_path / "paperboy.db"
    shutil.copy(empty_database, path)
    async with Database.open(path) as opened:
        yield opened


@pytest.fixture
def library(database: Database) -> Library:
    return Library(database)


@pytest.fixture
def digests(database: Database) -> Digests:
    return Digests(database)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


@pytest.fixture
def subscriptions(database: Database) -> Subscriptions:
    return Subscriptions(database)


@pytest.fixture
def outbox(database: Database, library: Library) -> Outbox:
    return Outbox(database, library)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        path = tmp_path / "paperboy.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refusal(file: Path | None = None, **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(file, environ)
    # A traceback would otherwise print what pydantic was given.
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value).splitlines()
