"""What a search is asked besides its query, and what it answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.papers import Appearance
from bot.search.query import Query


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


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results: those from `offset` on, of `total` in all. An empty query says why there are none."""

    query: Query
    total: int
    results: tuple[Appearance, ...]
    offset: int
