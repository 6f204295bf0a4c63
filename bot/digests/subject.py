"""A digest's subject: the query that its papers match, as the matcher of subscriptions decides."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from bot.alerts.matching import Matcher
from bot.errors import RefusalError
from bot.papers import Day
from bot.search.matcher import Document
from bot.search.query import MAX_QUERY, MAX_TERMS, Query, Term, on_one_line, parse


def subject_of(text: str) -> str:
    """A query as a digest keeps it: as it was typed, on one line.

    Raises RefusalError if it has no words, or more than a query can have.
    """
    plain = on_one_line(text)
    query = parse(plain)
    if not query.terms and query.arxiv_id is None:
        raise RefusalError("error-subject-empty")
    if query.cut or len(plain) > MAX_QUERY:
        raise RefusalError("error-subject-long", length=MAX_QUERY, terms=MAX_TERMS)
    return plain


def is_all_but(query: Query) -> bool:
    """Whether a query has only exclusions: as a subject, it means all papers but those."""
    return query.is_empty and bool(query.terms)


def excluded_of(query: Query) -> tuple[Term, ...]:
    """The excluded terms of a query, as terms to look for."""
    return tuple(replace(term, excluded=False) for term in query.terms if term.excluded)


class TextStore(Protocol):
    """Knows the papers' abstracts."""

    async def abstracts(self, arxiv_ids: Sequence[str]) -> dict[str, str]: ...


class Subjects:
    """Which papers match subjects. A day is matched once against all of `queries`, and again for any other query.

    Days must not change while it is used. Slow work runs in a thread.
    """

    _matched: dict[date, Mapping[str, frozenset[str]]]

    def __init__(self, texts: TextStore, queries: Iterable[str] = ()) -> None:
        self._texts = texts
        self._queries = frozenset(queries)
        self._matcher: _Matcher | None = None
        self._matched = {}

    async def matching(self, day: Day, query: str) -> frozenset[str]:
        """The arXiv ids of the day's papers that match a query."""
        if query not in self._queries:
            return (await self._match(await asyncio.to_thread(_Matcher, [query]), day))[query]
        if self._matcher is None:
            self._matcher = await asyncio.to_thread(_Matcher, self._queries)
        if day.date not in self._matched:
            self._matched[day.date] = await self._match(self._matcher, day)
        return self._matched[day.date][query]

    async def _match(self, matcher: "_Matcher", day: Day) -> Mapping[str, frozenset[str]]:
        abstracts = await self._texts.abstracts([listing.paper.arxiv_id for listing in day.listings])
        return await asyncio.to_thread(matcher.match, day, abstracts)


class _Matcher:
    """Some queries, indexed for matching; each is known by its place.

    A query with only exclusions is stored as one query for each excluded term: what none matches is its subject.
    """

    def __init__(self, queries: Iterable[str]) -> None:
        self._queries = tuple(queries)
        self._all_but = set[int]()
        self._places = list[int]()
        self._matcher = Matcher()
        for place, text in enumerate(self._queries):
            query = parse(text)
            if is_all_but(query):
                self._all_but.add(place)
                for term in excluded_of(query):
                    self._add(place, Query((term,)))
            else:
                self._add(place, query)

    def _add(self, place: int, query: Query) -> None:
        self._matcher.add(len(self._places), query)
        self._places.append(place)

    def match(self, day: Day, abstracts: Mapping[str, str]) -> dict[str, frozenset[str]]:
        """For each query the arXiv ids of the papers that match it."""
        papers = [listing.paper for listing in day.listings]
        every = frozenset(paper.arxiv_id for paper in papers)
        found: dict[int, set[str]] = {}
        documents = [Document.from_paper(paper, abstracts.get(paper.arxiv_id, "")) for paper in papers]
        for matched, numbers in self._matcher.match(documents):
            for number in numbers:
                found.setdefault(self._places[number], set()).update(document.arxiv_id for document in matched)
        return {
            query: every - found.get(place, set()) if place in self._all_but else frozenset(found.get(place, ()))
            for place, query in enumerate(self._queries)
        }
