"""What is known of a member, and what is chosen for them."""

from dataclasses import dataclass
from datetime import datetime

from bot.papers import Appearance

LEAST_SAVED = 3
"""With fewer saved papers nothing is chosen: they would not show what they have in common."""
MOST_SAVED = 50
"""Saved papers that count: the newest."""
DAYS = 7
"""Papers are chosen from the newest days of the archive."""
SHOWN = 10
"""Papers of `/paper foryou`."""
DAILY = 3
"""Papers of an alert."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper on a member's reading list since `saved_at` (UTC)."""

    arxiv_id: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """What a member saved, newest first, and their mutes and their subscriptions' queries, in canonical form."""

    kept: tuple[Kept, ...]
    mutes: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """Why a paper was chosen: the title of the saved paper that is most like it, and how many others are like it too.

    `shared` are words and authors that they share, as the chosen paper writes them. If it was rather chosen because a
    subscription matches it, only that one's `query` is set.
    """

    like: str = ""
    others: int = 0
    shared: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """A paper that was chosen for a member."""

    appearance: Appearance
    why: Why


@dataclass(frozen=True, slots=True)
class Picks:
    """The papers chosen for a member, the best first, and how many papers they saved."""

    picks: tuple[Pick, ...]
    saved: int

    @property
    def missing(self) -> int:
        """How many more papers the member has to save before any can be chosen."""
        return max(0, LEAST_SAVED - self.saved)
