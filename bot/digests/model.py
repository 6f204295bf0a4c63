"""A server's standing orders and what became of each edition."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import ConfigDict, Field, PlainSerializer, PlainValidator, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, core_schema

from bot.locale import Language
from bot.papers import Listing

_Date = date  # a field of Edition bears the type's name
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKEND = EVERY_DAY - WEEKDAYS
MAX_DIGESTS = 10
MAX_COUNT = 10
MOST_VOTES = 100_000
DEFAULT_COUNT = 5
WEEK = 7  # days of a recap
WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SNOWFLAKES = 2**64


class Style(StrEnum):
    """How an edition looks: one message with an embed a paper, or a headline with a thread."""

    CARDS = "cards"
    THREAD = "thread"


@dataclass(frozen=True)
class _Text:
    """Says that a field is text in JSON, in the one form that `write` gives: "09:00" and not "9:00".

    `read` raises ValueError for text that is not allowed.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str

    def __get_pydantic_core_schema__(self, *_: object) -> CoreSchema:
        written = core_schema.plain_serializer_function_ser_schema(self.write)
        return core_schema.no_info_plain_validator_function(self._read, serialization=written)

    def _read(self, value: object) -> object:
        if not isinstance(value, str):
            raise ValueError("not text")  # noqa: TRY004  pydantic takes a ValueError as the field's fault
        found = self.read(value)
        if self.write(found) != value:
            raise ValueError("not in its usual form")
        return found


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - {"Factory", "localtime"})


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("no zone has this name")
    return name


def _weekdays(value: object) -> frozenset[int]:
    names = value if isinstance(value, list) else []
    days = frozenset(WEEKDAY_NAMES.index(name) for name in names)
    if not 0 < len(days) == len(names):
        raise ValueError("not a list of different weekdays")
    return days


def _weekday_names(days: frozenset[int]) -> list[str]:
    return [WEEKDAY_NAMES[day] for day in sorted(days)]


@dataclass(frozen=True, slots=True)
class Order:
    """What an admin asks for: all options of a digest, with their defaults, their bounds and their form in JSON.

    `time` is wall-clock time in `timezone`, an IANA name. `weekdays` counts from Monday as 0. `language` None is the
    server's own. With `replay_from`, editions walk through the archive from that date on, one day each. With `early`,
    an edition may show a day that is not whole yet. With `weekly`, it is a recap of the week, on its one weekday.

    Only JSON is checked: building an Order in code checks nothing.
    """

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    channel_id: Annotated[int, _Text(int), Field(alias="channel", ge=0, lt=_SNOWFLAKES)]
    time: Annotated[time, _Text(time.fromisoformat, "{:%H:%M}".format)]
    timezone: Annotated[str, _Text(_zone)]
    weekdays: Annotated[frozenset[int], PlainValidator(_weekdays), PlainSerializer(_weekday_names)] = EVERY_DAY
    count: Annotated[int, Field(ge=1, le=MAX_COUNT)] = DEFAULT_COUNT
    min_votes: Annotated[int, Field(ge=0, le=MOST_VOTES)] = 0
    style: Annotated[Style, _Text(Style)] = Style.CARDS
    language: Annotated[str, _Text(Language)] | None = None
    replay_from: Annotated[date, _Text(date.fromisoformat)] | None = None
    early: bool = False
    weekly: bool = False


_ORDERS = TypeAdapter(Order)
_STAND_INS = {"channel": "0", "time": "00:00", "timezone": "UTC"}  # for settings that have no default


def write_order(order: Order) -> str:
    """The order as JSON."""
    return _ORDERS.dump_json(order, by_alias=True).decode()


def read_order(content: str) -> tuple[Order, str]:
    """The order that an object in JSON holds, and the settings that can't be read, such as "style: poster".

    Those have their default in the order. A zone that is not known keeps its name.
    """
    try:
        return _ORDERS.validate_json(content), ""
    except ValidationError as error:
        wrong = {each["loc"][0]: None if each["type"] == "missing" else each["input"] for each in error.errors()}
    held = {name: value for name, value in json.loads(content).items() if name not in wrong}
    order = _ORDERS.validate_json(json.dumps(_STAND_INS | held))
    if "timezone" in wrong:
        order = replace(order, timezone=str(wrong["timezone"]))
    return order, ", ".join(f"{name}: {value}" for name, value in wrong.items())


class EditionState(StrEnum):
    """What became of an edition."""

    PLANNED = "planned"
    POSTED = "posted"
    SKIPPED = "skipped"
    FAILED = "failed"


class Why(StrEnum):
    """Why an edition was skipped or failed, or why there is none; each has a message `why-...` in the catalogue."""

    ARCHIVE_EMPTY = "archive-empty"
    NOTHING_NEW = "nothing-new"
    HALF_DAY = "half-day"
    QUIET_DAY = "quiet-day"
    TOO_OLD = "too-old"
    TOO_FEW_VOTES = "too-few-votes"
    REPLAY_ENDED = "replay-ended"
    SOURCE_FAILING = "source-failing"
    MISSED = "missed"
    CHANNEL_GONE = "channel-gone"
    MISSING_PERMISSION = "missing-permission"
    SERVER_LEFT = "server-left"
    THREAD_CLOSED = "thread-closed"
    TOO_MANY_THREADS = "too-many-threads"
    BLOCKED = "blocked"
    REJECTED = "rejected"
    UNAVAILABLE = "unavailable"
    UNSURE = "unsure"
    RESTORED = "restored"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    NOT_YET_DUE = "not-yet-due"
    NOT_YET_MADE = "not-yet-made"
    WEEKDAY = "weekday"
    PAUSED = "paused"
    WAS_PAUSED = "was-paused"
    TIMED_ANEW = "timed-anew"
    NOT_RECORDED = "not-recorded"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why nothing came: a code, and the facts that its message needs.

    Dates are YYYY-MM-DD. `since`, `until` and `due` are moments in ISO 8601, `weekdays` digits with Monday as 0.
    """

    why: Why
    facts: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a digest rests, in UTC; `ended` is None while it lasts. An admin's own pause has no reason."""

    began: datetime
    ended: datetime | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """A standing order of a server. `number` is its name within the server, from 1.

    `pause` is set while it rests; `timed_at` is when its time, zone or weekdays were last set. Times are UTC.
    `created_by` is 0 where that is not known any more. `unreadable` are the settings that can't be read, with what is
    stored of them: the order has others in their place, and the digest has to rest.
    """

    id: int
    guild_id: int
    number: int
    order: Order
    pause: Pause | None
    created_by: int
    created_at: datetime
    timed_at: datetime
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers chosen for an edition, best first, out of a day's `total`; `early` where the day was not whole.

    A recap tells of the days from `first_day` to `day`; `new` are the arXiv ids of those of its papers that no daily
    edition of the server has shown.
    """

    day: date
    total: int
    listings: tuple[Listing, ...]
    early: bool = False
    first_day: date | None = None
    new: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition to be recorded: what a digest has on a date at its zone, due at a moment in UTC."""

    digest: Digest
    on: date
    due: datetime
    outcome: Selection | Reason


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest on one date.

    `date` is the date at the digest's zone, `due` the moment in UTC. `day` is the day of the papers; a recap's
    are of the days from `first_day` on. `message_id` is that of its first message once posted. `failing_since` is set
    while it is tried again.
    """

    id: int
    digest_id: int
    date: date
    due: datetime
    state: EditionState
    day: _Date | None = None
    reason: Reason | None = None
    channel_id: int | None = None
    message_id: int | None = None
    failing_since: datetime | None = None
    first_day: _Date | None = None
