"""Replaces a server's digests with those of a file, in one transaction."""

from datetime import datetime

from bot.digests.exchange import ImportPlan
from bot.storage.engine.database import Database, Transaction
from bot.storage.ledger.digests import begin_pause, digests_in, end_pause, insert


class Imports:
    """Carries out the plans of imports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, guild_id: int, plan: ImportPlan, created_by: int, now: datetime) -> bool:
        """Carry out a plan. Returns False, changing nothing, if the server's digests have changed since it was made."""
        async with self._database.write() as tx:
            if not await _stand_as_planned(tx, guild_id, plan):
                return False
            await tx.many("DELETE FROM digests WHERE id = ?", [(digest.id,) for digest in plan.removed])
            # Numbers are unique at every moment: negative ones make room for the new ones.
            await tx.run("UPDATE digests SET number = -number WHERE guild_id = ?", (guild_id,))
            for digest, entry in plan.kept:
                await tx.run("UPDATE digests SET number = ? WHERE id = ?", (entry.number, digest.id))
                if entry.paused and digest.pause is None:
                    await begin_pause(tx, digest.id, now)
                elif digest.pause is not None and not entry.paused:
                    await end_pause(tx, digest.id, now)
            for entry in plan.added:
                digest_id = await insert(tx, guild_id, entry.number, entry.order, created_by, now)
                if entry.paused:
                    await begin_pause(tx, digest_id, now)
        return True


async def _stand_as_planned(tx: Transaction, guild_id: int, plan: ImportPlan) -> bool:
    held = {digest.id: (digest.order, digest.pause is None) for digest in await digests_in(tx, guild_id)}
    return held == {digest.id: (digest.order, digest.pause is None) for digest in plan.digests}
