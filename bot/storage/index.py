"""The index that a search asks: what it holds of a paper, and how it follows the papers."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date

from bot.papers import Paper
from bot.search.analysis import VERSION
from bot.search.matcher import Contents, IndexFields, contents
from bot.storage.codec import decode
from bot.storage.database import Database, Transaction
from bot.storage.pairs import recount
from bot.storage.words import WordChanges, Words

DAY_ROWS = 16_384
"""Numbers that a day's papers have among them."""

LAST = 2**40
"""The index knows a paper by what its number lacks of this, above all numbers: it is read twice as fast upwards, and
the newest papers are wanted first."""

_NOTE = "analysis"
_BATCH = 500
_MERGED = 500
"""Database pages that are merged in one transaction: some ten milliseconds, for which another write has to wait."""
_MANY = 16
"""The archive's pages after which the whole index is merged."""
Entry = tuple[int, Paper]
"""A paper and its number."""


def first_row(day: date) -> int:
    """The first number of a day's papers; numbers follow the days."""
    return day.toordinal() * DAY_ROWS


def day_of(number: int) -> date:
    """The day of a paper's number."""
    return date.fromordinal(number // DAY_ROWS)


async def free_rows(tx: Transaction, day: date) -> Iterator[int]:
    """The numbers that are left for more papers of a day."""
    first = first_row(day)
    row = await tx.row("SELECT max(id) FROM papers WHERE id BETWEEN ? AND ?", (first, first + DAY_ROWS - 1))
    return iter(range(first if row is None or row[0] is None else row[0] + 1, first + DAY_ROWS))


class PaperIndex:
    """The index, written in the transaction that changes the papers."""

    def __init__(self) -> None:
        self._words = Words()
        self._stored = 0

    async def replace(self, tx: Transaction, old: Iterable[Entry], new: Iterable[Entry]) -> WordChanges:
        """Take papers out of the index, exactly as they were put in, and put others in.

        What this answers is for `stored`, once the transaction is committed.
        """
        before, after = await asyncio.to_thread(_analysed, old), await asyncio.to_thread(_analysed, new)
        await tx.many(
            "INSERT INTO paper_index (paper_index, rowid, title, authors, summary) VALUES ('delete', ?, ?, ?, ?)",
            [_row(number, held.fields) for number, _, held in before],
        )
        await tx.many(
            "INSERT INTO paper_index (rowid, title, authors, summary) VALUES (?, ?, ?, ?)",
            [_row(number, held.fields) for number, _, held in after],
        )
        await recount(tx, [paper for _, paper, _ in before], [paper for _, paper, _ in after])
        return await self._words.change(tx, [held.words for *_, held in before], [held.words for *_, held in after])

    def stored(self, changes: WordChanges) -> None:
        """What `replace` changed for a page is committed."""
        self._words.keep(changes)
        self._stored += 1

    async def tidy(self, database: Database) -> None:
        """Write what was noted of words, and merge what was written lately; a little in each transaction.

        After many pages all of the index becomes one segment, since a search looks each token up in every segment.
        """
        async with database.write() as tx:
            await self._words.tidy(tx)
        pages = -_MERGED if self._stored >= _MANY else _MERGED
        self._stored = 0
        while await _merge(database, pages):
            pages = _MERGED

    async def refresh(self, database: Database) -> None:
        """Make the index anew if another version of the analysis made it."""
        row = await database.row("SELECT value FROM notes WHERE name = ?", (_NOTE,))
        if row is not None and row["value"] == VERSION:
            return
        self._words.forget()
        async with database.write() as tx:
            await self._rebuild(tx)
            await tx.run("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", (_NOTE, VERSION))

    async def _rebuild(self, tx: Transaction) -> None:
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('delete-all')")
        for table in ("words", "sightings", "pairs"):
            await tx.run(f"DELETE FROM {table}")
        last = -1
        while rows := await tx.rows(
            "SELECT p.id, p.arxiv_id, a.content FROM papers p JOIN appearances a ON a.id = p.appearance_id"
            " WHERE p.id > ? ORDER BY p.id LIMIT ?",
            (last, _BATCH),
        ):
            await self.replace(tx, (), [(row["id"], decode(row["arxiv_id"], row["content"])) for row in rows])
            last = rows[-1]["id"]
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('optimize')")


async def _merge(database: Database, pages: int) -> bool:
    """Merge some pages of the database; whether there was anything to merge.

    A negative number makes all segments candidates, a positive one those of a like size. SQLite tells by its count of
    changes whether it did something: https://www.sqlite.org/fts5.html, "The 'merge' Command".
    """
    async with database.write() as tx:
        before = await tx.row("SELECT total_changes()")
        await tx.run("INSERT INTO paper_index (paper_index, rank) VALUES ('merge', ?)", (pages,))
        after = await tx.row("SELECT total_changes()")
    return before is not None and after is not None and after[0] - before[0] > 1


def _analysed(entries: Iterable[Entry]) -> list[tuple[int, Paper, Contents]]:
    """The papers with what the index holds of them: of long ones it takes so long that it is done in a thread."""
    return [(number, paper, contents(paper)) for number, paper in entries]


def _row(number: int, fields: IndexFields) -> tuple[int, str, str, str]:
    return LAST - number, fields.title, fields.authors, fields.summary
