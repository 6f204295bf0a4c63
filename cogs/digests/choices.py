"""What /digest offers while an admin types: the server's digests, and recent days."""

from datetime import timedelta

import discord
from discord.app_commands import Choice

from bot.chat.interactions.translate import catalogue_of
from bot.chat.text.escape import join_given, shorten, utf16_len
from bot.digests.model import Order
from bot.search.dates import read_dates
from cogs.digests.options import CHOICE_LENGTH, Interaction, home_zone

_DAYS_OFFERED = 14


async def digest_choices(interaction: Interaction, typed: str) -> list[Choice[int]]:
    """The server's digests: "#1 · #papers · 09:00 Asia/Seoul", and its subject."""
    standings = await interaction.client.services.digests.of_server(interaction.guild_id or 0)
    choices = [
        Choice(
            name=_label(interaction.guild, standing.digest.number, standing.digest.order), value=standing.digest.number
        )
        for standing in standings
    ]
    return [choice for choice in choices if typed.casefold().strip() in choice.name.casefold()]


async def date_choices(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """What was typed, if it is a date, and recent days in long form: "Tuesday, 20 February 2024"."""
    catalogue = catalogue_of(interaction)
    today = interaction.client.services.clock.now().astimezone(await home_zone(interaction)).date()
    days = [today - timedelta(days=ago) for ago in range(_DAYS_OFFERED)]
    wanted = typed.casefold().strip()
    meant = read_dates(typed, today)
    offered = [
        *meant,
        *(day for day in days if wanted in f"{catalogue.date(day)} {day}".casefold() and day not in meant),
    ]
    return [Choice(name=catalogue.date(day), value=day.isoformat()) for day in offered]


def _label(guild: discord.Guild | None, number: int, order: Order) -> str:
    channel = guild.get_channel(order.channel_id) if guild else None
    name = f"#{channel.name}" if channel else "—"
    label = join_given(f"#{number}", name, f"{order.time:%H:%M} {order.timezone}", order.query or "")
    return shorten(label, CHOICE_LENGTH, utf16_len)
