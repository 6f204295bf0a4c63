"""A small bot on discord.py, as simple as can be, for asking the sandbox what a real bot asks."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import discord
import pytest
import yarl
from discord import app_commands
from discord.ext import commands

from sandbox import Sandbox

Interaction = discord.Interaction[Any]
Few = app_commands.Range[int, 1, 10]


class Keep(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"keep:(?P<paper>\d+)"):
    """A button that outlives the bot's process."""

    def __init__(self, paper: int) -> None:
        super().__init__(discord.ui.Button(label="Keep", custom_id=f"keep:{paper}"))
        self.paper = paper

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(int(match["paper"]))

    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(content=f"kept {self.paper}", view=None)


class Ask(discord.ui.Modal, title="Ask"):
    """A form of one question."""

    question: discord.ui.TextInput[Self] = discord.ui.TextInput(label="Question", max_length=20)

    async def on_submit(self, interaction: Interaction) -> None:
        await interaction.response.send_message(f"asked {self.question.value}", ephemeral=True)


class Pages(discord.ui.View):
    """Buttons and a menu."""

    @discord.ui.button(label="Next", custom_id="next")
    async def forward(self, interaction: Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.edit_message(content="page 2")

    @discord.ui.button(label="Whisper")
    async def whisper(self, interaction: Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.send_message("psst", ephemeral=True)

    @discord.ui.button(label="Later")
    async def later(self, interaction: Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="edited later")

    @discord.ui.button(label="Nothing")
    async def nothing(self, interaction: Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.defer()

    @discord.ui.button(label="Off", disabled=True)
    async def off(self, interaction: Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.defer()

    @discord.ui.select(
        placeholder="Pick",
        max_values=2,
        options=[discord.SelectOption(label=name.upper(), value=name) for name in ("a", "b", "c")],
    )
    async def pick(self, interaction: Interaction, select: discord.ui.Select[Self]) -> None:
        await interaction.response.edit_message(content=f"picked {' '.join(select.values)}")

    @discord.ui.select(cls=discord.ui.ChannelSelect, placeholder="Where", channel_types=[discord.ChannelType.text])
    async def where(self, interaction: Interaction, select: discord.ui.ChannelSelect[Self]) -> None:
        await interaction.response.edit_message(content=f"in {select.values[0].name}")


class Words(app_commands.Translator):
    """Korean for one command."""

    KOREAN = {"paper": "논문", "show": "보기", "number": "번호", "Read this": "이거 읽기"}  # noqa: RUF012 - never changed

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, _: app_commands.TranslationContextTypes
    ) -> str | None:
        return self.KOREAN.get(string.message) if locale is discord.Locale.korean else None


class NewsBot(commands.AutoShardedBot):
    """Answers in all the ways that interactions can be answered."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            intents=options.pop("intents", discord.Intents(guilds=True)),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            help_command=None,
            guild_ready_timeout=0.02,
            **options,
        )
        self.seen: asyncio.Queue[Interaction] = asyncio.Queue()
        self.events: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self.release = asyncio.Event()
        add_commands(self)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Keep)
        await self.tree.set_translator(Words())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: the sandbox does not mind."""

    async def on_resumed(self) -> None:
        self.events.put_nowait(("resumed", None))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.events.put_nowait(("join", guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.events.put_nowait(("remove", guild))

    async def channel(self, channel_id: int) -> discord.TextChannel:
        channel = await self.fetch_channel(channel_id)
        assert isinstance(channel, discord.TextChannel)
        return channel


def add_commands(bot: NewsBot) -> None:  # noqa: C901, PLR0915 - a list of small commands
    @bot.tree.command()
    async def hello(interaction: Interaction, name: str) -> None:
        """Greet."""
        await interaction.response.send_message(f"hello {name}")

    @bot.tree.command()
    async def secret(interaction: Interaction) -> None:
        """Tell one."""
        await interaction.response.send_message("only you", ephemeral=True)

    @bot.tree.command()
    async def slow(interaction: Interaction) -> None:
        """Take a while."""
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="done at last")
        await interaction.followup.send("and more", ephemeral=True)

    @bot.tree.command()
    async def thinking(interaction: Interaction) -> None:
        """Defer, then follow up."""
        await interaction.response.defer()
        await interaction.followup.send("thought")

    @bot.tree.command()
    async def mute(interaction: Interaction) -> None:
        """Say nothing: the test takes the interaction."""
        bot.seen.put_nowait(interaction)
        await bot.release.wait()

    @bot.tree.command()
    async def pages(interaction: Interaction) -> None:
        """Show buttons."""
        await interaction.response.send_message("page 1", view=Pages())

    @bot.tree.command()
    async def keep(interaction: Interaction) -> None:
        """Show a lasting button."""
        view = discord.ui.View(timeout=None)
        view.add_item(Keep(7))
        await interaction.response.send_message("paper 7", view=view)

    @bot.tree.command()
    async def ask(interaction: Interaction) -> None:
        """Open a form."""
        await interaction.response.send_modal(Ask())

    @bot.tree.command()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(interaction: Interaction, where: discord.TextChannel, count: Few) -> None:
        """For admins."""
        may = where.permissions_for(where.guild.me).send_messages
        await interaction.response.send_message(f"{where.name} {count} {may} {interaction.permissions.manage_guild}")

    @bot.tree.command()
    async def where(interaction: Interaction) -> None:
        """Tell what the interaction tells."""
        told = (
            f"{interaction.locale} {interaction.guild_locale} {interaction.context.guild} "
            f"{interaction.app_permissions.embed_links} {type(interaction.channel).__name__}"
        )
        await interaction.response.send_message(told)

    @bot.tree.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def anywhere(interaction: Interaction) -> None:
        """Tell by whose install this is."""
        bot.seen.put_nowait(interaction)
        view = discord.ui.View(timeout=None)
        view.add_item(Keep(8))
        await interaction.response.send_message(f"{interaction._integration_owners}", view=view)

    @bot.tree.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    async def chatty(interaction: Interaction) -> None:
        """Follow up again and again."""
        await interaction.response.send_message("0", ephemeral=True)
        for number in range(1, 7):
            await interaction.followup.send(f"{number}")

    @bot.tree.context_menu(name="Read this")
    @app_commands.allowed_installs(guilds=True, users=True)
    async def read(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{message.author.name}: {message.content}", ephemeral=True)

    @bot.tree.command()
    async def who(interaction: Interaction, one: discord.Member, role: discord.Role) -> None:
        """Tell of a member and a role."""
        await interaction.response.send_message(f"{one.name} {role.name} {one.resolved_permissions is not None}")

    paper = app_commands.Group(name="paper", description="Papers")

    @paper.command()
    async def show(interaction: Interaction, number: str) -> None:
        """Show a paper."""
        await interaction.response.send_message(f"paper {number}")

    @show.autocomplete("number")
    async def numbers(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}{n}", value=f"{current}-{n}") for n in range(2)]

    bot.tree.add_command(paper)


@asynccontextmanager
async def running(world: Sandbox, **options: Any) -> AsyncIterator[NewsBot]:
    """A bot that is connected to the sandbox and ready."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discord.http.Route, "BASE", world.url)
        patch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(world.gateway_url))
        bot = NewsBot(**options)
        task = asyncio.create_task(bot.start(world.token))
        try:
            await asyncio.wait({task, asyncio.create_task(bot.wait_until_ready())}, return_when="FIRST_COMPLETED")
            if task.done():
                await task
            yield bot
        finally:
            bot.release.set()
            await bot.close()
            with contextlib.suppress(discord.ConnectionClosed):
                await task
