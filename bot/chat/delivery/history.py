"""Searches a channel's history for a message of the bot, to find out whether it was posted."""

from datetime import datetime

import discord
from discord.utils import time_snowflake

from bot.chat.delivery.faults import UNKNOWN_MESSAGE
from bot.chat.interactions.controls import bears_mark
from bot.errors import DeliveryError, Fault

LONGEST = 2_000
"""At most this many messages are read (twenty requests). A busier channel can't be searched."""


class History:
    """The messages of a channel, thread or DM.

    `channel_id` is the channel of a server whose permissions apply: the parent of a thread; None for a DM.
    """

    def __init__(self, client: discord.Client, place: int, guild_id: int | None, channel_id: int | None) -> None:
        self._client = client
        self._place = client.get_partial_messageable(place)
        self._guild_id = guild_id
        self._channel_id = channel_id

    async def find(self, delivery: int, since: datetime, until: datetime) -> int | None:
        """The id of the bot's message with a delivery's mark, posted between two moments on Discord's clock, or None.

        Raises DeliveryError with HISTORY_HIDDEN if the history can't be read, and discord.py's errors.
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
        guild = self._client.get_guild(self._guild_id or 0)
        channel = guild and self._channel_id and guild.get_channel_or_thread(self._channel_id)
        if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            allowed = channel.permissions_for(channel.guild.me)
            if allowed.view_channel and not allowed.read_message_history:
                raise DeliveryError(Fault.HISTORY_HIDDEN, "Read Message History is missing")

    async def _ask_for_one(self, start: discord.Object) -> None:
        """Check that an empty list means no messages: Discord also returns one if the permission is missing.

        A request for a single message is refused then. The client may not know of a change of permissions yet.
        https://docs.discord.com/developers/resources/message#get-channel-messages
        """
        try:
            await self._place.fetch_message(start.id)
        except discord.Forbidden as error:
            raise DeliveryError(Fault.HISTORY_HIDDEN, f"{error.status} {error.code}") from error
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
