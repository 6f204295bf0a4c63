"""Reads what an admin types into the options of /digest; refuses what it can't read, with an example."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from functools import cache

from bot.chat.digests.zones import find_zones
from bot.chat.text.escape import escape, shorten
from bot.digests.model import EVERY_DAY, EVERYBODY, MAX_TAGS, TAG_LENGTH, WEEKDAYS, WEEKEND
from bot.digests.subject import subject_of
from bot.errors import RefusalError
from bot.locale.words import Words, all_words, any_of, every
from bot.search.dates import parse_date

OFF = "off"
_ROLE = re.compile(r"(?:<@&)?(\d{15,20})>?")
_TIME_OF_DIGITS = re.compile(r"(?P<hours>[0-9]{2})(?P<minutes>[0-9]{2})")
_NOON, _HALF_HOUR = 12, 30
_SHOWN = 50
_LEAST_LETTERS = 3
_BETWEEN_DAYS = re.compile(r"[\s,/·・、]+")
_RANGE = re.compile(r"(?P<first>\w+?)[-~–〜](?P<last>\w+)")


def parse_time(text: str) -> time:
    """Read a time of day: 18:30, 9, 0900, 9am, 9:00 PM, 9시, 오후 9시 30분, noon. Raises RefusalError."""
    plain = _plain(text)
    try:
        return _time(plain)
    except ValueError:
        raise RefusalError("error-time", value=_shown(text)) from None


def _time(plain: str) -> time:
    """The time of day. Raises ValueError if there is no such time, as for 25:00 or 09:60."""
    for words in all_words():
        if plain in words.hours:
            return words.hours[plain]
    if found := _TIME_OF_DIGITS.fullmatch(plain) or _clock().fullmatch(plain):
        parts = found.groupdict()
        return _at(int(parts["hours"]), int(parts["minutes"] or 0), parts.get("before") or parts.get("after"))
    for words in all_words():
        if words.units.hour and (found := _in_units(words).fullmatch(plain)):
            minutes = _HALF_HOUR if found["half_hour"] else words.value(found["minutes"] or "0")
            return _at(words.value(found["hours"]), minutes, found["before"])
    raise ValueError("no time")


def _at(hour: int, minute: int, half: str | None) -> time:
    """The time of day; in a half of the day, 12 is the first hour. Raises ValueError if there is no such time."""
    if half:
        is_later = half in every("after_noon")
        if hour > _NOON and not is_later:
            raise ValueError("13 o'clock is not in the morning")
        hour = hour % _NOON + _NOON * is_later if hour <= _NOON else hour
    return time(hour, minute)


@cache
def _clock() -> re.Pattern[str]:
    """9, 9:30, 9am or 오후 9:30, with the half of the day on one side."""
    half = any_of(every("before_noon") | every("after_noon"))
    return re.compile(
        rf"(?:(?P<before>{half})\s?)?(?P<hours>[0-9]{{1,2}})(?::(?P<minutes>[0-9]{{2}}))?"
        rf"(?(before)|(?:\s?(?P<after>{half})\.?)?)"
    )


@cache
def _in_units(words: Words) -> re.Pattern[str]:
    """A time in units, such as 오후 9시 30분 or 9시 반."""
    units, half = words.units, any_of((*words.before_noon, *words.after_noon))
    return re.compile(
        rf"(?:(?P<before>{half})\s?)?(?P<hours>{words.number})\s?{units.hour}"
        rf"(?:\s?(?:(?P<minutes>{words.number}){units.minute}|(?P<half_hour>{units.half})))?"
    )


def parse_zone(text: str) -> str:
    """Read a zone: its IANA name, a city's, an abbreviation or an offset. Raises RefusalError.

    An ambiguous name is refused with the zones that it may mean.
    """
    names = find_zones(text)
    if len(names) > 1:
        raise RefusalError("error-timezone-ambiguous", value=_shown(text), readings=" / ".join(names))
    if not names:
        raise RefusalError("error-timezone", value=_shown(text))
    return names[0]


def parse_weekdays(text: str) -> frozenset[int]:
    """Read weekdays, Monday as 0: "weekdays", "mon,wed,fri", "mon-thu", "월수금", "평일". Raises RefusalError."""
    plain = _plain(text)
    if plain in _groups():
        return _groups()[plain]
    days: set[int] = set()
    for piece in _BETWEEN_DAYS.split(re.sub(r"\s*([-~–〜])\s*", r"\1", plain)):
        found = _days(piece) if piece else frozenset()
        if found is None:
            raise RefusalError("error-weekdays", value=_shown(text))
        days |= found
    if not days:
        raise RefusalError("error-weekdays", value=_shown(text))
    return frozenset(days)


def parse_replay(text: str, today: date) -> date | None:
    """Read the date to replay from, at most `today`; None for "off". Raises RefusalError."""
    if _plain(text) in every("off"):
        return None
    try:
        start = parse_date(_plain(text), today)
    except RefusalError as error:
        if error.key != "error-date":
            raise
        raise RefusalError("error-replay-from", value=_shown(text), example=today.isoformat()) from error
    if start > today:
        raise RefusalError("error-replay-future", value=start.isoformat())
    return start


def parse_subject(text: str) -> str | None:
    """Read the query that papers must match; None for "off". To search for such a word, put it in quotes.

    Raises RefusalError.
    """
    return None if _plain(text) in every("off") else subject_of(text)


def parse_mention(text: str, roles: Mapping[str, str]) -> str | None:
    """Read whom to mention, as an Order has it: a role by name, id or mention, or everybody; None for "off".

    `roles` has names by id; of those with one name, the last counts. Raises RefusalError.
    """
    plain = _plain(text)
    if plain in every("off"):
        return None
    word = plain.removeprefix("@")
    if word in EVERYBODY:
        return word
    if found := _ROLE.fullmatch(plain):
        if found[1] in roles:
            return found[1]
    elif by_name := {_plain(name): id_ for id_, name in roles.items()}.get(word):
        return by_name
    raise RefusalError("error-mention", value=_shown(text))


def parse_tags(text: str) -> tuple[str, ...]:
    """Read names of tags with commas between them; none for "off". Raises RefusalError."""
    if _plain(text) in every("off"):
        return ()
    names = tuple(dict.fromkeys(name.strip().removeprefix("#") for name in text.split(",") if name.strip()))
    if not names or len(names) > MAX_TAGS or any(len(name) > TAG_LENGTH for name in names):
        raise RefusalError("error-tags", value=_shown(text), limit=MAX_TAGS)
    return names


def _days(piece: str) -> frozenset[int] | None:
    """The days that one word or range names; None if it names none."""
    if piece in _groups():
        return _groups()[piece]
    if found := _RANGE.fullmatch(piece):
        first, last = _day(found["first"]), _day(found["last"])
        if first is None or last is None:
            return None
        return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
    day = _day(piece)
    if day is not None:
        return frozenset({day})
    row = [_weekdays().get(letter) for letter in piece]
    return None if None in row else frozenset(day for day in row if day is not None)


def _day(word: str) -> int | None:
    """The weekday that a word names, or begins to name with at least three letters."""
    if word in _weekdays() or len(word) < _LEAST_LETTERS:
        return _weekdays().get(word)
    return next((number for name, number in _weekdays().items() if name.startswith(word)), None)


@cache
def _weekdays() -> dict[str, int]:
    return {word: number for words in all_words() for number, ways in enumerate(words.weekdays) for word in ways}


@cache
def _groups() -> dict[str, frozenset[int]]:
    groups = (("every_day", EVERY_DAY), ("working_days", WEEKDAYS), ("weekend", WEEKEND))
    return {word: days for name, days in groups for word in every(name)}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _shown(text: str) -> str:
    return escape(shorten(text, _SHOWN))
