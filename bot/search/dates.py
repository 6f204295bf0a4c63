"""Dates as a person types them, in any of the languages."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain

from bot.errors import RefusalError
from bot.locale.words import Words, all_words, any_of

_DIGITS = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])\s?(?P<month>[0-9]{1,2})(?P=mark)\s?(?P<day>[0-9]{1,2})\.?")
_NAMED = (
    re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s-](?P<name>[a-z]{3,})\.?(?:,?[\s-](?P<year>[0-9]{4}))?"),
    re.compile(r"(?P<name>[a-z]{3,})\.?\s(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:,?\s(?P<year>[0-9]{4}))?"),
)
_ANY_ORDER = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})(?:\2([0-9]{2}|[0-9]{4}))?")
_LONGEST = 40
_LEAP_YEARS = 8  # between two of them, at most


def parse_date(text: str, today: date) -> date:
    """Read a date; `today` is the date where the person is.

    A date without a year is the last one up to today. Raises RefusalError: "error-date" with an example if it is not a
    date, "error-date-ambiguous" with the `readings` if it can be read as several.
    """
    found = read_dates(text, today)
    if len(found) > 1:
        raise RefusalError("error-date-ambiguous", readings=" / ".join(day.isoformat() for day in found))
    if not found:
        raise RefusalError("error-date", example=today.isoformat())
    return found[0]


def read_dates(text: str, today: date) -> list[date]:
    """The dates that a text may mean, each once; empty if it is not a date."""
    if len(text) > _LONGEST:
        return []
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if plain in _days_ago():
        return [today - timedelta(days=_days_ago()[plain])]
    return list(dict.fromkeys(_readings(_weekday().sub("", plain).strip(), today)))


def _readings(text: str, today: date) -> Iterator[date]:
    for pattern in (_DIGITS, _YEAR_FIRST):
        if found := pattern.fullmatch(text):
            yield from _dates(found["year"], found["month"], found["day"], today)
    for words in all_words():
        if words.units.month and (found := _in_units(words).fullmatch(text)):
            yield from _dates(found["year"], words.value(found["month"]), words.value(found["day"]), today)
    for pattern in _NAMED:
        if (found := pattern.fullmatch(text)) and (month := _month(found["name"])):
            yield from _dates(found["year"], month, found["day"], today)
    if found := _ANY_ORDER.fullmatch(text):
        first, _, second, third = found.groups()
        if third is None or len(third) > 2:  # noqa: PLR2004  a year of two digits may stand on either side
            yield from _dates(third, first, second, today)
            yield from _dates(third, second, first, today)
        else:
            yield from _dates(f"20{first:0>2}", second, third, today)
            yield from _dates(f"20{third}", first, second, today)
            yield from _dates(f"20{third}", second, first, today)


def _dates(year: str | None, month: str | int, day: str | int, today: date) -> Iterator[date]:
    """The date, if it exists; without a year, the latest one up to today."""
    years = [int(year)] if year else range(today.year, max(today.year - _LEAP_YEARS, date.min.year) - 1, -1)
    for each in years:
        try:
            found = date(each, int(month), int(day))
        except ValueError:
            continue
        if year or found <= today:
            yield found
            return


def _month(name: str) -> int | None:
    months = (enumerate(words.months, start=1) for words in all_words())
    return next((number for number, month in chain.from_iterable(months) if month.startswith(name)), None)


@cache
def _days_ago() -> dict[str, int]:
    return {word: ago for words in all_words() for ago, ways in enumerate(words.days_ago) for word in ways}


@cache
def _weekday() -> re.Pattern[str]:
    """A weekday beside a date: "Friday, ", " 금요일", " (금)"."""
    ways = {word for words in all_words() for day in words.weekdays for word in day}
    return re.compile(rf"\s*(?:\((?:{any_of(ways)})\)|(?:{any_of(way for way in ways if len(way) > 1)})),?\s*")


@cache
def _in_units(words: Words) -> re.Pattern[str]:
    """A date in units, such as 2024년 2월 23일; the year may be left out."""
    units = words.units
    return re.compile(
        rf"(?:(?P<year>[0-9]{{4}}){units.year}\s?)?(?P<month>{words.number}){units.month}"
        rf"\s?(?P<day>{words.number}){units.day}"
    )
