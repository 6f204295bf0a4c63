"""Greetings: one message to each server that invites the bot."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.clock import Clock

log = logging.getLogger(__name__)

FRESH = timedelta(days=3)
"""A server that the bot joined longer ago is not greeted any more, for instance after an upgrade."""


TOGETHER = 500
"""Joins recorded in one transaction: few enough that others get their turn."""


class GreetingState(StrEnum):
    """What became of a greeting. `SENDING` after a crash or an error means that it may have arrived."""

    OWED = "owed"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting that is still owed to a server.

    `joined_at` is when the bot joined (UTC, on Discord's clock). `again` if it is back in the server, whose digests
    continue. `channel_id` is where the greeting may have arrived.
    """

    guild_id: int
    joined_at: datetime
    again: bool
    state: GreetingState
    channel_id: int | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """When the bot joined a server (UTC, on Discord's clock); `fresh` if that is news."""

    guild_id: int
    joined_at: datetime
    fresh: bool


class GreetingStore(Protocol):
    """Where greetings are kept."""

    async def joined(self, among: Collection[int]) -> dict[int, datetime | None]: ...
    async def join(self, joins: Iterable[Join]) -> None: ...
    async def owed(self) -> list[Greeting]: ...
    async def sending(self, guild_id: int, channel_id: int) -> None: ...
    async def sent(self, guild_id: int, message_id: int) -> None: ...
    async def skip(self, guild_id: int) -> None: ...
    async def forget_others(self, present: Collection[int]) -> None: ...


class Greetings:
    """Decides which servers are greeted, each once for every time that the bot joins it."""

    def __init__(self, store: GreetingStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def note(self, joins: Mapping[int, datetime]) -> None:
        """Take note of servers and of when the bot joined each, by Discord's word. Known joins change nothing."""
        known, now = await self._store.joined(joins.keys()), self._clock.now()
        new = [
            Join(guild_id, joined_at, now - joined_at < FRESH)
            for guild_id, joined_at in joins.items()
            if known.get(guild_id) != joined_at
        ]
        for start in range(0, len(new), TOGETHER):
            await self._store.join(new[start : start + TOGETHER])

    async def owed(self) -> list[Greeting]:
        """The greetings that are to be sent, or of which it is not known whether they arrived."""
        return await self._store.owed()

    async def sending(self, greeting: Greeting, channel_id: int) -> None:
        """Record that a greeting is about to be sent to a channel."""
        await self._store.sending(greeting.guild_id, channel_id)

    async def sent(self, greeting: Greeting, message_id: int) -> None:
        """Record that it arrived."""
        await self._store.sent(greeting.guild_id, message_id)

    async def skip(self, greeting: Greeting, why: str) -> None:
        """Record that it will not be sent."""
        await self._store.skip(greeting.guild_id)
        log.info("server %d is not greeted: %s", greeting.guild_id, why)

    async def forget_others(self, present: Collection[int]) -> None:
        """Forget the greetings of servers that the bot is not in, and that have no settings to come back to."""
        await self._store.forget_others(present)
