"""A search in tiers: each tier runs only if the earlier ones found too few papers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.search.analysis import Phrase
from bot.search.finding import fts
from bot.search.finding.phrases import phrase_expression
from bot.search.finding.rank import Group
from bot.search.finding.some import Some
from bot.search.finding.strict import ENOUGH, MOST, likely, matching, spelt
from bot.search.finding.translation import translated
from bot.search.finding.wording import Thesaurus, Wordings
from bot.search.model import Filters, Tier
from bot.search.query import Field, Query, Term
from bot.search.shelf import Shelf
from bot.search.typing.fillers import is_filler, without_fillers
from bot.search.typing.halftyped import goes_on, retyped
from bot.search.typing.mend import Correction, bare, mended, respaced
from bot.search.typing.wishes import Wish, says_wish, wish_of

FEW = 4
"""If this many papers were found, particles are not removed."""

IN_A_ROW = 50
"""Papers found by the whole query as a phrase, the newest. Others are among those that have all words."""

_COUNTED = 200  # papers of a correction that tell how likely it is
_DOUBTED = 4  # words that are put right in turn where none is unknown
_COMMONNESS = 0.5  # a correction counts for its likelihood, times the number of its papers to this power
_LAST_SECONDS = 0.05  # to find papers with any of the words, where the time was up and nothing found
_EVERYTHING = Filters()
_NONE: Wordings = {}


@dataclass(frozen=True, slots=True)
class _Meant:
    """A query that may have been meant, how likely that is, what it finds, and the word that was corrected."""

    likelihood: float
    query: Query
    rows: list[int]
    word: Term


@dataclass(slots=True)
class Inquiry:
    """One query and what was found so far. `stopped`: it took too long. `capped`: there may be more.

    `begun`: what was asked of a last word that is half typed. `asked`: a question with its filler words. `wished`: the
    names of what it wants done, and its other words. `mending`: seconds for correcting typing errors, and for a wish.
    """

    shelf: Shelf
    query: Query
    filters: Filters
    mending: float
    groups: list[Group] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    mended: str | None = None
    translated: tuple[str, ...] = ()
    other_terms: tuple[Term, ...] = ()
    wished: tuple[Term, ...] = ()
    capped: bool = False
    begun: str = ""
    corrections: dict[str, list[Correction]] = field(default_factory=dict)
    is_question: bool = False
    asked: Query = field(init=False)
    stopped: bool = False
    thesaurus: Thesaurus = field(init=False)

    def __post_init__(self) -> None:
        self.asked, self.thesaurus = self.query, Thesaurus(self.shelf)

    def run(self) -> None:
        """Run the tiers, one after another."""
        try:
            self._whole_question()
            self._literal()
            if len(self.seen) < ENOUGH:
                self._half_typed()
            if len(self.seen) < ENOUGH:
                self._translated()
            if self.is_question and len(self.seen) < ENOUGH:
                self._in_other_forms()
            if len(self.seen) < FEW:
                self._without_particles(fts.wanted(self.query))
            if not self.is_question and len(self.seen) < FEW:
                self._in_other_forms()
            if self._is_unfound() and not self._is_filtered_out():
                self._corrected_or_any()
        except TimeoutError:
            self.stopped = True
            if not self.seen:
                self.shelf.allow(_LAST_SECONDS)
                self._any(self.query, {})

    def _whole_question(self) -> None:
        """Ask for all words of a question, as a title may have them. From then on its filler words are left out.

        Where so many papers have all words, the filler words distinguish none of them.
        """
        subject = without_fillers(self.query)
        if subject == self.query:
            return
        self._literal()
        if len(self.seen) < ENOUGH:
            self._half_typed()
            if len(self.seen) < FEW:
                self._without_particles(self._with_particles(subject), Tier.WHOLE)
        else:
            self.groups = [group for group in self.groups if group.tier is Tier.PHRASE]
            self.seen = {row for group in self.groups for row in group.rows}
        self.query, self.is_question = subject, True
        self._wished()

    def _wished(self) -> None:
        """Search for what a question wants done by its names, for part of the time: its own words follow."""
        if (wish := wish_of(self.asked, self.query)) is None:
            return
        try:
            with self.shelf.limited(self.mending):
                self._named(wish)
        except TimeoutError:
            self.shelf.check()
            self.stopped = True

    def _named(self, wish: Wish) -> None:
        wordings = self.thesaurus.wordings(wish.others)
        asked = [
            *(fts.term_expression(term, _spellings(wordings.get(term, ()))) for term in wish.others),
            f"({fts.any_of_terms(wish.names)})",
        ]
        named = replace(self.query, terms=(*wish.others, *wish.names))
        if self._add(Tier.WISH, named, self._ask(fts.instead(self.query, asked)), wordings):
            self.wished, self.translated = named.terms, wish.told

    def _with_particles(self, subject: Query) -> list[Term]:
        """The words of a question whose particles may be removed; if its subject has a verb, only filler words."""
        words = fts.wanted(self.query)
        if any(map(self.thesaurus.is_verb, fts.wanted(subject))):
            return [word for word in words if is_filler(word.text)]
        return words

    def _literal(self) -> None:
        found = matching(self.query, self.shelf, self.filters)
        self.capped = not found.complete
        in_a_row, apart = (Tier.CORE, Tier.CORE) if self.is_question else (Tier.PHRASE, Tier.ALL)
        try:
            if found.rows:
                self._add(in_a_row, self.query, self._in_a_row())
        finally:
            self._add(apart, self.query, found.rows)

    def _in_a_row(self) -> list[int]:
        asked = phrase_expression(self.query, self.shelf)
        return self.shelf.rows(asked, self.filters, IN_A_ROW) if asked else []

    def _strict(self, query: Query) -> list[int]:
        found = matching(query, self.shelf, self.filters)
        self.capped = self.capped or not found.complete
        return found.rows

    def _half_typed(self) -> None:
        *others, last = fts.wanted(self.query)
        if last is not self.query.terms[-1] or " " in last.text or last.field is Field.ORGANISATION:
            return
        phrases = goes_on(last.text, self.shelf)
        if not self.seen:
            phrases += retyped(last.text, self.shelf)
        if new := [phrase for phrase in dict.fromkeys(phrases) if phrase not in last.spellings]:
            asked = [*self._likely(others), fts.in_field(last.field, new)]
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

    def _in_other_forms(self) -> None:
        """Search for verbs in other forms, and nouns without particles or in the other language."""
        words = fts.wanted(self.query)
        if not self.is_question and not any(map(self.thesaurus.is_verb, words)):
            return
        wordings = self.thesaurus.wordings(words)
        if not wordings:
            return
        asked = [fts.term_expression(term, _spellings(wordings.get(term, ()))) for term in words]
        if self._add(Tier.FORMS, self.query, self._ask(fts.instead(self.query, asked)), wordings):
            self.other_terms += tuple(dict.fromkeys(other for others in wordings.values() for other in others))

    def _is_unfound(self) -> bool:
        """Whether no paper has the words as typed, and few were found otherwise."""
        return len(self.seen) < FEW and not any(group.tier.is_as_typed for group in self.groups)

    def _is_filtered_out(self) -> bool:
        """Whether papers have the words, but the filters exclude them all. Then no word is wrong."""
        if replace(self.filters, sort=_EVERYTHING.sort) == _EVERYTHING:
            return False
        if self.begun and self.shelf.rows(self.begun, _EVERYTHING, 1):
            return True
        without_particles = _each_term(self.query, bare, fts.wanted(self.query))
        return bool(matching(without_particles, self.shelf, _EVERYTHING, 1).rows)

    def _without_particles(self, words: Sequence[Term], tier: Tier = Tier.MENDED) -> None:
        """Remove the particle of one of the words, each in turn; if that finds too few papers, of all of them."""
        words = [term for term in words if bare(term.text) != term.text]
        query = _each_term(self.query, bare, words)
        rows = self._strict(query) if words else []
        if len(words) > 1 and not self.seen.issuperset(rows):
            for term in words:
                one = _each_term(self.query, bare, [term])
                self._mend(one, self._strict(one), tier)
        if len(self.seen) < FEW:
            self._mend(query, rows, tier)

    def _corrected_or_any(self) -> None:
        try:
            with self.shelf.limited(self.mending):
                if self._corrected_somehow():
                    return
        except TimeoutError:
            self.shelf.check()
            self.capped = True
        if self.is_question:
            self._any(self.query, self.thesaurus.wordings(fts.wanted(self.query)))
        elif not self.seen:
            self._any(self.query, _NONE)

    def _corrected_somehow(self) -> bool:
        if not self.seen and self.is_question:
            self._without_error(self.asked, doubt=False)
        without_particles = _each_term(self.query, bare, fts.wanted(self.query))
        queries = dict.fromkeys((without_particles,) if self.seen else (self.query, without_particles))
        return any(self._without_error(query, doubt=not self.seen) for query in queries)

    def _mend(self, query: Query, rows: Iterable[int], tier: Tier = Tier.MENDED) -> None:
        is_first = not self.seen and tier is Tier.MENDED
        if self._add(tier, query, rows) and is_first:
            self.mended = str(query)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that were searched for."""
        last = self.groups[-1].query if self.groups else self.query
        return tuple(dict.fromkeys((self.wished or last.terms) + self.other_terms))

    def _without_error(self, query: Query, *, doubt: bool) -> bool:
        """The query with one word corrected: the first that no paper has; else any, if there is `doubt` about all.

        Filler words and those of a wish are right, and so is a verb that papers have with another ending; in a
        question, a noun with another particle too. A word that papers have is never corrected to one that a single
        paper has.
        """
        is_form = self.thesaurus.is_form if self.is_question else self.thesaurus.is_verb
        doubted = [word for word in fts.wanted(query) if not (is_filler(word.text) or says_wish(word.text))]
        words = [word for word in doubted if not is_form(word)]
        unknown = [word for word in words if not self.shelf.rows(likely(spelt([word], self.shelf)), _EVERYTHING, 1)]
        wrong = unknown[:1] or (self._rarest(words) if doubt else [])
        meant = [found for term in wrong for found in self._corrected(query, term)]
        if not unknown:
            meant = [found for found in meant if self.thesaurus.is_common(found.word)]
        meant.sort(key=lambda found: found.likelihood, reverse=True)
        for found in meant:
            self._mend(found.query, found.rows)
        return bool(meant)

    def _rarest(self, words: Sequence[Term]) -> list[Term]:
        """The words that are most likely wrong: a typing error rarely results in a common word."""
        if len(words) <= _DOUBTED:
            return list(words)
        papers = {one.term: one.papers for one in spelt(words, self.shelf)}
        rarest = sorted(words, key=lambda word: papers[word])[:_DOUBTED]
        return [word for word in words if word in rarest]

    def _corrected(self, query: Query, term: Term) -> list[_Meant]:
        """The query with a term corrected in each way that finds papers."""
        if found := list(self._found_with(query, term, respaced(term.text))):
            return found
        if term.text not in self.corrections:
            self.corrections[term.text] = mended(term.text, self.shelf.known, self.shelf.check)
        return list(self._found_with(query, term, self.corrections[term.text]))

    def _found_with(self, query: Query, term: Term, corrections: Sequence[Correction]) -> Iterator[_Meant]:
        others = self._likely([word for word in fts.wanted(query) if word is not term])
        texts = spelt([Term(each.text, term.field) for each in corrections], self.shelf)
        anyhow = fts.in_field(term.field, (phrase for word in texts for phrase in word.likely))
        if texts and self.shelf.rows(fts.instead(query, [*others, anyhow]), self.filters, 1):
            for correction, word in zip(corrections, texts, strict=True):
                match = fts.instead(query, [*others, fts.in_field(term.field, word.likely)])
                if rows := self._ask(match, _COUNTED):
                    likelihood = correction.likelihood * len(rows) ** _COMMONNESS
                    yield _Meant(likelihood, replace(query, terms=_with(query.terms, term, word.term)), rows, word.term)

    def _any(self, query: Query, wordings: Wordings) -> None:
        """The papers that have some of the words."""
        some = Some(self.shelf, query, self.filters, wordings)
        best = [row for row in some.best() if row not in self.seen]
        self.stopped, self.capped = self.stopped or some.stopped, self.capped or some.capped
        if best:
            self.groups.append(Group(Tier.ANY, query, best, wordings, some.scores))
        self.seen.update(best)

    def _likely(self, words: Sequence[Term]) -> list[str]:
        """An expression for all of the words in likely spellings; no expression if there are no words."""
        texts = spelt(words, self.shelf)
        self.capped = self.capped or not all(word.is_whole for word in texts)
        return [likely(texts)] if texts else []

    def _ask(self, match: str, limit: int = MOST) -> list[int]:
        rows = self.shelf.rows(match, self.filters, limit)
        self.capped = self.capped or len(rows) == limit
        return rows

    def _add(self, tier: Tier, query: Query, rows: Iterable[int], wordings: Wordings = _NONE) -> bool:
        new = [row for row in rows if row not in self.seen]
        self.seen.update(new)
        if new:
            self.groups.append(Group(tier, query, new, wordings))
        return bool(new)


def _spellings(terms: Iterable[Term]) -> Iterator[Phrase]:
    return (phrase for term in terms for phrase in term.spellings)


def _each_term(query: Query, change: Callable[[str], str], which: Sequence[Term]) -> Query:
    terms = (replace(term, text=change(term.text)) if term in which else term for term in query.terms)
    return replace(query, terms=tuple(dict.fromkeys(term for term in terms if term.spellings)))


def _with(terms: Sequence[Term], old: Term, new: Term) -> tuple[Term, ...]:
    return tuple(new if term is old else term for term in terms)
