"""Which pages Paperboy wrote into the folder, and from what."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Writable:
    """A whole day of the site: when it was last read, how many of its papers have a summary that was made.

    `stage` and `ours` are what its page was last written from, and that page's hash; None where there is none.
    """

    day: date
    read_at: datetime
    made: int
    stage: str | None
    ours: str | None


class WrittenPages:
    """The pages that are Paperboy's own. One that a person changed is loaded, and then it is theirs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def writable(self, since: date) -> list[Writable]:
        """The whole days with papers from a date on, oldest first."""
        rows = await self._database.rows(
            "SELECT s.day, s.read_at, w.stage, w.hash, (SELECT count(*) FROM pages p JOIN appearances a"
            " ON a.page_id = p.id JOIN summaries m ON m.arxiv_id = a.arxiv_id AND m.state = 'made'"
            " WHERE p.key = 'site/' || s.day) AS made"
            " FROM site_days s LEFT JOIN written w ON w.key = replace(s.day, '-', '/') || '.md'"
            " WHERE s.whole_at IS NOT NULL AND s.papers > 0 AND s.day >= ? ORDER BY s.day",
            (since.isoformat(),),
        )
        return [
            Writable(
                day=date.fromisoformat(row["day"]),
                read_at=datetime.fromisoformat(row["read_at"]),
                made=row["made"],
                stage=row["stage"],
                ours=row["hash"],
            )
            for row in rows
        ]

    async def note(self, key: str, content_hash: str, stage: str) -> None:
        """Note that a page was written, and from what."""
        async with self._database.write() as tx:
            await tx.run(
                "INSERT OR REPLACE INTO written (key, hash, stage) VALUES (?, ?, ?)", (key, content_hash, stage)
            )
