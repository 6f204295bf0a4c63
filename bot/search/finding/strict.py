"""The papers that match a query in the way in which a subscription matches, found quickly for frequent words as well.

The index holds Korean words as pairs of characters. For each pair, FTS5 keeps the list of the papers that have it. To
find a spelling, FTS5 walks through the lists of its pairs and looks at every paper that is on all of them, even where
the pairs are far apart in the text. If a word is frequent (결과적으로), its other spellings (결과 적으로) take as long
as the typed one, though hardly any paper has them. If enough papers have the typed one, the others are only searched
for among the newest papers, and the total says that there may be more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.search.analysis import Phrase, is_cjk
from bot.search.finding import fts
from bot.search.finding.texts import numbers_matching
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
"""A pair of characters, or a word, is frequent if at least this many papers have it."""

_LONG = 10_000
"""A spelling that was not typed is searched for later if the lists of its pairs hold more papers than this in total."""

_NEWEST = 180
"""Days of the newest papers."""

_READ = 200
"""Papers whose text is read, at most, to find words that begin with a single typed character."""

_HELD = 2
"""For this many words, the rarest ones, the index is asked for a rare pair before it is asked for the whole query."""

_AT_ONCE = 20
"""Papers whose text is read in one go, of the `_READ`; the next ones are read only if too few matched."""

_ENTRIES = 50_000
"""If the words that begin with a typed character have more list entries than this, FTS5 is not asked for them."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The numbers of the newest papers that match, newest first. `complete` says that no other papers match."""

    rows: list[int]
    complete: bool = True


def matching(query: Query, shelf: Shelf, filters: Filters, limit: int = MOST) -> Matching:
    """The papers that match a query, at most `limit`.

    Other spellings of frequent words are only searched for among the newest papers, unless few papers have the typed
    ones.
    """
    words = fts.wanted(query)
    characters = [term for term in words if _is_single_character(term)]
    if characters and len(characters) < len(words):
        return _with_single_characters(query, characters, shelf, filters)
    possible = spelt(words, shelf)
    limit = min(limit, _most(possible, filters))
    found = _asked(fts.instead(query, [likely(possible)]), shelf, filters, limit)
    if all(word.is_whole for word in possible):
        return found
    everyhow = fts.instead(query, map(str, possible))
    if len(found.rows) < ENOUGH:
        return _asked(everyhow, shelf, filters, limit)
    newest = _asked(everyhow, shelf, _of_newest(filters, shelf), limit)
    return Matching(sorted({*found.rows, *newest.rows}, reverse=True)[:limit], complete=False)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A word of the query, with the spellings that papers may have.

    `phrases` are those of which the index knows every pair of characters. `likely` are those of them that are quick to
    find: the typed one, and others that few papers can have. `papers` is an upper estimate of how many papers have the
    word; for a Latin word, of how many have it as it was typed. Every paper with a likely spelling contains one of the
    tokens in `held`; it is empty if there is no such small set of tokens.
    """

    term: Term
    phrases: tuple[Phrase, ...]
    likely: tuple[Phrase, ...]
    papers: int = 0
    held: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Any of the spellings, as FTS5 reads them."""
        return fts.in_field(self.term.field, self.phrases)

    @property
    def is_whole(self) -> bool:
        """Whether all spellings are likely."""
        return self.likely == self.phrases


def likely(words: Sequence[Spelt]) -> str:
    """All of some words in likely spellings."""
    return among(words, " AND ".join(fts.in_field(word.term.field, word.likely) for word in words))


def among(words: Sequence[Spelt], expression: str) -> str:
    """The expression; if a word in it is frequent, preceded by one that asks for rare pairs of characters.

    FTS5 otherwise searches the lists of a long word's pairs up to the next paper with the whole word, even if the next
    paper with the other words comes much later.
    """
    rare = sorted((word for word in words if word.held), key=lambda word: word.papers)[:_HELD]
    if len(words) > 1 and any(word.papers >= _FREQUENT for word in words):
        return fts.of_those_with([word.held for word in rare], expression) if rare else expression
    return expression


def spelt(words: Sequence[Term], shelf: Shelf) -> list[Spelt]:
    """The words, each without the spellings that need a pair of characters that no paper has."""
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
    if max(papers.values(), default=0) < min(MOST, _FREQUENT):
        return Spelt(term, phrases, phrases, rarest)
    asked = phrases[:1] + tuple(phrase for phrase in phrases[1:] if not _is_long(phrase, papers))
    return Spelt(term, phrases, asked if is_cjk(term.text) else phrases, rarest, _held(asked, papers))


def _is_long(phrase: Phrase, papers: Mapping[str, int]) -> bool:
    """Whether FTS5 would walk through long lists of papers to find a phrase."""
    lists = [papers.get(token, 0) for token in phrase.tokens]
    return max(lists) >= _FREQUENT and sum(lists) > _LONG


def _held(phrases: Sequence[Phrase], papers: Mapping[str, int]) -> tuple[str, ...]:
    """One or two rare tokens such that every phrase contains one of them; empty if the first phrase has none such.

    For one phrase that is its rarest token. For several, the two rarest tokens of the first are tried.
    """
    first = phrases[0].tokens if phrases and not phrases[0].prefix else ()
    rare = sorted(first, key=lambda token: papers.get(token, 0))[: 1 if len(phrases) == 1 else 2]
    return () if any(set(rare).isdisjoint(phrase.tokens) for phrase in phrases) else tuple(rare)


def _most(words: Sequence[Spelt], filters: Filters) -> int:
    """How many papers are returned, at most, of those that have all of the words."""
    few = filters.sort is not Sort.VOTES and all(word.papers > MOST for word in words)
    return _MOST_OF_FREQUENT if few else MOST


def _asked(match: str, shelf: Shelf, filters: Filters, limit: int) -> Matching:
    rows = shelf.rows(match, filters, limit)
    return Matching(rows, len(rows) < limit)


def _of_newest(filters: Filters, shelf: Shelf) -> Filters:
    """The filters, narrowed to the newest papers."""
    last = min(shelf.newest_day(), filters.until or date.max)
    since = date.fromordinal(max(1, last.toordinal() - _NEWEST))
    return replace(filters, since=max(since, filters.since or date.min))


def _is_single_character(term: Term) -> bool:
    first = term.spellings[0]
    return first.prefix and len(first.tokens) == 1


def _with_single_characters(query: Query, characters: Sequence[Term], shelf: Shelf, filters: Filters) -> Matching:
    """What matches a query in which some words are a single character ("수"), which stands for the beginning of a word.

    FTS5 would first merge the lists of all words that begin with it. So the other words are searched for, and the texts
    of the papers found, or of the newest if there are many, are read.
    """
    others = replace(query, terms=tuple(term for term in query.terms if term not in characters))
    found = matching(others, shelf, filters, _READ + 1)
    if len(found.rows) > _READ and all(_entries(term, shelf) <= _ENTRIES for term in characters):
        return _asked(fts.match_expression(query), shelf, filters, MOST)
    rows, held = found.rows[:_READ], list[int]()
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        holding = numbers_matching(characters, in_time(shelf, shelf.read(some)))
        held += [row for row in some if row in holding]
        if len(held) >= ENOUGH and len(found.rows) > _READ:
            return Matching(held, complete=False)
    return Matching(held, found.complete and len(found.rows) <= _READ)


def _entries(character: Term, shelf: Shelf) -> int:
    return sum(word.papers for word in shelf.beginning(character.text, _READ))
