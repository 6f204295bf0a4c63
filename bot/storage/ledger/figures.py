"""Figures about the ledger, for monitoring."""

import sqlite3
from datetime import datetime

from bot.monitor.model import Arrived, Figures
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.engine.rows import readable
from bot.storage.ledger.consequences import OPEN


class LedgerFigures:
    """Counts of what is in the outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def figures(self, now: datetime) -> Figures:
        """Count the deliveries now."""
        counted = await self._database.rows(
            "SELECT state, coalesce(fault, ''), count(*) FROM deliveries GROUP BY state, fault"
        )
        due = await self._database.row(
            f"SELECT count(*) FROM deliveries WHERE state IN {OPEN} AND due <= ?",
            (moment(now),),
        )
        return Figures({(row[0], row[1]): row[2] for row in counted}, due[0] if due else 0)

    async def arrived(self, since: datetime) -> list[Arrived]:
        """The editions whose first message was sent at `since` or later, in order of sending."""
        rows = await self._database.rows(
            "SELECT editions.id, sent_at, editions.due FROM deliveries JOIN editions ON editions.id = edition_id"
            " WHERE edition_id IS NOT NULL AND position = 0 AND sent_at >= ? ORDER BY sent_at",
            (moment(since),),
        )
        return readable(rows, _arrived, "edition")


def _arrived(row: sqlite3.Row) -> Arrived:
    return Arrived(row[0], datetime.fromisoformat(row[2]), datetime.fromisoformat(row[1]))
