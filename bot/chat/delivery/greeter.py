"""Sends the greetings that servers are owed, each once: what may have arrived is looked for before it is sent again."""

import asyncio
import logging
from collections.abc import Iterator

import aiohttp
import discord
from discord import Object
from discord.utils import MISSING, time_snowflake

from bot.chat.delivery.doubt import may_be_stored
from bot.chat.digests.greeting import first_wish, greeting, postable, welcome_back
from bot.chat.interactions.permissions import granted
from bot.chat.text.limits import Message
from bot.digests.greetings import Greeting, Greetings, GreetingState
from bot.digests.service import DigestService
from bot.errors import SettingsError, StorageError

log = logging.getLogger(__name__)

LOOKED_THROUGH = 100
"""Messages of a channel in which a greeting is looked for."""
_PASSING = (aiohttp.ClientError, OSError, TimeoutError, discord.DiscordServerError, discord.RateLimited)


class Greeter:
    """Greets the servers of a client. Only one call works at a time."""

    def __init__(self, client: discord.Client, greetings: Greetings, digests: DigestService) -> None:
        self._client = client
        self._greetings = greetings
        self._digests = digests
        self._lock = asyncio.Lock()

    async def work(self) -> None:
        """Send what is owed. What fails by what may pass stays owed, and the next call tries again."""
        async with self._lock:
            for owed in await self._greetings.owed():
                guild = self._client.get_guild(owed.guild_id)
                if guild is None or guild.unavailable:
                    continue
                try:
                    await self._greet(guild, owed)
                except _PASSING as error:
                    log.warning("server %d could not be greeted yet: %s", guild.id, error)
                except (SettingsError, StorageError):
                    raise
                except Exception:
                    log.exception("server %d can't be greeted: a bug in Paperboy", guild.id)

    async def _greet(self, guild: discord.Guild, owed: Greeting) -> None:
        if owed.state is GreetingState.SENDING and owed.channel_id and await self._is_settled(owed, owed.channel_id):
            return
        for channel in _channels(guild):
            if await self._send(guild, owed, channel):
                return
        inviter = await self._inviter(guild)
        if inviter is None:
            await self._greetings.skip(owed, "there is no channel for it, and it is not known who added the bot")
        elif not await self._send(guild, owed, await self._client.create_dm(Object(inviter))):
            await self._greetings.skip(owed, "whoever added the bot takes no DMs")

    async def _send(self, guild: discord.Guild, owed: Greeting, place: discord.TextChannel | discord.DMChannel) -> bool:
        """Send the greeting to a place. False if Discord does not allow it there."""
        message, view = await self._written(guild, owed, place)
        await self._greetings.sending(owed, place.id)
        try:
            sent = await place.send(
                message.content,
                embeds=message.embeds,
                view=view or MISSING,
                allowed_mentions=discord.AllowedMentions.none(),
                nonce=_nonce(owed),
            )
        except discord.HTTPException as error:
            if may_be_stored(error):
                raise
            log.info("server %d can't be greeted in %d: %s", guild.id, place.id, error)
            return False
        await self._greetings.sent(owed, sent.id)
        return True

    async def _written(
        self, guild: discord.Guild, owed: Greeting, place: discord.TextChannel | discord.DMChannel
    ) -> tuple[Message, discord.ui.View | None]:
        standings = await self._digests.of_server(guild.id) if owed.again else []
        if standings:
            return welcome_back(guild, standings), None
        by_dm = isinstance(place, discord.DMChannel)
        channel_id = next((channel.id for channel in postable(guild)), 0) if by_dm else place.id
        return greeting(guild, first_wish(guild, channel_id), by_dm=by_dm)

    async def _is_settled(self, owed: Greeting, channel_id: int) -> bool:
        """Find out whether a greeting arrived. If that can't be known, it counts as sent: never twice.

        The bot's first message since it joined is the greeting.
        """
        place, joined = self._client.get_partial_messageable(channel_id), Object(time_snowflake(owed.joined_at))
        read = 0
        try:
            async for message in place.history(limit=LOOKED_THROUGH, after=joined, oldest_first=True):
                read += 1
                if message.author == self._client.user:
                    await self._greetings.sent(owed, message.id)
                    return True
        except (discord.Forbidden, discord.NotFound):
            read = LOOKED_THROUGH
        if read < LOOKED_THROUGH:
            return False
        await self._greetings.skip(owed, "it may have arrived, and the channel's history does not tell")
        return True

    async def _inviter(self, guild: discord.Guild) -> int | None:
        """Who added the bot, which Discord tells a bot that manages the server; else None."""
        integrations = await guild.integrations() if guild.me.guild_permissions.manage_guild else []
        for each in integrations:
            if isinstance(each, discord.BotIntegration) and each.application.id == self._client.application_id:
                return each.user.id if each.user else None
        return None


def _channels(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """Where a greeting may be posted: the system channel, then the first channel that all members read."""
    system = guild.system_channel
    if system is not None and _may_post(system):
        yield system
    for channel in guild.text_channels:
        all_read = channel.permissions_for(guild.default_role).read_messages
        if channel != system and all_read and not channel.is_news() and _may_post(channel):
            yield channel
            return


def _may_post(channel: discord.TextChannel) -> bool:
    allowed = granted(channel, channel.guild.me)
    return allowed.view_channel and allowed.send_messages


def _nonce(owed: Greeting) -> str:
    """Identifies the greeting of one join to Discord: the server, and the last digits of the moment in milliseconds.

    It has 25 characters, the most that Discord takes. Discord remembers it for minutes, the digits last for two years.
    """
    milliseconds = int(owed.joined_at.timestamp() * 1000)
    return f"{owed.guild_id:016x}{milliseconds % 16**9:09x}"
