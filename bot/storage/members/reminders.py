"""Members' reminders, and those that are owed as alerts."""

import json
import sqlite3
from datetime import datetime

from bot.alerts.reminders import SHOWN, Reminder
from bot.digests.timing import zone_named
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.engine.rows import readable
from bot.storage.ledger.consequences import owe_alert

_UNREAD = "saved s WHERE s.user_id = ? AND s.read_at IS NULL"
_THIS = "user_id = ? AND due = ?"


class ReminderTable:
    """One reminder a member."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, user_id: int) -> Reminder | None:
        """A member's reminder; None if there is none."""
        rows = await self._database.rows("SELECT * FROM reminders WHERE user_id = ?", (user_id,))
        return next(iter(readable(rows, _reminder, "reminder")), None)

    async def put(self, reminder: Reminder) -> None:
        """Store a reminder, in place of the member's earlier one; their DMs are tried again."""
        values = (reminder.user_id, reminder.weekday, reminder.timezone, reminder.language, moment(reminder.due))
        async with self._database.write() as tx:
            await tx.run("INSERT OR IGNORE INTO members (user_id) VALUES (?)", (reminder.user_id,))
            await tx.run("UPDATE members SET dms_closed = NULL WHERE user_id = ?", (reminder.user_id,))
            await tx.run(
                "INSERT OR REPLACE INTO reminders (user_id, weekday, timezone, language, due) VALUES (?, ?, ?, ?, ?)",
                values,
            )

    async def remove(self, user_id: int) -> bool:
        """Delete a member's reminder; whether there was one."""
        async with self._database.write() as tx:
            return await tx.run("DELETE FROM reminders WHERE user_id = ?", (user_id,)) > 0

    async def due(self, now: datetime) -> list[Reminder]:
        """The reminders that are due."""
        rows = await self._database.rows("SELECT * FROM reminders WHERE due <= ? ORDER BY due", (moment(now),))
        return readable(rows, _reminder, "reminder")

    async def move(self, reminder: Reminder, due: datetime) -> None:
        """Make a reminder due at another moment, unless the member has changed it meanwhile."""
        async with self._database.write() as tx:
            await tx.run(
                f"UPDATE reminders SET due = ? WHERE {_THIS}", (moment(due), reminder.user_id, moment(reminder.due))
            )

    async def owe(self, reminder: Reminder, due: datetime, now: datetime) -> bool:
        """Move a reminder to `due` and owe it by DM, in one transaction; whether it is owed.

        It is not if it was moved before, if the member's DMs are closed, and if nothing of their list is unread.
        """
        user_id, this = reminder.user_id, (reminder.user_id, moment(reminder.due))
        async with self._database.write() as tx:
            if not await tx.run(f"UPDATE reminders SET due = ? WHERE {_THIS}", (moment(due), *this)):
                return False
            if not await tx.row("SELECT 1 FROM members WHERE user_id = ? AND dms_closed IS NULL", (user_id,)):
                return False
            shown = await tx.rows(
                f"SELECT s.arxiv_id FROM {_UNREAD} AND (EXISTS (SELECT 1 FROM papers p WHERE p.arxiv_id = s.arxiv_id)"
                " OR EXISTS (SELECT 1 FROM strays t WHERE t.arxiv_id = s.arxiv_id))"
                " ORDER BY s.saved_at DESC, s.arxiv_id DESC LIMIT ?",
                (user_id, SHOWN),
            )
            if not shown:
                return False
            [[unread]] = await tx.rows(f"SELECT count(*) FROM {_UNREAD}", (user_id,))
            day = reminder.due.astimezone(zone_named(reminder.timezone)).date()
            matches = json.dumps([[row["arxiv_id"], None, []] for row in shown])
            values = (user_id, day.isoformat(), None, None, reminder.language, matches)
            await owe_alert(tx, values, now, unread=unread)
        return True


def _reminder(row: sqlite3.Row) -> Reminder:
    due = datetime.fromisoformat(row["due"])
    return Reminder(row["user_id"], row["weekday"], row["timezone"], row["language"], due)
