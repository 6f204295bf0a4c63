"""From a query to an FTS5 MATCH expression over the columns title, authors, summary and abstract."""

from collections.abc import Iterable

from bot.search.analysis import Phrase
from bot.search.query import Field, Query, Term

_NOTHING = '""'  # a phrase without tokens: FTS5 finds no row for it
_NOWHERE = '"\ue001"'  # a token that no text has (private use); FTS5 leaves out a phrase without tokens
_COLUMNS = {Field.ANY: "", Field.AUTHOR: "authors : ", Field.TITLE: "title : ", Field.ORGANISATION: "authors : "}


def match_expression(query: Query) -> str:
    """The query in FTS5's syntax; always valid, since all text in it is quoted tokens.

    Terms may match in different columns. An empty query finds nothing, nor does an arXiv id, which no column holds.
    """
    if query.is_empty or query.arxiv_id is not None:
        return _NOTHING
    return instead(query, [term_expression(term) for term in wanted(query)])


def wanted(query: Query) -> list[Term]:
    """The terms that must match."""
    return [term for term in query.terms if not term.excluded]


def any_of_terms(terms: Iterable[Term]) -> str:
    """Any of some terms, excluded or not."""
    return " OR ".join(map(term_expression, terms))


def instead(query: Query, expressions: Iterable[str]) -> str:
    """All of `expressions` in place of the terms that must match; the query's exclusions stay."""
    found = " AND ".join(expressions)
    unwanted = any_of_terms(term for term in query.terms if term.excluded)
    return f"({found}) NOT ({unwanted})" if unwanted else found


def of_those_with(tokens: Iterable[Iterable[str]], expression: str) -> str:
    """An expression limited to the papers that have a token of each group in `tokens`.

    FTS5 would merge nested ANDs and walk all lists side by side; a NOT keeps them apart.
    """
    held = " AND ".join(any_of(Phrase((token,)) for token in each) for each in tokens)
    return f"(({held}) NOT {_NOWHERE}) AND {expression}"


def term_expression(term: Term, others: Iterable[Phrase] = ()) -> str:
    """Any spelling of a term, or any of `others`, in the columns of its field. Ignores `term.excluded`."""
    return in_field(term.field, (*term.spellings, *others))


def in_field(field: Field, phrases: Iterable[Phrase]) -> str:
    """Any of some phrases in the columns of a field."""
    return f"{_COLUMNS[field]}{any_of(phrases)}"


def any_of(phrases: Iterable[Phrase]) -> str:
    """Any of some phrases; without phrases it finds nothing."""
    asked = [quoted(phrase) for phrase in phrases]
    return asked[0] if len(asked) == 1 else f"({' OR '.join(asked) or _NOTHING})"


def quoted(phrase: Phrase) -> str:
    """A phrase as FTS5 reads it: tokens hold no quotes."""
    return f'"{phrase}"{"*" * phrase.prefix}'
