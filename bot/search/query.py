"""The query language of search and subscriptions.

Words (all must match), "phrases", -exclusions; author:, title: and org: before a word or phrase. Names of one author
may stand with bars between them. Anything else is text: no input is an error. A query that is an arXiv id or a link to
a paper asks for that paper.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.archive.text import UNSTORABLE
from bot.papers.arxiv import arxiv_id_of
from bot.search.analysis import Phrase
from bot.search.names import QUOTES, author_spellings, organisation_spellings
from bot.search.spellings import spellings
from bot.search.typing.jamo import is_whole

MAX_QUERY = 200
"""Characters of a query that count."""

MAX_TERMS = 32
"""Words and phrases of a query that count: the first."""

_QUOTES = str.maketrans(dict.fromkeys(QUOTES, '"'))
_TERM = re.compile(r"""(?P<minus>-?)(?:(?P<field>author|title|org):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]*))""")
_MISREAD = ("-", "author:", "title:", "org:")  # what a text may not begin with when it stands without quotes


class Field(StrEnum):
    """Where a term must occur; ANY is title, authors, summary or abstract, and not the organisation."""

    ANY = "any"
    AUTHOR = "author"
    TITLE = "title"
    ORGANISATION = "org"

    @property
    def is_name(self) -> bool:
        """Whether it holds names, which have no translation."""
        return self in {Field.AUTHOR, Field.ORGANISATION}


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a query, case folded. A paper must not contain an `excluded` term.

    It is found where any of its spellings stands within one title, author, bullet or abstract. `after` is the Hangul
    word that a single character follows in its query, and may be written together with: 할 수 finds 할수.
    """

    text: str
    field: Field = Field.ANY
    excluded: bool = False
    after: str = dataclasses.field(default="", repr=False)
    spellings: tuple[Phrase, ...] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "spellings", _spellings(self))

    def __str__(self) -> str:
        needs_quotes = " " in self.text or self.text.startswith(_MISREAD)
        field = "" if self.field is Field.ANY else f"{self.field}:"
        return "-" * self.excluded + field + (f'"{self.text}"' if needs_quotes else self.text)


def _spellings(term: Term) -> tuple[Phrase, ...]:
    match term.field:
        case Field.AUTHOR:
            return author_spellings(term.text, term.after)
        case Field.ORGANISATION:
            return organisation_spellings(term.text)
        case Field.ANY | Field.TITLE:
            return spellings(term.text, term.after)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: terms that must all match, or the arXiv id of one paper. `cut`: the text was too long.

    `str(query)` is the canonical form, at most MAX_QUERY characters: it reads back as an equal query, and queries
    that differ in case or spaces alone have the same one.
    """

    terms: tuple[Term, ...] = ()
    arxiv_id: str | None = None
    cut: bool = dataclasses.field(default=False, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether it has no terms, or only exclusions. Such a query finds no paper."""
        return self.arxiv_id is None and all(term.excluded for term in self.terms)

    @property
    def is_mute(self) -> bool:
        """Whether it is one exclusion and nothing else."""
        return len(self.terms) == 1 and self.terms[0].excluded

    @property
    def sought(self) -> "Query":
        """The query with its exclusions as terms to look for: what a mute keeps away."""
        return dataclasses.replace(self, terms=tuple(dataclasses.replace(each, excluded=False) for each in self.terms))

    def __str__(self) -> str:
        return self.arxiv_id or " ".join(map(str, self.terms))


def parse(text: str) -> Query:
    """Read any text as a query. Longer than MAX_QUERY, it is cut at the last space before that, if there is one.

    Of more than MAX_TERMS terms it keeps the first.
    """
    plain = on_one_line(text)
    if (arxiv_id := arxiv_id_of(plain)) is not None:
        return Query(arxiv_id=arxiv_id)
    folded = _folded(plain)
    terms = _terms(_cut(folded, MAX_QUERY))
    query = Query(terms[:MAX_TERMS], cut=len(folded) > MAX_QUERY or len(terms) > MAX_TERMS)
    canonical = str(query)
    if len(canonical) <= MAX_QUERY:
        return query
    # Quotes that were missing made it longer; one more may be missing where it is cut.
    return Query(_terms(_cut(canonical, MAX_QUERY - 1))[:MAX_TERMS], cut=True)


def as_typed(text: str) -> str:
    """A query as it was typed, on one line, to be stored and shown; longer than MAX_QUERY, it is cut as by `parse`."""
    return _cut(on_one_line(text), MAX_QUERY)


def on_one_line(text: str) -> str:
    """A text on one line, with single spaces and without characters that can't be stored."""
    return " ".join(UNSTORABLE.sub(" ", text).split())


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
    return folded.translate(_QUOTES)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    end = text.rfind(" ", 0, limit + 1)
    return text[: end if end > 0 else limit]


def _terms(text: str) -> tuple[Term, ...]:
    """The terms that hold a token, each once."""
    found = dict.fromkeys(term for term in map(_term, _TERM.finditer(text)) if term.spellings)
    return tuple(_following(found))


def _following(terms: Iterable[Term]) -> Iterator[Term]:
    """The terms, each single character with the word that it follows: what is excluded stands in no text."""
    before: Term | None = None
    for term in terms:
        if before and _is_joined(before, term):
            yield dataclasses.replace(term, after=before.text)
        else:
            yield term
        before = before if term.excluded else term


def _is_joined(before: Term, term: Term) -> bool:
    """Whether a text may have a single character written together with the word before it."""
    is_wanted = not term.excluded and before.field is term.field
    return is_wanted and len(term.text) == 1 and is_whole(before.text + term.text)


def _term(found: re.Match[str]) -> Term:
    words = found["word"] if found["phrase"] is None else found["phrase"]
    return Term(words.strip(), Field(found["field"] or Field.ANY), bool(found["minus"]))
