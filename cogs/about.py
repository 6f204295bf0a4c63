"""/about: what Paperboy is, what the archive covers, the next edition, and how to delete one's data."""

import discord
from discord import app_commands
from discord.ext import commands

from bot import __version__
from bot.chat.digests.words import site_text
from bot.chat.interactions.controls import services_of, view_of
from bot.chat.interactions.elsewhere import home_of
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of, text
from bot.chat.members.about import ForgetButton
from bot.chat.text import theme
from bot.chat.text.limits import Message
from cogs.options import anywhere


class About(commands.Cog):
    """The command /about."""

    @app_commands.command(name=text("command-about"), description=text("command-about-about"))
    @anywhere
    async def about(self, interaction: discord.Interaction) -> None:
        """Tell the member about the bot."""
        say = catalogue_of(interaction).say
        embed = discord.Embed(title=f"Paperboy {__version__}", description=say("about-what"), colour=theme.PAPER)
        embed.add_field(name=say("about-archive"), value=await _coverage(interaction), inline=False)
        if site := site_text(await services_of(interaction).desk.site_health(), catalogue_of(interaction)):
            embed.add_field(name=say("site-heading"), value=site, inline=False)
        if (server := home_of(interaction)) is not None:
            embed.add_field(name=say("about-next"), value=await _next_digest(interaction, server), inline=False)
        embed.add_field(name=say("about-help"), value=say("about-commands"), inline=False)
        embed.add_field(name=say("about-data"), value=say("about-stored"), inline=False)
        await reply(interaction, Message(embeds=(embed,)), view=view_of(ForgetButton(say("forget-button"))))


async def _coverage(interaction: discord.Interaction) -> str:
    say, coverage = catalogue_of(interaction).say, await services_of(interaction).library.coverage()
    if coverage.newest is None:
        return say("archive-empty")
    return say(
        "about-coverage",
        first=str(coverage.first),
        newest=str(coverage.newest),
        days=coverage.days,
        papers=coverage.papers,
    )


async def _next_digest(interaction: discord.Interaction, server: int) -> str:
    say = catalogue_of(interaction).say
    standing = await services_of(interaction).digests.next_run(server)
    if standing is None or standing.next_run is None:
        return say("about-no-digest")
    # Discord shows each reader a moment in their own zone and language.
    when, distance = discord.utils.format_dt(standing.next_run), discord.utils.format_dt(standing.next_run, "R")
    return say("about-next-digest", channel=f"<#{standing.digest.order.channel_id}>", when=when, distance=distance)


async def setup(bot: commands.Bot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(About())
