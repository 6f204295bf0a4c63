"""A connection to the gateway that is taken up again, whatever ended it."""

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
_RESUMABLE = 4000  # closed with 1000, a session is over
_STEADY_SECONDS = 60.0
"""A connection that lasted so long was a good one: the next pause is short again."""


class PatientShard(Shard):
    """discord.py's shard ends the program on close codes such as 4011 and on events that it can't read. This one waits.

    Only a refused token and a disallowed intent end it. `before_session` is awaited before a new session is begun.
    (discord.py 2.7.1, `Shard`; there is no setting for it.)
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
        """Whether a connection that Discord wants anew is made at once: the first time, not again and again."""

    def launch(self) -> None:
        """Read from the connection that was made."""
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
        except Exception as error:  # noqa: BLE001  an event that can't be read ends its session and no more
            await self._handle_disconnect(error)

    async def _handle_disconnect(self, e: Exception) -> None:
        self._dispatch("disconnect")
        self._dispatch("shard_disconnect", self.id)
        if self._client.is_closed():
            return
        if isinstance(e, discord.ConnectionClosed) and e.code in (AUTHENTICATION_FAILED, DISALLOWED_INTENTS):
            self._queue_put(EventItem(EventType.close, self, e))
            return
        self._task = asyncio.create_task(self._return(e))  # the queue of all shards must not wait

    async def _return(self, error: Exception) -> None:
        """Have the connection made again, once the old one is closed and its heart has stopped."""
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
