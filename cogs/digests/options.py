"""The options of /digest: how each is typed in Discord, and what it sets of an order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from inspect import Parameter, signature
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str

from bot.chat.digests.outlook import outlook_name
from bot.chat.digests.words import weekdays_text
from bot.chat.digests.zones import suggest_zones
from bot.chat.interactions.permissions import POSTABLE, Postable
from bot.chat.interactions.translate import catalogue_of, language_name, text
from bot.chat.text.escape import shorten, utf16_len
from bot.client import Paperboy
from bot.digests.model import (
    EVERY_DAY,
    EVERYBODY,
    MAX_COUNT,
    MOST_VOTES,
    WEEKDAY_NAMES,
    WEEKDAYS,
    WEEKEND,
    Order,
    Style,
)
from bot.errors import RefusalError
from bot.locale import Language
from bot.search.query import MAX_QUERY
from cogs.digests.parse import (
    OFF,
    parse_mention,
    parse_replay,
    parse_subject,
    parse_tags,
    parse_time,
    parse_weekdays,
    parse_zone,
)
from cogs.options import named

Interaction = discord.Interaction[Paperboy]
Callback = TypeVar("Callback", bound=Callable[..., Any])

_SERVER_LANGUAGE = "server"
_CLOSED, _EARLY = "closed", "early"
_MOST_CHOICES = 25
CHOICE_LENGTH = 100
"""The most characters of a choice."""
_YES = "yes"
_YES_OR_NO = ("no", _YES)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an admin chose for an option that can be turned off: None or empty for "off"."""

    value: Any


async def home_zone(interaction: Interaction) -> ZoneInfo:
    """The zone to use when an admin names none: that of the server's digests, its language, or the admin's language."""
    locales = str(interaction.guild_locale), str(interaction.locale)
    return await interaction.client.services.digests.zone(interaction.guild_id, *locales)


class ChannelOption(app_commands.Transformer):
    """A text, announcement, forum or media channel of the server."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel, in Discord's own picker."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The channels that hold messages and threads, or posts."""
        return [*POSTABLE]

    async def transform(self, interaction: discord.Interaction, value: app_commands.AppCommandChannel, /) -> Postable:
        """The channel as the bot knows it. Raises RefusalError if the bot can't see it."""
        del interaction
        channel = value.resolve()
        if not isinstance(channel, Postable):
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
        """Zones by city and country, in any of the languages; the server's own comes first."""
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
        """What was typed, in words, if it can be read; otherwise the usual answers."""
        catalogue = catalogue_of(interaction)
        try:
            return [Choice(name=weekdays_text(parse_weekdays(value), catalogue), value=value[:CHOICE_LENGTH])]
        except RefusalError:
            usual = (("daily", EVERY_DAY), ("weekdays", WEEKDAYS), ("weekend", WEEKEND))
            return [Choice(name=weekdays_text(days, catalogue), value=word) for word, days in usual]


class ReplayOption(app_commands.Transformer):
    """The date to replay from, or "off"."""

    async def transform(  # type: ignore[override]  # the client is ours
        self, interaction: Interaction, value: str, /
    ) -> Chosen:
        """Read it. Raises RefusalError."""
        now = interaction.client.services.clock.now()
        return Chosen(parse_replay(value, now.astimezone(await home_zone(interaction)).date()))

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


class MentionOption(app_commands.Transformer):
    """A role, everybody, or "off". Discord's own picker of roles has no way to choose none."""

    async def transform(self, interaction: discord.Interaction, value: str, /) -> Chosen:
        """Read it. Raises RefusalError."""
        return Chosen(parse_mention(value, _roles(interaction)))

    async def autocomplete(  # type: ignore[override]  # discord.py allows any choice and client
        self, interaction: Interaction, value: str, /
    ) -> list[Choice[str]]:
        """The roles with what was typed in their names, and "off". Everybody is offered to those who may ping them."""
        wanted = value.strip().removeprefix("@").casefold()
        everybody = EVERYBODY if interaction.permissions.mention_everyone else ()
        names = [(name, id_) for id_, name in reversed(_roles(interaction).items())] + [(one, one) for one in everybody]
        choices = [
            Choice(name=shorten(f"@{name}", CHOICE_LENGTH, utf16_len), value=word)
            for name, word in names
            if wanted in name.casefold()
        ]
        off = Choice(name=catalogue_of(interaction).say("choice-mention-off"), value=OFF)
        return [*choices[: _MOST_CHOICES - 1], off]


