"""From a query to an FTS5 MATCH expression over the columns title, authors, summary and abstract."""

from collections.abc import Iterable

from bot.search.analysis import Phrase
from bot.search.query import Field, Query, Term

_NOTHING = '""'  # a phrase without tokens: FTS5 finds no row for it
_NOWHERE = '"\ue001"'  # a token that no text has (private use); FTS5 leaves out a phrase without tokens
_COLUMNS = {Field.ANY: "", Field.AUTHOR: "authors : ", Field.TITLE: "title : "}


def match_expression(query: Query) -> str:
    """The query as FTS5 understands it; always sound, since all text in it is quoted tokens.

    Each term may match in a column of its own. A query that is empty, or asks for an arXiv id (which no column
    holds), finds nothing.
    """
    if query.is_empty or query.arxiv_id is not None:
        return _NOTHING
    return instead(query, [term_expression(term) for term in wanted(query)])


def wanted(query: Query) -> list[Term]:
    """The terms that must match."""
    return [term for term in query.terms if not term.excluded]


def instead(query: Query, expressions: Iterable[str]) -> str:
    """All of some expressions in the place of the terms that must match; exclusions stay."""
    found = " AND ".join(expressions)
    unwanted = " OR ".join(term_expression(term) for term in query.terms if term.excluded)
    return f"({found}) NOT ({unwanted})" if unwanted else found


def of_those_with(tokens: Iterable[Iterable[str]], expression: str) -> str:
    """An expression, asked only of the papers that have one of each of these tokens.

    FTS5 would make one AND of two, and walk all lists side by side; a NOT keeps them apart.
    """
    held = " AND ".join(any_of(Phrase((token,)) for token in each) for each in tokens)
    return f"(({held}) NOT {_NOWHERE}) AND {expression}"


def term_expression(term: Term, others: Iterable[Phrase] = ()) -> str:
    """One term, excluded or not: any of its spellings, or of others, in the columns where it may stand."""
    return in_field(term.field, (*term.spellings, *others))


def in_field(field: Field, phrases: Iterable[Phrase]) -> str:
    """Any of some phrases in the columns of a field."""
    return f"{_COLUMNS[field]}{any_of(phrases)}"


def any_of(phrases: Iterable[Phrase]) -> str:
    """Any of some phrases; none at all finds nothing."""
    asked = [quoted(phrase) for phrase in phrases]
    return asked[0] if len(asked) == 1 else f"({' OR '.join(asked) or _NOTHING})"


def quoted(phrase: Phrase) -> str:
    """A phrase as FTS5 reads it: tokens hold no quotes."""
    return f'"{phrase}"{"*" * phrase.prefix}'
