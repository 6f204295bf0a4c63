from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import ShiftedClock
from bot.digests.doubt import _REASON
from bot.digests.greetings import FRESH, Greetings
from bot.storage.engine.database import Database, Transaction
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.greetings import GreetingLedger
from bot.storage.ledger.restored import RestoredLedger
from bot.storage.ledger.servers import Servers
from tests.builders import order, utc

NOW = utc(2024, 2, 23, 12)
HOUR = timedelta(hours=1)
LAB = 7


@pytest.fixture
def greetings(database: Database) -> Greetings:
    return Greetings(GreetingLedger(database), ShiftedClock(NOW))


async def owed(greetings: Greetings) -> list[tuple[int, bool]]:
    return [(each.guild_id, each.again) for each in await greetings.owed()]


async def test_a_join_is_greeted_once_and_a_later_one_again(greetings: Greetings) -> None:
    await greetings.note({LAB: NOW - HOUR})
    [first] = await greetings.owed()
    await greetings.sending(first, 1)
    await greetings.sent(first, 2)
    await greetings.note({LAB: NOW - HOUR})
    assert await owed(greetings) == []
    await greetings.note({LAB: NOW})
    assert await owed(greetings) == [(LAB, False)]


async def test_servers_of_long_ago_and_those_with_digests_from_before_are_not_greeted(
    greetings: Greetings, digests: Digests
) -> None:
    await digests.add(LAB, order(), 1, NOW, 10)
    await greetings.note({LAB: NOW - HOUR, 8: NOW - FRESH})
    assert await owed(greetings) == []


async def test_a_server_that_comes_back_to_its_digests_is_told_so(
    greetings: Greetings, digests: Digests, database: Database
) -> None:
    await digests.add(LAB, order(), 1, NOW, 10)
    await greetings.note({LAB: NOW - 10 * FRESH})
    await Servers(database).leave(LAB, NOW - HOUR)
    await greetings.forget_others([])
    await greetings.note({LAB: NOW})
    assert await owed(greetings) == [(LAB, True)]


async def test_a_server_without_settings_is_forgotten_when_it_is_left(greetings: Greetings, database: Database) -> None:
    await greetings.note({LAB: NOW - HOUR, 8: NOW - HOUR})
    await greetings.forget_others([8])
    assert set(await GreetingLedger(database).joined()) == {8}


async def test_a_restored_backup_greets_nobody_who_may_have_been_greeted(
    greetings: Greetings, database: Database
) -> None:
    await greetings.note({LAB: NOW - HOUR})
    await RestoredLedger(database).close_what_is_owed(_REASON, NOW)
    await greetings.note({LAB: NOW - HOUR, 8: NOW - HOUR, 9: NOW + HOUR})
    assert await owed(greetings) == [(9, False)]


async def test_many_servers_are_noted_with_as_many_statements_as_one(
    greetings: Greetings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = list[str]()
    for name in ("run", "many", "rows"):
        monkeypatch.setattr(Transaction, name, _counting(getattr(Transaction, name), statements))
    await greetings.note({LAB: NOW})
    of_one = len(statements)
    await greetings.note(dict.fromkeys(range(100, 200), NOW))
    assert len(statements) == 2 * of_one
    assert len(await GreetingLedger(database).joined()) == 101


def _counting(call: Callable[..., Awaitable[object]], statements: list[str]) -> Callable[..., Awaitable[object]]:
    async def counted(tx: Transaction, sql: str, values: Iterable[Any] = ()) -> object:
        statements.append(sql)
        return await call(tx, sql, values)

    return counted
