"""Members' saved queries and what they matched."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.errors import Fault
from bot.papers import Listing

MAX_SUBSCRIPTIONS = 25
MAX_HERE = 100
"""Subscriptions whose alerts go to a server's channels: so many messages there, at most, about a day's papers."""
PREVIEW_DAYS = 30


class Where(StrEnum):
    """Where a member's alerts go."""

    DM = "dm"
    HERE = "here"


class Full(StrEnum):
    """Who has as many subscriptions as they may."""

    MEMBER = "member"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A member's saved query. `channel_id` is set where alerts go to a channel; `created_at` is UTC.

    `refused` is why the channel took no alert: none goes there any more.
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
    """A subscription's id and its query."""

    id: int
    query: str


@dataclass(frozen=True, slots=True)
class Change:
    """A subscription that was added, or removed."""

    subscription: Saved
    added: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A paper with the queries of the member's subscriptions that matched it."""

    listing: Listing
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """What one member's subscriptions matched on one day, for one place: a DM, or a channel of a server."""

    id: int
    user_id: int
    day: date
    channel_id: int | None
    language: str
    matches: tuple[Match, ...]
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """The papers of an alert that was given up, by arXiv id, and whether its member was told so."""

    papers: tuple[str, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert before it is stored. `channel_id` None is the member's DM."""

    user_id: int
    channel_id: int | None
    guild_id: int | None
    language: str
    matches: tuple[Match, ...]
