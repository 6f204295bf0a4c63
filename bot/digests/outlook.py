"""What a digest's subject would have found lately, and which similar subjects would find more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from bot.digests.subject import is_all_but
from bot.search.names import BAR
from bot.search.query import Field, Query, Term, parse

DAYS = 30
SUGGESTIONS = 2
_RARE = 3  # a subject is rare if it matches on less than one in so many days
_TRIED = 16  # similar subjects


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many papers of the archive's last DAYS days match a query, and on how many days none does.

    `days` counts the days with papers, `total` their papers, each once a day.
    """

    query: str
    matching: int
    total: int
    days: int
    without: int

    @property
    def per_day(self) -> float:
        """How many papers match on a day with papers."""
        return self.matching / self.days if self.days else 0.0

    @property
    def is_rare(self) -> bool:
        """Whether it matches on fewer than one day in three."""
        return (self.days - self.without) * _RARE < self.days


class CountStore(Protocol):
    """Counts the papers of the newest closed days."""

    async def counts(
        self, queries: Sequence[str], days: int, min_votes: int
    ) -> tuple[Mapping[date, int], list[Mapping[date, int]]]: ...


class Outlooks:
    """Matches subjects against the last DAYS days of the archive. All methods raise TimeoutError after a second."""

    def __init__(self, store: CountStore) -> None:
        self._store = store

    async def of(self, query: str, min_votes: int = 0) -> Outlook:
        """What a subject would have found, of papers with at least `min_votes`."""
        return (await self._of([query], min_votes))[0]

    async def wider(self, outlook: Outlook, min_votes: int = 0) -> tuple[Outlook, ...]:
        """Up to SUGGESTIONS similar subjects that find more: of those one step away, the ones that find most.

        If there are too few, single words of the query are taken.
        """
        query, found = parse(outlook.query), list[Outlook]()
        for queries in (_one_step(query), _words(query)):
            tried = [each for each in dict.fromkeys(queries) if each not in {one.query for one in found}][:_TRIED]
            more = [each for each in await self._of(tried, min_votes) if each.matching > outlook.matching]
            found += sorted(more, key=lambda each: each.matching, reverse=True)
            if len(found) >= SUGGESTIONS:
                break
        return tuple(found[:SUGGESTIONS])

    async def _of(self, queries: Sequence[str], min_votes: int) -> list[Outlook]:
        if not queries:
            return []
        totals, counts = await self._store.counts(queries, DAYS, min_votes)
        return [
            Outlook(query, sum(each.values()), sum(totals.values()), len(totals), len(totals) - len(each))
            for query, each in zip(queries, counts, strict=True)
        ]


def _one_step(query: Query) -> Iterator[str]:
    """The query with one term loosened or left out: a phrase as words, a field dropped, an exclusion or a word less."""
    for place, term in enumerate(query.terms):
        before, after = query.terms[:place], query.terms[place + 1 :]
        if not term.excluded:
            if " " in term.text:
                yield _written(*before, *(Term(word, term.field) for word in term.text.split()), *after)
            if term.field is not Field.ANY:
                text = term.text.partition(BAR)[0].strip()
                yield _written(*before, replace(term, text=text, field=Field.ANY, after=""), *after)
    for place in range(len(query.terms)):
        left = (*query.terms[:place], *query.terms[place + 1 :])
        if left and (is_all_but(query) or not Query(left).is_empty):
            yield _written(*left)


def _words(query: Query) -> Iterator[str]:
    """Each term of a query that must match, alone."""
    for term in query.terms:
        if not term.excluded and len(query.terms) > 1:
            yield _written(term)


def _written(*terms: Term) -> str:
    return str(parse(str(Query(terms))))
