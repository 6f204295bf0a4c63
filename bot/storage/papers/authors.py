"""Papers' authors in the papers' own order, and who told it."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.papers import Paper
from bot.papers.authors import Authority, Record
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import attempt, readable

ORDERED = "(SELECT o.names FROM ordered_authors o WHERE o.arxiv_id = a.arxiv_id) AS ordered"
"""The names in order, for a row `a` of `appearances`; NULL if they are not known."""


def with_order(paper: Paper, ordered: str | None) -> Paper:
    """The paper with the names in a value of ORDERED; with the page's, if those can't be read."""
    names = attempt(lambda: _names(ordered), f"authors of paper {paper.arxiv_id}") if ordered else ()
    return replace(paper, authors=names, more_authors=False, ordered=True) if names else paper


def _names(held: str) -> tuple[str, ...]:
    names = tuple(json.loads(held))
    "".join(names)  # raises TypeError for what is no name
    return names


def _record(row: sqlite3.Row) -> Record:
    return Record(_names(row["names"]), datetime.fromisoformat(row["read_at"]))


class OrderedAuthors:
    """Records of papers' authors. What arXiv told is never replaced by what the site tells."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, arxiv_ids: Sequence[str]) -> dict[str, Record]:
        """The records of those papers that have one."""
        rows = await self._database.rows(
            "SELECT arxiv_id, names, read_at FROM json_each(?) JOIN ordered_authors ON arxiv_id = json_each.value",
            (json.dumps(list(arxiv_ids)),),
        )
        return dict(readable(rows, lambda row: (row["arxiv_id"], _record(row)), "the authors of paper"))

    async def keep(self, told: Mapping[str, tuple[str, ...]], now: datetime) -> None:
        """Store what arXiv told about papers; no names mean that it has no record."""
        async with self._database.write() as tx:
            await _put(tx, told, Authority.ARXIV, now)


async def put_site_authors(tx: Transaction, papers: Iterable[Paper], read_at: datetime) -> None:
    """Store the authors of papers of the site, as far as they are ordered."""
    told = {paper.arxiv_id: paper.authors for paper in papers if paper.ordered and paper.authors}
    await _put(tx, told, Authority.SITE, read_at)


async def _put(tx: Transaction, told: Mapping[str, tuple[str, ...]], by: Authority, at: datetime) -> None:
    await tx.many(
        "INSERT INTO ordered_authors (arxiv_id, told_by, read_at, names) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (arxiv_id) DO UPDATE"
        " SET told_by = excluded.told_by, read_at = excluded.read_at, names = excluded.names"
        " WHERE names = '[]' OR (told_by = excluded.told_by AND names <> excluded.names AND excluded.names <> '[]')",
        [(arxiv_id, by, moment(at), json.dumps(names, ensure_ascii=False)) for arxiv_id, names in told.items()],
    )
