"""The full-text index: what it holds of a paper, and how it follows changes of papers."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from time import monotonic
from typing import NamedTuple

from bot.errors import DatabaseAwayError
from bot.papers import Paper
from bot.search.analysis import VERSION
from bot.search.matcher import Contents, contents
from bot.search.pairs import paper_pairs
from bot.storage.engine.codec import decode
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import readable
from bot.storage.papers.details import ABSTRACT, TEXTS, with_texts
from bot.storage.papers.numbers import turned
from bot.storage.papers.pairs import recount
from bot.storage.papers.words import PaperWords, Words

log = logging.getLogger(__name__)

UNINDEXED = "unindexed below"
"""The name of the note on a new index's progress: papers with ids below its value are not indexed yet."""

_NOTE = "analysis"
_BATCH = 100
"""Papers indexed in one transaction while rebuilding: other writes wait for about a tenth of a second."""
_FIRST = 2**40  # more than any paper id
_COLUMNS = "title, authors, summary, abstract"
_MERGED = 500
"""Database pages merged in one transaction: other writes wait for some ten milliseconds."""
_KEPT = 128
"""Analyses of papers in memory: those of a day are needed before and after its transaction."""
_FEW = 10
"""Papers whose words and pairs are written in one transaction."""
_MANY = 16
"""After so many pages of the archive the whole index is merged."""

_UNCOUNTED = (
    f"SELECT u.arxiv_id, u.number, p.id, a.content, {ABSTRACT} AS abstract, {TEXTS} FROM uncounted u"
    " LEFT JOIN papers p ON p.arxiv_id = u.arxiv_id LEFT JOIN appearances a ON a.id = p.appearance_id"
    " LEFT JOIN details d ON d.arxiv_id = u.arxiv_id ORDER BY u.number LIMIT ?"
)
_NUMBERS = "SELECT number, arxiv_id FROM uncounted WHERE number IN (SELECT value FROM json_each(?))"

Removed = list[PaperWords]
"""The words of each paper that the index does not hold any more as it was."""


class Entry(NamedTuple):
    """What is indexed of a paper, with the paper's id."""

    number: int
    paper: Paper
    abstract: str

    def says_more_than(self, old: "Entry") -> bool:
        """Whether the paper got its abstract, its organisation or another text since `old`."""
        named = self.paper.organisation and not old.paper.organisation
        return bool(named or (self.abstract and not old.abstract)) or len(self.paper.texts) > len(old.paper.texts)


