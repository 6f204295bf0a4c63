"""Reads a channel's history back, to learn whether a message of ours came."""

from datetime import datetime

import discord
from discord.utils import time_snowflake

from bot.chat.delivery.faults import UNKNOWN_MESSAGE
from bot.chat.interactions.controls import bears_mark
from bot.errors import DeliveryError, Fault

LONGEST = 2_000
"""So many messages are read, twenty requests of a hundred; a channel that has more in some hours can't be searched."""


class History:
    """The messages of one place: a channel, a thread or a DM.

    `channel_id` is the channel that rules who may read there: the thread's own, or None for a DM.
    """

    def __init__(self, client: discord.Client, place: int, channel_id: int | None) -> None:
        self._client = client
        self._place = client.get_partial_messageable(place)
        self._channel_id = channel_id

    async def find(self, delivery: int, since: datetime, until: datetime) -> int | None:
        """The id of the bot's message that bears a delivery's mark, posted between two moments on Discord's clock.

        Raises DeliveryError with HISTORY_HIDDEN, and what discord.py raises for a request that fails.
        """
        self._require_permission()
        start, read = discord.Object(time_snowflake(since)), 0
        async for message in self._place.history(limit=LONGEST, after=start, oldest_first=True):
            if message.created_at > until:
                return None
            if message.author == self._client.user and bears_mark(message, delivery):
                return message.id
            read += 1
        if read == LONGEST:
            raise DeliveryError(Fault.HISTORY_HIDDEN, f"more than {LONGEST:,} messages")
        if not read and self._channel_id is not None:
            await self._ask_for_one(start)
        return None

    def _require_permission(self) -> None:
        channel = self._channel_id and self._client.get_channel(self._channel_id)
        if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            allowed = channel.permissions_for(channel.guild.me)
            if allowed.view_channel and not allowed.read_message_history:
                raise DeliveryError(Fault.HISTORY_HIDDEN, "Read Message History is missing")

    async def _ask_for_one(self, start: discord.Object) -> None:
        """Make sure that an empty list is one: without the permission, Discord lists no messages and says nothing.

        Asked for a single message, it refuses; the client may not have heard of a change of permissions.
        https://docs.discord.com/developers/resources/message#get-channel-messages
        """
        try:
            await self._place.fetch_message(start.id)
        except discord.Forbidden as error:
            raise DeliveryError(Fault.HISTORY_HIDDEN, f"{error.status} {error.code}") from error
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
