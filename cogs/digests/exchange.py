"""/digest export and import: a server's digests as a file. They are part of the group in `commands`."""

import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.digests.importing import FILE_NAME, import_file
from bot.chat.interactions.controls import costs
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of, text
from bot.chat.text.limits import Message
from cogs.digests.options import Interaction
from cogs.options import named


class ExchangeCommands(commands.Cog):
    """The commands for files."""

    @app_commands.command(name=text("command-digest-export"), description=text("command-digest-export-about"))
    @costs(Cost.ORDER)
    async def export(self, interaction: Interaction) -> None:
        """Send the server's digests to the admin as a file."""
        content = await interaction.client.services.exchange.export(interaction.guild_id or 0)
        answer = Message(catalogue_of(interaction).say("export-done"))
        await reply(interaction, answer, file=discord.File(io.BytesIO(content), FILE_NAME))

    @app_commands.command(name=text("command-digest-import"), description=text("command-digest-import-about"))
    @costs(Cost.ORDER)
    @named("digest", "file")
    async def import_(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Replace the server's digests with those of a file."""
        await import_file(interaction, file)
