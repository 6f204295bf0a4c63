"""A server's digests as a file: written for an admin to keep, and read again as a stranger's would be."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, NoReturn
from zoneinfo import available_timezones

from bot.digests.model import MAX_COUNT, MAX_DIGESTS, MOST_VOTES, Order, Style
from bot.errors import RefusalError
from bot.locale import Language

FORMAT = "paperboy-digests"
VERSION = 1
MAX_BYTES = 32 * 1024
"""Ten digests take 4 KiB."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SNOWFLAKE_DIGITS = 20
_MOST_VERSIONS = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """A digest as a file has it: its number within the server, its order, and whether it rests."""

    number: int
    order: Order
    paused: bool


# -- writing ---------------------------------------------------------------------------------------------------------


def write(entries: Iterable[Entry]) -> bytes:
    """The file: ids of channels as text, as a number in JSON may lose digits; nothing of members."""
    document = {"format": FORMAT, "version": VERSION, "digests": [_written(entry) for entry in entries]}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _written(entry: Entry) -> dict[str, Any]:
    order = entry.order
    return {
        "number": entry.number,
        "channel": str(order.channel_id),
        "time": f"{order.time:%H:%M}",
        "timezone": order.timezone,
        "weekdays": [WEEKDAYS[day] for day in sorted(order.weekdays)],
        "count": order.count,
        "min_votes": order.min_votes,
        "style": order.style.value,
        "language": order.language,
        "replay_from": order.replay_from.isoformat() if order.replay_from else None,
        "early": order.early,
        "weekly": order.weekly,
        "paused": entry.paused,
    }


# -- reading ---------------------------------------------------------------------------------------------------------


def read(content: bytes, today: date) -> tuple[Entry, ...]:
    """The digests of a file, whoever wrote it. Channels are not looked at.

    `today` is the last date from which a replay may begin. Raises RefusalError, which says what is wrong: of a
    digest, which one by its place in the file, which field, and what is allowed there.
    """
    if len(content) > MAX_BYTES:
        raise RefusalError("import-too-large", limit=MAX_BYTES // 1024)
    document = _parsed(content)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise RefusalError("import-no-export")
    version = document.get("version")
    if type(version) is not int or not 0 < version < _MOST_VERSIONS:
        raise RefusalError("import-no-export")
    if version != VERSION:
        raise RefusalError("import-version", version=version, known=VERSION)
    digests = document.get("digests")
    if document.keys() != {"format", "version", "digests"} or not isinstance(digests, list):
        raise RefusalError("import-no-export")
    if not 1 <= len(digests) <= MAX_DIGESTS:
        raise RefusalError("import-how-many", count=len(digests), limit=MAX_DIGESTS)
    entries = tuple(_entry(place, given, today) for place, given in enumerate(digests, 1))
    _check_numbers(entries)
    return entries


def _parsed(content: bytes) -> object:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_no_key_twice,
            parse_constant=_no_constant,
        )
    # Too deep, too long a number, broken, or no UTF-8: whichever it is, nobody's program wrote it for us.
    except (ValueError, RecursionError):
        raise RefusalError("import-no-json") from None


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _entry(place: int, given: object, today: date) -> Entry:
    if not isinstance(given, dict):
        raise RefusalError("import-no-digest", place=place)
    if given.keys() - FIELDS.keys():  # not named: it may be any text
        raise RefusalError("import-unknown-field", place=place, fields=", ".join(FIELDS))
    values: dict[str, Any] = {}
    for field, reading in FIELDS.items():
        try:
            values[field] = reading(given[field] if field in given else _SINCE_THEN[field])
        except (KeyError, TypeError, ValueError):
            raise RefusalError(f"import-wrong-{field.replace('_', '-')}", place=place) from None
    if values["replay_from"] and values["replay_from"] > today:
        raise RefusalError("import-wrong-replay-from", place=place)
    if values["weekly"] and (len(values["weekdays"]) > 1 or values["replay_from"]):
        raise RefusalError("import-wrong-weekly", place=place)
    number, paused = values.pop("number"), values.pop("paused")
    return Entry(number, Order(channel_id=values.pop("channel"), **values), paused)


def _check_numbers(entries: Sequence[Entry]) -> None:
    seen: set[int] = set()
    for place, entry in enumerate(entries, 1):
        if entry.number in seen:
            raise RefusalError("import-number-twice", place=place, number=entry.number)
        seen.add(entry.number)


def _is_whole(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _whole(low: int, high: int) -> Callable[[object], object]:
    def reading(value: object) -> object:
        return _must(value, holds=_is_whole(value, low, high))

    return reading


def _must(value: object, *, holds: bool) -> object:
    if not holds:
        raise ValueError
    return value


def _channel(value: object) -> int:
    if not (isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= _SNOWFLAKE_DIGITS):
        raise ValueError
    return int(value)


def _time(value: object) -> time:
    if not isinstance(value, str):
        raise TypeError
    found = datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007  a time of day has no zone
    _must(value, holds=f"{found:%H:%M}" == value)
    return found


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - {"Factory", "localtime"})


def _weekdays(value: object) -> frozenset[int]:
    if not isinstance(value, list):
        raise TypeError
    days = frozenset(WEEKDAYS.index(day) for day in value)
    _must(value, holds=0 < len(days) == len(value))
    return days


def _date(value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError
    found = date.fromisoformat(value)
    _must(value, holds=found.isoformat() == value)
    return found


def _truth(value: object) -> object:
    return _must(value, holds=isinstance(value, bool))


_SINCE_THEN = {"early": False, "weekly": False}
"""Fields that older files do not have, and what those mean."""
FIELDS: dict[str, Callable[[Any], object]] = {
    "number": _whole(1, MAX_DIGESTS),
    "channel": _channel,
    "time": _time,
    "timezone": lambda value: _must(value, holds=isinstance(value, str) and value in _zones()),
    "weekdays": _weekdays,
    "count": _whole(1, MAX_COUNT),
    "min_votes": _whole(0, MOST_VOTES),
    "style": Style,
    "language": lambda value: _must(value, holds=value is None or value in set(Language)),
    "replay_from": _date,
    "early": _truth,
    "weekly": _truth,
    "paused": _truth,
}
"""Each field, and how its value is read: ValueError or TypeError where it is not allowed."""
