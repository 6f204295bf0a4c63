"""The options of a search and its result."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from bot.papers import Appearance, Listing
from bot.search.query import Query, Term


class Sort(StrEnum):
    """The order of results."""

    RELEVANCE = "relevance"
    VOTES = "votes"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which of the matching papers to show, by their newest day (both ends included) and its votes; in what order."""

    since: date | None = None
    until: date | None = None
    min_votes: int | None = None
    sort: Sort = Sort.RELEVANCE


class Tier(IntEnum):
    """How a paper was found; a hit of an earlier tier ranks above one of a later."""

    EXACT = 0
    """The paper whose arXiv id was asked for."""
    PHRASE = 1
    """The whole query stands in a row."""
    ALL = 2
    """The query matches: what a subscription matches too."""
    WHOLE = 3
    """All words of a question match, its filler words too, once particles are removed."""
    WISH = 4
    """What a question wants done stands by a name that papers have for it."""
    CORE = 5
    """All words match but the filler words of a question."""
    PREFIX = 6
    """The last word is the beginning of a word."""
    TRANSLATED = 7
    """A word or name stands in the other language."""
    FORMS = 8
    """A verb stands in another form."""
    MENDED = 9
    """Particles are taken off, or a typing error is corrected."""
    ANY = 10
    """Some of the words are there."""

    @property
    def is_as_typed(self) -> bool:
        """Whether the papers have every word as it was typed."""
        return self in {Tier.PHRASE, Tier.ALL, Tier.CORE}


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that was found. Scores order the hits of a tier; they compare within one search only."""

    appearance: Appearance
    tier: Tier
    score: float

    @property
    def listing(self) -> Listing:
        """The paper with its votes."""
        return self.appearance.listing

    @property
    def day(self) -> str:
        """The newest day that lists it, as 2024-02-23."""
        return self.appearance.dated


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results: those from `offset` on, of `total` in all. An empty query says why there are none.

    `at_least`: there may be more than `total`. `mended` is the query that was searched for instead, `translated` was
    searched for as well. `stopped`: the time was up; these are the hits so far. `partial`: not all papers are in the
    index yet. `terms` are those that were searched for.
    """

    query: Query
    total: int
    results: tuple[Hit, ...]
    offset: int
    at_least: bool = False
    mended: str | None = None
    translated: tuple[str, ...] = ()
    stopped: bool = False
    partial: bool = False
    terms: tuple[Term, ...] = ()

    @property
    def appearances(self) -> tuple[Appearance, ...]:
        """The papers of this page."""
        return tuple(hit.appearance for hit in self.results)
