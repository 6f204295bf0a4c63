"""Checks that a member may manage a server's digests."""

import discord
from discord import app_commands

from bot.chat.interactions.controls import services_of
from bot.errors import RefusalError


def server_of(interaction: discord.Interaction) -> discord.Guild:
    """The server of an interaction. Raises NoPrivateMessage in a DM."""
    if interaction.guild is None:
        raise app_commands.NoPrivateMessage
    return interaction.guild


async def require_digests(interaction: discord.Interaction, guild_id: int | None = None) -> discord.Guild:
    """Check that the member may manage the digests of a server, by default of the one where a button was pressed.

    Returns the server. Raises RefusalError, and discord.py's errors.
    """
    guild = interaction.client.get_guild(guild_id or interaction.guild_id or 0)
    if guild is None:
        raise RefusalError("error-digest-right" if guild_id else "error-server-only")
    member, permissions = interaction.user, interaction.permissions
    if interaction.guild_id != guild.id:  # a DM: Discord sends no roles there
        member = await _member(guild, interaction.user.id)
        permissions = member.guild_permissions
    if permissions.administrator:
        return guild
    roles = [role.id for role in member.roles] if isinstance(member, discord.Member) else []
    rights = await services_of(interaction).rights.of(interaction.client, guild.id)
    if not rights.allow(interaction.user.id, roles, guild.id, permissions):
        raise RefusalError("error-digest-right")
    return guild


async def _member(guild: discord.Guild, user_id: int) -> discord.Member:
    try:
        return await guild.fetch_member(user_id)
    except discord.NotFound as error:
        raise RefusalError("error-digest-right") from error
