"""Search: one question asked in tiers, each only where the earlier ones gave too little."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.search.analysis import Phrase
from bot.search.finding import fts
from bot.search.finding.phrases import asked_in_a_row, read_in_a_row
from bot.search.finding.strict import ENOUGH, MOST, at_once, everywhere, likely, matching, spelt
from bot.search.finding.translation import translated
from bot.search.model import Filters, Tier
from bot.search.query import Query, Term
from bot.search.shelf import Shelf
from bot.search.typing.halftyped import goes_on, retyped
from bot.search.typing.mend import Correction, bare, mended, respaced

FEW = 4
"""Papers after which particles are left as they are."""

IN_A_ROW = 50
"""Papers that are found by the whole query as a phrase, the newest; others are among those that have all words."""

_COUNTED = 200  # papers of a correction that tell how likely it is
_DOUBTED = 4  # words that are put right in turn where none is unknown
_RARE = 500  # papers of a word that are looked at where any of the words will do
_COMMONNESS = 0.5  # a correction counts for its likelihood, times the number of its papers to this power
_LAST_SECONDS = 0.05  # to find papers with any of the words, where the time was up and nothing found
_EVERYTHING = Filters()

_Likely = tuple[float, Query, list[int]]
"""What may have been meant, how likely that is (before it), and the papers that it finds."""


@dataclass(frozen=True, slots=True)
class Group:
    """The papers of a tier by their numbers, the newest first unless `scores` says otherwise; what was asked for."""

    tier: Tier
    query: Query
    rows: list[int]
    scores: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class Inquiry:
    """One question, and what was found so far. `stopped`: the time was up. `capped`: there may be more.

    `postponed`: of these, old papers that spell the query in another way. `begun`: what was asked of a last word that
    is half typed.
    """

    shelf: Shelf
    query: Query
    filters: Filters
    groups: list[Group] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    mended: str | None = None
    translated: tuple[str, ...] = ()
    other_terms: tuple[Term, ...] = ()
    capped: bool = False
    postponed: bool = False
    begun: str = ""
    corrections: dict[str, list[Correction]] = field(default_factory=dict)
    stopped: bool = False

    def run(self) -> None:
        """Ask, tier by tier."""
        try:
            self._literal()
            if len(self.seen) < ENOUGH:
                self._half_typed()
            if len(self.seen) < ENOUGH:
                self._translated()
            if len(self.seen) < FEW:
                self._without_particles()
            if len(self.seen) < FEW and self.postponed:
                self._everywhere()
            if self._is_unfound() and not self._is_filtered_out():
                self._otherwise()
        except TimeoutError:
            self.stopped = True
            if not self.seen:
                self.shelf.allow(_LAST_SECONDS)
                self._any(self.query)

    def _literal(self) -> None:
        found = at_once(self.query, self.shelf, self.filters)
        self.capped, self.postponed = not found.complete, found.postponed
        try:
            if found.rows:
                self._add(Tier.PHRASE, self.query, self._in_a_row(found.rows))
        finally:
            self._add(Tier.ALL, self.query, found.rows)

    def _in_a_row(self, rows: Sequence[int]) -> list[int]:
        if (read := read_in_a_row(self.query, rows, self.shelf)) is not None:
            return read
        asked = asked_in_a_row(self.query, self.shelf)
        return self.shelf.rows(asked, self.filters, IN_A_ROW) if asked else []

    def _strict(self, query: Query) -> list[int]:
        found = at_once(query, self.shelf, self.filters)
        self.capped = self.capped or not found.complete
        return found.rows

    def _everywhere(self) -> None:
        """What was put off: other spellings of frequent words, in old papers."""
        if self._add(Tier.ALL, self.query, everywhere(self.query, self.shelf, self.filters).rows):
            self.groups.sort(key=lambda group: group.tier)
            self.mended = None

    def _half_typed(self) -> None:
        *others, last = fts.wanted(self.query)
        if last is not self.query.terms[-1] or " " in last.text:
            return
        phrases = goes_on(last.text, self.shelf)
        if not self.seen:
            phrases += retyped(last.text, self.shelf)
        if new := [phrase for phrase in dict.fromkeys(phrases) if phrase not in last.spellings]:
            asked = [*_likely(others, self.shelf), fts.in_field(last.field, new)]
            self.begun = fts.instead(self.query, asked)
            self._add(Tier.PREFIX, self.query, self._ask(self.begun))

    def _translated(self) -> None:
        found = translated(self.query, self.shelf.translations)
        if not found:
            return
        weighed = replace(self.query, terms=self.query.terms + found.terms)
        if self._add(Tier.TRANSLATED, weighed, self._ask(found.match)):
            self.translated = found.texts
            self.other_terms = found.terms

    def _is_unfound(self) -> bool:
        """Whether no paper has the words as they are, and few have what they may be."""
        return len(self.seen) < FEW and all(group.tier > Tier.ALL for group in self.groups)

    def _is_filtered_out(self) -> bool:
        """Whether papers have the words, but none that the filters let through: then no word is wrong."""
        if replace(self.filters, sort=_EVERYTHING.sort) == _EVERYTHING:
            return False
        if self.begun and self.shelf.rows(self.begun, _EVERYTHING, 1):
            return True
        without_particles = _each_term(self.query, bare, fts.wanted(self.query))
        return bool(matching(without_particles, self.shelf, _EVERYTHING, 1).rows)

    def _without_particles(self) -> None:
        """The query with one word's particle taken off, each in turn; then, where that is too little, with all."""
        words = [term for term in fts.wanted(self.query) if bare(term.text) != term.text]
        query = _each_term(self.query, bare, words)
        rows = self._strict(query) if words else []
        if len(words) > 1 and not self.seen.issuperset(rows):
            for term in words:
                one = _each_term(self.query, bare, [term])
                self._mend(one, self._strict(one))
        if len(self.seen) < FEW:
            self._mend(query, rows)

    def _otherwise(self) -> None:
        without_particles = _each_term(self.query, bare, fts.wanted(self.query))
        for query in dict.fromkeys((without_particles,) if self.seen else (self.query, without_particles)):
            if self._without_error(query):
                return
        if not self.seen:
            self._any(self.query)

    def _mend(self, query: Query, rows: Iterable[int]) -> None:
        is_first = not self.seen
        if self._add(Tier.MENDED, query, rows) and is_first:
            self.mended = str(query)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that were really asked."""
        last = self.groups[-1].query if self.groups else self.query
        return tuple(dict.fromkeys(last.terms + self.other_terms))

    def _without_error(self, query: Query) -> bool:
        """The query with one word put right: the first that no paper has, else any, on no hit at all."""
        words = fts.wanted(query)
        unknown = [word for word in words if not self.shelf.rows(likely(spelt([word], self.shelf)), _EVERYTHING, 1)]
        wrong = unknown[:1] or ([] if self.seen else self._rarest(words))
        meant = [found for term in wrong for found in self._corrected(query, term)]
        meant.sort(key=lambda one: one[0], reverse=True)
        for _, other, rows in meant:
            self._mend(other, rows)
        return bool(meant)

    def _rarest(self, words: Sequence[Term]) -> list[Term]:
        """Those of some known words that are likeliest to be wrong: a slip seldom makes a common word."""
        if len(words) <= _DOUBTED:
            return list(words)
        papers = {one.term: one.papers for one in spelt(words, self.shelf)}
        rarest = sorted(words, key=lambda word: papers[word])[:_DOUBTED]
        return [word for word in words if word in rarest]

    def _corrected(self, query: Query, term: Term) -> list[_Likely]:
        """The query with a term put right in each way that finds papers."""
        if found := list(self._found_with(query, term, respaced(term.text))):
            return found
        if term.text not in self.corrections:
            self.corrections[term.text] = mended(term.text, self.shelf.known, self.shelf.check)
        return list(self._found_with(query, term, self.corrections[term.text]))

    def _found_with(self, query: Query, term: Term, corrections: Sequence[Correction]) -> Iterator[_Likely]:
        others = _likely([word for word in fts.wanted(query) if word is not term], self.shelf)
        texts = spelt([Term(each.text, term.field) for each in corrections], self.shelf)
        anyhow = fts.in_field(term.field, (phrase for word in texts for phrase in word.likely))
        if texts and self.shelf.rows(fts.instead(query, [*others, anyhow]), self.filters, 1):
            for correction, word in zip(corrections, texts, strict=True):
                match = fts.instead(query, [*others, fts.in_field(term.field, word.likely)])
                if rows := self._ask(match, _COUNTED):
                    likelihood = correction.likelihood * len(rows) ** _COMMONNESS
                    yield likelihood, replace(query, terms=_with(query.terms, term, word.term)), rows

    def _any(self, query: Query) -> None:
        """The papers that have any of the words, those first that have the most and the rarest."""
        scores: defaultdict[int, float] = defaultdict(float)
        try:
            for phrases in _parts(fts.wanted(query)):
                rows = self._ask(fts.instead(query, [fts.any_of(phrases)]), _RARE)
                for row in rows:
                    scores[row] += math.log(1 + 2 * _RARE / len(rows))
        except TimeoutError:
            self.stopped = True
        best = sorted(scores, key=lambda row: (scores[row], row), reverse=True)
        if best:
            self.groups.append(Group(Tier.ANY, query, best, scores))
        self.seen.update(best)

    def _ask(self, match: str, limit: int = MOST) -> list[int]:
        rows = self.shelf.rows(match, self.filters, limit)
        self.capped = self.capped or len(rows) == limit
        return rows

    def _add(self, tier: Tier, query: Query, rows: Iterable[int]) -> bool:
        new = [row for row in rows if row not in self.seen]
        self.seen.update(new)
        if new:
            self.groups.append(Group(tier, query, new))
        return bool(new)


def _likely(words: Sequence[Term], shelf: Shelf) -> list[str]:
    """All of some words in likely spellings; nothing where there are none."""
    return [likely(spelt(words, shelf))] if words else []


def _each_term(query: Query, change: Callable[[str], str], which: Sequence[Term]) -> Query:
    terms = (replace(term, text=change(term.text)) if term in which else term for term in query.terms)
    return replace(query, terms=tuple(dict.fromkeys(term for term in terms if term.spellings)))


def _with(terms: Sequence[Term], old: Term, new: Term) -> tuple[Term, ...]:
    return tuple(new if term is old else term for term in terms)


def _parts(words: Iterable[Term]) -> Iterator[tuple[Phrase, ...]]:
    """The words, and of each its tokens."""
    for term in words:
        yield term.spellings
        first = term.spellings[0]
        if len(first.tokens) > 1:
            yield from ((Phrase((token,)),) for token in dict.fromkeys(first.tokens))
