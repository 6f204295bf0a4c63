import asyncio

from bot.clock import ShiftedClock
from bot.digests.servers import ServerService
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.servers import Servers
from tests.builders import order, utc

NOW = utc(2024, 2, 23, 12)


class NoRunner:
    """Records absences nowhere."""

    async def record_absence(self, guild_id: int) -> None:
        del guild_id


async def test_a_server_that_removes_the_bot_and_invites_it_at_once_is_not_taken_for_removed(
    database: Database, digests: Digests
) -> None:
    await digests.add(7, order(), 1, NOW, 10)
    store = Servers(database)
    service = ServerService(store, NoRunner(), ShiftedClock(NOW))  # type: ignore[arg-type]
    await asyncio.gather(service.left(7), service.joined(7))
    assert await store.removals() == {}
