"""Members' reading lists."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.archive.text import UNSTORABLE
from bot.papers import Appearance
from bot.reading.model import MAX_NOTE, MAX_SAVED, Mark, SavedPaper
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.engine.rows import readable
from bot.storage.papers.library import Library

_BATCH = 100
"""Papers read at once; the event loop runs between two batches."""
_ONE = "user_id = ? AND arxiv_id = ?"
_OF = {False: "user_id = ?", True: "user_id = ? AND read_at IS NULL"}
"""The papers of a member's list, or the unread ones."""


class ReadingLists:
    """The papers that members keep, by arXiv id: a paper stays on the list even if no page has it any more."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    async def add(self, user_id: int, arxiv_id: str, now: datetime, limit: int = MAX_SAVED) -> bool:
        """Add a paper; False if the list is full. A paper that is on the list already keeps its place."""
        async with self._database.write() as tx:
            if await tx.row("SELECT 1 FROM saved WHERE user_id = ? AND arxiv_id = ?", (user_id, arxiv_id)):
                return True
            held = await tx.row("SELECT count(*) FROM saved WHERE user_id = ?", (user_id,))
            if held and held[0] >= limit:
                return False
            await tx.run("INSERT OR IGNORE INTO members (user_id) VALUES (?)", (user_id,))
            await tx.run(
                "INSERT INTO saved (user_id, arxiv_id, saved_at) VALUES (?, ?, ?)", (user_id, arxiv_id, moment(now))
            )
        return True

    async def remove(self, user_id: int, arxiv_id: str) -> None:
        """Remove a paper from the member's list, if it is there."""
        async with self._database.write() as tx:
            await tx.run("DELETE FROM saved WHERE user_id = ? AND arxiv_id = ?", (user_id, arxiv_id))

    async def mark(self, user_id: int, arxiv_id: str) -> Mark | None:
        """What the member set on a paper of their list; None if it is not there."""
        row = await self._database.row(f"SELECT read_at, note FROM saved WHERE {_ONE}", (user_id, arxiv_id))
        return _mark(row) if row else None

    async def set_read(self, user_id: int, arxiv_id: str, read_at: datetime | None) -> bool:
        """Mark a paper as read at a moment, or as unread (None); False if it is not on the member's list."""
        async with self._database.write() as tx:
            values = (moment(read_at) if read_at else None, user_id, arxiv_id)
            return await tx.run(f"UPDATE saved SET read_at = ? WHERE {_ONE}", values) > 0

    async def set_note(self, user_id: int, arxiv_id: str, note: str) -> bool:
        """Keep a note of at most MAX_NOTE characters on a paper, "" for none; False if it is not on the list."""
        kept = UNSTORABLE.sub("", note)[:MAX_NOTE].strip()
        async with self._database.write() as tx:
            return await tx.run(f"UPDATE saved SET note = ? WHERE {_ONE}", (kept, user_id, arxiv_id)) > 0

    async def count(self, user_id: int, *, unread: bool = False) -> int:
        """How many papers are on the member's list, or how many of them are unread."""
        row = await self._database.row(f"SELECT count(*) FROM saved WHERE {_OF[unread]}", (user_id,))
        return row[0] if row else 0

    async def page(
        self, user_id: int, limit: int = MAX_SAVED, offset: int = 0, *, unread: bool = False
    ) -> list[SavedPaper]:
        """The member's papers, or the unread ones, newest first: up to `limit` from `offset` on."""
        rows = await self._database.rows(
            f"SELECT * FROM saved WHERE {_OF[unread]} ORDER BY saved_at DESC, arxiv_id DESC LIMIT ? OFFSET ?",
            (user_id, limit, offset),
        )
        found = await self._found([row["arxiv_id"] for row in rows])
        return readable(rows, lambda row: _saved(row, found.get(row["arxiv_id"])), "saved paper")

    async def _found(self, arxiv_ids: Sequence[str]) -> dict[str, Appearance]:
        found: dict[str, Appearance] = {}
        for first in range(0, len(arxiv_ids), _BATCH):
            found |= await self._library.appearances(arxiv_ids[first : first + _BATCH])
        return found


def _saved(row: sqlite3.Row, found: Appearance | None) -> SavedPaper:
    return SavedPaper(row["arxiv_id"], datetime.fromisoformat(row["saved_at"]), found, _mark(row))


def _mark(row: sqlite3.Row) -> Mark:
    return Mark(row["read_at"] is not None, row["note"])
