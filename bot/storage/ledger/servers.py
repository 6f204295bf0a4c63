"""Servers that removed the bot, and what is kept of them."""

from datetime import datetime

from bot.delivery.verdict import MEANINGS
from bot.digests.model import Reason
from bot.errors import Fault
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.engine.rows import readable
from bot.storage.ledger.consequences import leave_server

_KNOWN = (
    "SELECT guild_id FROM digests UNION SELECT guild_id FROM subscriptions WHERE guild_id IS NOT NULL"
    " UNION SELECT guild_id FROM likes"
)


class Servers:
    """Which servers have settings, and which of them removed the bot."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self) -> set[int]:
        """The servers with digests, with subscriptions to one of their channels, or with likes."""
        return {row["guild_id"] for row in await self._database.rows(_KNOWN)}

    async def removals(self) -> dict[int, datetime]:
        """The servers that removed the bot, and when that was noticed (UTC)."""
        rows = await self._database.rows("SELECT guild_id, since FROM removals")
        return dict(readable(rows, lambda row: (row["guild_id"], datetime.fromisoformat(row["since"])), "server"))

    async def leave(self, guild_id: int, now: datetime) -> None:
        """Record that a server removed the bot: nothing is owed there, and nothing falls due."""
        async with self._database.write() as tx:
            await leave_server(tx, guild_id, Reason(MEANINGS[Fault.SERVER_LEFT][1], {}), now)

    async def enter(self, guild_id: int) -> None:
        """Record that the bot is in a server again."""
        async with self._database.write() as tx:
            await tx.run("DELETE FROM removals WHERE guild_id = ?", (guild_id,))

    async def forget(self, before: datetime) -> list[int]:
        """Delete the settings of servers that removed the bot before a moment; return their ids.

        Digests go with their editions and pauses; subscriptions to the server's channels and likes given there go too.
        """
        async with self._database.write() as tx:
            gone = await tx.rows("DELETE FROM removals WHERE since < ? RETURNING guild_id", (moment(before),))
            for row in gone:
                await tx.run("DELETE FROM digests WHERE guild_id = ?", (row["guild_id"],))
                await tx.run("DELETE FROM subscriptions WHERE guild_id = ?", (row["guild_id"],))
                await tx.run("DELETE FROM likes WHERE guild_id = ?", (row["guild_id"],))
                await tx.run("DELETE FROM greetings WHERE guild_id = ?", (row["guild_id"],))
        return [row["guild_id"] for row in gone]
