"""Dates as a person types them, in English and Korean."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from bot.errors import RefusalError

_DAYS_AGO = {"today": 0, "오늘": 0, "yesterday": 1, "어제": 1, "그제": 2, "그저께": 2, "day before yesterday": 2}
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*|\s*\(?[월화수목금토일]요일\)?")
_DIGITS = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})(?P<sign>[-/.])\s?(?P<month>[0-9]{1,2})(?P=sign)\s?(?P<day>[0-9]{1,2})\.?")
_KOREAN = re.compile(r"(?:(?P<year>[0-9]{4})년\s?)?(?P<month>[0-9]{1,2})월\s?(?P<day>[0-9]{1,2})일")
_NAMED = (
    re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s-](?P<name>[a-z]{3,})\.?(?:,?[\s-](?P<year>[0-9]{4}))?"),
    re.compile(r"(?P<name>[a-z]{3,})\.?\s(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:,?\s(?P<year>[0-9]{4}))?"),
)
_ANY_ORDER = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})(?:\2([0-9]{2}|[0-9]{4}))?")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LONGEST = 40
_LEAP_YEARS = 8  # between two of them, at most


def parse_date(text: str, today: date) -> date:
    """Read a date; `today` is the date where the person is.

    A date without a year is the last one up to today. Raises RefusalError: "error-date" with an example for what is no
    date, "error-date-ambiguous" with the `readings` for what can be read as several.
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
    if plain in _DAYS_AGO:
        return [today - timedelta(days=_DAYS_AGO[plain])]
    return list(dict.fromkeys(_readings(_WEEKDAY.sub("", plain).strip(), today)))


def _readings(text: str, today: date) -> Iterator[date]:
    for pattern in (_DIGITS, _YEAR_FIRST, _KOREAN):
        if found := pattern.fullmatch(text):
            yield from _dates(found["year"], found["month"], found["day"], today)
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


def _dates(year: str | None, month: str | int, day: str, today: date) -> Iterator[date]:
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
    return next((number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name)), None)
