"""Storing a page of the archive, from a folder or from the site, with the index that searches use."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.errors import StorageError
from bot.papers import Day, Details, Listing
from bot.storage.engine.codec import decode, encode, moment
from bot.storage.engine.database import Transaction
from bot.storage.engine.rows import readable
from bot.storage.papers.details import ABSTRACT, put_details
from bot.storage.papers.index import DAY_ROWS, Entry, PaperIndex, day_of, entry, free_rows
from bot.storage.papers.words import WordChanges

FOLDER, SITE = 0, 1
"""Where a page's papers come from. If both pages of a day have a paper, the folder's text is used."""
_READ_VOTES = (
    "(SELECT v.votes FROM votes v WHERE v.day = appearances.day AND v.arxiv_id = appearances.arxiv_id"
    " ORDER BY v.hour DESC LIMIT 1)"
)


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
    """What storing a page changed: how many papers are new to the day, and the words of the index."""

    new_papers: int
    changes: WordChanges


async def put_page(tx: Transaction, index: PaperIndex, page: StoredPage, now: datetime) -> Put:
    """Store a page within a transaction, as `Library.put` says."""
    day = page.day.date.isoformat()
    present = {row[0] for row in await tx.rows("SELECT arxiv_id FROM appearances WHERE day = ?", (day,))}
    listed = {listing.paper.arxiv_id for listing in page.day.listings}
    described = {details.arxiv_id for details in page.details}
    concerned = sorted(listed | described | await _listed_on(tx, page.key))
    held = await _entries(tx, concerned)
    for details in page.details:  # after reading the old index entries, which include the old abstract
        await put_details(tx, details, page.read_at or now)
    await tx.run("DELETE FROM written WHERE key = ?", (page.key,))
    await tx.run("DELETE FROM own_pages WHERE key = ?", (page.key,))
    await tx.run("DELETE FROM pages WHERE key = ?", (page.key,))
    page_id = await tx.add(
        "INSERT INTO pages (key, day, hash, loaded_at, origin) VALUES (?, ?, ?, ?, ?)",
        (page.key, day, page.content_hash, moment(now), page.origin),
    )
    await tx.many(
        "INSERT INTO appearances (page_id, day, position, arxiv_id, votes, authors, video, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [_appearance(page_id, day, position, listing) for position, listing in enumerate(page.day.listings)],
    )
    await tx.run(f"UPDATE appearances SET votes = {_READ_VOTES} WHERE day = ? AND {_READ_VOTES} IS NOT NULL", (day,))
    arrived = sorted(listed - present)
    await tx.many("INSERT OR IGNORE INTO arrivals (day, arxiv_id) VALUES (?, ?)", [(day, i) for i in arrived])
    return Put(len(arrived), await _refresh(tx, index, concerned, held))


async def _listed_on(tx: Transaction, key: str) -> set[str]:
    page = "SELECT id FROM pages WHERE key = ?"
    return {row[0] for row in await tx.rows(f"SELECT arxiv_id FROM appearances WHERE page_id = ({page})", (key,))}


async def _refresh(
    tx: Transaction, index: PaperIndex, arxiv_ids: Sequence[str], old: Mapping[str, Entry]
) -> WordChanges:
    """Update papers to the text and votes of their newest day, index included; delete those that no day lists."""
    asked = (json.dumps(arxiv_ids),)
    newest = (
        "SELECT a.id FROM appearances a JOIN pages p ON p.id = a.page_id WHERE a.arxiv_id = json_each.value"
        " ORDER BY a.day DESC, p.origin, a.id LIMIT 1"
    )
    rows = await tx.rows(
        f"SELECT a.id, a.arxiv_id, a.day, a.votes, a.content, {ABSTRACT} AS abstract FROM json_each(?)"
        f" JOIN appearances a ON a.id = ({newest}) LEFT JOIN details d ON d.arxiv_id = a.arxiv_id ORDER BY a.id",
        asked,
    )
    numbers = await _numbers(tx, rows, old)
    await tx.many("DELETE FROM papers WHERE arxiv_id = ?", [(arxiv_id,) for arxiv_id in arxiv_ids])
    await tx.many(
        "INSERT INTO papers (id, arxiv_id, day, votes, appearance_id) VALUES (?, ?, ?, ?, ?)",
        [(numbers[row["arxiv_id"]], row["arxiv_id"], row["day"], row["votes"], row["id"]) for row in rows],
    )
    new = {
        arxiv_id: Entry(numbers[arxiv_id], decode(arxiv_id, row["content"]), row["abstract"])
        for row in rows
        if (arxiv_id := row["arxiv_id"])
    }
    described = [
        (row["day"], arxiv_id)
        for row in rows
        if (arxiv_id := row["arxiv_id"]) in old and row["abstract"] and not old[arxiv_id].abstract
    ]
    await tx.many("INSERT OR IGNORE INTO arrivals (day, arxiv_id) VALUES (?, ?)", described)
    gone = [(arxiv_id,) for arxiv_id in arxiv_ids if arxiv_id not in new]
    await tx.many("DELETE FROM arrivals WHERE arxiv_id = ?", gone)
    return await index.replace(
        tx,
        [each for arxiv_id, each in old.items() if new.get(arxiv_id) != each],
        [each for arxiv_id, each in new.items() if old.get(arxiv_id) != each],
    )


async def _entries(tx: Transaction, arxiv_ids: Sequence[str]) -> dict[str, Entry]:
    """The index entries of those of the papers that the library has, by arXiv id."""
    rows = await tx.rows(
        f"SELECT p.arxiv_id, p.id, a.content, {ABSTRACT} AS abstract FROM json_each(?)"
        " JOIN papers p ON p.arxiv_id = json_each.value JOIN appearances a ON a.id = p.appearance_id"
        " LEFT JOIN details d ON d.arxiv_id = p.arxiv_id",
        (json.dumps(arxiv_ids),),
    )
    return dict(readable(rows, lambda row: (row["arxiv_id"], entry(row)), "paper"))


async def _numbers(tx: Transaction, rows: Iterable[sqlite3.Row], held: Mapping[str, Entry]) -> dict[str, int]:
    """The papers' ids. A paper keeps its id while its newest day stays, else it gets the next one of the new day."""
    numbers: dict[str, int] = {}
    following: dict[date, Iterator[int]] = {}
    for row in rows:
        arxiv_id, day = row["arxiv_id"], date.fromisoformat(row["day"])
        if arxiv_id in held and day_of(held[arxiv_id].number) == day:
            numbers[arxiv_id] = held[arxiv_id].number
            continue
        if day not in following:
            following[day] = await free_rows(tx, day)
        try:
            numbers[arxiv_id] = next(following[day])
        except StopIteration:
            raise StorageError(f"{day} lists more than {DAY_ROWS:,} papers: it is not an archive page") from None
    return numbers


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
