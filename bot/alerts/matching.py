"""Matches a day's papers against all saved queries at once: the same result as pair by pair, in milliseconds.

Each distinct term is looked up once. The papers where a term occurs are one number with a bit for each paper, so one
bit operation a term evaluates a query for the whole day, and a query is only evaluated if its first term occurs: the
one that the fewest subscriptions have. Measurements: docs/search.md.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from bot.alerts.phrases import Phrases
from bot.search.analysis import BOUNDARY, Phrase
from bot.search.matcher import Document, IndexFields
from bot.search.query import Field, Query

Group = tuple[tuple[Document, ...], Sequence[int]]
"""Papers, and the ids of the subscriptions that match all of them."""

_NOWHERE, _EVERYWHERE = 0, -1
"""No paper and every paper, as bits."""

_ROW = 3
"""Terms of a query that lie in a row. Few queries have more."""

_Numbers = tuple[int, ...]


class Matcher:
    """Saved queries, indexed for matching. Not thread-safe. Ids of subscriptions are not negative.

    What is evaluated lies in arrays, one for each term: thousands are read a day, and reading as many objects from all
    over the memory takes longer than evaluating them.
    """

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        """The number of each distinct term, from 1. In a query it is negative if the term is excluded."""
        self._uses: Counter[int] = Counter()
        """How many subscriptions have each term."""
        self._fresh = count(1)
        self._phrases = {field: Phrases() for field in Field}
        self._queries: dict[int, _Numbers] = {}
        """Each subscription's terms: those that few have first, probably rare in papers too; excluded ones last."""
        self._alone: dict[int, array[int]] = {}
        """For each term, the subscriptions to that term alone."""
        self._rows: dict[int, array[int]] = {}
        """For each term that comes first, rows: a subscription, its second term, its third or 0.

        The subscription is inverted if it has further terms.
        """

    def add(self, subscription_id: int, query: Query) -> None:
        """Add a subscription's query; no effect if the subscription has one."""
        if query.is_empty or subscription_id in self._queries:
            return
        parts = _parts(query)
        signed = _signed(map(self._number, parts), parts)
        numbers = self._queries[subscription_id] = tuple(sorted(signed, key=self._frequency))
        self._uses.update(map(abs, numbers))
        held, row = self._place(subscription_id, numbers)
        held.setdefault(numbers[0], array("q")).extend(row)

    def remove(self, subscription_id: int, query: Query) -> None:
        """Remove a subscription's query; no effect if the subscription does not have it."""
        parts = _parts(query)
        numbers = self._queries.get(subscription_id, ())
        if not numbers or {*numbers} != _signed((self._terms.get(part.name, 0) for part in parts), parts):
            return
        held, row = self._place(subscription_id, numbers)
        rows, width = held[numbers[0]], len(row)
        start = rows[::width].index(row[0]) * width
        del rows[start : start + width]
        if not rows:
            del held[numbers[0]]
        del self._queries[subscription_id]
        self._let_go(parts)

    def match(self, documents: Sequence[Document]) -> list[Group]:
        """All pairs of a document and a subscription whose query matches it, in groups.

        Each subscription is in at most one group, with all documents that it matches, in the given order. The documents
        must be distinct.
        """
        groups: defaultdict[int, array[int]] = defaultdict(_no_ids)
        occurring = self._occurring(documents)
        for term in self._alone.keys() & occurring.keys():
            groups[occurring[term]] += self._alone[term]
        get = (occurring | {-term: ~places for term, places in occurring.items()}).get
        for first in self._rows.keys() & occurring.keys():
            here, row = occurring[first], iter(self._rows[first])
            for subscription_id, second, third in zip(row, row, row, strict=True):
                if places := here & get(second, _NOWHERE if second > 0 else _EVERYWHERE):
                    if third:
                        places &= get(third, _NOWHERE if third > 0 else _EVERYWHERE)
                    if subscription_id >= 0:
                        groups[places].append(subscription_id)
                    else:
                        for further in self._queries[~subscription_id][_ROW:]:
                            places &= get(further, _NOWHERE if further > 0 else _EVERYWHERE)
                        groups[places].append(~subscription_id)
        groups.pop(_NOWHERE, None)
        return [(tuple(_at(places, documents)), ids) for places, ids in groups.items()]

    def _occurring(self, documents: Sequence[Document]) -> dict[int, int]:
        """The terms that occur, each with its documents as bits."""
        for phrases in self._phrases.values():
            phrases.finish()
        occurring: dict[int, int] = {}
        get = occurring.get
        for place, document in enumerate(documents):
            bit = 1 << place
            if document.arxiv_id in self._terms:
                occurring[self._terms[document.arxiv_id]] = bit
            for field, text in _texts(document.fields):
                for number in self._phrases[field].found(text):
                    occurring[number] = get(number, _NOWHERE) | bit
        return occurring

    # -- what is held --------------------------------------------------------------------------------------------

    def _frequency(self, number: int) -> tuple[bool, int]:
        """How often subscriptions have a term, to sort by; an excluded one comes after all others."""
        return number < 0, self._uses[abs(number)]

    def _place(self, subscription_id: int, numbers: _Numbers) -> tuple[dict[int, "array[int]"], _Numbers]:
        """Where a subscription is held under its first term, and what is held there."""
        if len(numbers) == 1:
            return self._alone, (subscription_id,)
        marked = subscription_id if len(numbers) <= _ROW else ~subscription_id
        return self._rows, (marked, numbers[1], numbers[2] if len(numbers) >= _ROW else 0)

    def _number(self, part: "_Part") -> int:
        """The number of a term, new if necessary."""
        number = self._terms.get(part.name)
        if number is None:
            number = self._terms[part.name] = next(self._fresh)
            for phrase in part.spellings:
                self._phrases[part.field].add(phrase, number)
        return number

    def _let_go(self, parts: Sequence["_Part"]) -> None:
        """Forget the terms that no subscription has any more."""
        for part in parts:
            number = self._terms[part.name]
            self._uses[number] -= 1
            if not self._uses[number]:
                del self._uses[number], self._terms[part.name]
                for phrase in part.spellings:
                    self._phrases[part.field].remove(phrase, number)


