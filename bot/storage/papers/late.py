"""Papers that the site added to a day after it was closed. They wait for the next edition, and for the next alert."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.storage.engine.codec import moment
from bot.storage.engine.database import Transaction


async def is_closed(tx: Transaction, day: date) -> bool:
    """Whether a day is closed, by a reading of the site or by a page of the folder."""
    return await tx.row("SELECT 1 FROM closed_days WHERE day = ?", (day.isoformat(),)) is not None


async def put_late(tx: Transaction, day: date, arxiv_ids: Iterable[str], now: datetime) -> int:
    """Record those papers as late that no page of a closed day lists yet; return how many."""
    rows = await tx.rows("SELECT arxiv_id FROM appearances WHERE day = ?", (day.isoformat(),))
    late = sorted(set(arxiv_ids) - {row["arxiv_id"] for row in rows})
    await tx.many(
        "INSERT OR IGNORE INTO late (day, arxiv_id, found_at) VALUES (?, ?, ?)",
        [(day.isoformat(), arxiv_id, moment(now)) for arxiv_id in late],
    )
    return len(late)


async def release_late(tx: Transaction, closed: date) -> None:
    """Let alerts tell of what was late on earlier days, as a day was closed."""
    await tx.run("UPDATE late SET waits = 0 WHERE waits AND day < ?", (closed.isoformat(),))


async def forget_late(tx: Transaction, before: date) -> None:
    """Delete what was late on days before a date."""
    await tx.run("DELETE FROM late WHERE day < ?", (before.isoformat(),))