class PaperIndex:
    """The index, updated in the transaction that changes the papers. Their words and pairs follow right after it."""

    def __init__(self) -> None:
        self._words = Words()
        self._stored = 0
        self._contents = lru_cache(_KEPT)(contents)

    async def prepare(self, entries: Sequence[Entry]) -> None:
        """Analyse what is about to be replaced, so that its transaction need not wait for it."""
        await asyncio.to_thread(self._analysed, entries)

    async def replace(self, tx: Transaction, old: Iterable[Entry], new: Iterable[Entry]) -> Removed:
        """Remove papers from the index, exactly as they were added, and add others.

        Pass the result to `stored` once the transaction is committed.
        """
        first = await _unindexed_below(tx)
        return await self._replace(
            tx, [entry for entry in old if entry.number >= first], [entry for entry in new if entry.number >= first]
        )

    async def _replace(self, tx: Transaction, old: list[Entry], new: list[Entry]) -> Removed:
        before, after = await asyncio.to_thread(lambda: (self._analysed(old), self._analysed(new)))
        await tx.many(
            f"INSERT INTO paper_index (paper_index, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?)",
            list(map(_row, old, before)),
        )
        await tx.many(
            f"INSERT INTO paper_index (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?)", list(map(_row, new, after))
        )
        uncounted = {row["arxiv_id"] for row in await tx.rows("SELECT arxiv_id FROM uncounted")}
        changed = dict.fromkeys(entry.paper.arxiv_id for entry in (*old, *new))
        await tx.many("INSERT OR REPLACE INTO uncounted (arxiv_id) VALUES (?)", [(each,) for each in changed])
        return [held.words for each, held in zip(old, before, strict=True) if each.paper.arxiv_id not in uncounted]

    async def stored(self, database: Database, removed: Removed) -> None:
        """Call this once what `replace` changed is committed: it writes the words and pairs.

        Where the database can't be written to for now, they are left to the next call.
        """
        self._words.remove(removed)
        self._stored += 1
        try:
            await self.count(database)
        except DatabaseAwayError as error:
            log.warning("words of new papers are written later: %s", error)

    def _analysed(self, entries: Iterable[Entry]) -> list[Contents]:
        return [self._contents(entry.paper, entry.abstract) for entry in entries]

    async def count(self, database: Database) -> None:
        """Write the words and pairs of the papers that lack them, a few in each transaction."""
        while await self._count_some(database):
            pass

    async def _count_some(self, database: Database) -> bool:
        """Write the words and pairs of a few papers; return whether there were any."""
        rows = await database.rows(_UNCOUNTED, (_FEW,))
        if not rows:
            return False
        entries = readable([row for row in rows if row["id"] is not None], entry, "paper")
        await self.prepare(entries)
        pairs = await asyncio.to_thread(lambda: {one.paper.arxiv_id: paper_pairs(one.paper) for one in entries})
        async with database.write() as tx:
            left = await tx.rows(_NUMBERS, (json.dumps([row["number"] for row in rows]),))
            ids = {row["arxiv_id"] for row in left}  # the others were stored again meanwhile
            await recount(tx, {arxiv_id: pairs.get(arxiv_id, {}) for arxiv_id in ids})
            words = [
                held.words
                for one, held in zip(entries, self._analysed(entries), strict=True)
                if one.paper.arxiv_id in ids
            ]
            known = await self._words.add(tx, words)
            await tx.many("DELETE FROM uncounted WHERE number = ?", [(row["number"],) for row in left])
        self._words.keep(words, known)
        return True

    async def tidy(self, database: Database) -> None:
        """Write pending word counts and merge recent index segments, in short transactions.

        After many pages all segments are merged into one, since a search looks up each token in every segment.
        """
        await self.count(database)
        async with database.write() as tx:
            await self._words.tidy(tx)
        pages = -_MERGED if self._stored >= _MANY else _MERGED
        self._stored = 0
        while await _merge(database, pages):
            pages = _MERGED

    async def is_current(self, database: Database) -> bool:
        """Whether this version of the text analysis made the index."""
        row = await database.row("SELECT value FROM notes WHERE name = ?", (_NOTE,))
        return row is not None and row["value"] == VERSION

    async def refresh(self, database: Database, seconds: float | None = None) -> bool:
        """Rebuild the index if another version of the text analysis made it; return whether all papers are in it.

        Newest papers come first, in batches. After `seconds`, if given, it stops between two batches, and the next call
        continues, in whichever process. Searches find what is indexed so far.
        """
        end = None if seconds is None else monotonic() + seconds
        await self._begin_anew(database)
        await self.count(database)
        while await self._index_more(database):
            if end is not None and monotonic() > end:
                return False
        return True

    async def _begin_anew(self, database: Database) -> None:
        if await self.is_current(database):
            return
        self._words.forget()
        async with database.write() as tx:
            await tx.run("INSERT INTO paper_index (paper_index) VALUES ('delete-all')")
            for table in ("words", "sightings", "pairs", "uncounted"):
                await tx.run(f"DELETE FROM {table}")
            await _note(tx, UNINDEXED, str(_FIRST))
            await _note(tx, _NOTE, VERSION)

    async def _index_more(self, database: Database) -> bool:
        """Index the next batch of papers; return whether there were any."""
        if await database.row("SELECT 1 FROM notes WHERE name = ?", (UNINDEXED,)) is None:
            return False
        async with database.write() as tx:
            rows = await tx.rows(
                f"SELECT p.arxiv_id, p.id, a.content, {ABSTRACT} AS abstract, {TEXTS} FROM papers p"
                " JOIN appearances a ON a.id = p.appearance_id LEFT JOIN details d ON d.arxiv_id = p.arxiv_id"
                " WHERE p.id < ? ORDER BY p.id DESC LIMIT ?",
                (await _unindexed_below(tx), _BATCH),
            )
            removed = await self._replace(tx, [], readable(rows, entry, "paper"))
            if rows:
                await _note(tx, UNINDEXED, str(rows[-1]["id"]))
            else:
                await tx.run("DELETE FROM notes WHERE name = ?", (UNINDEXED,))
        await self.stored(database, removed)
        if not rows:
            await self.tidy(database)
        return bool(rows)


def entry(row: sqlite3.Row) -> Entry:
    """What is indexed of a paper, from a row with `id`, `arxiv_id`, `content`, `abstract` and TEXTS."""
    return Entry(row["id"], indexed_paper(row), row["abstract"])


def indexed_paper(row: sqlite3.Row) -> Paper:
    """The paper with all its texts, as it is indexed, from a row with `arxiv_id`, `content` and TEXTS."""
    return with_texts(decode(row["arxiv_id"], row["content"]), row["made"], row["told"], row["organisation"])


async def _unindexed_below(tx: Transaction) -> int:
    """The id below which papers are not in the index yet."""
    row = await tx.row("SELECT value FROM notes WHERE name = ?", (UNINDEXED,))
    return int(row["value"]) if row else -_FIRST


async def _note(tx: Transaction, name: str, value: str) -> None:
    await tx.run("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", (name, value))


async def _merge(database: Database, pages: int) -> bool:
    """Merge some database pages of the index; return whether there was anything to merge.

    A negative number makes all segments candidates, a positive one those of similar size. Whether anything was merged
    shows in SQLite's count of changes: https://www.sqlite.org/fts5.html, "The 'merge' Command".
    """
    async with database.write() as tx:
        before = await tx.row("SELECT total_changes()")
        await tx.run("INSERT INTO paper_index (paper_index, rank) VALUES ('merge', ?)", (pages,))
        after = await tx.row("SELECT total_changes()")
    return before is not None and after is not None and after[0] - before[0] > 1


def _row(entry: Entry, held: Contents) -> tuple[int, str, str, str, str]:
    fields = held.fields
    return turned(entry.number), fields.title, fields.authors, fields.summary, fields.abstract


async def entries_of(tx: Transaction | Database, arxiv_ids: Sequence[str]) -> dict[str, Entry]:
    """The index entries of those of the papers that the library has, by arXiv id."""
    rows = await tx.rows(
        f"SELECT p.arxiv_id, p.id, a.content, {ABSTRACT} AS abstract, {TEXTS} FROM json_each(?)"
        " JOIN papers p ON p.arxiv_id = json_each.value JOIN appearances a ON a.id = p.appearance_id"
        " LEFT JOIN details d ON d.arxiv_id = p.arxiv_id",
        (json.dumps(arxiv_ids),),
    )
    return dict(readable(rows, lambda row: (row["arxiv_id"], entry(row)), "paper"))
