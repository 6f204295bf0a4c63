"""Papers that no day lists (docs/adr/016-anywhere.md). Their details and authors are stored as other papers' are."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.papers import Appearance, Listing
from bot.sources.model import SitePaper
from bot.storage.engine.codec import decode, encode, moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import readable
from bot.storage.papers.authors import ORDERED, put_site_authors, with_order
from bot.storage.papers.details import TEXTS, put_details, with_texts
from bot.summaries.plain import plain_bullets

_FORGOTTEN = "arxiv_id IN (SELECT arxiv_id FROM papers) OR read_at < ? AND arxiv_id NOT IN (SELECT arxiv_id FROM saved)"


class Strays:
    """The stored strays. `Library.appearances` reads them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, paper: SitePaper, now: datetime) -> None:
        """Store a paper, unless a day lists it meanwhile."""
        arxiv_id = paper.details.arxiv_id
        stray = replace(paper.listing.paper, summary=plain_bullets(paper.details))
        async with self._database.write() as tx:
            if await tx.row("SELECT 1 FROM papers WHERE arxiv_id = ?", (arxiv_id,)):
                return  # its details are in the index, and may be changed with that alone
            await put_details(tx, paper.details, now)
            await put_site_authors(tx, [paper.listing.paper], now)
            await tx.run(
                "INSERT OR REPLACE INTO strays (arxiv_id, read_at, content) VALUES (?, ?, ?)",
                (arxiv_id, moment(now), encode(stray)),
            )


async def strays_among(database: Database, arxiv_ids: Sequence[str]) -> dict[str, Appearance]:
    """Those of the papers that are strays, by arXiv id."""
    rows = await database.rows(
        f"SELECT a.arxiv_id, a.content, {ORDERED}, {TEXTS} FROM json_each(?) JOIN strays a ON a.arxiv_id = value",
        (json.dumps(arxiv_ids),),
    )
    return {found.listing.paper.arxiv_id: found for found in readable(rows, _stray, "stray")}


async def forget_strays(tx: Transaction, before: datetime, limit: int) -> int:
    """Delete up to `limit` strays that a day lists now, or that were read before a moment and are on no reading list.

    Returns how many. Their details and authors go with them, unless a day lists the paper.
    """
    rows = await tx.rows(f"SELECT arxiv_id FROM strays WHERE {_FORGOTTEN} LIMIT ?", (moment(before), limit))
    gone = [(row["arxiv_id"],) for row in rows]
    await tx.many("DELETE FROM strays WHERE arxiv_id = ?", gone)
    for table in ("details", "ordered_authors"):
        unlisted = "arxiv_id NOT IN (SELECT arxiv_id FROM papers)"
        await tx.many(f"DELETE FROM {table} WHERE arxiv_id = ? AND {unlisted}", gone)
    return len(gone)


def _stray(row: sqlite3.Row) -> Appearance:
    paper = with_order(decode(row["arxiv_id"], row["content"]), row["ordered"])
    return Appearance(None, Listing(with_texts(paper, row["made"], row["told"], row["organisation"])))
