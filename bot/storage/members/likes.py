"""Members' likes of papers, each in the server where it was given."""

from datetime import date, datetime

from bot.reading.likes import MAX_LIKES, Liked, Liking
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library

_THIS = "guild_id = ? AND user_id = ? AND arxiv_id = ?"
_WITHIN = (
    "FROM likes JOIN papers USING (arxiv_id) WHERE likes.guild_id = ? AND papers.day BETWEEN ? AND ?"
    " GROUP BY papers.arxiv_id"
)


class Likes:
    """The likes. What is read is of one server, and names no member."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    async def add(self, guild_id: int, user_id: int, arxiv_id: str, now: datetime, limit: int = MAX_LIKES) -> bool:
        """Add a member's like; False if the member has `limit` likes. A second one of the same paper adds nothing."""
        async with self._database.write() as tx:
            if await tx.row(f"SELECT 1 FROM likes WHERE {_THIS}", (guild_id, user_id, arxiv_id)):
                return True
            held = await tx.row("SELECT count(*) FROM likes WHERE user_id = ?", (user_id,))
            if held and held[0] >= limit:
                return False
            await tx.run("INSERT OR IGNORE INTO members (user_id) VALUES (?)", (user_id,))
            await tx.run(
                "INSERT INTO likes (guild_id, user_id, arxiv_id, liked_at) VALUES (?, ?, ?, ?)",
                (guild_id, user_id, arxiv_id, moment(now)),
            )
        return True

    async def remove(self, guild_id: int, user_id: int, arxiv_id: str) -> None:
        """Take a member's like back, if there is one."""
        async with self._database.write() as tx:
            await tx.run(f"DELETE FROM likes WHERE {_THIS}", (guild_id, user_id, arxiv_id))

    async def of(self, guild_id: int, user_id: int, arxiv_id: str) -> Liking:
        """How many members of a server like a paper, and whether this one does."""
        row = await self._database.row(
            "SELECT count(*), coalesce(max(user_id = ?), 0) FROM likes WHERE guild_id = ? AND arxiv_id = ?",
            (user_id, guild_id, arxiv_id),
        )
        return Liking(row[0], bool(row[1])) if row else Liking(0, own=False)

    async def top(
        self, guild_id: int, since: date | None, until: date | None, limit: int, offset: int = 0
    ) -> tuple[int, tuple[Liked, ...]]:
        """A server's favourites among the papers of some days: how many it likes, and one page, the most liked first.

        Of two papers with as many likes, the one of the newer day comes first.
        """
        of = (guild_id, (since or date.min).isoformat(), (until or date.max).isoformat())
        total = await self._database.row(f"SELECT count(*) FROM (SELECT 1 {_WITHIN})", of)
        rows = await self._database.rows(
            f"SELECT papers.arxiv_id, count(*) AS likes {_WITHIN}"
            " ORDER BY likes DESC, papers.day DESC, papers.id LIMIT ? OFFSET ?",
            (*of, limit, offset),
        )
        counts = {row["arxiv_id"]: row["likes"] for row in rows}
        found = await self._library.appearances(list(counts))
        return (total[0] if total else 0), tuple(Liked(each, counts[i]) for i, each in found.items())
