"""A database in a temporary folder, and the stores upon it."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.members.desk import Desk
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.library import Library


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
