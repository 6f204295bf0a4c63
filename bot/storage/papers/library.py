"""Pages, days and papers of the archive, with the index that searches use."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.archive.page import Totals
from bot.errors import StorageError
from bot.papers import Appearance, Coverage, Day, Details, Listing
from bot.search.model import Filters
from bot.sources.whole import end_of
from bot.storage.engine.codec import decode, encode, moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import IS_DATE, readable
from bot.storage.papers.authors import ORDERED, with_order
from bot.storage.papers.details import ABSTRACT, TEXTS, put_details, show, with_texts
from bot.storage.papers.index import Entry, PaperIndex, Removed, entries_of, indexed_paper
from bot.storage.papers.late import release_late
from bot.storage.papers.numbers import numbered
from bot.storage.papers.shelf import SqlShelf, find_page
from bot.storage.papers.strays import strays_among
from bot.storage.papers.written import OWN_KEY, outdate

HALF_DAYS = "SELECT day FROM half_days"
"""The days that are not closed, so that editions and alerts don't see them yet: at most a handful."""
_LISTING = f"a.arxiv_id, a.day, a.votes, a.content, {ORDERED}, {TEXTS}"
_PAGE_DUE = timedelta(hours=12)  # after its day ends

FOLDER, SITE = 0, 1
"""Where a page's papers come from. If both pages of a day have a paper, the folder's text is used."""
_READ_VOTES = (
    "(SELECT v.votes FROM votes v WHERE v.day = appearances.day AND v.arxiv_id = appearances.arxiv_id"
    " ORDER BY v.hour DESC LIMIT 1)"
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page to store under a key, replacing the one there; `origin` is FOLDER or SITE.

    `details` of papers are stored with it; they were read at `read_at` by the site's clock.
    """

    key: str
    content_hash: str
    day: Day
    origin: int = FOLDER
    details: tuple[Details, ...] = ()
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """What storing a page changed: how many papers are new to the day, and what the index lost."""

    new_papers: int
    removed: Removed


class Library:
    """The papers of the archive."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._index = PaperIndex()

    async def refresh_index(self, seconds: float | None = None) -> bool:
        """Rebuild the index if another version of the analysis made it, for up to `seconds`; return whether it is done.

        Call it before any search, as an old index can't be read. The next call continues where the last one stopped.
        """
        return await self._index.refresh(self._database, seconds)

    async def expect_index(self) -> None:
        """Raise StorageError if another version of the text analysis made the index, as it can't be rebuilt here."""
        if not await self._index.is_current(self._database):
            raise StorageError(
                f"{self._database.path} is indexed by another version of Paperboy: copy it to a writable folder"
            )

    # -- loading -------------------------------------------------------------------------------------------------

    async def page_hashes(self) -> dict[str, frozenset[str]]:
        """The content hashes of stored pages by key, including pages that Paperboy wrote."""
        held: defaultdict[str, set[str]] = defaultdict(set)
        pages = f"SELECT key, hash FROM pages UNION ALL SELECT {OWN_KEY} AS key, hash FROM own_pages"
        for row in await self._database.rows(pages):
            held[row["key"]].add(row["hash"])
        return {key: frozenset(hashes) for key, hashes in held.items()}

    async def store_page(self, key: str, content_hash: str, day: Day, now: datetime) -> int:
        """Store a page's papers in place of those it held before; return how many are new to the day.

        Papers, index and arrivals change in one transaction, words and pairs right after it. A page that Paperboy wrote
        is skipped, as it holds nothing new.
        """
        await self.prepare(day)
        async with self._database.write() as tx:
            if await tx.row(f"SELECT 1 FROM own_pages WHERE {OWN_KEY} = ? AND hash = ?", (key, content_hash)):
                return 0
            put = await self.put(tx, StoredPage(key, content_hash, day), now)
            await release_late(tx, day.date)  # a page closes its day
        await self.stored(put)
        return put.new_papers

    async def prepare(self, day: Day, details: Iterable[Details] = ()) -> None:
        """Analyse the papers that a day brings or changes, so that the transaction of `put` is short."""
        told_of = {each.arxiv_id: each for each in details}
        papers = [listing.paper for listing in day.listings]
        held = await entries_of(self._database, [paper.arxiv_id for paper in papers])
        entries: list[Entry] = []
        for paper in papers:
            old, more = held.get(paper.arxiv_id), told_of.get(paper.arxiv_id)
            abstract = more.abstract if more else old.abstract if old else ""
            if old is None:
                told, organisation = (more.digest or more.abstract, more.organisation) if more else (None, None)
                entries.append(Entry(0, with_texts(paper, "[]", told, organisation), abstract))
                continue
            organisation = more.organisation if more and more.organisation else old.paper.organisation
            told_again = replace(paper, texts=old.paper.texts, organisation=organisation)
            if (new := Entry(old.number, told_again, abstract)) != old:
                entries += old, new
        await self._index.prepare(entries)

    async def put(self, tx: Transaction, page: StoredPage, now: datetime) -> Put:
        """Store a page within a transaction. Pass the result to `stored` once that is committed.

        A paper whose votes were read at the site for that day gets the newest of those. A paper that gets its abstract
        or another text now arrives again, for subscriptions that match that.
        """
        day = page.day.date.isoformat()
        present = {row[0] for row in await tx.rows("SELECT arxiv_id FROM appearances WHERE day = ?", (day,))}
        listed = {listing.paper.arxiv_id for listing in page.day.listings}
        described = {details.arxiv_id for details in page.details}
        concerned = sorted(listed | described | await self._listed_on(tx, page.key))
        held = await entries_of(tx, concerned)
        for details in page.details:  # after reading the old index entries, which include the old texts
            await put_details(tx, details, page.read_at or now)
        await show(tx, concerned)
        await outdate(tx, page.key)
        await tx.run("DELETE FROM own_pages WHERE key = ?", (page.key,))
        await tx.run("DELETE FROM pages WHERE key = ?", (page.key,))
        page_id = await tx.add(
            "INSERT INTO pages (key, day, hash, loaded_at, origin) VALUES (?, ?, ?, ?, ?)",
            (page.key, day, page.content_hash, moment(now), page.origin),
        )
        await tx.many(
            "INSERT INTO appearances (page_id, day, position, arxiv_id, votes, authors, video, content)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [_appearance(page_id, day, index, listing) for index, listing in enumerate(page.day.listings)],
        )
        await tx.run(
            f"UPDATE appearances SET votes = {_READ_VOTES} WHERE day = ? AND {_READ_VOTES} IS NOT NULL", (day,)
        )
        arrived = sorted(listed - present)
        await tx.many("INSERT OR IGNORE INTO arrivals (day, arxiv_id) VALUES (?, ?)", [(day, i) for i in arrived])
        return Put(len(arrived), await self._refresh(tx, concerned, held))

    async def stored(self, put: Put) -> None:
        """Call this once what `put` changed is committed: it writes the words and pairs of the papers."""
        await self._index.stored(self._database, put.removed)

    async def retell(self, arxiv_ids: Sequence[str], change: Callable[[Transaction], Awaitable[None]]) -> None:
        """Change texts of papers, and their index entries with them, in one transaction."""
        async with self._database.write() as tx:
            held = await entries_of(tx, arxiv_ids)
            await change(tx)
            put = Put(0, await self._refresh(tx, arxiv_ids, held))
        await self.stored(put)

    async def tidy(self) -> None:
        """Maintenance after storing pages, so that the next write need not wait for it."""
        await self._index.tidy(self._database)

    async def _listed_on(self, tx: Transaction, key: str) -> set[str]:
        page = "SELECT id FROM pages WHERE key = ?"
        return {row[0] for row in await tx.rows(f"SELECT arxiv_id FROM appearances WHERE page_id = ({page})", (key,))}

    async def _refresh(self, tx: Transaction, arxiv_ids: Sequence[str], old: Mapping[str, Entry]) -> Removed:
        """Update papers to the text and votes of their newest day, index included; delete those that no day lists."""
        asked = (json.dumps(arxiv_ids),)
        newest = (
            "SELECT a.id FROM appearances a JOIN pages p ON p.id = a.page_id WHERE a.arxiv_id = json_each.value"
            " ORDER BY a.day DESC, p.origin, a.id LIMIT 1"
        )
        found = await tx.rows(
            f"SELECT a.arxiv_id, a.id, a.day, a.votes, a.content, {ABSTRACT} AS abstract, {TEXTS} FROM json_each(?)"
            f" JOIN appearances a ON a.id = ({newest}) LEFT JOIN details d ON d.arxiv_id = a.arxiv_id ORDER BY a.id",
            asked,
        )
        dated = readable(found, lambda row: (row, date.fromisoformat(row["day"]), indexed_paper(row)), "paper")
        numbers = await numbered(
            tx,
            {row["arxiv_id"]: day for row, day, _ in dated},
            {arxiv_id: each.number for arxiv_id, each in old.items()},
        )
        await tx.many("DELETE FROM papers WHERE arxiv_id = ?", [(arxiv_id,) for arxiv_id in arxiv_ids])
        await tx.many(
            "INSERT INTO papers (id, arxiv_id, day, votes, appearance_id) VALUES (?, ?, ?, ?, ?)",
            [(numbers[row["arxiv_id"]], row["arxiv_id"], row["day"], row["votes"], row["id"]) for row, _, _ in dated],
        )
        new = {paper.arxiv_id: Entry(numbers[paper.arxiv_id], paper, row["abstract"]) for row, _, paper in dated}
        described = [
            (row["day"], i) for row, _, paper in dated if (i := paper.arxiv_id) in old and new[i].says_more_than(old[i])
        ]
        await tx.many("INSERT OR IGNORE INTO arrivals (day, arxiv_id) VALUES (?, ?)", described)
        gone = [(arxiv_id,) for arxiv_id in arxiv_ids if arxiv_id not in new]
        await tx.many("DELETE FROM arrivals WHERE arxiv_id = ?", gone)
        return await self._index.replace(
            tx,
            [each for arxiv_id, each in old.items() if new.get(arxiv_id) != each],
            [each for arxiv_id, each in new.items() if old.get(arxiv_id) != each],
        )

    async def totals(self, keys: Sequence[str]) -> Totals:
        """The totals of the named pages."""
        row = await self._database.row(
            "SELECT count(DISTINCT a.arxiv_id), count(*), count(a.votes), coalesce(sum(a.votes), 0),"
            " coalesce(sum(a.authors), 0), coalesce(sum(a.video), 0)"
            " FROM json_each(?) JOIN pages p ON p.key = coalesce((SELECT key FROM pages WHERE key = json_each.value),"
            " 'site/' || replace(substr(json_each.value, 1, 10), '/', '-')) JOIN appearances a ON a.page_id = p.id",
            (json.dumps(keys),),
        )
        return Totals(*row) if row else Totals()

    # -- days ----------------------------------------------------------------------------------------------------

    async def day(self, when: date) -> Day | None:
        """The papers listed on a date; None if the library has none."""
        rows = await self._database.rows(
            f"SELECT {_LISTING} FROM appearances a JOIN pages p ON p.id = a.page_id WHERE a.day = ?"
            " ORDER BY p.origin, p.key, a.position",
            (when.isoformat(),),
        )
        listings: dict[str, Listing] = {}
        for found in readable(rows, _found, "paper"):
            listings.setdefault(found.listing.paper.arxiv_id, found.listing)
        return Day(when, tuple(listings.values())) if listings else None

    async def days(self, first: date, last: date) -> list[date]:
        """The dates from `first` to `last` that have papers."""
        rows = await self._database.rows(
            "SELECT DISTINCT day FROM appearances WHERE day BETWEEN ? AND ? ORDER BY day",
            (first.isoformat(), last.isoformat()),
        )
        return readable(rows, lambda row: date.fromisoformat(row[0]), "day")

    async def newest_day(self) -> date | None:
        """The newest date with papers."""
        return _date(await self._database.row(f"SELECT max(day) FROM appearances WHERE {IS_DATE}"))

    async def newest_closed_day(self) -> date | None:
        """The newest date that has papers and is closed: editions are made of it."""
        return _date(
            await self._database.row(f"SELECT max(day) FROM appearances WHERE {IS_DATE} AND day NOT IN ({HALF_DAYS})")
        )

    async def half_days(self) -> frozenset[date]:
        """The site's dates that are not closed yet, with papers or without."""
        rows = await self._database.rows(HALF_DAYS)
        return frozenset(readable(rows, lambda row: date.fromisoformat(row[0]), "the site's day"))

    async def still_gathers(self, day: date, now: datetime) -> bool:
        """Whether papers of a date that has begun, and has none, may still come.

        The site says so if it was asked; else they may for half a day after the date ends.
        """
        row = await self._database.row("SELECT closed_at FROM site_days WHERE day = ?", (day.isoformat(),))
        return row["closed_at"] is None if row else now < end_of(day) + _PAGE_DUE

    async def quiet_day(self) -> date | None:
        """The newest date that is closed and has no papers; None if a newer one has papers."""
        return _date(
            await self._database.row(
                f"SELECT max(day) FROM site_days WHERE {IS_DATE} AND closed_at IS NOT NULL AND papers = 0"
                f" AND day > coalesce((SELECT max(day) FROM appearances WHERE {IS_DATE}), '')"
            )
        )

    async def nearest_day(self, when: date) -> date | None:
        """The date with papers nearest to a date; the later one of two."""
        day = f"SELECT day FROM appearances WHERE {IS_DATE} AND day"
        before = _date(await self._database.row(f"{day} <= ? ORDER BY day DESC LIMIT 1", (when.isoformat(),)))
        after = _date(await self._database.row(f"{day} >= ? ORDER BY day LIMIT 1", (when.isoformat(),)))
        if before is None or after is None:
            return before or after
        return before if when - before < after - when else after

    async def coverage(self) -> Coverage:
        """How much the library holds."""
        row = await self._database.row(
            f"SELECT (SELECT min(day) FROM appearances WHERE {IS_DATE}) AS first,"
            f" (SELECT max(day) FROM appearances WHERE {IS_DATE}) AS newest,"
            " count(DISTINCT day) AS days, count(DISTINCT arxiv_id) AS papers FROM appearances"
        )
        if row is None or row["first"] is None:
            return Coverage(None, None, 0, 0)
        return Coverage(date.fromisoformat(row["first"]), date.fromisoformat(row["newest"]), row["days"], row["papers"])

    # -- papers --------------------------------------------------------------------------------------------------

    async def appearance(self, arxiv_id: str) -> Appearance | None:
        """A paper on the newest day that lists it, or a stray; None if the library has neither."""
        found = await self.appearances([arxiv_id])
        return found.get(arxiv_id)

    async def appearances(self, arxiv_ids: Sequence[str]) -> dict[str, Appearance]:
        """The papers and strays among these that the library has, by arXiv id, as given. At most some hundred."""
        marks = ",".join("?" * len(arxiv_ids))
        rows = await self._database.rows(
            f"SELECT {_LISTING} FROM papers p JOIN appearances a ON a.id = p.appearance_id"
            f" WHERE p.arxiv_id IN ({marks})",
            arxiv_ids,
        )
        held = {found.listing.paper.arxiv_id: found for found in readable(rows, _found, "paper")}
        if len(held) < len(arxiv_ids):
            held = await strays_among(self._database, arxiv_ids) | held
        return {arxiv_id: held[arxiv_id] for arxiv_id in arxiv_ids if arxiv_id in held}

    async def abstracts(self, arxiv_ids: Sequence[str]) -> dict[str, str]:
        """The known abstracts of some papers, as they are indexed."""
        rows = await self._database.rows(
            f"SELECT d.arxiv_id, {ABSTRACT} AS abstract FROM json_each(?)"
            " JOIN details d ON d.arxiv_id = json_each.value",
            (json.dumps(list(arxiv_ids)),),
        )
        return {row["arxiv_id"]: row["abstract"] for row in rows}

    async def search(self, work: Callable[[SqlShelf], T], *, is_long: bool = False) -> T:
        """Run a whole search on a connection and thread of its own; long searches share one thread."""
        return await self._database.search(lambda searcher: work(SqlShelf(searcher)), is_long=is_long)

    async def find(self, match: str, filters: Filters, limit: int, offset: int) -> tuple[int, tuple[Appearance, ...]]:
        """The papers that an FTS5 expression finds: the total and one page, newest or most voted first."""
        page = slice(offset, offset + limit)
        return await self.search(lambda shelf: find_page(shelf, match, filters, page), is_long=True)

    async def top(
        self, since: date | None, limit: int, offset: int = 0, until: date | None = None
    ) -> tuple[int, tuple[Appearance, ...]]:
        """The papers with the most votes between two dates: the number of papers with votes, and one page."""
        where = "p.votes IS NOT NULL AND p.day BETWEEN ? AND ?"
        values = ((since or date.min).isoformat(), (until or date.max).isoformat())
        total = await self._database.row(f"SELECT count(*) FROM papers p WHERE {where}", values)
        rows = await self._database.rows(
            f"SELECT {_LISTING} FROM papers p JOIN appearances a ON a.id = p.appearance_id WHERE {where}"
            " ORDER BY p.votes DESC, p.day DESC, p.id LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return (total[0] if total else 0), tuple(readable(rows, _found, "paper"))

    async def random(self) -> Appearance | None:
        """A random paper, each equally likely; None if the library is empty."""
        row = await self._database.row(
            f"SELECT {_LISTING} FROM papers p JOIN appearances a ON a.id = p.appearance_id"
            " WHERE p.id = (SELECT id FROM papers ORDER BY random() LIMIT 1)"
        )
        return next(iter(readable([row] if row else [], _found, "paper")), None)

    async def count_since(self, since: date) -> int:
        """How many papers have their newest day on or after a date."""
        if since == date.min:  # SQLite counts all rows without comparing each
            row = await self._database.row("SELECT count(*) FROM papers")
        else:
            row = await self._database.row("SELECT count(*) FROM papers WHERE day >= ?", (since.isoformat(),))
        return row[0] if row else 0


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
    paper = with_order(decode(row["arxiv_id"], row["content"]), row["ordered"])
    paper = with_texts(paper, row["made"], row["told"], row["organisation"])
    return Appearance(date.fromisoformat(row["day"]), Listing(paper, row["votes"]))


def _date(row: sqlite3.Row | None) -> date | None:
    return date.fromisoformat(row[0]) if row and row[0] else None
