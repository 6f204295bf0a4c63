"""What an admin types into the options of /digest, read. What can't be read is refused with an example."""

import re
import unicodedata
from datetime import date, time

from bot.chat.text import escape, shorten
from bot.digests.model import EVERY_DAY, WEEKDAYS, WEEKEND
from bot.errors import RefusalError
from bot.search.dates import parse_date
from cogs.digests.zones import find_zone

OFF = "off"
_OFF_WORDS = frozenset({OFF, "none", "끔", "끄기"})
_TIME = re.compile(r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-9]{2})")
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
    """Read a time of 24 hours, HH:MM. Raises RefusalError."""
    found = _TIME.fullmatch(_plain(text))
    try:
        if found:
            return time(int(found["hours"]), int(found["minutes"]))
    except ValueError:
        pass  # 25:00 or 09:60: refused like any other text
    raise RefusalError("error-time", value=_shown(text))


def parse_zone(text: str) -> str:
    """Read a zone: its IANA name, or a city's that is the only one of its name. Raises RefusalError."""
    zone = find_zone(text)
    if zone is None:
        raise RefusalError("error-timezone", value=_shown(text))
    return zone


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
    """Read the date from which to replay, not later than today; None for "off". Raises RefusalError."""
    if _plain(text) in _OFF_WORDS:
        return None
    try:
        start = parse_date(_plain(text), today)
    except RefusalError as error:
        raise RefusalError("error-replay-from", value=_shown(text), example=today.isoformat()) from error
    if start > today:
        raise RefusalError("error-replay-future", value=start.isoformat())
    return start


def _days(piece: str) -> frozenset[int] | None:
    """The days that one word or one range names; None where it names none."""
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
