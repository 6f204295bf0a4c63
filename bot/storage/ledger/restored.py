"""After restoring a backup: what it owed, and later runs, may have been sent already, so none is sent again."""

import json
from datetime import UTC, date, datetime

from bot.delivery.model import State
from bot.digests.model import EditionState, Reason
from bot.storage.engine.codec import moment, read_moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.ledger.consequences import OPEN
from bot.storage.ledger.greetings import GREETED_UNTIL
from bot.storage.ledger.had import remember_dates, remember_days, remember_edition
from bot.storage.members.desk import HEARTBEAT
from bot.storage.papers.library import HALF_DAYS

# Message ids in Discord's controls must not be reused, so skip those used since the backup: at Discord's limit of 50
# messages a second, this is enough for 231 days.
_LEAP = 1_000_000_000
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # so late that a reminder is skipped


class RestoredLedger:
    """The ledger of a restored backup, before a bot runs on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last_sign(self) -> datetime | None:
        """The last moment (UTC) at which a bot is known to have run on the database; None if none is."""
        row = await self._database.row("SELECT value FROM notes WHERE name = ?", (HEARTBEAT,))
        return read_moment(row["value"]) if row else None

    async def doubt_what_is_owed(self, since: datetime, until: datetime, closed_before: date) -> int:
        """Put deliveries due by `until` in doubt since a moment: the bot finds out which were sent. Returns how many.

        What can't be found out is closed, as in `close_what_is_owed`. But arrivals that wait for a day to close stay,
        unless it may have been closed: only days before `closed_before` may.
        """
        async with self._database.write() as tx:
            doubted = await tx.run(
                f"UPDATE deliveries SET state = ?, unsure_since = coalesce(unsure_since, ?) WHERE state IN {OPEN}"
                " AND due <= ?",
                (State.RETRYING, moment(since), moment(until)),
            )
            await tx.run(
                f"DELETE FROM arrivals WHERE EXISTS ({HALF_DAYS} WHERE day < ?) OR NOT (day IN ({HALF_DAYS})"
                " OR (day, arxiv_id) IN (SELECT day, arxiv_id FROM late WHERE waits))",
                (closed_before.isoformat(),),
            )
            await _forget_the_rest(tx, until)
        return doubted

    async def close_what_is_owed(self, reason: Reason, now: datetime) -> int:
        """Skip every delivery that is owed, and give `reason` in its edition; return how many.

        The papers of these editions count as had, those of these alerts as told. Arrivals that were not yet matched are
        dropped, so they alert nobody. Servers that invited the bot until `now` count as greeted.
        """
        async with self._database.write() as tx:
            for row in await tx.rows("SELECT id FROM editions WHERE state = ?", (EditionState.PLANNED,)):
                await remember_edition(tx, row["id"])
            await tx.run(
                "UPDATE editions SET state = iif(message_id IS NULL, ?, ?), why = ?, facts = ? WHERE state = ?",
                (EditionState.SKIPPED, EditionState.FAILED, reason.why, json.dumps(reason.facts), EditionState.PLANNED),
            )
            closed = await tx.run(
                f"UPDATE deliveries SET state = ?, detail = ? WHERE state IN {OPEN}", (State.SKIPPED, reason.why)
            )
            await tx.run("DELETE FROM arrivals")
            await _forget_the_rest(tx, now)
        return closed

    async def count_as_had(self, digest_id: int, first: date, last: date) -> None:
        """Record the library's days from `first` to `last` and all their papers as had by a digest."""
        async with self._database.write() as tx:
            await remember_days(tx, digest_id, first.isoformat(), last.isoformat())

    async def count_dates_as_had(self, digest_id: int, first: date, last: date) -> None:
        """Record every date from `first` to `last` as had, whether or not the library has papers of it."""
        async with self._database.write() as tx:
            await remember_dates(tx, digest_id, first, last)


async def _forget_the_rest(tx: Transaction, until: datetime) -> None:
    """Drop the greetings and reminders that were owed by a moment, and skip the ids that may have been used since."""
    await tx.run("UPDATE reminders SET due = ? WHERE due <= ?", (moment(_LONG_AGO), moment(until)))
    await tx.run("UPDATE greetings SET state = 'skipped' WHERE state IN ('owed', 'sending')")
    await tx.run("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", (GREETED_UNTIL, moment(until)))
    await tx.run(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'deliveries', 0"
        " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'deliveries')"
    )
    await tx.run("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'deliveries'", (_LEAP,))
