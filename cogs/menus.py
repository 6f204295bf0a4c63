"""The entries of a message's Apps menu: show or save the papers that the message names. Answers are private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.interactions.controls import costs
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.translate import text
from bot.chat.papers.named import save_named, show_named
from cogs.options import anywhere


@anywhere
@costs(Cost.SEARCH)
async def show_papers(interaction: discord.Interaction, message: discord.Message) -> None:
    """Show the papers."""
    await show_named(interaction, message)


@anywhere
@costs(Cost.SEARCH)
async def save_papers(interaction: discord.Interaction, message: discord.Message) -> None:
    """Put the papers on the member's reading list."""
    await save_named(interaction, message)


async def setup(bot: commands.Bot) -> None:
    """Add the entries to the bot."""
    bot.tree.add_command(app_commands.ContextMenu(name=text("menu-show-papers"), callback=show_papers))
    bot.tree.add_command(app_commands.ContextMenu(name=text("menu-save-papers"), callback=save_papers))
