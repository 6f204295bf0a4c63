"""Search: one question asked in tiers, each only where the earlier ones gave too little."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.search import fts
from bot.search.analysis import Phrase, is_cjk, tokens
from bot.search.halftyped import goes_on, retyped
from bot.search.mend import Correction, bare, mended, respaced
from bot.search.model import Filters, Tier
from bot.search.query import Field, Query, Term
from bot.search.shelf import Shelf
from bot.search.spellings import closed_up
from bot.search.strict import ENOUGH, MOST, matching, spelt
from bot.search.translation import translated

FEW = 4
"""Papers after which particles are left as they are."""

IN_A_ROW = 500
"""Papers that are found by the whole query as a phrase, the newest; others are among those that have all words."""

_NAME = 4  # words of an author's name
_RARE = 500  # papers of a word that are looked at where any of the words will do
_COMMONNESS = 0.5  # a correction counts for its likelihood, times the number of its papers to this power
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
    """One question, and what was found so far. `stopped`: the time was up. `capped`: there may be more."""

    shelf: Shelf
    query: Query
    filters: Filters
    groups: list[Group] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    mended: str | None = None
    translated: tuple[str, ...] = ()
    other_terms: tuple[Term, ...] = ()
    capped: bool = False
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
            if self._is_unfound() and not self._is_filtered_out():
                self._otherwise()
        except TimeoutError:
            self.stopped = True

    def _literal(self) -> None:
        strict = self._strict(self.query)
        try:
            if strict and (whole := _in_a_row(self.query)):
                match = fts.instead(self.query, [whole])
                self._add(Tier.PHRASE, self.query, self.shelf.rows(match, self.filters, IN_A_ROW))
        finally:
            self._add(Tier.ALL, self.query, strict)

    def _strict(self, query: Query) -> list[int]:
        found = matching(query, self.shelf, self.filters)
        self.capped = self.capped or not found.complete
        return found.rows

    def _half_typed(self) -> None:
        *others, last = fts.wanted(self.query)
        if last is not self.query.terms[-1] or " " in last.text:
            return
        phrases = goes_on(last.text, self.shelf)
        if not self.seen:
            phrases += retyped(last.text, self.shelf)
        if new := [phrase for phrase in dict.fromkeys(phrases) if phrase not in last.spellings]:
            asked = [*map(str, spelt(others, self.shelf)), fts.in_field(last.field, new)]
            self._add(Tier.PREFIX, self.query, self._ask(fts.instead(self.query, asked)))

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
        unknown = [word.term for word in spelt(words, self.shelf) if not self.shelf.rows(str(word), _EVERYTHING, 1)]
        wrong = unknown[:1] or ([] if self.seen else words)
        likely = [found for term in wrong for found in self._corrected(query, term)]
        likely.sort(key=lambda one: one[0], reverse=True)
        for _, other, rows in likely:
            self._mend(other, rows)
        return bool(likely)

    def _corrected(self, query: Query, term: Term) -> list[_Likely]:
        """The query with a term put right in each way that finds papers."""
        if found := list(self._found_with(query, term, respaced(term.text))):
            return found
        return list(self._found_with(query, term, mended(term.text, self.shelf.known)))

    def _found_with(self, query: Query, term: Term, corrections: Sequence[Correction]) -> Iterator[_Likely]:
        others = [str(word) for word in spelt(fts.wanted(query), self.shelf) if word.term is not term]
        texts = spelt([Term(each.text, term.field) for each in corrections], self.shelf)
        anyhow = fts.in_field(term.field, (phrase for word in texts for phrase in word.phrases))
        if texts and self.shelf.rows(fts.instead(query, [*others, anyhow]), self.filters, 1):
            for correction, word in zip(corrections, texts, strict=True):
                if rows := self._ask(fts.instead(query, [*others, str(word)])):
                    likelihood = correction.likelihood * len(rows) ** _COMMONNESS
                    yield likelihood, replace(query, terms=_with(query.terms, term, word.term)), rows

    def _any(self, query: Query) -> None:
        """The papers that have any of the words, those first that have the most and the rarest."""
        scores: defaultdict[int, float] = defaultdict(float)
        for phrases in _parts(fts.wanted(query)):
            rows = self._ask(fts.instead(query, [fts.any_of(phrases)]), _RARE)
            for row in rows:
                scores[row] += math.log(1 + 2 * _RARE / len(rows))
        best = sorted(scores, key=lambda row: (scores[row], row), reverse=True)
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


def _in_a_row(query: Query) -> str | None:
    """The whole query as a phrase, its Hangul also closed up, a few Latin words also as an author's name turned round.

    None where it is one word, or has words for one field.
    """
    words = [term.text for term in fts.wanted(query) if term.field is Field.ANY]
    if not 1 < len(words) == len(fts.wanted(query)):
        return None
    row = " ".join(words)
    closed = closed_up(row)
    if closed != row and not any(" " in word for word in words):  # spaces between quotes are meant
        return fts.any_of(_phrases(row, closed))
    if len(words) > _NAME or any(map(is_cjk, words)):
        return fts.any_of(_phrases(row))
    turned = (" ".join([*words[1:], words[0]]), " ".join([words[-1], *words[:-1]]))
    return f"{fts.any_of(_phrases(row))} OR {fts.in_field(Field.AUTHOR, _phrases(*turned))}"


def _phrases(*texts: str) -> list[Phrase]:
    return list(dict.fromkeys(Phrase(tuple(tokens(text))) for text in texts))


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
