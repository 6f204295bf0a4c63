"""The discord.py client: intents, cogs, command sync, and what happens when a command fails."""

import asyncio
import hashlib
import json
import logging
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.chat.buttons import BUTTONS
from bot.chat.errors import answer_error
from bot.chat.signature import check_signature
from bot.chat.thrift import tidy_rarely
from bot.chat.translate import CatalogueTranslator
from bot.errors import UNAUTHORISED, PaperboyError, SettingsError
from bot.services import Services

log = logging.getLogger(__name__)

COGS = ("cogs.papers", "cogs.subscriptions", "cogs.digests", "cogs.about")
_SYNCED = "commands synced"
_ANSWERING = ("CommandTree-invoker", "discord-ui-")
"""What discord.py calls the tasks in which it runs commands and presses."""
_AUTHENTICATION_FAILED = 4004  # https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway
_UNREACHABLE = (discord.DiscordServerError, discord.GatewayNotFound, aiohttp.ClientError, OSError, TimeoutError)

_Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group


class Tree(app_commands.CommandTree["Paperboy"]):
    """The slash commands; whatever one raises is answered in one sentence."""

    async def interaction_check(self, interaction: discord.Interaction["Paperboy"], /) -> bool:
        """Look at the options before any command sees them."""
        check_signature(interaction)
        return True

    async def on_error(
        self, interaction: discord.Interaction["Paperboy"], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer the member and log what went wrong."""
        await answer_error(interaction, error)


class Paperboy(commands.AutoShardedBot):
    """The bot as Discord knows it. It keeps no members and no messages in memory.

    `api_url` is Discord's REST base, and the gateway is what it answers. discord.py holds both in classes, so a
    process speaks to one Discord. `http_trace` is told of each request.
    """

    def __init__(self, services: Services, *, api_url: str, http_trace: aiohttp.TraceConfig) -> None:
        # Voice is not used here: without this, each start warns of the libraries that it would need.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=Tree,
            http_trace=http_trace,
        )
        tidy_rarely(self.http)
        Route.BASE = api_url
        self.services = services
        self._was_ready = False

    async def connect_with(self, token: str) -> None:
        """Log in and stay connected until closed.

        Raises SettingsError where Discord refuses the token, PaperboyError where it can't be reached at the start.
        """
        try:
            await self.start(token)
        except discord.LoginFailure as error:
            raise SettingsError(
                "Discord refused the token: make a new one on the developer portal and set it"
            ) from error
        except discord.ConnectionClosed as error:
            if error.code != _AUTHENTICATION_FAILED:
                raise PaperboyError(f"Discord closed the connection for good: {error}") from error
            raise SettingsError(UNAUTHORISED) from error
        except _UNREACHABLE as error:
            raise PaperboyError(f"Discord can't be reached: {str(error) or type(error).__name__}") from error

    @property
    def connected(self) -> bool:
        """Whether the bot is signed in and every shard has its connection to the gateway."""
        shards = self.shards.values()
        return self.is_ready() and not self.is_closed() and not any(shard.is_closed() for shard in shards)

    async def answered(self) -> None:
        """Wait until every command and press that came in is answered."""
        if asked := [task for task in asyncio.all_tasks() if task.get_name().startswith(_ANSWERING)]:
            await asyncio.wait(asked)

    async def take_stock(self) -> None:
        """Compare the servers that the bot is in with those that have settings here, outages included."""
        await self.services.servers.compare({guild.id for guild in self.guilds})

    async def on_ready(self) -> None:
        """Compare again after a session that was lost: discord.py holds the servers of before, so Discord is asked."""
        was_ready, self._was_ready = self._was_ready, True
        if was_ready:
            present = {guild.id async for guild in self.fetch_guilds(limit=None, with_counts=False)}
            await self.services.servers.compare(present)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server; discord.py tells of an outage otherwise."""
        await self.services.servers.left(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited to a server."""
        await self.services.servers.joined(guild.id)

    async def setup_hook(self) -> None:
        """Ask for the gateway, load the cogs, take up earlier messages' buttons, tell Discord of changed commands."""
        # discord.py would ask for the gateway too, but after a lost session it goes to the one of its own class.
        self.shard_count, gateway, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
        await self.tree.set_translator(CatalogueTranslator())
        for cog in COGS:
            await self.load_extension(cog)
        self.add_dynamic_items(*BUTTONS)
        await self._sync_if_changed()

    async def _sync_if_changed(self) -> None:
        """Sync the commands if they differ from those last synced for this application.

        Discord limits syncing, so it is not done at every start.
        """
        payload = [await self._described(command) for command in self.tree.get_commands()]
        content = json.dumps([self.application_id, payload], sort_keys=True, default=str)
        digest = hashlib.sha256(content.encode()).hexdigest()
        if await self.services.desk.note(_SYNCED) == digest:
            return
        await self.tree.sync()
        await self.services.desk.set_note(_SYNCED, digest)
        log.info("%d commands synced", len(payload))

    async def _described(self, command: _Command) -> dict[str, Any]:
        """A command as Discord is told of it, in all languages."""
        if self.tree.translator is None:
            return command.to_dict(self.tree)
        return await command.get_translated_payload(self.tree, self.tree.translator)
