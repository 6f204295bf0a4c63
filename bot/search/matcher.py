"""Whether a query matches one paper, without a database. FTS5 gives `match_expression` the same meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.papers import Paper
from bot.search.analysis import BOUNDARY, IndexedPart, IndexedWord, Phrase, indexed, joined
from bot.search.names import with_organisation
from bot.search.query import Field, Query, Term


@dataclass(frozen=True, slots=True)
class IndexFields:
    """A paper's analysed text (see `analysis.joined`), one string for each column of the index.

    `abstract` also holds the texts beside the summary, such as those in other languages. `authors` ends with the
    organisation, whose tokens are marked, so that only its own field finds them.
    """

    title: str
    authors: str
    summary: str
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that was analysed once, to be matched against many queries."""

    arxiv_id: str
    fields: IndexFields

    @classmethod
    def from_paper(cls, paper: Paper, abstract: str = "") -> "Document":
        """Analyse a paper's text and its abstract, once."""
        return cls(paper.arxiv_id, document_fields(paper, abstract))


def document_fields(paper: Paper, abstract: str = "") -> IndexFields:
    """The indexed text of a paper: title, authors, the bullets without their headings, the abstract and other texts.

    No phrase spans two authors or two bullets. An abstract or a text that equals the summary is indexed once.
    """
    return _fields(paper, _columns(paper, abstract))


def _fields(paper: Paper, columns: Sequence[Sequence[Sequence[IndexedPart]]]) -> IndexFields:
    title, authors, summary, beside = map(joined, columns)
    if paper.organisation:
        authors = with_organisation(authors, joined([indexed(paper.organisation)]), BOUNDARY)
    return IndexFields(title, authors, summary, beside)


@dataclass(frozen=True, slots=True)
class Contents:
    """What the index holds of a paper: its fields, and its words."""

    fields: IndexFields
    words: frozenset[IndexedWord]


def contents(paper: Paper, abstract: str = "") -> Contents:
    """Analyse a paper's text and its abstract for the index."""
    columns = _columns(paper, abstract)
    words = {word for segments in columns for segment in segments for part in segment for word in part.words}
    return Contents(_fields(paper, columns), frozenset(words))


def _columns(paper: Paper, abstract: str) -> list[list[list[IndexedPart]]]:
    """Title, authors, summary, abstract; of each the segments; of each the parts between white space."""
    own = paper.bullet_texts()
    others = dict.fromkeys((abstract, *(bullet for text in paper.texts for bullet in text.bullet_texts())))
    texts = ([paper.title], paper.authors, own, [text for text in others if text not in own])
    columns = [[indexed(text) for text in each] for each in texts]
    return columns if columns[-1] != columns[-2] else [*columns[:-1], []]


def matches(query: Query, document: Document) -> bool:
    """Whether a search for the query would find this paper."""
    if query.is_empty:
        return False
    if query.arxiv_id is not None:
        return query.arxiv_id == document.arxiv_id
    return all(_holds(term, document.fields) for term in query.terms)


def keeps_out(exclusions: Query, document: Document) -> bool:
    """Whether one of the exclusions, of a query that has nothing else, stands in this paper."""
    return not all(_holds(term, document.fields) for term in exclusions.terms)


def _holds(term: Term, fields: IndexFields) -> bool:
    texts = _searched(term.field, fields)
    found = any(_contains(text, spelling) for spelling in term.spellings for text in texts)
    return found is not term.excluded


def _searched(field: Field, fields: IndexFields) -> tuple[str, ...]:
    match field:
        case Field.ANY:
            return fields.title, fields.authors, fields.summary, fields.abstract
        case Field.AUTHOR | Field.ORGANISATION:
            return (fields.authors,)
        case Field.TITLE:
            return (fields.title,)


def _contains(text: str, phrase: Phrase) -> bool:
    # No token holds a space: with one on either side, a part of the string is a row of whole tokens.
    return (f" {phrase}" if phrase.prefix else f" {phrase} ") in f" {text} "