class TagsOption(app_commands.Transformer):
    """Names of a forum's tags, or "off"."""

    async def transform(self, interaction: discord.Interaction, value: str, /) -> Chosen:
        """Read them. Raises RefusalError. Whether the forum has them is not checked."""
        del interaction
        return Chosen(parse_tags(value))

    async def autocomplete(  # type: ignore[override]  # discord.py allows any choice and client
        self, interaction: Interaction, value: str, /
    ) -> list[Choice[str]]:
        """What was typed, with each tag of the forum that its last word begins; and "off"."""
        *before, last = value.split(",")
        given = [name.strip() for name in before]
        names = [tag.name for tag in await _forum_tags(interaction) if tag.name not in given]
        values = [", ".join([*given, name]) for name in names if last.strip().casefold() in name.casefold()]
        choices = [Choice(name=each, value=each) for each in values if len(each) <= CHOICE_LENGTH]
        off = Choice(name=catalogue_of(interaction).say("choice-tags-off"), value=OFF)
        return [*choices[: _MOST_CHOICES - 1], off]


async def _forum_tags(interaction: Interaction) -> Sequence[discord.ForumTag]:
    """The tags of the forum that is chosen in the same command, or is that of the digest."""
    given, guild = interaction.namespace, interaction.guild
    channel_id = getattr(given.channel, "id", None)
    if channel_id is None:
        standings = await interaction.client.services.digests.of_server(interaction.guild_id or 0)
        chosen = [each for each in standings if given.digest in (None, each.digest.number)]
        channel_id = chosen[0].digest.order.channel_id if len(chosen) == 1 else 0
    channel = guild.get_channel(channel_id) if guild else None
    return channel.available_tags if isinstance(channel, discord.ForumChannel) else ()


def _roles(interaction: discord.Interaction) -> dict[str, str]:
    """The names of the server's roles by id, from the lowest; without those of bots."""
    roles = interaction.guild.roles if interaction.guild else ()
    return {str(role.id): role.name for role in roles if not role.is_default() and not role.is_bot_managed()}


class SubjectOption(app_commands.Transformer):
    """A query, or "off"."""

    @property
    def max_value(self) -> int:
        """The most characters that Discord lets an admin type."""
        return MAX_QUERY

    async def transform(self, interaction: discord.Interaction, value: str, /) -> Chosen:
        """Read it. Raises RefusalError."""
        del interaction
        return Chosen(parse_subject(value))

    async def autocomplete(  # type: ignore[override]  # discord.py allows any choice and client
        self, interaction: Interaction, value: str, /
    ) -> list[Choice[str]]:
        """What was typed with what it would have found lately; at first "off"."""
        catalogue, services = catalogue_of(interaction), interaction.client.services
        try:
            query = parse_subject(value or OFF)
        except RefusalError:
            return []
        if query is None:
            return [Choice(name=catalogue.say("choice-query-off"), value=OFF)]
        if utf16_len(query) > CHOICE_LENGTH:  # a choice can't hold it; what was typed is sent as it is
            return []
        votes = interaction.namespace.min_votes
        name = await outlook_name(query, votes if isinstance(votes, int) else 0, services, catalogue)
        return [Choice(name=name, value=query)]


