"""Other words for those of a query: other forms of verbs, nouns without particles, and translations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.search.analysis import Phrase, pairs
from bot.search.finding import fts
from bot.search.model import Filters
from bot.search.query import Field, Term
from bot.search.shelf import Shelf
from bot.search.spellings import beginnings
from bot.search.typing.comparatives import positive
from bot.search.typing.mend import bare
from bot.search.typing.verbs import forms

Wordings = Mapping[Term, tuple[Term, ...]]
"""Terms, each with the terms that may stand for it. A term that nothing else stands for is left out."""

_SEVERAL = 2  # papers that show that a word is no typing error
_MOST = 12  # forms of one word
_EVERYTHING = Filters()


@dataclass(slots=True)
class Thesaurus:
    """Looks up other words for a term, each term once."""

    shelf: Shelf
    _forms: dict[str, list[str]] = field(default_factory=dict)

    def wordings(self, terms: Sequence[Term]) -> Wordings:
        """Other words for each of the terms that some paper has."""
        found = {term: self._others(term) for term in terms}
        return {term: others for term, others in found.items() if others}

    def is_verb(self, term: Term) -> bool:
        """Whether a word is a verb's form, and papers have other forms of it."""
        return term.field is Field.ANY and " " not in term.text and bool(self._forms_of(term.text))

    def is_form(self, term: Term) -> bool:
        """Whether a word is a verb's form, or a noun with a particle, that papers have otherwise."""
        noun = bare(term.text)
        return self.is_verb(term) or (noun != term.text and self._is_written(noun))

    def is_common(self, term: Term) -> bool:
        """Whether several papers have a word."""
        return len(self.shelf.rows(fts.term_expression(term), _EVERYTHING, _SEVERAL)) == _SEVERAL

    def _others(self, term: Term) -> tuple[Term, ...]:
        if term.field is not Field.ANY or " " in term.text:
            return ()
        noun = bare(term.text)
        translations = [found.text.casefold() for found in self.shelf.translations([noun])]
        texts = dict.fromkeys([*self._forms_of(term.text), noun, *positive(term.text), *translations])
        return tuple(other for text in texts if text != term.text and (other := Term(text)).spellings)

    def _forms_of(self, word: str) -> list[str]:
        if word not in self._forms:
            found = forms(word, self._is_written)
            held = self.shelf.known([pair for form in found for pair in pairs(form)])
            self._forms[word] = [form for form in found if all(pair in held for pair in pairs(form))][:_MOST]
        return self._forms[word]

    def _is_written(self, beginning: str) -> bool:
        needed = pairs(beginning)
        if len(self.shelf.known(needed)) < len(set(needed)):
            return False
        return len(self.shelf.rows(fts.any_of(map(Phrase, beginnings(beginning))), _EVERYTHING, _SEVERAL)) == _SEVERAL
