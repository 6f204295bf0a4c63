"""Members' saved queries, and what they matched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.errors import Fault
from bot.foryou.model import Why
from bot.papers import Listing

MAX_SUBSCRIPTIONS = 25
MAX_HERE = 100
"""Subscriptions that may alert in a server's channels: at most so many messages are posted about a day."""
MAX_MUTES = 25
"""Mutes per member: as many as a menu has options."""
PREVIEW_DAYS = 30


FOR_YOU = ""
"""The query of the subscription to "For you". It is of no other one, as it has no term."""


class Where(StrEnum):
    """Where a member's alerts go."""

    DM = "dm"
    HERE = "here"


class Full(StrEnum):
    """Which limit is reached: of a member's subscriptions, of a server's, or of a member's mutes."""

    MEMBER = "member"
    SERVER = "server"
    MUTES = "mutes"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A member's saved query. `channel_id` is set if alerts go to a channel; `created_at` is UTC.

    `query` is canonical: it is matched, and tells a member's subscriptions apart. `typed` is how the member wrote it
    last, "" if that is not known; `shown` is what people see. `refused` is why the channel refused an alert; none is
    sent there any more. The subscription to "For you" has no query: FOR_YOU.
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
    typed: str = ""

    @property
    def shown(self) -> str:
        """The query as the member typed it."""
        return self.typed or self.query

    @property
    def is_for_you(self) -> bool:
        """Whether it is the subscription to "For you"."""
        return self.query == FOR_YOU


@dataclass(frozen=True, slots=True)
class Mute:
    """A word or an author that a member wants no alerts about. `query` is one exclusion in canonical form.

    `typed` is the word or name as the member read it.
    """

    id: int
    query: str
    typed: str


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
    """A paper with the queries, in canonical form, of the member's subscriptions that matched it.

    `why` is set if it was chosen for the member; its only query is FOR_YOU then.
    """

    listing: Listing
    queries: tuple[str, ...]
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """What a member's subscriptions matched on one day, for one place: a DM or a channel.

    `matches` are best first. `typed` are the member's queries as typed, by their canonical form. `unread` makes it a
    reminder, by DM and without queries: so many papers of the member's list are unread.
    """

    id: int
    user_id: int
    day: date
    channel_id: int | None
    language: str
    matches: tuple[Match, ...]
    guild_id: int | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    unread: int | None = None

    def shown(self, query: str) -> str:
        """A query as the member typed it; in canonical form if the subscription is gone."""
        return self.typed.get(query) or query


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
