"""A database in a temporary folder, and the stores upon it."""

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
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(tmp_path / "paperboy.db") as opened:
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
