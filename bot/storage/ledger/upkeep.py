"""Maintenance of the database: deletes old rows, updates statistics, checks integrity."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.engine.examine import is_damage, problems
from bot.storage.engine.rows import json_or
from bot.storage.ledger.consequences import OPEN
from bot.storage.ledger.had import remember_edition
from bot.storage.papers.strays import forget_strays

_STEPS = 10_000  # of SQLite's virtual machine between two checks for cancellation
_ANALYSED_ROWS = 400  # of an index, as SQLite's documentation of PRAGMA optimize recommends


class Upkeep:
    """Maintenance of a database, in short transactions: other writers wait for at most one of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget_editions(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` editions due before a moment, with their deliveries; return how many.

        Their days and papers stay recorded as had. A digest's newest edition is kept, as it shows up to when runs are
        settled, and so are editions that still owe something.
        """
        async with self._database.write() as tx:
            rows = await tx.rows(
                "SELECT id FROM editions WHERE due < ? AND state <> 'planned' AND due <"
                " (SELECT max(due) FROM editions newer WHERE newer.digest_id = editions.digest_id)"
                " ORDER BY due LIMIT ?",
                (moment(before), limit),
            )
            for row in rows:
                await remember_edition(tx, row["id"])
                await tx.run("DELETE FROM editions WHERE id = ?", (row["id"],))
        return len(rows)

    async def forget_alerts(self, before: date, limit: int) -> int:
        """Delete up to `limit` alerts about days before a date, with their deliveries; return how many.

        It is forgotten, too, that their members were told of these papers.
        """
        async with self._database.write() as tx:
            rows = await tx.rows(
                "SELECT id FROM alerts WHERE day < ? AND NOT EXISTS (SELECT 1 FROM deliveries"
                f" WHERE alert_id = alerts.id AND state IN {OPEN}) ORDER BY day LIMIT ?",
                (before.isoformat(), limit),
            )
            for row in rows:
                await tx.run(
                    "DELETE FROM alerted WHERE (user_id, arxiv_id) IN (SELECT user_id,"
                    " iif(type = 'array', json_extract(value, '$[0]'), NULL)"
                    f" FROM alerts, json_each({json_or('matches')}) WHERE alerts.id = ? AND unread IS NULL)",
                    (row["id"],),
                )
                await tx.run("DELETE FROM alerts WHERE id = ?", (row["id"],))
        return len(rows)

    async def forget_pauses(self, before: datetime) -> None:
        """Delete pauses that ended before a moment."""
        async with self._database.write() as tx:
            await tx.run("DELETE FROM pauses WHERE ended < ?", (moment(before),))

    async def forget_strays(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` strays that a day lists now, or that nobody saved since a moment; return how many."""
        async with self._database.write() as tx:
            return await forget_strays(tx, before, limit)

    async def optimize(self) -> None:
        """Let SQLite update the statistics of its query planner where they are outdated."""
        async with self._database.write() as tx:
            await tx.run(f"PRAGMA analysis_limit = {_ANALYSED_ROWS}")
            await tx.run("PRAGMA optimize")

    async def inspect(self) -> list[str]:
        """What SQLite's integrity check finds wrong; empty if the database is sound.

        It takes seconds per gigabyte, on a connection and thread of its own, and stops soon after being cancelled.
        """
        stop = threading.Event()
        try:
            return await asyncio.to_thread(_inspect, self._database.path, stop)
        except asyncio.CancelledError:
            stop.set()
            raise


def _inspect(path: Path, stop: threading.Event) -> list[str]:
    with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)) as connection:
        connection.set_progress_handler(stop.is_set, _STEPS)
        try:
            return problems(connection, "integrity_check")
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            return [str(error)]
