"""/help: the commands, as mentions that can be tapped; for those who may manage digests, also how to begin."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of, text
from bot.chat.text import theme
from bot.chat.text.limits import Message
from cogs.options import anywhere

_TOPICS = ("read", "keep", "follow", "digest")
"""The headings, each with its commands in the catalogue."""


class Help(commands.Cog):
    """The command /help."""

    @app_commands.command(name=text("command-help"), description=text("command-help-about"))
    @anywhere
    async def help(self, interaction: discord.Interaction) -> None:
        """Show the commands."""
        say = catalogue_of(interaction).say
        embed = discord.Embed(title=say("help-title"), description=say("about-what"), colour=theme.PAPER)
        for topic in _TOPICS:
            embed.add_field(name=say(f"help-{topic}"), value=say(f"help-{topic}-commands"), inline=False)
        await reply(interaction, Message(embeds=(embed,)))


async def setup(bot: commands.Bot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(Help())
