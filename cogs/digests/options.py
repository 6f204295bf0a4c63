"""The options of /digest: what Discord offers while an admin types, and what becomes of it."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.chat.digests.words import weekdays_text
from bot.chat.interactions.language import catalogue_of
from bot.chat.interactions.translate import text
from bot.chat.text.escape import shorten, utf16_len
from bot.client import Paperboy
from bot.digests.model import EVERY_DAY, WEEKDAY_NAMES, WEEKDAYS, WEEKEND, Order, Style
from bot.errors import RefusalError
from bot.locale import Language, language_of
from bot.search.dates import read_dates
from cogs.digests.parse import OFF, parse_replay, parse_time, parse_weekdays, parse_zone
from cogs.digests.zones import suggest_zones

Interaction = discord.Interaction[Paperboy]

SERVER_LANGUAGE = "server"
_MOST_CHOICES = 25
_CHOICE = 100
_DAYS_OFFERED = 14

STYLES = [Choice(name=text(f"choice-style-{style}"), value=style.value) for style in Style]
WHOLE, EARLY = "whole", "early"
WHEN = [Choice(name=text(f"choice-when-{when}"), value=when) for when in (WHOLE, EARLY)]
WEEKLY = [Choice(name=text(f"choice-weekly-{day}"), value=day) for day in (*WEEKDAY_NAMES, OFF)]
LANGUAGES = [
    Choice(name=text(f"choice-language-{language}"), value=language)
    for language in (SERVER_LANGUAGE, Language.KO.value, Language.EN.value)
]


@dataclass(frozen=True, slots=True)
class Replay:
    """The date to replay from, or that there is to be no replay (None)."""

    start: date | None


async def home_zone(interaction: Interaction) -> ZoneInfo:
    """The zone that an admin most likely means."""
    locales = (interaction.locale, interaction.guild_locale)
    korean = any(language_of(str(locale)) is Language.KO for locale in locales)
    return await interaction.client.services.digests.zone(interaction.guild_id, korean=korean)


class ChannelOption(app_commands.Transformer):
    """A text or announcement channel of the server."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel, in Discord's own picker."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The channels that hold messages and threads."""
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(
        self, interaction: discord.Interaction, value: app_commands.AppCommandChannel, /
    ) -> discord.TextChannel:
        """The channel as the bot knows it. Raises RefusalError where it can't see it."""
        del interaction
        channel = value.resolve()
        if not isinstance(channel, discord.TextChannel):
            raise RefusalError("error-channel-unseen")
        return channel


class TimeOption(app_commands.Transformer):
    """A time of day."""

    async def transform(self, interaction: discord.Interaction, value: str, /) -> time:
        """Read it. Raises RefusalError."""
        del interaction
        return parse_time(value)


class ZoneOption(app_commands.Transformer):
    """A time zone."""

    async def transform(self, interaction: discord.Interaction, value: str, /) -> str:
        """Read it. Raises RefusalError."""
        del interaction
        return parse_zone(value)

    async def autocomplete(  # type: ignore[override]  # discord.py allows any choice and client
        self, interaction: Interaction, value: str, /
    ) -> list[Choice[str]]:
        """Zones by city and country, in Korean and English; the server's own comes first."""
        language = catalogue_of(interaction).language
        choices = [Choice(name=zone.label(language), value=zone.name) for zone in suggest_zones(value, _MOST_CHOICES)]
        home = (await home_zone(interaction)).key
        choices.sort(key=lambda choice: choice.value != home)
        return choices


class WeekdaysOption(app_commands.Transformer):
    """Days of the week."""

    async def transform(self, interaction: discord.Interaction, value: str, /) -> frozenset[int]:
        """Read them. Raises RefusalError."""
        del interaction
        return parse_weekdays(value)

    async def autocomplete(  # type: ignore[override]  # discord.py allows any choice and client
        self, interaction: Interaction, value: str, /
    ) -> list[Choice[str]]:
        """What was typed, if it can be read, in words; else the usual answers."""
        catalogue = catalogue_of(interaction)
        try:
            return [Choice(name=weekdays_text(parse_weekdays(value), catalogue), value=value[:_CHOICE])]
        except RefusalError:
            usual = (("daily", EVERY_DAY), ("weekdays", WEEKDAYS), ("weekend", WEEKEND))
            return [Choice(name=weekdays_text(days, catalogue), value=word) for word, days in usual]


class ReplayOption(app_commands.Transformer):
    """The date to replay from, or "off"."""

    async def transform(  # type: ignore[override]  # the client is ours
        self, interaction: Interaction, value: str, /
    ) -> Replay:
        """Read it. Raises RefusalError."""
        now = interaction.client.services.clock.now()
        return Replay(parse_replay(value, now.astimezone(await home_zone(interaction)).date()))

    async def autocomplete(  # type: ignore[override]  # discord.py allows any choice and client
        self, interaction: Interaction, value: str, /
    ) -> list[Choice[str]]:
        """The archive's first day, and "off"."""
        del value
        catalogue = catalogue_of(interaction)
        first = (await interaction.client.services.library.coverage()).first
        choices = [Choice(name=catalogue.say("choice-replay-off"), value=OFF)]
        if first:
            name = catalogue.say("choice-replay-first", date=first.isoformat())
            choices.insert(0, Choice(name=name, value=first.isoformat()))
        return choices


async def digest_choices(interaction: Interaction, typed: str) -> list[Choice[int]]:
    """The server's digests: "#1 · #papers · 09:00 Asia/Seoul"."""
    standings = await interaction.client.services.digests.of_server(interaction.guild_id or 0)
    choices = [
        Choice(
            name=_label(interaction.guild, standing.digest.number, standing.digest.order), value=standing.digest.number
        )
        for standing in standings
    ]
    return [choice for choice in choices if typed.casefold().strip() in choice.name.casefold()]


async def date_choices(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """What was typed, if it is a date, and the last days by their names: "Tuesday, 20 February 2024"."""
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
    return shorten(f"#{number} · {name} · {order.time:%H:%M} {order.timezone}", _CHOICE, utf16_len)


def recapped(order: Order, weekly: str | None, *, weekdays_given: bool) -> Order:
    """The order as a recap of the week on a day, or as none ("off"), or as it is. Raises RefusalError."""
    if weekdays_given and (weekly in WEEKDAY_NAMES or (weekly is None and order.weekly)):
        raise RefusalError("error-weekly-weekdays")
    if weekly in WEEKDAY_NAMES:
        order = replace(order, weekly=True, weekdays=frozenset({WEEKDAY_NAMES.index(weekly)}))
    elif weekly is not None and order.weekly:
        order = replace(order, weekly=False, weekdays=order.weekdays if weekdays_given else EVERY_DAY)
    if order.weekly and order.replay_from:
        raise RefusalError("error-weekly-replay")
    return order


def changes(*, language: str | None, replay_from: Replay | None, when: str | None, **others: object) -> dict[str, Any]:
    """The parts of an Order that were given. None is what was left out."""
    given: dict[str, Any] = {name: value for name, value in others.items() if value is not None}
    if language is not None:
        given["language"] = None if language == SERVER_LANGUAGE else language
    if when is not None:
        given["early"] = when == EARLY
    if replay_from is not None:
        given["replay_from"] = replay_from.start
    return given
