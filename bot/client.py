"""The discord.py client: login, gateway, cogs, command sync, and errors of commands."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.utils import MISSING
from yarl import URL

from bot.chat.buttons import BUTTONS, FORMS
from bot.chat.delivery.greeter import Greeter
from bot.chat.gateway.limits import LONGEST_WAIT, end_global_limit, open_stuck_limits, tidy_rarely
from bot.chat.gateway.patience import FIRST_SECONDS, Patience
from bot.chat.gateway.servers import LeanState, PackedServers, shard_of
from bot.chat.gateway.shard import AUTHENTICATION_FAILED, PatientShard
from bot.chat.interactions.controls import has_turn, may_complete
from bot.chat.interactions.errors import answer_error, check_signature
from bot.chat.interactions.forms import submit
from bot.chat.interactions.services import Services
from bot.chat.interactions.translate import CatalogueTranslator
from bot.delivery.model import Reach
from bot.errors import UNAUTHORISED, SettingsError
from bot.locale import know_commands

log = logging.getLogger(__name__)

COGS = ("cogs.papers", "cogs.menus", "cogs.subscriptions", "cogs.digests", "cogs.about", "cogs.help")
_SYNCED = "commands synced"
_ANSWERING = ("CommandTree-invoker", "discord-ui-", "discord.py: on_interaction")
"""Prefixes of the names that discord.py gives to the tasks of commands, presses and forms."""
_CONNECT_SECONDS = 60.0
_SYNC_SECONDS = 10.0
"""How long the start waits for the command sync before it goes on without it."""

_Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group


@dataclass(frozen=True, slots=True)
class _Gateway:
    """The gateway's URL, how many shards are recommended and may start together, and how many may until the reset."""

    url: URL
    shards: int
    together: int
    total: int
    remaining: int
    reset_seconds: float


@dataclass(frozen=True, slots=True)
class Synced:
    """The commands as they were last synced: a hash of them, for which application, and Discord's ids by name."""

    digest: str = ""
    application_id: int = 0
    ids: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """The note that keeps it."""
        return json.dumps({"digest": self.digest, "application": self.application_id, "ids": self.ids})


def read_synced(note: str | None) -> Synced:
    """What a note keeps; empty for the hash alone, which is what earlier versions kept."""
    if not note or not note.startswith("{"):
        return Synced()
    told = json.loads(note)
    return Synced(told["digest"], told["application"], told["ids"])


def for_servers(command: Mapping[str, Any]) -> dict[str, Any]:
    """A command's payload for an application that can't be added to accounts: Discord would refuse all commands."""
    private = app_commands.AppCommandContext.PRIVATE_CHANNEL
    return {
        **command,
        "integration_types": [app_commands.AppInstallationType.GUILD],
        "contexts": [each for each in command["contexts"] if each != private],
    }


