"""The papers that match a query as a subscription would, without reading long lists that find nothing.

FTS5 looks at every paper that has all pairs of a spelling, adjacent or not. For a frequent word (결과적으로), each
other spelling takes as long as the typed one, and hardly any paper has it. So spellings with long lists that were not
typed are only searched for among the newest papers; `everywhere` finds the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.search.analysis import Phrase, is_cjk
from bot.search.finding import fts
from bot.search.finding.texts import is_readable, numbers_matching
from bot.search.model import Filters, Sort
from bot.search.query import Query, Term
from bot.search.shelf import Shelf, in_time

ENOUGH = 10
"""If this many papers were found, later tiers are not tried."""

MOST = 2000
"""Papers that are returned at most, the newest. If a query matches more, relevance means little."""

_MOST_OF_FREQUENT = 200
"""Papers that are returned if each word is in more than MOST, unless they are sorted by votes."""

_FREQUENT = 5000
"""Papers with a pair of characters, or with each of a word, from which on it is frequent."""

_LONG = 10_000
"""A spelling whose pairs have more list entries than this is searched for later, unless it was typed."""

_NEWEST = 180
"""Days of the newest papers."""

CANDIDATES = 100
"""Papers that are read, at most, to see whether they hold words of Hangul."""

_READ = 200
"""Papers that are read, at most, to see whether a character alone stands in them."""

_HELD = 2
"""Words whose rare pairs are asked for before the whole query: the rarest."""

_AT_ONCE = 20
"""Of these; the others only where they are too few."""

_ENTRIES = 50_000
"""List entries that FTS5 may merge to find the words that begin with a character."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The numbers of the newest papers that match, newest first.

    `complete`: there are no others. `postponed`: there may be old ones that spell frequent words in another way.
    """

    rows: list[int]
    complete: bool = True
    postponed: bool = False


def matching(query: Query, shelf: Shelf, filters: Filters, limit: int = MOST) -> Matching:
    """The papers that match a query, at most `limit`; of frequent words all as they are typed, and the newest."""
    found = at_once(query, shelf, filters, limit)
    return everywhere(query, shelf, filters, limit) if found.postponed else found


def at_once(query: Query, shelf: Shelf, filters: Filters, limit: int = MOST) -> Matching:
    """The same, but where few papers have frequent words as typed, other spellings are left to `everywhere`."""
    words = fts.wanted(query)
    signs = [term for term in words if _is_sign(term)]
    if signs and len(signs) < len(words):
        return _with_signs(query, signs, shelf, filters)
    possible = spelt(words, shelf)
    limit = min(limit, _most(possible, filters))
    found = _by_reading(query, possible, shelf, filters, limit)
    if found is None:
        found = _asked(fts.instead(query, [likely(possible)]), shelf, filters, limit)
        is_whole = all(word.likely == word.phrases for word in possible)
    else:
        is_whole = all(word.is_read_whole for word in possible)
    if is_whole:
        return found
    if len(found.rows) < ENOUGH:  # FTS5 looks where a span of rows ends only when it has found a paper
        return Matching(found.rows, complete=False, postponed=True)
    newest = _asked(fts.instead(query, map(str, possible)), shelf, _of_newest(filters, shelf), limit)
    return Matching(sorted({*found.rows, *newest.rows}, reverse=True)[:limit], complete=False)


def everywhere(query: Query, shelf: Shelf, filters: Filters, limit: int = MOST) -> Matching:
    """The papers that match a query, at most `limit`, however they spell it, and however old they are."""
    return _asked(fts.instead(query, map(str, spelt(fts.wanted(query), shelf))), shelf, filters, limit)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A word with those spellings that some paper may have, and the likely ones: as typed, or with short lists.

    About so many papers have it, at most: of a Latin word, as it was typed. Each paper that has a likely spelling has
    one of the `held` tokens; those are few, or none is known. `rare` is the rarest pair of a word that a text shows.
    """

    term: Term
    phrases: tuple[Phrase, ...]
    likely: tuple[Phrase, ...]
    papers: int = 0
    held: tuple[str, ...] = ()
    rare: str = ""

    def __str__(self) -> str:
        """Any of the spellings, as FTS5 reads them."""
        return fts.in_field(self.term.field, self.phrases)

    @property
    def is_read_whole(self) -> bool:
        """Whether no spelling is left out where texts are read."""
        return all(phrase in self.likely or (self.rare in phrase.tokens) for phrase in self.phrases)

    def shortened_expression(self) -> str:
        """What all papers have that have a likely spelling: its rarest pair, if their texts are read afterwards."""
        if not self.rare:
            return fts.in_field(self.term.field, self.likely)
        others = [phrase for phrase in self.likely if self.rare not in phrase.tokens]
        return fts.any_of([Phrase((self.rare,)), *others])


def likely(words: Sequence[Spelt]) -> str:
    """All of some words in likely spellings."""
    return among(words, " AND ".join(fts.in_field(word.term.field, word.likely) for word in words))