def by_subscription(groups: Iterable[Group]) -> dict[int, frozenset[str]]:
    """For each subscription in some groups, the arXiv ids of the papers that it matches."""
    found: dict[int, frozenset[str]] = {}
    for papers, ids in groups:
        found |= dict.fromkeys(ids, frozenset([paper.arxiv_id for paper in papers]))
    return found


def _at(places: int, documents: Sequence[Document]) -> Iterator[Document]:
    """The documents whose bits are set, in order. Most have none."""
    while places:
        lowest = places & -places
        yield documents[lowest.bit_length() - 1]
        places ^= lowest


def _no_ids() -> "array[int]":
    return array("q")


class _Part(NamedTuple):
    """A term of a query, or the arXiv id that it asks for."""

    name: str
    field: Field = Field.ANY
    spellings: tuple[Phrase, ...] = ()
    is_excluded: bool = False


def _parts(query: Query) -> list[_Part]:
    if query.arxiv_id is not None:
        return [_Part(query.arxiv_id)]
    return [
        _Part(f"{term.after} {str(term).removeprefix('-')}", term.field, term.spellings, term.excluded)
        for term in query.terms
    ]


def _signed(numbers: Iterable[int], parts: Sequence[_Part]) -> set[int]:
    return {-number if part.is_excluded else number for number, part in zip(numbers, parts, strict=True)}


def _texts(fields: IndexFields) -> Iterator[tuple[Field, str]]:
    """The texts of a paper, each with the field whose terms may match it."""
    yield Field.ANY, f" {BOUNDARY} ".join((fields.title, fields.authors, fields.summary, fields.abstract))
    yield Field.TITLE, fields.title
    yield Field.AUTHOR, fields.authors
    yield Field.ORGANISATION, fields.authors
