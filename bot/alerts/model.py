"""Members' saved queries, and what they matched."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.errors import Fault
from bot.papers import Listing

MAX_SUBSCRIPTIONS = 25
MAX_HERE = 100
"""At most so many subscriptions alert in a server's channels, so at most so many messages about a day."""
PREVIEW_DAYS = 30


class Where(StrEnum):
    """Where a member's alerts go."""

    DM = "dm"
    HERE = "here"


class Full(StrEnum):
    """Who has reached the limit of subscriptions."""

    MEMBER = "member"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A member's saved query. `channel_id` is set if alerts go to a channel; `created_at` is UTC.

    `refused` is why the channel refused an alert; none is sent there any more.
    """

    id: int
    user_id: int
    query: str
    where: Where
    channel_id: int | None
    guild_id: int | None
    min_votes: int
    paused: bool
    language: str
    created_at: datetime
    refused: Fault | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A subscription's id and query."""

    id: int
    query: str


@dataclass(frozen=True, slots=True)
class Change:
    """A subscription that was added or removed."""

    subscription: Saved
    added: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A paper with the queries of the member's subscriptions that matched it."""

    listing: Listing
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """What a member's subscriptions matched on one day, for one place: a DM or a channel."""

    id: int
    user_id: int
    day: date
    channel_id: int | None
    language: str
    matches: tuple[Match, ...]
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """The papers of an alert that was given up, by arXiv id, and whether the member was told."""

    papers: tuple[str, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert to be stored. `channel_id` is None for a DM."""

    user_id: int
    channel_id: int | None
    guild_id: int | None
    language: str
    matches: tuple[Match, ...]
