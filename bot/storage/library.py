"""Pages, days and papers: what the archive holds, and the index that a search asks."""

import json
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.archive.page import Totals
from bot.papers import Appearance, Day, Listing, Paper
from bot.search.matcher import IndexFields
from bot.search.model import Filters, Sort
from bot.storage.codec import decode, encode, moment
from bot.storage.database import Database, Transaction

_LISTING = "a.arxiv_id, a.day, a.votes, a.content"
_ORDERS = {
    Sort.RELEVANCE: "bm25(paper_index, 10.0, 4.0, 1.0), coalesce(p.votes, -1) DESC, p.day DESC, p.id",
    Sort.VOTES: "coalesce(p.votes, -1) DESC, p.day DESC, p.id",
    Sort.NEWEST: "p.day DESC, coalesce(p.votes, -1) DESC, p.id",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much the library holds: its first and newest day (None when empty), days and papers."""

    first: date | None
    newest: date | None
    days: int
    papers: int


class Library:
    """The papers of the archive. `index_fields` says how a paper's text is indexed."""

    def __init__(self, database: Database, index_fields: Callable[[Paper], IndexFields]) -> None:
        self._database = database
        self._index_fields = index_fields

    # -- loading -------------------------------------------------------------------------------------------------

    async def page_hashes(self) -> dict[str, str]:
        """The content hash of each page that is held, by its key."""
        return {row["key"]: row["hash"] for row in await self._database.rows("SELECT key, hash FROM pages")}

    async def store_page(self, key: str, content_hash: str, day: Day, now: datetime) -> int:
        """Put a page's papers in the place of what that page held before; the number of papers new to the day.

        One transaction: papers, index and arrivals are all of the new page or all of the old one.
        """
        async with self._database.write() as tx:
            date_text = day.date.isoformat()
            present = {row[0] for row in await tx.rows("SELECT arxiv_id FROM appearances WHERE day = ?", (date_text,))}
            dropped = await self._clear_page(tx, key)
            page = await tx.add(
                "INSERT INTO pages (key, day, hash, loaded_at) VALUES (?, ?, ?, ?)",
                (key, date_text, content_hash, moment(now)),
            )
            await tx.many(
                "INSERT INTO appearances (page_id, day, position, arxiv_id, votes, authors, video, content)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_appearance(page, date_text, index, listing) for index, listing in enumerate(day.listings)],
            )
            listed = [listing.paper.arxiv_id for listing in day.listings]
            arrived = [arxiv_id for arxiv_id in listed if arxiv_id not in present]
            await tx.many(
                "INSERT OR IGNORE INTO arrivals (day, arxiv_id) VALUES (?, ?)",
                [(date_text, i) for i in arrived],
            )
            await self._refresh(tx, sorted(dropped | set(listed)))
        return len(arrived)

    async def _clear_page(self, tx: Transaction, key: str) -> set[str]:
        held = "FROM appearances WHERE page_id = (SELECT id FROM pages WHERE key = ?)"
        dropped = {row[0] for row in await tx.rows(f"SELECT arxiv_id {held}", (key,))}
        await tx.run("DELETE FROM pages WHERE key = ?", (key,))
        return dropped

    async def _refresh(self, tx: Transaction, arxiv_ids: Sequence[str]) -> None:
        """Give each paper the text and votes of its newest day; forget the papers that no day lists."""
        asked = (json.dumps(arxiv_ids),)
        held = "SELECT id FROM papers WHERE arxiv_id IN (SELECT value FROM json_each(?))"
        await tx.run(f"DELETE FROM paper_index WHERE rowid IN ({held})", asked)
        listed = "EXISTS (SELECT 1 FROM appearances WHERE arxiv_id = json_each.value)"
        gone = f"(SELECT value FROM json_each(?) WHERE NOT {listed})"
        await tx.run(f"DELETE FROM papers WHERE arxiv_id IN {gone}", asked)
        await tx.run(f"DELETE FROM arrivals WHERE arxiv_id IN {gone}", asked)
        newest = "SELECT id FROM appearances WHERE arxiv_id = json_each.value ORDER BY day DESC, id LIMIT 1"
        await tx.run(
            "INSERT INTO papers (arxiv_id, day, votes, appearance_id) SELECT a.arxiv_id, a.day, a.votes, a.id"
            f" FROM json_each(?) JOIN appearances a ON a.id = ({newest}) WHERE true ON CONFLICT (arxiv_id)"
            " DO UPDATE SET day = excluded.day, votes = excluded.votes, appearance_id = excluded.appearance_id",
            asked,
        )
        rows = await tx.rows(
            "SELECT p.id, p.arxiv_id, a.content FROM json_each(?) JOIN papers p ON p.arxiv_id = json_each.value"
            " JOIN appearances a ON a.id = p.appearance_id",
            asked,
        )
        await tx.many(
            "INSERT INTO paper_index (rowid, title, authors, summary) VALUES (?, ?, ?, ?)",
            [(row["id"], *self._indexed(row)) for row in rows],
        )

    def _indexed(self, row: sqlite3.Row) -> tuple[str, str, str]:
        fields = self._index_fields(decode(row["arxiv_id"], row["content"]))
        return fields.title, fields.authors, fields.summary

    async def totals(self, keys: Collection[str]) -> Totals:
        """What the named pages hold together."""
        counted = await self._database.rows(
            "SELECT p.key, count(*) AS appearances, count(a.votes) AS with_votes, total(a.votes) AS votes,"
            " total(a.authors) AS authors, total(a.video) AS with_video"
            " FROM pages p JOIN appearances a ON a.page_id = p.id GROUP BY p.key"
        )
        rows = [row for row in counted if row["key"] in keys]
        ids = await self._database.rows("SELECT p.key, a.arxiv_id FROM appearances a JOIN pages p ON p.id = a.page_id")
        return Totals(
            papers=len({row["arxiv_id"] for row in ids if row["key"] in keys}),
            appearances=sum(row["appearances"] for row in rows),
            with_votes=sum(row["with_votes"] for row in rows),
            votes=sum(int(row["votes"]) for row in rows),
            authors=sum(int(row["authors"]) for row in rows),
            with_video=sum(int(row["with_video"]) for row in rows),
        )

    # -- days ----------------------------------------------------------------------------------------------------

    async def day(self, when: date) -> Day | None:
        """The papers listed on a date, or None where the library has no such day."""
        rows = await self._database.rows(
            f"SELECT {_LISTING} FROM appearances a JOIN pages p ON p.id = a.page_id WHERE a.day = ?"
            " ORDER BY p.key, a.position",
            (when.isoformat(),),
        )
        listings: dict[str, Listing] = {}
        for row in rows:
            listings.setdefault(row["arxiv_id"], _found(row).listing)
        return Day(when, tuple(listings.values())) if listings else None

    async def newest_day(self) -> date | None:
        """The newest date that has papers."""
        return _date(await self._database.row("SELECT max(day) FROM appearances"))

    async def nearest_day(self, when: date) -> date | None:
        """The date with papers that is nearest to a date, the later of two."""
        day = "SELECT day FROM appearances WHERE day"
        before = _date(await self._database.row(f"{day} <= ? ORDER BY day DESC LIMIT 1", (when.isoformat(),)))
        after = _date(await self._database.row(f"{day} >= ? ORDER BY day LIMIT 1", (when.isoformat(),)))
        if before is None or after is None:
            return before or after
        return before if when - before < after - when else after

    async def coverage(self) -> Coverage:
        """How much the library holds."""
        row = await self._database.row(
            "SELECT min(day) AS first, max(day) AS newest, count(DISTINCT day) AS days,"
            " count(DISTINCT arxiv_id) AS papers FROM appearances"
        )
        if row is None or row["first"] is None:
            return Coverage(None, None, 0, 0)
        return Coverage(date.fromisoformat(row["first"]), date.fromisoformat(row["newest"]), row["days"], row["papers"])

    # -- papers --------------------------------------------------------------------------------------------------

    async def appearance(self, arxiv_id: str) -> Appearance | None:
        """A paper with the newest day that lists it."""
        found = await self.appearances([arxiv_id])
        return found.get(arxiv_id)

    async def appearances(self, arxiv_ids: Sequence[str]) -> dict[str, Appearance]:
        """The papers among these that the library holds, by arXiv id, in the order asked. At most some hundreds."""
        marks = ",".join("?" * len(arxiv_ids))
        rows = await self._database.rows(
            f"SELECT {_LISTING} FROM papers p JOIN appearances a ON a.id = p.appearance_id"
            f" WHERE p.arxiv_id IN ({marks})",
            arxiv_ids,
        )
        held = {row["arxiv_id"]: _found(row) for row in rows}
        return {arxiv_id: held[arxiv_id] for arxiv_id in arxiv_ids if arxiv_id in held}

    async def find(self, match: str, filters: Filters, limit: int, offset: int) -> tuple[int, tuple[Appearance, ...]]:
        """The papers that an FTS5 expression finds: how many in all, and one page of them."""
        condition, values = _conditions(filters)
        source = f"FROM paper_index JOIN papers p ON p.id = paper_index.rowid WHERE paper_index MATCH ?{condition}"
        total = await self._database.row(f"SELECT count(*) {source}", (match, *values))
        # The papers are chosen first and read after: text is fetched for the page shown alone.
        chosen = await self._database.rows(
            f"SELECT p.arxiv_id {source} ORDER BY {_ORDERS[filters.sort]} LIMIT ? OFFSET ?",
            (match, *values, limit, offset),
        )
        found = await self.appearances([row["arxiv_id"] for row in chosen])
        return (total[0] if total else 0), tuple(found.values())

    async def top(self, since: date | None, limit: int, offset: int = 0) -> tuple[int, tuple[Appearance, ...]]:
        """The papers with the most votes since a date: how many papers have votes, and one page of them."""
        where, values = "p.votes IS NOT NULL AND p.day >= ?", ((since or date.min).isoformat(),)
        total = await self._database.row(f"SELECT count(*) FROM papers p WHERE {where}", values)
        rows = await self._database.rows(
            f"SELECT {_LISTING} FROM papers p JOIN appearances a ON a.id = p.appearance_id WHERE {where}"
            " ORDER BY p.votes DESC, p.day DESC, p.id LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return (total[0] if total else 0), tuple(_found(row) for row in rows)

    async def random(self) -> Appearance | None:
        """Any paper of the library, each as likely as another."""
        row = await self._database.row(
            f"SELECT {_LISTING} FROM papers p JOIN appearances a ON a.id = p.appearance_id"
            " WHERE p.id = (SELECT id FROM papers ORDER BY random() LIMIT 1)"
        )
        return _found(row) if row else None

    async def recent(self, since: date) -> tuple[Appearance, ...]:
        """Every paper whose newest day is on or after a date, newest first."""
        rows = await self._database.rows(
            f"SELECT {_LISTING} FROM papers p JOIN appearances a ON a.id = p.appearance_id WHERE p.day >= ?"
            " ORDER BY p.day DESC, coalesce(p.votes, -1) DESC, p.id",
            (since.isoformat(),),
        )
        return tuple(_found(row) for row in rows)


def _appearance(page: int, day: str, position: int, listing: Listing) -> tuple[int | str | None, ...]:
    paper = listing.paper
    return (
        page,
        day,
        position,
        paper.arxiv_id,
        listing.votes,
        len(paper.authors),
        int(paper.video is not None),
        encode(paper),
    )


def _found(row: sqlite3.Row) -> Appearance:
    paper = decode(row["arxiv_id"], row["content"])
    return Appearance(date.fromisoformat(row["day"]), Listing(paper, row["votes"]))


def _date(row: sqlite3.Row | None) -> date | None:
    return date.fromisoformat(row[0]) if row and row[0] else None


def _conditions(filters: Filters) -> tuple[str, list[str | int]]:
    parts: list[tuple[str, str | int]] = []
    if filters.since:
        parts.append(("p.day >= ?", filters.since.isoformat()))
    if filters.until:
        parts.append(("p.day <= ?", filters.until.isoformat()))
    if filters.min_votes:
        parts.append(("p.votes >= ?", filters.min_votes))
    return "".join(f" AND {condition}" for condition, _ in parts), [value for _, value in parts]
