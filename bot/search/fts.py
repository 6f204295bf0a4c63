"""From a query to an FTS5 MATCH expression over the columns title, authors and summary."""

from bot.search.query import Field, Query, Term

_NOTHING = '""'  # a phrase without tokens: FTS5 finds no row for it
_COLUMNS = {Field.ANY: "", Field.AUTHOR: "authors : ", Field.TITLE: "title : "}


def match_expression(query: Query) -> str:
    """The query as FTS5 understands it; always sound, since all text in it is quoted tokens.

    Each term may match in a column of its own. A query that is empty, or asks for an arXiv id (which no column
    holds), finds nothing.
    """
    if query.is_empty or query.arxiv_id is not None:
        return _NOTHING
    wanted = " AND ".join(_phrase(term) for term in query.terms if not term.excluded)
    unwanted = " OR ".join(_phrase(term) for term in query.terms if term.excluded)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _phrase(term: Term) -> str:
    return f'{_COLUMNS[term.field]}"{term.phrase.words}"{"*" * term.phrase.prefix}'
