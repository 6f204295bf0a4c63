"""/digest subscriptions and unsubscribe: members' alerts in the server's channels. They are part of the group."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.alerts.model import Subscription
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of, text
from bot.chat.members.here import here_choice, here_list
from bot.errors import RefusalError
from cogs.digests.options import Interaction
from cogs.options import named

_MARK = "#"  # before a subscription's number
_MOST_CHOICES = 25


class PlaceOption(app_commands.Transformer):
    """A channel or thread of the server, by its id: the bot may have lost sight of it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel, in Discord's own picker."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """All types that members post in."""
        kind = discord.ChannelType
        threads = [kind.public_thread, kind.private_thread, kind.news_thread]
        return [kind.text, kind.news, kind.voice, kind.stage_voice, *threads]

    async def transform(
        self, interaction: discord.Interaction, value: app_commands.AppCommandChannel | app_commands.AppCommandThread, /
    ) -> int:
        """The id."""
        del interaction
        return value.id


_Place = app_commands.Transform[int, PlaceOption]


async def _choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    choices = [
        app_commands.Choice(name=here_choice(each, interaction.guild), value=f"{_MARK}{each.id}")
        for each in await _held(interaction, None, None)
    ]
    return [one for one in choices if typed.casefold().strip() in one.name.casefold()][:_MOST_CHOICES]


class HereCommands(commands.Cog):
    """The commands for alerts in the server's channels."""

    @app_commands.command(
        name=text("command-digest-subscriptions"), description=text("command-digest-subscriptions-about")
    )
    @named("here", "channel", "member")
    async def subscriptions(
        self, interaction: Interaction, channel: _Place | None = None, member: discord.User | None = None
    ) -> None:
        """Show the subscriptions that post in the server's channels, or only those of a channel or member."""
        catalogue = catalogue_of(interaction)
        if held := await _held(interaction, channel, member):
            await reply(interaction, here_list(held, catalogue))
        else:
            await reply(interaction, catalogue.say("here-none"))

    @app_commands.command(name=text("command-digest-unsubscribe"), description=text("command-digest-unsubscribe-about"))
    @named("here", "subscription", "channel", "member")
    @app_commands.autocomplete(subscription=_choices)
    async def unsubscribe(
        self,
        interaction: Interaction,
        subscription: str | None = None,
        channel: _Place | None = None,
        member: discord.User | None = None,
    ) -> None:
        """Remove one of these subscriptions, or all of a channel or member."""
        if subscription is None and channel is None and member is None:
            raise RefusalError("error-unsubscribe-which")
        held = await _held(interaction, channel, member)
        chosen = [each.id for each in held if subscription is None or subscription.strip(f"{_MARK} ") == str(each.id)]
        if not chosen:
            raise RefusalError("error-here-unknown")
        service = interaction.client.services.subscriptions
        removed = await service.remove_in_server(interaction.guild_id or 0, chosen)
        await reply(interaction, catalogue_of(interaction).say("here-removed", count=removed))


async def _held(interaction: Interaction, channel: int | None, member: discord.User | None) -> list[Subscription]:
    """The server's subscriptions, of a channel and member if given."""
    return [
        each
        for each in await interaction.client.services.subscriptions.in_server(interaction.guild_id or 0)
        if channel is None or each.channel_id == channel
        if member is None or each.user_id == member.id
    ]
