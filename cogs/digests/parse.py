"""Reads what an admin types into the options of /digest; refuses what it can't read, with an example."""

import re
import unicodedata
from datetime import date, time

from bot.chat.digests.zones import find_zones
from bot.chat.text.escape import escape, shorten
from bot.digests.model import EVERY_DAY, WEEKDAYS, WEEKEND
from bot.digests.subject import subject_of
from bot.errors import RefusalError
from bot.search.dates import parse_date

OFF = "off"
_OFF_WORDS = frozenset({OFF, "none", "끔", "끄기"})
_ALL_WORDS = frozenset({OFF, "끔"})
_TIMES = (
    re.compile(r"(?P<hours>[0-9]{1,2})(?::(?P<minutes>[0-9]{2}))?(?:\s?(?P<half>a\.?m|p\.?m)\.?)?"),
    re.compile(r"(?P<hours>[0-9]{2})(?P<minutes>[0-9]{2})"),
    re.compile(r"(?:(?P<half>오전|오후)\s?)?(?P<hours>[0-9]{1,2})(?::(?P<minutes>[0-9]{2}))"),
    re.compile(
        r"(?:(?P<half>오전|오후)\s?)?(?P<hours>[0-9]{1,2})시(?:\s?(?:(?P<minutes>[0-9]{1,2})분|(?P<thirty>반)))?"
    ),
)
_NAMED_TIMES = {"noon": time(12), "정오": time(12), "midnight": time(0), "자정": time(0)}
_NOON = 12
_SHOWN = 50

_GROUPS = {
    "every day": EVERY_DAY,
    "everyday": EVERY_DAY,
    "daily": EVERY_DAY,
    "매일": EVERY_DAY,
    "weekdays": WEEKDAYS,
    "평일": WEEKDAYS,
    "weekend": WEEKEND,
    "weekends": WEEKEND,
    "주말": WEEKEND,
}
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KOREAN = "월화수목금토일"
_LEAST_LETTERS = 3
_BETWEEN_DAYS = re.compile(r"[\s,/·、]+")
_RANGE = re.compile(r"(?P<first>\w+?)\s*[-~–]\s*(?P<last>\w+)")


def parse_time(text: str) -> time:
    """Read a time of day: 18:30, 9, 0900, 9am, 9:00 PM, 9시, 오후 9시 30분, noon. Raises RefusalError."""
    plain = _plain(text)
    if plain in _NAMED_TIMES:
        return _NAMED_TIMES[plain]
    found = next(filter(None, (pattern.fullmatch(plain) for pattern in _TIMES)), None)
    try:
        if found:
            return _time(**found.groupdict())
    except ValueError:
        pass  # 25:00 or 09:60: refused like any other text
    raise RefusalError("error-time", value=_shown(text))


def _time(hours: str, minutes: str | None = None, half: str | None = None, thirty: str | None = None) -> time:
    """The time of day; with a.m. or p.m., 12 is the first hour. Raises ValueError if there is no such time."""
    hour = int(hours)
    if half:
        is_later = half in {"pm", "p.m", "오후"}
        if hour > _NOON and not is_later:
            raise ValueError("13 o'clock is not in the morning")
        hour = hour % _NOON + _NOON * is_later if hour <= _NOON else hour
    return time(hour, 30 if thirty else int(minutes or 0))


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
    if plain in _GROUPS:
        return _GROUPS[plain]
    days: set[int] = set()
    for piece in _BETWEEN_DAYS.split(re.sub(r"\s*([-~–])\s*", r"\1", plain)):
        found = _days(piece) if piece else frozenset()
        if found is None:
            raise RefusalError("error-weekdays", value=_shown(text))
        days |= found
    if not days:
        raise RefusalError("error-weekdays", value=_shown(text))
    return frozenset(days)


def parse_replay(text: str, today: date) -> date | None:
    """Read the date to replay from, at most `today`; None for "off". Raises RefusalError."""
    if _plain(text) in _OFF_WORDS:
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
    """Read the query that papers must match; None for "off". The word off itself is written in quotes.

    Raises RefusalError.
    """
    return None if _plain(text) in _ALL_WORDS else subject_of(text)


def _days(piece: str) -> frozenset[int] | None:
    """The days that one word or range names; None if it names none."""
    if piece in _GROUPS:
        return _GROUPS[piece]
    if found := _RANGE.fullmatch(piece):
        first, last = _day(found["first"]), _day(found["last"])
        if first is None or last is None:
            return None
        return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
    day = _day(piece)
    if day is not None:
        return frozenset({day})
    return frozenset(map(_KOREAN.index, piece)) if set(piece) <= set(_KOREAN) else None


def _day(word: str) -> int | None:
    korean = word.removesuffix("요일")
    if len(korean) == 1 and korean in _KOREAN:
        return _KOREAN.index(korean)
    if len(word) >= _LEAST_LETTERS:
        return next((number for number, name in enumerate(_ENGLISH) if name.startswith(word)), None)
    return None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _shown(text: str) -> str:
    return escape(shorten(text, _SHOWN))
