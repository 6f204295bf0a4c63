"""Which papers a digest's subject finds, asked of the index. It has the text of each paper's newest day."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.digests.subject import excluded_of, is_all_but
from bot.search.finding.fts import any_of_terms, match_expression
from bot.search.query import parse
from bot.storage.engine.database import Database
from bot.storage.engine.rows import IS_DATE
from bot.storage.engine.searchers import Searcher
from bot.storage.papers.numbers import first_row, turned

_PATIENCE = 1.0  # seconds
_CLOSED = f"{IS_DATE} AND day NOT IN (SELECT day FROM half_days)"


def papers_about(query: str, place: str = "?", since: date | None = None) -> tuple[str, str]:
    """SQL for the arXiv ids of the papers that match a subject, and the value of its parameter, written as `place`.

    With `since`, papers whose newest day is earlier may be left out.
    """
    parsed = parse(query)
    if parsed.arxiv_id is not None:
        return f"SELECT {place}", parsed.arxiv_id
    first = first_row(since or date.min)
    recent = f" AND (rowid <= {turned(first)} OR rowid > {turned(0)})" if since else ""
    rows = f"SELECT {turned(0)} - rowid FROM paper_index WHERE paper_index MATCH {place}{recent}"
    if is_all_but(parsed):
        ids = f"SELECT arxiv_id FROM papers WHERE (id >= {first} OR id < 0) AND id NOT IN ({rows})"
        return ids, any_of_terms(excluded_of(parsed))
    return f"SELECT arxiv_id FROM papers WHERE id IN ({rows})", match_expression(parsed)


class SubjectCounts:
    """Counts the papers of recent days that match subjects."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(
        self, queries: Sequence[str], days: int, min_votes: int
    ) -> tuple[Mapping[date, int], list[Mapping[date, int]]]:
        """How many papers each of the newest `days` dates has, and how many of them match each query.

        Dates that are not closed, or have no papers, are left out; for a query, those without a match. Raises
        TimeoutError if that takes longer than a second.
        """
        return await self._database.search(lambda searcher: _counts(searcher, queries, days, min_votes))


def _counts(
    searcher: Searcher, queries: Sequence[str], days: int, min_votes: int
) -> tuple[Mapping[date, int], list[Mapping[date, int]]]:
    searcher.allow(_PATIENCE)
    newest = searcher.rows(f"SELECT max(day) FROM appearances WHERE {_CLOSED}", ())[0][0]
    if newest is None:
        return {}, [{} for _ in queries]
    since = date.fromisoformat(newest) - timedelta(days=days - 1)
    by_day = f"SELECT day, count(DISTINCT arxiv_id) FROM appearances WHERE day >= ? AND {_CLOSED}"
    totals = _by_day(searcher.rows(f"{by_day} GROUP BY day", (since.isoformat(),)))
    counts = []
    for query in queries:
        found, value = papers_about(query, since=since)
        sql = f"{by_day} AND coalesce(votes, 0) >= ? AND arxiv_id IN ({found}) GROUP BY day"
        counts.append(_by_day(searcher.rows(sql, (since.isoformat(), min_votes, value))))
    return totals, counts


def _by_day(rows: Sequence[sqlite3.Row]) -> Mapping[date, int]:
    return {date.fromisoformat(day): count for day, count in rows}
