"""Menus of what most digests differ in: the channel, the time and the number of papers."""

from collections.abc import Iterable
from datetime import time

import discord
from discord import ui

from bot.chat.text import limits
from bot.digests.model import MAX_COUNT
from bot.locale import Catalogue

TIME_FORM = "%H%M"
"""How a custom_id and a menu hold a time of day."""


def read_time(text: str) -> time:
    """The time of day that a custom_id or a menu holds. Raises ValueError."""
    return time(int(text[:2]), int(text[2:]))


def time_select(custom_id: str, chosen: time, catalogue: Catalogue) -> ui.Select[ui.View]:
    """The hours of a day, and the chosen time if it is between two."""
    times = sorted({time(hour) for hour in range(24)} | {chosen})
    return ui.Select(
        custom_id=custom_id,
        placeholder=catalogue.say("menu-time"),
        options=[
            discord.SelectOption(label=catalogue.time(at), value=f"{at:{TIME_FORM}}", default=at == chosen)
            for at in times
        ],
    )


def count_select(custom_id: str, chosen: int, catalogue: Catalogue) -> ui.Select[ui.View]:
    """How many papers an edition has."""
    return ui.Select(
        custom_id=custom_id,
        placeholder=catalogue.say("menu-count"),
        options=[
            discord.SelectOption(
                label=catalogue.say("digest-count", count=count), value=str(count), default=count == chosen
            )
            for count in range(1, MAX_COUNT + 1)
        ],
    )


def channel_select(
    custom_id: str, chosen: int, kinds: Iterable[discord.ChannelType], catalogue: Catalogue
) -> ui.ChannelSelect[ui.View]:
    """The channels of some types, in Discord's own picker; 0 chooses none."""
    return ui.ChannelSelect(
        custom_id=custom_id,
        placeholder=catalogue.say("menu-channel"),
        channel_types=[*kinds],
        default_values=_defaults(chosen),
    )


def listed_channels(
    custom_id: str, chosen: int, channels: Iterable[discord.TextChannel], catalogue: Catalogue
) -> ui.Select[ui.View]:
    """The first channels of a server, for a DM, where Discord's own picker has none."""
    return ui.Select(
        custom_id=custom_id,
        placeholder=catalogue.say("menu-channel"),
        options=[
            discord.SelectOption(label=f"#{channel.name}"[:100], value=str(channel.id), default=channel.id == chosen)
            for channel in list(channels)[: limits.OPTIONS]
        ],
    )


def _defaults(chosen: int) -> list[discord.SelectDefaultValue]:
    kind = discord.SelectDefaultValueType.channel
    return [discord.SelectDefaultValue(id=chosen, type=kind)] if chosen else []
