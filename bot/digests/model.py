"""What servers have ordered, and what became of each edition."""

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

from bot.digests.subject import subject_of
from bot.errors import RefusalError
from bot.locale import Language
from bot.papers import Listing

_Date = date  # Edition has a field called date
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKEND = EVERY_DAY - WEEKDAYS
MAX_DIGESTS = 10
MAX_COUNT = 10
MOST_VOTES = 100_000
DEFAULT_COUNT = 5
WEEK = 7  # days in a recap
WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERYBODY = ("everyone", "here")
"""What may be mentioned instead of a role."""
MAX_TAGS, TAG_LENGTH = 5, 20
"""Discord's limits: tags of a post, and characters of a tag."""
_SNOWFLAKES = 2**64


class Style(StrEnum):
    """How an edition looks: one message with a short or full card for each paper, a headline with a thread, or posts.

    In a forum, each of these is a post; with POSTS, each paper is one.
    """

    CARDS = "cards"
    FULL = "full"
    THREAD = "thread"
    POSTS = "posts"


@dataclass(frozen=True)
class _Text:
    """Marks a field that is text in JSON. Only the form that `write` produces is accepted: "09:00", not "9:00".

    `read` raises ValueError for invalid text.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str

    def __get_pydantic_core_schema__(self, *_: object) -> CoreSchema:
        written = core_schema.plain_serializer_function_ser_schema(self.write)
        return core_schema.no_info_plain_validator_function(self._read, serialization=written)

    def _read(self, value: object) -> object:
        if not isinstance(value, str):
            raise ValueError("not text")  # noqa: TRY004  pydantic expects a ValueError
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


def _mention(word: str) -> str:
    if word not in EVERYBODY and not 0 < int(word) < _SNOWFLAKES:
        raise ValueError("neither a role's id nor everybody")
    return word if word in EVERYBODY else str(int(word))


def _tags(value: object) -> tuple[str, ...]:
    tags = tuple(value) if isinstance(value, list | tuple) else ("",)
    if len(tags) > MAX_TAGS or not all(isinstance(tag, str) and 0 < len(tag) <= TAG_LENGTH for tag in tags):
        raise ValueError("no list of a few short names")
    return tags


def _weekdays(value: object) -> frozenset[int]:
    names = value if isinstance(value, list) else []
    days = frozenset(WEEKDAY_NAMES.index(name) for name in names)
    if not 0 < len(days) == len(names):
        raise ValueError("not a list of different weekdays")
    return days


def _weekday_names(days: frozenset[int]) -> list[str]:
    return [WEEKDAY_NAMES[day] for day in sorted(days)]


def _subject(text: str) -> str:
    try:
        return subject_of(text)
    except RefusalError as refusal:
        raise ValueError(refusal.key) from None


@dataclass(frozen=True, slots=True)
class Order:
    """What an admin asks for: every option of a digest with its default, its bounds and its form in JSON.

    `time` is wall-clock time in `timezone`, an IANA name. `weekdays` counts from Monday as 0. `language` None is the
    server's own. With `replay_from`, editions show the archive's days from that date on, one each. With `early`, an
    edition may show a day that is not closed yet. With `weekly`, it is a recap of the week, on its one weekday. With
    `query`, as its admin typed it, editions show only papers that match. `mention` is whom the first message of an
    edition pings: a role's id, or one of EVERYBODY. `tags` are the names of the tags that its posts in a forum get.
    With `publish`, what stands in an announcement channel is published. With `discuss`, in style thread, each paper is
    a message in the channel with a thread of its own.

    Values are validated when JSON is read, not when an Order is built in code.
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
    query: Annotated[str, _Text(_subject)] | None = None
    mention: Annotated[str, _Text(_mention)] | None = None
    tags: Annotated[tuple[str, ...], PlainValidator(_tags), PlainSerializer(list)] = ()
    publish: bool = False
    discuss: bool = False


_ORDERS = TypeAdapter(Order)
_STAND_INS = {"channel": "0", "time": "00:00", "timezone": "UTC"}  # for required settings that can't be read


def write_order(order: Order) -> str:
    """The order as JSON."""
    return _ORDERS.dump_json(order, by_alias=True).decode()