class Tree(app_commands.CommandTree["Paperboy"]):
    """The slash commands. An error of a command is answered in one sentence."""

    async def interaction_check(self, interaction: discord.Interaction["Paperboy"], /) -> bool:
        """Wait for the interaction's turn, and check its options."""
        if interaction.type is discord.InteractionType.autocomplete:
            return await may_complete(interaction)
        check_signature(interaction)
        return await has_turn(interaction)

    async def on_error(
        self, interaction: discord.Interaction["Paperboy"], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer the member and log what went wrong."""
        await answer_error(interaction, error)


class Paperboy(commands.AutoShardedBot):
    """The Discord client. It caches no members and no messages, and servers as LeanState packs them.

    `api_url` is the base of Discord's REST API, which is also asked for the gateway. discord.py stores both in classes,
    so a process can only use one Discord. `http_trace` sees each request. `proxy` is used for REST, gateway and files.
    """

    def __init__(
        self, services: Services, *, api_url: str, http_trace: aiohttp.TraceConfig, proxy: str | None = None
    ) -> None:
        # Voice is not used; without this, each start warns about its missing libraries.
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
            proxy=proxy,
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        tidy_rarely(self.http)
        open_stuck_limits(self.http)
        Route.BASE = api_url
        self.services = services
        self.patience = Patience()
        self._greeter = Greeter(self, services.greetings, services.digests)
        self._starts_together = 1
        self._arrived: set[int] = set()
        self._some_arrived = asyncio.Event()
        self._tell_arrival: Callable[[], None] = lambda: None
        self._beside: set[asyncio.Task[None]] = set()

    def _get_state(self, **options: Any) -> LeanState:  # noqa: ANN401  discord.py's own
        self._lean = LeanState(
            dispatch=self.dispatch, handlers=self._handlers, hooks=self._hooks, http=self.http, **options
        )
        return self._lean

    @property
    def servers(self) -> PackedServers:
        """The servers that the bot is in, including unavailable ones; `guilds` would make objects of all."""
        return self._lean.servers

    def wait_for_servers(self, seconds: float) -> None:
        """Set how long the start waits for servers that Discord may still announce; discord.py's default is 2 s."""
        self._connection.guild_ready_timeout = seconds

    async def connect_with(self, token: str) -> None:
        """Log in and stay connected until closed. Failures are retried.

        Raises SettingsError if Discord refuses the token or an intent.
        """
        await self.patience.until_done("log in", lambda: self._log_in(token))
        await self._set_up()
        await self.find_gateway()
        await self._sync_commands()
        try:
            await self.connect()
        except discord.PrivilegedIntentsRequired as error:
            raise SettingsError(
                "Discord refuses an intent: turn off what the application does not need on the developer portal"
            ) from error
        except discord.ConnectionClosed as error:
            if error.code != AUTHENTICATION_FAILED:
                raise
            raise SettingsError(UNAUTHORISED) from error
        except SettingsError as error:
            raise SettingsError(UNAUTHORISED) from error

    async def _log_in(self, token: str) -> None:
        try:
            await self.login(token)
        except BaseException:
            # Each attempt makes a new session, which needs a new connector: closing the last one closed its own.
            await self.http.close()
            self.http.connector = MISSING
            raise
        end_global_limit(self.http)

    async def find_gateway(self) -> None:
        """Ask for the gateway and the number of shards. Waits if no session may be started today any more.

        Discord resets the token of a bot that starts too many:
        https://docs.discord.com/developers/events/gateway#session-start-limit-object
        """
        what = "start a session"
        while True:
            found = await self.patience.until_done("find the gateway", self._ask_for_gateway)
            # discord.py asks too, but after a lost session it uses this default.
            DiscordWebSocket.DEFAULT_GATEWAY = found.url
            self.shard_count = self.shard_count or found.shards
            self._starts_together = found.together
            wanted = 1 if self.is_ready() else self.shard_count
            if found.remaining >= min(wanted, found.total):
                return self.patience.done(what)
            seconds = max(found.reset_seconds, FIRST_SECONDS)
            await self.patience.pause(what, f"only {found.remaining} are left for today", seconds)

    async def _ask_for_gateway(self) -> "_Gateway":
        shards, url, limit = await self.http.get_bot_gateway()
        seconds = limit["reset_after"] / 1000
        return _Gateway(URL(url), shards, limit["max_concurrency"], limit["total"], limit["remaining"], seconds)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until a shard may identify: within five seconds `max_concurrency` shards in a row may.

        discord.py lets one. https://docs.discord.com/developers/events/gateway#rate-limiting-and-sharding
        """
        if self.is_ready() or (shard_id or 0) % self._starts_together == 0:
            await super().before_identify_hook(shard_id, initial=initial)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Make a shard's first connection. discord.py's own method retries every five seconds and logs each failure."""

        async def reach() -> DiscordWebSocket:
            coming = DiscordWebSocket.from_client(self, initial=initial, gateway=gateway, shard_id=shard_id)
            return await asyncio.wait_for(coming, _CONNECT_SECONDS)

        ws = await self.patience.until_done(f"connection of shard {shard_id}", reach)
        queue_put = self._AutoShardedClient__queue.put_nowait  # type: ignore[attr-defined]  # there is no other way in
        shard = PatientShard(ws, self, queue_put, self.patience, self.find_gateway)
        self._AutoShardedClient__shards[shard_id] = shard  # type: ignore[attr-defined]
        shard.launch()

    async def close(self) -> None:
        """Disconnect, and stop all retries."""
        self.patience.end()
        for task in self._beside:
            task.cancel()
        await super().close()

    def _do_beside(self, what: str, act: Callable[[], Awaitable[None]]) -> None:
        """Do something in the background, with retries. A refused token is handled elsewhere."""

        async def work() -> None:
            with suppress(SettingsError):
                await self.patience.until_done(what, act)

        task = asyncio.create_task(work())
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    @property
    def connected(self) -> bool:
        """Whether the bot is logged in and every shard is connected to the gateway."""
        shards = self.shards.values()
        return self.is_ready() and not self.is_closed() and not any(shard.is_closed() for shard in shards)

    async def answered(self) -> None:
        """Wait until the tasks of all commands and presses have ended."""
        if asked := [task for task in asyncio.all_tasks() if task.get_name().startswith(_ANSWERING)]:
            await asyncio.wait(asked)

    async def until_arrived(self) -> None:
        """Wait until the servers of a first shard are known, and compared with those that were."""
        await self._some_arrived.wait()

    def reach(self) -> Reach | None:
        """The servers that are known so far; None once all shards have told of theirs."""
        shards = self.shard_count or 1
        return Reach(shards, frozenset(self._arrived)) if len(self._arrived) < shards else None

    def tell_arrivals(self, tell: Callable[[], None]) -> None:
        """Have `tell` called when the servers of a shard are known."""
        self._tell_arrival = tell

    async def take_stock(self, shard_id: int) -> None:
        """Compare the servers of a shard that the bot is in, including unavailable ones, with those that are known."""
        shards = self.shard_count or 1
        present = set(self.servers)
        joined = {server: at for server, at in self.servers.joined.items() if shard_of(server, shards) == shard_id}
        await self.services.greetings.note(joined)
        await self.services.servers.compare(present, lambda server: shard_of(server, shards) == shard_id)
        if self.reach() is None:
            await self.services.greetings.forget_others(present)

    async def greet(self) -> None:
        """Greet the servers that are owed a greeting."""
        await self._greeter.work()

    async def on_shard_ready(self, shard_id: int) -> None:
        """Discord has told of a shard's servers, at the start or after a lost session: compare them, and serve them."""
        self.services.rights.forget_all()
        self._do_beside("compare the servers", partial(self._arrive, shard_id))

    async def _arrive(self, shard_id: int) -> None:
        await self.take_stock(shard_id)
        self._arrived.add(shard_id)
        self._some_arrived.set()
        self._tell_arrival()
        self._do_beside("greet a server", self.greet)

    async def _welcome(self, guild_id: int) -> None:
        if joined_at := self.servers.joined.get(guild_id):
            await self.services.greetings.note({guild_id: joined_at})
            await self.greet()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server. For an outage, discord.py calls on_guild_unavailable."""
        self.services.rights.forget(guild.id)
        await self.services.servers.left(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited to a server."""
        await self.services.servers.joined(guild.id)
        self._do_beside("greet a server", partial(self._welcome, guild.id))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server is back after an outage, in which the bot may have been invited."""
        if self.is_ready():
            self._do_beside("greet a server", partial(self._welcome, guild.id))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A member sent a form. All else is dispatched by discord.py."""
        if interaction.type is discord.InteractionType.modal_submit:
            await submit(interaction, FORMS)

    async def on_raw_app_command_permissions_update(self, event: discord.RawAppCommandPermissionsUpdateEvent) -> None:
        """A server changed who may use the commands."""
        self.services.rights.forget(event.guild.id)

    async def _set_up(self) -> None:
        """Load the cogs and register the persistent buttons. Makes no requests."""
        await self.tree.set_translator(CatalogueTranslator())
        for cog in COGS:
            await import_module(cog).setup(self)  # an extension of discord.py's would run the module anew at each start
        self.add_dynamic_items(*BUTTONS)

    async def _sync_commands(self) -> None:
        """Sync changed commands. If that fails or is slow, it goes on in the background, as editions do not need it."""
        tried = asyncio.Event()

        async def attempt() -> None:
            try:
                await self._sync_if_changed()
            finally:
                tried.set()

        self._do_beside("sync the commands", attempt)
        with suppress(TimeoutError):
            async with asyncio.timeout(_SYNC_SECONDS):
                await tried.wait()

    async def _sync_if_changed(self) -> None:
        """Sync the commands if they differ from those last synced for this application: Discord limits syncing."""
        application_id = self.application_id or 0  # known since the login
        payload = [await self._described(command) for command in self.tree.get_commands()]
        if self.application is None or self.application.user_integration_config is None:
            payload = [for_servers(command) for command in payload]
            log.info("commands are for servers only: the application's User Install is off in the developer portal")
        content = json.dumps([application_id, payload], sort_keys=True, default=str)
        digest = hashlib.sha256(content.encode()).hexdigest()
        synced = read_synced(await self.services.desk.note(_SYNCED))
        if synced.application_id == application_id:
            know_commands(synced.ids)
        if synced.digest == digest:
            return
        # CommandTree.sync would translate all commands a second time.
        stored = await self.http.bulk_upsert_global_commands(application_id, payload)
        ids = {command["name"]: int(command["id"]) for command in stored}
        know_commands(ids)
        await self.services.desk.set_note(_SYNCED, Synced(digest, application_id, ids).to_json())
        log.info("%d commands synced", len(payload))

    async def _described(self, command: _Command) -> dict[str, Any]:
        """The payload of a command, in all languages."""
        if self.tree.translator is None:
            return command.to_dict(self.tree)
        return await command.get_translated_payload(self.tree, self.tree.translator)
