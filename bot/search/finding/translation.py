"""Translations of a query's terms: 환각 also finds hallucination, and 검색 증강 생성 finds RAG."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.search.finding import fts
from bot.search.pairs import Translation
from bot.search.query import Query, Term

Row = tuple[int, int]
"""Neighbouring terms of a query: the index of the first, and the index after the last."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A translated query: an FTS5 expression, and the terms that were added."""

    match: str
    terms: tuple[Term, ...]
    texts: tuple[str, ...]
    """The translations as the archive writes them."""


def translated(query: Query, ask: Callable[[Sequence[str]], Iterable[Translation]]) -> Translated | None:
    """The query with translations of its terms; None if there are none.

    `ask` returns the translations of a sequence of words. A paper may have each term, or neighbours that are one term
    together, as typed or translated, in the same field. Names and excluded words are not translated.
    """
    said = [term for term in fts.wanted(query) if not term.field.is_name]
    names = [term for term in fts.wanted(query) if term.field.is_name]
    others: dict[Row, list[str]] = {}
    for found in ask([term.text for term in said]):
        others.setdefault((found.start, found.end), []).append(found.text)
    chosen = _apart(row for row in others if _of_one_field(said[slice(*row)]))
    if not chosen:
        return None
    units, terms = [], []
    for start, end in chosen:
        same = [Term(text.casefold(), said[start].field) for text in others[start, end]]
        literal = " AND ".join(map(fts.term_expression, said[start:end]))
        units.append(" OR ".join([f"({literal})", *map(fts.term_expression, same)]))
        terms += same
    covered = {index for row in chosen for index in range(*row)}
    units += [fts.term_expression(term) for index, term in enumerate(said) if index not in covered]
    units += map(fts.term_expression, names)
    texts = tuple(dict.fromkeys(text for row in chosen for text in others[row]))
    return Translated(fts.instead(query, [f"({unit})" for unit in units]), tuple(terms), texts)


def _of_one_field(terms: Sequence[Term]) -> bool:
    return len({term.field for term in terms}) == 1


def _apart(rows: Iterable[Row]) -> list[Row]:
    """Rows that share no term, the longest first."""
    chosen: list[Row] = []
    for start, end in sorted(rows, key=lambda row: (row[0] - row[1], row)):
        if all(end <= other or start >= until for other, until in chosen):
            chosen.append((start, end))
    return sorted(chosen)
