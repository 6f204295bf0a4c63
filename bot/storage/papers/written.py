"""Which pages Paperboy wrote into the folder, and from what."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import readable

OWN_KEY = "substr(key, -13)"
"""The key of a page that Paperboy wrote, YYYY/MM/DD.md, without the language that stands before it in all but the
archive's."""


@dataclass(frozen=True, slots=True)
class Writable:
    """A whole day of the site: when it was last read, and how many of its papers have a model's summary.

    `stage` is what its page was last written from; None if there is none.
    """

    day: date
    read_at: datetime
    made: int
    stage: str | None


class WrittenPages:
    """The pages that Paperboy wrote into a folder: the archive's, or that of a `language`.

    If a person changes one of the archive's, it is loaded and becomes theirs.
    """

    def __init__(self, database: Database, language: str = "") -> None:
        self._database = database
        self._before = f"{language}/" if language else ""

    async def writable(self) -> list[Writable]:
        """The whole days with papers, oldest first."""
        rows = await self._database.rows(
            "SELECT s.day, s.read_at, w.stage, (SELECT count(*) FROM pages p JOIN appearances a"
            " ON a.page_id = p.id JOIN summaries m ON m.arxiv_id = a.arxiv_id AND m.state = 'made'"
            " WHERE p.key = 'site/' || s.day) AS made"
            " FROM site_days s LEFT JOIN written w ON w.key = ? || replace(s.day, '-', '/') || '.md'"
            " WHERE s.whole_at IS NOT NULL AND s.papers > 0 ORDER BY s.day",
            (self._before,),
        )
        return readable(rows, _writable, "the site's day")

    async def is_own(self, key: str, content_hash: str) -> bool:
        """Whether Paperboy wrote this content as this page, in any process."""
        row = await self._database.row(
            "SELECT 1 FROM own_pages WHERE key = ? AND hash = ?", (self._before + key, content_hash)
        )
        return row is not None

    async def announce(self, key: str, content_hash: str) -> None:
        """Record a page's content before writing it, so that it is recognised as ours at once."""
        async with self._database.write() as tx:
            await tx.run(
                "INSERT OR IGNORE INTO own_pages (key, hash) VALUES (?, ?)", (self._before + key, content_hash)
            )

    async def note(self, key: str, stage: str) -> None:
        """Record what a page was written from."""
        async with self._database.write() as tx:
            await tx.run("INSERT OR REPLACE INTO written (key, stage) VALUES (?, ?)", (self._before + key, stage))


async def outdate(tx: Transaction, key: str) -> None:
    """Have a page written again in every folder that has it, as its day holds other papers now."""
    await tx.run(f"DELETE FROM written WHERE {OWN_KEY} = ?", (key,))


def _writable(row: sqlite3.Row) -> Writable:
    return Writable(
        day=date.fromisoformat(row["day"]),
        read_at=datetime.fromisoformat(row["read_at"]),
        made=row["made"],
        stage=row["stage"],
    )