@dataclass(frozen=True, slots=True)
class Option:
    """An option of `add` and `edit`: its name, its type for discord.py, and the fields of the order that it sets.

    By default it sets the field of its own name. `choices`, if any, are the only values allowed.
    """

    name: str
    kind: Any
    fields: Callable[[Any], dict[str, Any]] | None = None
    choices: Iterable[str] = ()

    def fields_of(self, value: object) -> dict[str, Any]:
        """The fields of the order that a value sets."""
        if self.fields:
            return self.fields(value)
        return {self.name: value.value if isinstance(value, Chosen) else value}

    def named_choices(self) -> list[Choice[str]]:
        """The choices under their names: a language's own, or that of the catalogue, `choice-OPTION-VALUE`."""
        return [Choice(name=self._name_of(value), value=str(value)) for value in self.choices]

    def _name_of(self, value: str) -> locale_str:
        return language_name(value) if isinstance(value, Language) else text(f"choice-{self.name}-{value}")


def _recap(day: str) -> dict[str, Any]:
    return {"weekly": False} if day == OFF else {"weekly": True, "weekdays": frozenset({WEEKDAY_NAMES.index(day)})}


OPTIONS: Sequence[Option] = (
    Option("channel", ChannelOption, lambda channel: {"channel_id": channel.id}),
    Option("time", TimeOption),
    Option("timezone", ZoneOption),
    Option("weekdays", WeekdaysOption),
    Option("query", SubjectOption),
    Option("count", Range[int, 1, MAX_COUNT]),
    Option("min_votes", Range[int, 0, MOST_VOTES]),
    Option("style", str, lambda style: {"style": Style(style)}, choices=Style),
    Option(
        "language",
        str,
        lambda language: {"language": None if language == _SERVER_LANGUAGE else language},
        choices=(_SERVER_LANGUAGE, *Language),
    ),
    Option("weekly", str, _recap, choices=(*WEEKDAY_NAMES, OFF)),
    Option("when", str, lambda when: {"early": when == _EARLY}, choices=(_CLOSED, _EARLY)),
    Option("replay_from", ReplayOption),
    Option("tags", TagsOption),
    Option("mention", MentionOption),
    Option("publish", str, lambda answer: {"publish": answer == _YES}, choices=_YES_OR_NO),
    Option("discuss", str, lambda answer: {"discuss": answer == _YES}, choices=_YES_OR_NO),
)
"""All that an admin can set, in the order in which Discord shows it."""


def takes_order() -> Callable[[Callback], Callback]:
    """Give a command the OPTIONS as its parameters, in place of `**given`. An omitted option is None."""

    def declare(callback: Callback) -> Callback:
        own = [each for each in signature(callback).parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
        options = [
            Parameter(option.name, Parameter.KEYWORD_ONLY, annotation=option.kind, default=None) for option in OPTIONS
        ]
        callback.__signature__ = signature(callback).replace(parameters=[*own, *options])  # type: ignore[attr-defined]  # discord.py reads it
        app_commands.choices(**{option.name: option.named_choices() for option in OPTIONS if option.choices})(callback)
        return named("digest", *(option.name for option in OPTIONS))(callback)

    return declare


def changed(order: Order, given: Mapping[str, Any]) -> Order:
    """The order with the options that were given. Raises RefusalError where they contradict each other.

    A recap that becomes a daily digest comes every day, unless weekdays were given.
    """
    fields: dict[str, Any] = {}
    for option in OPTIONS:
        if given[option.name] is not None:
            fields |= option.fields_of(given[option.name])
    new = _with_discussions(replace(order, **fields), given)
    weekdays_given = given["weekdays"] is not None
    if new.weekly and weekdays_given:
        raise RefusalError("error-weekly-weekdays")
    if new.weekly and new.replay_from:
        raise RefusalError("error-weekly-replay")
    return replace(new, weekdays=EVERY_DAY) if order.weekly and not new.weekly and not weekdays_given else new


def _with_discussions(order: Order, given: Mapping[str, Any]) -> Order:
    """The order, with the style that `discuss` needs, or without it if another style was given alone."""
    if not order.discuss or order.style is Style.THREAD:
        return order
    if given["style"] is None:
        return replace(order, style=Style.THREAD)
    if given["discuss"] is None:
        return replace(order, discuss=False)
    raise RefusalError("error-discuss-style")
