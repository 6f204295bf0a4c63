"""Which servers were greeted, and where."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime

from bot.digests.greetings import Greeting, GreetingState, Join
from bot.storage.engine.codec import moment, read_moment
from bot.storage.engine.database import Database
from bot.storage.engine.rows import readable

_OWED = "('owed', 'sending')"
GREETED_UNTIL = "greeted until"
"""The name of a note with a moment (UTC): servers that the bot joined before it count as greeted."""
# ?1 is the server, ?2 when the bot joined it, ?3 whether that is news, ?4 GREETED_UNTIL.
_JOIN = (
    "INSERT OR REPLACE INTO greetings (guild_id, joined_at, again, state)"
    " SELECT ?1, ?2, earlier AND has_digests,"
    f" iif(?3 AND (earlier OR NOT has_digests) AND ?2 > until, '{GreetingState.OWED}', '{GreetingState.SKIPPED}')"
    " FROM (SELECT EXISTS (SELECT 1 FROM greetings WHERE guild_id = ?1) AS earlier,"
    " EXISTS (SELECT 1 FROM digests WHERE guild_id = ?1) AS has_digests,"
    " coalesce((SELECT value FROM notes WHERE name = ?4), '') AS until)"
)


class GreetingLedger:
    """One greeting for each time that the bot joined a server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def joined(self, among: Collection[int] | None = None) -> dict[int, datetime | None]:
        """When the bot joined each known server, or each among some (UTC); None where that is not known."""
        rows = await self._database.rows(
            "SELECT guild_id, joined_at FROM greetings"
            " WHERE ?1 IS NULL OR guild_id IN (SELECT value FROM json_each(?1))",
            (None if among is None else json.dumps(list(among)),),
        )
        return dict(readable(rows, lambda row: (row["guild_id"], read_moment(row["joined_at"])), "the join of server"))

    async def join(self, joins: Iterable[Join]) -> None:
        """Record that the bot joined servers, and owe a greeting to those that it joined just now.

        A server that has digests without an earlier join is known from before there were greetings: it gets none. Nor
        does one that the bot joined before a backup was restored.
        """
        async with self._database.write() as tx:
            await tx.many(
                _JOIN, [(join.guild_id, moment(join.joined_at), int(join.fresh), GREETED_UNTIL) for join in joins]
            )

    async def owed(self) -> list[Greeting]:
        """The greetings that are owed or in doubt."""
        rows = await self._database.rows(f"SELECT * FROM greetings WHERE state IN {_OWED} ORDER BY joined_at")
        return readable(rows, _greeting, "the greeting of server")

    async def sending(self, guild_id: int, channel_id: int) -> None:
        """Record that it is about to be sent."""
        await self._set("state = 'sending', channel_id = ?2", guild_id, channel_id)

    async def sent(self, guild_id: int, message_id: int) -> None:
        """Record that it was sent."""
        await self._set("state = 'sent', message_id = ?2", guild_id, message_id)

    async def skip(self, guild_id: int) -> None:
        """Record that it will not be sent."""
        await self._set("state = 'skipped'", guild_id)

    async def _set(self, what: str, guild_id: int, *values: int) -> None:
        async with self._database.write() as tx:
            await tx.run(f"UPDATE greetings SET {what} WHERE guild_id = ?1", (guild_id, *values))

    async def forget_others(self, present: Collection[int]) -> None:
        """Delete the rows of servers that are neither present nor remembered as having removed the bot."""
        async with self._database.write() as tx:
            await tx.run(
                "DELETE FROM greetings WHERE guild_id NOT IN (SELECT value FROM json_each(?))"
                " AND guild_id NOT IN (SELECT guild_id FROM removals)",
                (json.dumps(sorted(present)),),
            )


def _greeting(row: sqlite3.Row) -> Greeting:
    return Greeting(
        row["guild_id"],
        datetime.fromisoformat(row["joined_at"]),
        bool(row["again"]),
        GreetingState(row["state"]),
        row["channel_id"],
    )
