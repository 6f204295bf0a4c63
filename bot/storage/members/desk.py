"""Named notes, and the searches that buttons refer to."""

import json
import secrets
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.errors import SourceFault
from bot.sources.health import SiteHealth
from bot.storage.engine.codec import moment, read_moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import known, readable

HEARTBEAT = "heartbeat"
"""The name of the note with the time of the running bot's last write (ISO 8601, UTC)."""

_SOURCE_FAILING = "source failing since"
_SITE = "site"

MAX_SEARCHES = 100
"""Searches kept for each member; buttons of older ones ask to search again."""


class Desk:
    """Notes by name, and members' searches, so that buttons work after a restart."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unwritten: dict[int, tuple[int, str]] = {}
        """Member and question of searches that are being answered, by id."""

    async def note(self, name: str) -> str | None:
        """The value of a note; None if there is none."""
        row = await self._database.row("SELECT value FROM notes WHERE name = ?", (name,))
        return row["value"] if row else None

    async def set_note(self, name: str, value: str) -> None:
        """Set a note, replacing its value."""
        async with self._database.write() as tx:
            await tx.run("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", (name, value))

    async def source_failing_since(self) -> datetime | None:
        """Since when the folder or the site can't be read, whichever is longer (UTC); None if both can."""
        failing = (await self._folder_failing_since(), (await self.site_health()).failing_since)
        return min((since for since in failing if since), default=None)

    async def _folder_failing_since(self) -> datetime | None:
        rows = await self._database.rows("SELECT name, value FROM notes WHERE name = ?", (_SOURCE_FAILING,))
        return next(iter(readable(rows, lambda row: read_moment(row["value"]), "note")), None)

    async def note_folder(self, now: datetime, *, failing: bool) -> None:
        """Record whether the archive's folder can be read, and since when it can't."""
        if failing == (await self._folder_failing_since() is not None):
            return
        await self.set_note(_SOURCE_FAILING, moment(now) if failing else "")

    async def site_health(self) -> SiteHealth:
        """The site's state when it was last asked."""
        rows = await self._database.rows("SELECT name, value FROM notes WHERE name = ?", (_SITE,))
        return next(iter(readable(rows, _site_health, "note")), SiteHealth())

    async def forget_site(self) -> None:
        """Forget the site's state, as the site is not asked any more."""
        await self.note_site(SiteHealth())

    async def note_site(self, health: SiteHealth) -> None:
        """Record the site's state."""
        told = {name: moment(at) for name in ("read_at", "failing_since") if (at := getattr(health, name))}
        await self.set_note(_SITE, json.dumps(told | ({"fault": health.fault} if health.fault else {})))

    @asynccontextmanager
    async def keeping_search(self, user_id: int, question: str, now: datetime) -> AsyncIterator[int]:
        """Gives the id of a member's new search, which `search` finds in memory during the block and on disk after it.

        So the answer need not wait for the disk. Nothing is kept where the block raises, or the member was forgotten
        meanwhile. Raises DatabaseAwayError at the end of the block.
        """
        search_id = secrets.randbits(62)
        self._unwritten[search_id] = user_id, question
        try:
            yield search_id
            async with self._database.write() as tx:
                if search_id in self._unwritten:
                    await _add_search(tx, search_id, user_id, question, now)
        finally:
            self._unwritten.pop(search_id, None)

    async def search(self, search_id: int, user_id: int) -> str | None:
        """A search by its id; None if it is gone or another member's."""
        if search_id in self._unwritten:
            asker, question = self._unwritten[search_id]
            return question if asker == user_id else None
        row = await self._database.row(
            "SELECT question FROM searches WHERE id = ? AND user_id = ?", (search_id, user_id)
        )
        return row["question"] if row else None

    async def forget_searches(self, before: datetime) -> int:
        """Delete searches older than a moment; return how many."""
        async with self._database.write() as tx:
            return await tx.run("DELETE FROM searches WHERE created_at < ?", (moment(before),))

    async def forget_member(self, user_id: int) -> None:
        """Delete everything about a member, in one transaction."""
        async with self._database.write() as tx:
            self._unwritten = {key: asked for key, asked in self._unwritten.items() if asked[0] != user_id}
            await tx.run("DELETE FROM members WHERE user_id = ?", (user_id,))
            await tx.run("DELETE FROM searches WHERE user_id = ?", (user_id,))
            await tx.run("UPDATE digests SET created_by = NULL WHERE created_by = ?", (user_id,))


async def _add_search(tx: Transaction, search_id: int, user_id: int, question: str, now: datetime) -> None:
    """Add a search, and drop the member's oldest ones beyond MAX_SEARCHES."""
    await tx.run(
        "INSERT INTO searches (id, user_id, question, created_at) VALUES (?, ?, ?, ?)",
        (search_id, user_id, question, moment(now)),
    )
    await tx.run(
        "DELETE FROM searches WHERE id IN (SELECT id FROM searches WHERE user_id = ?"
        " ORDER BY created_at DESC LIMIT -1 OFFSET ?)",
        (user_id, MAX_SEARCHES),
    )


def _site_health(row: sqlite3.Row) -> SiteHealth:
    told = json.loads(row["value"] or "{}")
    return SiteHealth(
        read_at=read_moment(told.get("read_at")),
        failing_since=read_moment(told.get("failing_since")),
        fault=known(SourceFault, told["fault"], SourceFault.BROKEN) if told.get("fault") else None,
    )
