"""What a restored ledger does not know: what became of what it owed, and of the runs since. None is sent again."""

import json
from datetime import date

from bot.delivery.model import State
from bot.digests.model import EditionState, Reason
from bot.storage.engine.database import Database
from bot.storage.ledger.consequences import OPEN
from bot.storage.ledger.had import remember_dates, remember_days, remember_edition

# Ids in use since the backup must not be given out again: messages in Discord bear them. At Discord's limit of 50
# messages a second, this is what 231 days can have used.
_LEAP = 1_000_000_000


class RestoredLedger:
    """The ledger of a backup, before a bot runs on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def close_what_is_owed(self, reason: Reason) -> int:
        """Skip every delivery that is owed, with the reason in its edition; how many.

        The papers of such an edition count as had, those of such an alert as told. What arrived in the library and was
        not yet held against the subscriptions alerts nobody.
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
            await tx.run(
                "INSERT INTO sqlite_sequence (name, seq) SELECT 'deliveries', 0"
                " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'deliveries')"
            )
            await tx.run("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'deliveries'", (_LEAP,))
        return closed

    async def count_as_had(self, digest_id: int, first: date, last: date) -> None:
        """Keep the library's days from one to another as had by a digest, with all their papers."""
        async with self._database.write() as tx:
            await remember_days(tx, digest_id, first.isoformat(), last.isoformat())

    async def count_dates_as_had(self, digest_id: int, first: date, last: date) -> None:
        """Keep every date from one to another as had, whether the library has such a day or will have it."""
        async with self._database.write() as tx:
            await remember_dates(tx, digest_id, first, last)