def read_order(content: str) -> tuple[Order, str]:
    """Read an order from a JSON object; also returns the settings that can't be read, such as "style: poster".

    Those have their defaults in the order, but an unknown zone keeps its name.
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
    """Why an edition was skipped, failed or was never made. The catalogue has a message `why-...` for each."""

    ARCHIVE_EMPTY = "archive-empty"
    NOTHING_NEW = "nothing-new"
    HALF_DAY = "half-day"
    QUIET_DAY = "quiet-day"
    TOO_OLD = "too-old"
    ALL_SHOWN = "all-shown"
    SHOWN_BESIDE = "shown-beside"
    TOO_FEW_VOTES = "too-few-votes"
    NO_MATCH = "no-match"
    REPLAY_ENDED = "replay-ended"
    SOURCE_FAILING = "source-failing"
    MISSED = "missed"
    CHANNEL_GONE = "channel-gone"
    MISSING_PERMISSION = "missing-permission"
    SERVER_LEFT = "server-left"
    THREAD_CLOSED = "thread-closed"
    TOO_MANY_THREADS = "too-many-threads"
    TAG_REQUIRED = "tag-required"
    BLOCKED = "blocked"
    REJECTED = "rejected"
    UNAVAILABLE = "unavailable"
    UNSURE = "unsure"
    MESSAGE_GONE = "message-gone"
    NOT_ANNOUNCING = "not-announcing"
    PUBLISHING_DENIED = "publishing-denied"
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
    """Why nothing was posted: a code, and the values that its message needs.

    Dates are YYYY-MM-DD; `since`, `until` and `due` are ISO 8601 moments; `weekdays` are digits, Monday is 0.
    """

    why: Why
    facts: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Pause:
    """A period in which a digest is paused, in UTC; `ended` is None while it lasts. An admin's pause has no reason."""

    began: datetime
    ended: datetime | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """A standing order of a server. `number` identifies it within the server, from 1.

    `pause` is set while it is paused; `timed_at` is when its time, zone or weekdays were last set. Times are UTC.
    `created_by` is 0 if no longer known. `unreadable` names the settings that can't be read, with their stored values:
    the order has defaults in their place, and the digest must be paused.
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
class Subject:
    """What an edition is about: its digest's query, and how many of the papers that `total` counts match it."""

    query: str
    matching: int


@dataclass(frozen=True, slots=True)
class Favourite:
    """A paper that members of a server like, and how many of them."""

    arxiv_id: str
    title: str
    likes: int


@dataclass(frozen=True, slots=True)
class Recap:
    """What a recap tells beside its papers: the server's favourites of its days, and topics that are named more."""

    favourites: tuple[Favourite, ...] = ()
    rising: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers chosen for an edition, best first; `early` if the day was not closed.

    `total` counts the papers of its days, and the late ones among the chosen. A recap covers the days from `first_day`
    to `day`; `new` has the arXiv ids of its papers that no daily edition of the server has shown. `late` has the papers
    that came late on an earlier day: arXiv ids with that day. `subject` is set if its digest has one.
    `recap` is set if a recap has something to tell beside its papers.
    """

    day: date
    total: int
    listings: tuple[Listing, ...]
    early: bool = False
    first_day: date | None = None
    new: frozenset[str] = frozenset()
    late: frozenset[tuple[str, date]] = frozenset()
    subject: Subject | None = None
    recap: Recap | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition to be recorded: a digest, the date in its zone, the moment in UTC when it is due, and the outcome."""

    digest: Digest
    on: date
    due: datetime
    outcome: Selection | Reason


class Publication(StrEnum):
    """What became of an edition's publication: it is under way, waits for its turn, or is published."""

    UNDER_WAY = "publishing-under-way"
    WAITING = "publishing-waiting"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest on one date.

    `date` is the date in the digest's zone, `due` the moment in UTC. `day` is the day of the papers; a recap covers
    the days from `first_day` to it. `message_id` is its first message, once posted, in `channel_id`: a channel or post;
    of several posts that of the best paper so far. `failing_since` is set while it is being retried. `late` counts its
    papers that came late on an earlier day. `total` counts the papers of its days, if it has papers. `publication` is
    None if nothing of it is or was to be published; while it waits for its turn, it is tried again at `publishes_at`.
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
    late: int = 0
    total: int | None = None
    subject: Subject | None = None
    publication: Publication | None = None
    publishes_at: datetime | None = None
