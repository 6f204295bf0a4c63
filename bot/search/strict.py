"""Search: the papers that match a query, just as a subscription matches them, without walking long lists in vain.

FTS5 looks at every paper that has all pairs of a spelling, whether they stand in a row. Of frequent words (결과적으로)
each spelling takes as long as the word as it is typed, and hardly a paper has any other. So where a query's words are
frequent, and enough papers have them as typed, other spellings are looked for among the newest papers alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.search import fts
from bot.search.analysis import Phrase, is_cjk
from bot.search.matcher import Document, matches
from bot.search.model import Filters
from bot.search.query import Query, Term
from bot.search.shelf import Shelf

ENOUGH = 10
"""Papers that are enough to look no further."""

MOST = 2000
"""Papers that are given, the newest: where a query matches more, relevance means little."""

_FREQUENT = 5000
"""Papers with each pair of a word, from which on it is frequent."""

_NEWEST = 730
"""Days of the newest papers."""

_READ = 200
"""Papers that are read, at most, to see whether a sign alone stands in them."""

_ENTRIES = 50_000
"""What FTS5 may have to merge, instead, to find the words that begin with a sign."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The numbers of the newest papers that match, newest first; `complete`: there are no others."""

    rows: list[int]
    complete: bool = True


def matching(query: Query, shelf: Shelf, filters: Filters, limit: int = MOST) -> Matching:
    """The papers that match a query, at most `limit`."""
    words = fts.wanted(query)
    signs = [term for term in words if _is_sign(term)]
    if signs and len(signs) < len(words):
        return _with_signs(query, signs, shelf, filters)
    possible = spelt(words, shelf)
    everywhere = fts.instead(query, map(str, possible))
    if not all(word.is_frequent for word in possible):
        return _asked(everywhere, shelf, filters, limit)
    as_typed = fts.instead(query, [word.as_typed() for word in possible])
    found = _asked(as_typed, shelf, filters, limit)
    if as_typed == everywhere:
        return found
    if len(found.rows) < ENOUGH:
        return _asked(everywhere, shelf, filters, limit)
    newest = _asked(everywhere, shelf, _of_newest(filters, shelf), limit)
    return Matching(sorted({*found.rows, *newest.rows}, reverse=True)[:limit], complete=False)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A word with those spellings that some paper may have; `is_frequent`: there may be many papers."""

    term: Term
    phrases: tuple[Phrase, ...]
    is_frequent: bool

    def __str__(self) -> str:
        """Any of the spellings, as FTS5 reads them."""
        return fts.in_field(self.term.field, self.phrases)

    def as_typed(self) -> str:
        """Of Hangul and other CJK, the word without other spaces."""
        return fts.in_field(self.term.field, self.phrases[:1] if is_cjk(self.term.text) else self.phrases)


def spelt(words: Sequence[Term], shelf: Shelf) -> list[Spelt]:
    """Words without the spellings that hold a pair of signs that no paper has."""
    pairs = {token for term in words for phrase in term.spellings for token in phrase.tokens if is_cjk(token)}
    known = shelf.known(sorted(pairs)) if pairs else {}
    unknown = pairs - known.keys()
    seldom = {pair for pair in pairs if pair in unknown or known[pair].papers < _FREQUENT}
    return [_spelt(term, unknown, seldom) for term in words]


def _spelt(term: Term, unknown: set[str], seldom: set[str]) -> Spelt:
    phrases = tuple([phrase for phrase in term.spellings if phrase.prefix or unknown.isdisjoint(phrase.tokens)])
    return Spelt(term, phrases, any(seldom.isdisjoint(phrase.tokens) for phrase in phrases))


def _asked(match: str, shelf: Shelf, filters: Filters, limit: int) -> Matching:
    rows = shelf.rows(match, filters, limit)
    return Matching(rows, len(rows) < limit)


def _of_newest(filters: Filters, shelf: Shelf) -> Filters:
    """The filters, and of the papers that they let through the newest."""
    last = min(shelf.newest_day(), filters.until or date.max)
    since = date.fromordinal(max(1, last.toordinal() - _NEWEST))
    return replace(filters, since=max(since, filters.since or date.min))


def _is_sign(term: Term) -> bool:
    first = term.spellings[0]
    return first.prefix and len(first.tokens) == 1


def _with_signs(query: Query, signs: Sequence[Term], shelf: Shelf, filters: Filters) -> Matching:
    """What matches a query with signs alone ("수"): each is the beginning of a word.

    FTS5 merges all lists that begin so before it answers. A few papers, or the newest of many, are read instead.
    """
    others = replace(query, terms=tuple(term for term in query.terms if term not in signs))
    found = matching(others, shelf, filters, _READ + 1)
    if len(found.rows) > _READ and all(_entries(term, shelf) <= _ENTRIES for term in signs):
        return _asked(fts.instead(query, map(str, spelt(fts.wanted(query), shelf))), shelf, filters, MOST)
    asked = Query(tuple(signs))
    rows = found.rows[:_READ]
    held = {one.number for one in shelf.read(rows) if matches(asked, Document.from_paper(one.paper()))}
    return Matching([row for row in rows if row in held], found.complete and len(found.rows) <= _READ)


def _entries(sign: Term, shelf: Shelf) -> int:
    return sum(word.papers for word in shelf.beginning(sign.text, _READ))
