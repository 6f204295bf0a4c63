"""A server's standing orders and what became of each edition."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

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


class Style(StrEnum):
    """How an edition looks: one message with an embed a paper, or a headline with a thread."""

    CARDS = "cards"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class Order:
    """What an admin asks for: a digest before it is stored.

    `time` is wall-clock time in `timezone` (an IANA name); `weekdays` counts Monday as 0; `language` None means
    the server's own; `replay_from` walks the archive from that date on, one day an edition. With `early`, a day of the
    site is taken before it is whole. With `weekly`, an edition is a recap of the week, on its one weekday.
    """

    channel_id: int
    time: time
    timezone: str
    weekdays: frozenset[int] = EVERY_DAY
    count: int = DEFAULT_COUNT
    min_votes: int = 0
    style: Style = Style.CARDS
    language: str | None = None
    replay_from: date | None = None
    early: bool = False
    weekly: bool = False


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
    ALL_SHOWN = "all-shown"
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
