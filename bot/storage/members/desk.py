"""Small things to remember: named notes, and the searches behind buttons."""

import json
from datetime import datetime

from bot.errors import SourceFault
from bot.sources.health import SiteHealth
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.engine.rows import known

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
        return _moment(await self.note(_SOURCE_FAILING))

    async def note_folder(self, now: datetime, *, failing: bool) -> None:
        """Record whether the archive's folder can be read, and since when it can't."""
        if failing == (await self._folder_failing_since() is not None):
            return
        await self.set_note(_SOURCE_FAILING, moment(now) if failing else "")

    async def site_health(self) -> SiteHealth:
        """The site's state when it was last asked."""
        told = json.loads(await self.note(_SITE) or "{}")
        return SiteHealth(
            read_at=_moment(told.get("read_at")),
            failing_since=_moment(told.get("failing_since")),
            fault=known(SourceFault, told["fault"], SourceFault.BROKEN) if told.get("fault") else None,
        )

    async def forget_site(self) -> None:
        """Forget the site's state, as the site is not asked any more."""
        await self.note_site(SiteHealth())

    async def note_site(self, health: SiteHealth) -> None:
        """Record the site's state."""
        told = {name: moment(at) for name in ("read_at", "failing_since") if (at := getattr(health, name))}
        await self.set_note(_SITE, json.dumps(told | ({"fault": health.fault} if health.fault else {})))

    async def keep_search(self, user_id: int, question: str, now: datetime) -> int:
        """Store a member's search and keep only their newest ones; return its id, for buttons."""
        async with self._database.write() as tx:
            await tx.run(
                "DELETE FROM searches WHERE user_id = ?1 AND id <="
                " (SELECT id FROM searches WHERE user_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
                (user_id, MAX_SEARCHES - 1),
            )
            return await tx.add(
                "INSERT INTO searches (user_id, question, created_at) VALUES (?, ?, ?)",
                (user_id, question, moment(now)),
            )

    async def search(self, search_id: int, user_id: int) -> str | None:
        """A search by its id; None if it is gone or another member's."""
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
            await tx.run("DELETE FROM members WHERE user_id = ?", (user_id,))
            await tx.run("DELETE FROM searches WHERE user_id = ?", (user_id,))
            await tx.run("UPDATE digests SET created_by = NULL WHERE created_by = ?", (user_id,))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
