import json
from datetime import timedelta

import pytest

from bot.alerts.changes import Act, Change
from bot.alerts.limits import Limits
from bot.alerts.model import Full, Mute, Subscription, Where
from bot.storage.engine.database import Database
from bot.storage.members.changes import MAX_UNDOS, Changes
from bot.storage.members.desk import Desk
from bot.storage.members.subscriptions import Subscriptions
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


def wish(query: str = 'author:"mina kim"', user_id: int = 7) -> Subscription:
    return Subscription(0, user_id, query, Where.DM, None, None, 0, False, "en", NOW, typed=query)


async def test_what_is_followed_is_a_subscription_until_that_is_undone(
    changes: Changes, subscriptions: Subscriptions
) -> None:
    followed = await changes.follow(wish(), 9, NOW)
    assert isinstance(followed, Change)
    assert followed.number is not None
    assert list(followed.subscriptions) == await subscriptions.of_member(7)
    again = await changes.follow(wish(), 9, NOW)
    assert again == Change(Act.FOLLOWED, followed.subscriptions)
    assert await changes.undo(8, followed.number, Limits()) is None
    assert await changes.undo(7, followed.number, Limits())
    assert (await subscriptions.of_member(7), await changes.undo(7, followed.number, Limits())) == ([], None)


async def test_at_the_limit_only_what_is_there_can_be_followed(changes: Changes, subscriptions: Subscriptions) -> None:
    await changes.follow(wish(), 1, NOW)
    assert isinstance(await changes.follow(wish(), 1, NOW), Change)
    assert await changes.follow(wish("org:x"), 1, NOW) is Full.MEMBER
    assert len(await subscriptions.of_member(7)) == 1
