"""Small things to remember: named notes, and the searches behind buttons."""

import json
from datetime import datetime

from bot.errors import SourceFault
from bot.sources.health import SiteHealth
from bot.storage.engine.codec import moment, read_moment
from bot.storage.engine.database import Database
from bot.storage.engine.rows import known

HEARTBEAT = "heartbeat"
"""The note under which a running bot keeps when it last wrote to the database (ISO 8601, UTC)."""

_SOURCE_FAILING = "source failing since"
_SITE = "site"


MAX_SEARCHES = 100
"""A member's searches that are kept: who searches more has the older ones' buttons ask to search again."""


class Desk:
    """Notes by name, and members' searches, so that a button works after a restart."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, name: str) -> str | None:
        """What was noted under a name."""
        row = await self._database.row("SELECT value FROM notes WHERE name = ?", (name,))
        return row["value"] if row else None

    async def set_note(self, name: str, value: str) -> None:
        """Note a value under a name, in the place of what stood there."""
        async with self._database.write() as tx:
            await tx.run("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", (name, value))

    async def source_failing_since(self) -> datetime | None:
        """Since when the folder or the site can't be read, whichever longer; None where both can."""
        failing = (await self._folder_failing_since(), (await self.site_health()).failing_since)
        return min((since for since in failing if since), default=None)

    async def _folder_failing_since(self) -> datetime | None:
        return read_moment(await self.note(_SOURCE_FAILING))

    async def note_folder(self, now: datetime, *, failing: bool) -> None:
        """Note whether the archive's folder can be read, and the moment when it first could not."""
        if failing == (await self._folder_failing_since() is not None):
            return
        await self.set_note(_SOURCE_FAILING, moment(now) if failing else "")

    async def site_health(self) -> SiteHealth:
        """How the site was when it was last asked."""
        told = json.loads(await self.note(_SITE) or "{}")
        return SiteHealth(
            read_at=read_moment(told.get("read_at")),
            failing_since=read_moment(told.get("failing_since")),
            fault=known(SourceFault, told["fault"], SourceFault.BROKEN) if told.get("fault") else None,
        )

    async def forget_site(self) -> None:
        """Forget how the site was: it is not asked any more."""
        await self.note_site(SiteHealth())

    async def note_site(self, health: SiteHealth) -> None:
        """Note how the site was."""
        told = {name: moment(at) for name in ("read_at", "failing_since") if (at := getattr(health, name))}
        await self.set_note(_SITE, json.dumps(told | ({"fault": health.fault} if health.fault else {})))

    async def keep_search(self, user_id: int, question: str, now: datetime) -> int:
        """Keep what a member asked, and of what they asked before the newest; the id that its buttons bear."""
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
        """What this member asked, or None: another member's search is nobody else's."""
        row = await self._database.row(
            "SELECT question FROM searches WHERE id = ? AND user_id = ?", (search_id, user_id)
        )
        return row["question"] if row else None

    async def forget_searches(self, before: datetime) -> int:
        """Drop searches older than a moment; how many."""
        async with self._database.write() as tx:
            return await tx.run("DELETE FROM searches WHERE created_at < ?", (moment(before),))

    async def forget_member(self, user_id: int) -> None:
        """Delete all that is kept about a member, in one transaction."""
        async with self._database.write() as tx:
            await tx.run("DELETE FROM members WHERE user_id = ?", (user_id,))
            await tx.run("DELETE FROM searches WHERE user_id = ?", (user_id,))
            await tx.run("UPDATE digests SET created_by = NULL WHERE created_by = ?", (user_id,))