def among(words: Sequence[Spelt], expression: str) -> str:
    """An expression that asks for all of some words in likely spellings; where they are frequent, for rare pairs first.

    Of a long word FTS5 walks all lists up to the next paper that has the whole of it, wherever the next is that has
    the others.
    """
    rare = sorted((word for word in words if word.held), key=lambda word: word.papers)[:_HELD]
    if len(words) > 1 and any(word.papers >= _FREQUENT for word in words):
        return fts.of_those_with([word.held for word in rare], expression) if rare else expression
    return expression


def spelt(words: Sequence[Term], shelf: Shelf) -> list[Spelt]:
    """Words without the spellings that hold a pair of characters that no paper has."""
    tokens = {token for term in words for phrase in term.spellings for token in phrase.tokens}
    pairs = {token for token in tokens if is_cjk(token)}
    written = {token: token for token in pairs}
    if pairs or len(words) > _HELD:  # else it does not pay
        written |= {
            term.spellings[0].tokens[0]: term.text for term in words if term.spellings[0].tokens[0] not in pairs
        }
    known = shelf.known(list(written.values())) if written else {}
    papers = {token: known[word].papers for token, word in written.items() if word in known}
    return [_spelt(term, pairs - papers.keys(), papers) for term in words]


def _spelt(term: Term, unknown: set[str], papers: Mapping[str, int]) -> Spelt:
    phrases = term.spellings
    if unknown:
        phrases = tuple([phrase for phrase in phrases if phrase.prefix or unknown.isdisjoint(phrase.tokens)])
    rarest = max([min([papers.get(token, 0) for token in phrase.tokens]) for phrase in phrases], default=0)
    rare = _rarest(phrases, papers) if len(term.text) > 1 and is_readable(term) else ""
    if max(papers.values(), default=0) < min(MOST, _FREQUENT):
        return Spelt(term, phrases, phrases, rarest, rare=rare)
    asked = phrases[:1] + tuple(phrase for phrase in phrases[1:] if not _is_long(phrase, papers))
    return Spelt(term, phrases, asked if is_cjk(term.text) else phrases, rarest, _held(asked, papers), rare)


def _is_long(phrase: Phrase, papers: Mapping[str, int]) -> bool:
    """Whether FTS5 walks long lists for a phrase."""
    lists = [papers.get(token, 0) for token in phrase.tokens]
    return max(lists) >= _FREQUENT and sum(lists) > _LONG


def _rarest(phrases: Sequence[Phrase], papers: Mapping[str, int]) -> str:
    """The rarest token of the first of some spellings."""
    return min(phrases[0].tokens, key=lambda token: papers.get(token, 0)) if phrases else ""


def _held(phrases: Sequence[Phrase], papers: Mapping[str, int]) -> tuple[str, ...]:
    """The rarest token of a phrase; of several, the two rarest of the first, if each of the others has one of them."""
    first = phrases[0].tokens if phrases and not phrases[0].prefix else ()
    rare = sorted(first, key=lambda token: papers.get(token, 0))[: 1 if len(phrases) == 1 else 2]
    return () if any(set(rare).isdisjoint(phrase.tokens) for phrase in phrases) else tuple(rare)


def _by_reading(query: Query, words: Sequence[Spelt], shelf: Shelf, filters: Filters, limit: int) -> Matching | None:
    """What matches, by the rarest pair of each word and the texts of the papers with these; None where they are many.

    Of a word as it is typed, or with a space, all spellings but one hold its rarest pair.
    """
    read = [word.term for word in words if word.rare]
    if not read:
        return None
    rows = shelf.rows(fts.instead(query, [word.shortened_expression() for word in words]), filters, CANDIDATES + 1)
    if len(rows) > CANDIDATES:
        return None
    holding = numbers_matching(read, in_time(shelf, shelf.read(rows)))
    held = [row for row in rows if row in holding]
    return Matching(held[:limit], len(held) <= limit)


def _most(words: Sequence[Spelt], filters: Filters) -> int:
    """How many papers are given of those that have all of some words."""
    few = filters.sort is not Sort.VOTES and all(word.papers > MOST for word in words)
    return _MOST_OF_FREQUENT if few else MOST


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
    """What matches a query with characters alone ("수"): each is the beginning of a word.

    FTS5 merges all lists that begin so before it answers. A few papers, or the newest of many, are read instead.
    """
    others = replace(query, terms=tuple(term for term in query.terms if term not in signs))
    found = matching(others, shelf, filters, _READ + 1)
    if len(found.rows) > _READ and all(_entries(term, shelf) <= _ENTRIES for term in signs):
        return everywhere(query, shelf, filters)
    rows, held = found.rows[:_READ], list[int]()
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        holding = numbers_matching(signs, in_time(shelf, shelf.read(some)))
        held += [row for row in some if row in holding]
        if len(held) >= ENOUGH and len(found.rows) > _READ:
            return Matching(held, complete=False)
    return Matching(held, found.complete and len(found.rows) <= _READ)


def _entries(sign: Term, shelf: Shelf) -> int:
    return sum(word.papers for word in shelf.beginning(sign.text, _READ))
