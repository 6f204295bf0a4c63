import pytest

from bot.storage.engine.database import Database
from tests.bot.delivery.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)
