"""The index that a search asks: what it holds of a paper, and how it follows the papers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import itemgetter

from bot.papers import Paper
from bot.search.analysis import VERSION, pieces
from bot.search.matcher import IndexFields, segments
from bot.storage.codec import decode
from bot.storage.database import Database, Transaction
from bot.storage.pairs import recount

DAY_ROWS = 16_384
"""Numbers that a day's papers have among them."""

LAST = 2**40
"""The index knows a paper by what its number lacks of this, above all numbers: it is read twice as fast upwards, and
the newest papers are wanted first."""

_NOTE = "analysis"
_BATCH = 500
_MERGED = 64
"""Database pages that are merged at a time, so that a word is looked up in few places and no write takes long."""
_PAGES_MERGED = 8
"""The archive's pages after which that is done."""

_Word = str | tuple[str, str]

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
    """The index, written in the transaction that changes the papers. `fields` says how a paper's text is indexed."""

    def __init__(self, fields: Callable[[Paper], IndexFields]) -> None:
        self._fields = fields
        self._written = 0

    async def replace(self, tx: Transaction, old: Iterable[Entry], new: Iterable[Entry]) -> None:
        """Take papers out of the index, exactly as they were put in, and put others in."""
        old, new = tuple(old), tuple(new)
        await tx.many(
            "INSERT INTO paper_index (paper_index, rowid, title, authors, summary) VALUES ('delete', ?, ?, ?, ?)",
            [self._row(entry) for entry in old],
        )
        await tx.many(
            "INSERT INTO paper_index (rowid, title, authors, summary) VALUES (?, ?, ?, ?)",
            [self._row(entry) for entry in new],
        )
        await _count(tx, old, new)
        await recount(tx, [paper for _, paper in old], [paper for _, paper in new])

    async def tidy(self, database: Database) -> None:
        """Merge some of what was written lately with what is there; a page alone is not worth the work."""
        self._written += 1
        if self._written % _PAGES_MERGED:
            return
        async with database.write() as tx:
            await tx.run("INSERT INTO paper_index (paper_index, rank) VALUES ('merge', ?)", (_MERGED,))

    async def refresh(self, database: Database) -> None:
        """Make the index anew if another version of the analysis made it."""
        row = await database.row("SELECT value FROM notes WHERE name = ?", (_NOTE,))
        if row is not None and row["value"] == VERSION:
            return
        async with database.write() as tx:
            await self._rebuild(tx)
            await tx.run("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", (_NOTE, VERSION))

    async def _rebuild(self, tx: Transaction) -> None:
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('delete-all')")
        await tx.run("DELETE FROM words")
        last = -1
        while rows := await tx.rows(
            "SELECT p.id, p.arxiv_id, a.content FROM papers p JOIN appearances a ON a.id = p.appearance_id"
            " WHERE p.id > ? ORDER BY p.id LIMIT ?",
            (last, _BATCH),
        ):
            new = [(row["id"], decode(row["arxiv_id"], row["content"])) for row in rows]
            await self.replace(tx, (), new)
            last = rows[-1]["id"]
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('optimize')")

    def _row(self, entry: Entry) -> tuple[int, str, str, str]:
        number, paper = entry
        fields = self._fields(paper)
        return LAST - number, fields.title, fields.authors, fields.summary


async def _count(tx: Transaction, old: Iterable[Entry], new: Iterable[Entry]) -> None:
    """Keep the words up to date: how many papers have each."""
    counts: Counter[_Word] = Counter()
    for _, paper in new:
        counts.update(_words(paper))
    for _, paper in old:
        counts.subtract(_words(paper))
    changed = [
        (word, None, change) if isinstance(word, str) else (*word, change) for word, change in counts.items() if change
    ]
    await tx.many(
        "INSERT INTO words (word, token, papers) VALUES (?, ?, ?)"
        " ON CONFLICT (word) DO UPDATE SET papers = papers + excluded.papers",
        sorted(changed, key=itemgetter(0)),
    )
    gone = [(word,) for word, _, change in changed if change < 0]
    await tx.many("DELETE FROM words WHERE word = ? AND papers <= 0", gone)


def _words(paper: Paper) -> set[_Word]:
    """The paper's words: those that are their own tokens, and (word, token) where they differ."""
    found: set[_Word] = set()
    for segment in segments(paper):
        for piece in pieces(segment):
            if piece.is_cjk:
                found.update(piece.tokens)
            else:
                found.update(word if word == token else (word, token) for word, token in piece.written())
    return found
