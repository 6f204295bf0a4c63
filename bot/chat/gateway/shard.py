"""A shard that reconnects to the gateway, whatever closed the connection."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.shard import AutoShardedClient, EventItem, EventType, Shard

from bot.chat.gateway.patience import Patience, failure, pauses
from bot.errors import SettingsError

# Authentication failed, and disallowed intents:
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway
AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4004, 4014
_RESUMABLE = 4000  # closing with 1000 would end the session
_STEADY_SECONDS = 60.0
"""After a connection that lasted this long, the next pause is short again."""


class PatientShard(Shard):
    """Reconnects where discord.py's own shard would end the program: close codes such as 4011, unreadable events.

    Only a refused token and a disallowed intent end it. `before_session` is awaited before each new session.
    Overrides private methods of discord.py 2.7.1, which has no setting for this.
    """

    def __init__(
        self,
        ws: DiscordWebSocket,
        client: AutoShardedClient,
        queue_put: Callable[[EventItem], None],
        patience: Patience,
        before_session: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(ws, client, queue_put)
        self._handled_exceptions = (Exception,)
        self._patience = patience
        self._before_session = before_session
        self._pauses = pauses(patience.random)
        self._since = time.monotonic()
        self._hurries = True
        """Whether to reconnect at once when Discord asks for it: only the first time in a row."""

    def launch(self) -> None:
        """Start reading from the new connection."""
        self._since = time.monotonic()
        self._patience.done(self._what)
        super().launch()

    async def worker(self) -> None:
        """Read until the connection ends."""
        try:
            while not self._client.is_closed():
                await self.ws.poll_event()
        except asyncio.CancelledError:
            return
        except Exception as error:  # noqa: BLE001  an unreadable event ends only its session
            await self._handle_disconnect(error)

    async def _handle_disconnect(self, e: Exception) -> None:
        self._dispatch("disconnect")
        self._dispatch("shard_disconnect", self.id)
        if self._client.is_closed():
            return
        if isinstance(e, discord.ConnectionClosed) and e.code in (AUTHENTICATION_FAILED, DISALLOWED_INTENTS):
            self._queue_put(EventItem(EventType.close, self, e))
            return
        self._task = asyncio.create_task(self._return(e))  # all shards share this queue: it must not wait

    async def _return(self, error: Exception) -> None:
        """Close the old connection, then reconnect, after a pause unless Discord asked for it."""
        with suppress(Exception):
            await self.ws.close(code=_RESUMABLE)
        if time.monotonic() - self._since >= _STEADY_SECONDS:
            self._pauses, self._hurries = pauses(self._patience.random), True
        asked_for = isinstance(error, ReconnectWebSocket)
        hurries, self._hurries = self._hurries, False
        if not (asked_for and hurries):
            why = "the connection was cut" if asked_for else failure(error)
            await self._patience.pause(self._what, why, next(self._pauses))
        if isinstance(error, ReconnectWebSocket) and error.resume:
            self._queue_put(EventItem(EventType.resume, self, error))
            return
        try:
            await self._before_session()
        except SettingsError as refusal:
            self._queue_put(EventItem(EventType.terminate, self, refusal))
            return
        self._queue_put(EventItem(EventType.reconnect, self, error))

    @property
    def _what(self) -> str:
        return f"connection of shard {self.id}"
