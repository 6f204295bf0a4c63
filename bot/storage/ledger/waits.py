"""Waits that are stored as moments (UTC), and what becomes of them when the clock is set back."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.engine.rows import readable


async def shorten_waits(
    database: Database, table: str, waiting: str, now: datetime, longest: Callable[[int], timedelta]
) -> None:
    """Make due at once what waits longer than it can have been told to: the clock was set back.

    `waiting` is the condition of rows that wait; `longest` returns the longest wait after so many attempts.
    """

    def too_long(row: sqlite3.Row) -> bool:
        return datetime.fromisoformat(row["due"]) - now > longest(row["attempts"])

    rows = await database.rows(
        f"SELECT rowid AS id, due, attempts FROM {table} WHERE {waiting} AND due > ?", (moment(now),)
    )
    late = [row_id for row_id, is_late in readable(rows, lambda row: (row["id"], too_long(row)), table) if is_late]
    if late:
        async with database.write() as tx:
            await tx.many(f"UPDATE {table} SET due = ? WHERE rowid = ?", [(moment(now), row_id) for row_id in late])
