import json
from datetime import timedelta

import pytest

from bot.alerts.limits import Limits
from bot.alerts.model import Full, Mute
from bot.storage.engine.database import Database
from bot.storage.members.changes import MAX_UNDOS, Changes
from bot.storage.members.desk import Desk
from tests.builders import utc

NOW = utc(2024, 2, 23, 8)


@pytest.fixture
def changes(database: Database) -> Changes:
    return Changes(database)


async def mute(changes: Changes, word: str, user: int = 7) -> int:
    change = await changes.mute(user, Mute(0, f"-{word}", word), 99, NOW)
    assert not isinstance(change, Full)
    assert change.number is not None
    return change.number


async def test_each_members_newest_changes_can_be_undone(changes: Changes, database: Database) -> None:
    other = await mute(changes, "word", 8)
    numbers = [await mute(changes, f"word{number}") for number in range(MAX_UNDOS + 3)]
    assert len(await database.rows("SELECT * FROM undos WHERE user_id = 7")) == MAX_UNDOS
    assert await changes.undo(7, numbers[-1], Limits())
    assert await changes.undo(8, other, Limits())


async def test_changes_are_forgotten_after_their_time(changes: Changes) -> None:
    number = await mute(changes, "word")
    assert await changes.forget(NOW) == 0
    assert await changes.forget(NOW + timedelta(seconds=1)) == 1
    assert await changes.undo(7, number, Limits()) is None
    assert [each.typed for each in await changes.mutes(7)] == ["word"]


async def test_a_member_who_is_forgotten_leaves_neither_mutes_nor_changes(changes: Changes, database: Database) -> None:
    await mute(changes, "word")
    await Desk(database).forget_member(7)
    for table in ("mutes", "undos"):
        assert await database.rows(f"SELECT * FROM {table}") == []


@pytest.mark.parametrize(
    ("column", "value"), [("act", "danced"), ("held", "{"), ("held", json.dumps([{"id": 1}])), ("held", "7")]
)
async def test_a_change_that_can_not_be_read_can_not_be_undone(
    changes: Changes, database: Database, caplog: pytest.LogCaptureFixture, column: str, value: str
) -> None:
    number = await mute(changes, "word")
    async with database.write() as tx:
        await tx.run(f"UPDATE undos SET {column} = ?", (value,))
    assert await changes.undo(7, number, Limits()) is None
    assert "can't be read" in caplog.text
