"""Matches a day's papers against all saved queries at once: the same result as pair by pair, in milliseconds.

Each distinct term is looked up once, and each distinct query is evaluated once, and only if its rarest term occurs. The
papers where a term occurs are one number with a bit for each paper, so a few bit operations evaluate a query for the
whole day. Measurements: docs/adr/004-matching.md.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import compress, count
from typing import TypeVar

from bot.alerts.phrases import Phrases
from bot.search.analysis import BOUNDARY
from bot.search.matcher import Document, IndexFields
from bot.search.query import Field, Query, Term

Group = tuple[tuple[Document, ...], list[int]]
"""Papers, and the ids of the subscriptions that match all of them."""

_Numbers = tuple[int, ...]
_Key = TypeVar("_Key", bound=Hashable)


class Matcher:
    """Saved queries, indexed for matching. Not thread-safe.

    A query is stored once, however many subscriptions have it. An empty query matches nothing and is not stored. Ids
    and numbers are in tuples, which the garbage collector skips: there are hundreds of thousands.
    """

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        """The number of each distinct term, from 1. In a query it is negative if the term is excluded."""
        self._uses: Counter[int] = Counter()
        """How many distinct queries have each term."""
        self._fresh = count(1)
        self._phrases = {field: Phrases() for field in Field}
        self._watched: dict[int, dict[_Numbers, _Numbers]] = {}
        """For each term the queries to evaluate if it occurs: their other terms, and their subscriptions."""
        self._papers: dict[str, _Numbers] = {}
        """The subscriptions to one paper, by its arXiv id."""

    def add(self, subscription_id: int, query: Query) -> None:
        """Add a subscription's query; no effect if it is there already."""
        if query.arxiv_id is not None:
            _put(self._papers, query.arxiv_id, subscription_id)
        elif not query.is_empty:
            watched, others = self._place([self._number(term) for term in query.terms])
            queries = self._watched.setdefault(watched, {})
            if others not in queries:
                self._uses.update(map(abs, (watched, *others)))
            _put(queries, others, subscription_id)

    def remove(self, subscription_id: int, query: Query) -> None:
        """Remove a subscription's query; no effect if it is not there."""
        if query.arxiv_id is not None:
            _take(self._papers, query.arxiv_id, subscription_id)
        elif not query.is_empty and all(_name(term) in self._terms for term in query.terms):
            watched, others = self._place([self._number(term) for term in query.terms])
            queries = self._watched.get(watched, {})
            if _take(queries, others, subscription_id):
                self._let_go(query)
                if not queries:
                    del self._watched[watched]

    def match(self, documents: Sequence[Document]) -> list[Group]:
        """All pairs of a document and a subscription whose query matches it, in groups.

        Each subscription is in at most one group, with all documents that it matches, in the given order. The documents
        must be distinct.
        """
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for place, document in enumerate(documents):
            groups[1 << place] += self._papers.get(document.arxiv_id, ())
        occurring = self._occurring(documents)
        get = occurring.get
        for watched in self._watched.keys() & occurring.keys():
            here = occurring[watched]
            for others, subscriptions in self._watched[watched].items():
                places = here
                for number in others:
                    places &= get(number, 0) if number > 0 else ~get(-number, 0)
                    if not places:
                        break
                else:
                    groups[places] += subscriptions
        bits = [1 << place for place in range(len(documents))]
        return [(tuple(compress(documents, map(places.__and__, bits))), ids) for places, ids in groups.items() if ids]

    def _occurring(self, documents: Sequence[Document]) -> dict[int, int]:
        """The terms that occur, each with its documents as bits."""
        for phrases in self._phrases.values():
            phrases.finish()
        occurring: dict[int, int] = {}
        for place, document in enumerate(documents):
            bit = 1 << place
            for number in self._found(document.fields):
                occurring[number] = occurring.get(number, 0) | bit
        return occurring

    def _found(self, fields: IndexFields) -> set[int]:
        """The terms that occur in a paper, in a field that they may match."""
        anywhere = f" {BOUNDARY} ".join((fields.title, fields.authors, fields.summary, fields.abstract))
        return {
            *self._phrases[Field.ANY].found(anywhere),
            *self._phrases[Field.TITLE].found(fields.title),
            *self._phrases[Field.AUTHOR].found(fields.authors),
            *self._phrases[Field.ORGANISATION].found(fields.authors),
        }

    # -- what is held --------------------------------------------------------------------------------------------

    def _number(self, term: Term) -> int:
        """The number of a term, new if necessary; negative if it is excluded."""
        name = _name(term)
        number = self._terms.get(name)
        if number is None:
            number = self._terms[name] = next(self._fresh)
            for phrase in term.spellings:
                self._phrases[term.field].add(phrase, number)
        return -number if term.excluded else number

    def _place(self, numbers: Sequence[int]) -> tuple[int, _Numbers]:
        """Where a query is stored: under the term that is watched for it, with its other terms.

        The watched term is the one in the fewest queries, as it is probably rare in papers too.
        """
        ordered = sorted(numbers, reverse=True)
        places = [(number, tuple(other for other in ordered if other != number)) for number in ordered if number > 0]
        for watched, others in places:
            if others in self._watched.get(watched, ()):
                return watched, others
        return min(places, key=lambda place: self._uses[place[0]])

    def _let_go(self, query: Query) -> None:
        """Forget the terms that no query has any more."""
        for term in query.terms:
            number = self._terms[_name(term)]
            self._uses[number] -= 1
            if not self._uses[number]:
                del self._uses[number], self._terms[_name(term)]
                for phrase in term.spellings:
                    self._phrases[term.field].remove(phrase, number)


def _name(term: Term) -> str:
    return f"{term.after} {str(term).removeprefix('-')}"


def _put(held: dict[_Key, _Numbers], key: _Key, new: int) -> None:
    """Add an id unless it is there."""
    ids = held.get(key, ())
    place = bisect_left(ids, new)
    if ids[place : place + 1] != (new,):
        held[key] = (*ids[:place], new, *ids[place:])


def _take(held: dict[_Key, _Numbers], key: _Key, old: int) -> bool:
    """Remove an id, and the key with its last id; return whether the key was removed."""
    ids = held.get(key, ())
    place = bisect_left(ids, old)
    if ids[place : place + 1] != (old,):
        return False
    held[key] = left = (*ids[:place], *ids[place + 1 :])
    if not left:
        del held[key]
    return not left
