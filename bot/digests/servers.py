"""Servers that remove the bot: their settings are kept for a while, and used again if it is invited again."""

import asyncio
import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.digests.runner import Runner
from bot.errors import StorageError

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)


class ServerStore(Protocol):
    """Stores which servers removed the bot."""

    async def known(self) -> set[int]: ...
    async def removals(self) -> dict[int, datetime]: ...
    async def leave(self, guild_id: int, now: datetime) -> None: ...
    async def enter(self, guild_id: int) -> None: ...
    async def forget(self, before: datetime) -> list[int]: ...


class ServerService:
    """Keeps track of the servers that the bot is in. Calling a method repeatedly is safe."""

    def __init__(self, store: ServerStore, runner: Runner, clock: Clock) -> None:
        self._store = store
        self._runner = runner
        self._clock = clock
        self._turn = asyncio.Lock()
        """Events are handled in the order in which they come: a server may remove the bot and invite it at once."""

    async def left(self, guild_id: int) -> None:
        """The bot was removed from a server: nothing falls due there until it is back."""
        async with self._turn:
            if guild_id in await self._store.known() and guild_id not in await self._store.removals():
                await self._store.leave(guild_id, self._clock.now())
                log.info("removed from server %d; its settings are kept for %d days", guild_id, KEPT.days)

    async def joined(self, guild_id: int) -> None:
        """The bot is in a server: what it missed while removed is recorded, and its digests continue."""
        async with self._turn:
            if guild_id in await self._store.removals():
                await self._runner.record_absence(guild_id)
                await self._store.enter(guild_id)
                log.info("in server %d again; its digests continue", guild_id)

    async def compare(self, present: Collection[int], is_told: Callable[[int], bool] = lambda _: True) -> None:
        """Find removals and returns without an event; `present` are the servers that the bot is in.

        `is_told` says of a server whether it would be among them: Discord may not have told of all yet.
        """
        gone = filter(is_told, (await self._store.known()).difference(present))
        back = (await self._store.removals()).keys() & set(present)
        for guild_id, follow in [*((one, self.left) for one in gone), *((one, self.joined) for one in back)]:
            try:
                await follow(guild_id)
            except StorageError:
                raise
            except Exception:
                log.exception("server %d could not be updated", guild_id, extra={"guild_id": guild_id})

    async def tidy(self) -> None:
        """Delete the settings of servers that removed the bot KEPT ago."""
        for guild_id in await self._store.forget(self._clock.now() - KEPT):
            log.info("the settings of server %d are deleted: it removed the bot %d days ago", guild_id, KEPT.days)
