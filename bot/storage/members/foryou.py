"""What "For you" reads of members, and who may get an alert of it."""

from datetime import date, datetime

from bot.alerts.model import Subscription
from bot.foryou.model import MOST_SAVED, Kept, Member
from bot.storage.engine.database import Database
from bot.storage.engine.rows import readable
from bot.storage.members.subscriptions import subscription_of

_ITS_ALERTS = (
    "SELECT a.day FROM alerts a, json_each(CASE WHEN json_valid(a.matches) THEN a.matches ELSE '[]' END) match"
    """ WHERE a.user_id = ? AND match.value -> 2 = '[""]'"""
)
"""The days of a member's alerts that hold something of "For you"."""


class ForYouMembers:
    """Reads what members saved, muted and subscribed to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def member(self, user_id: int) -> Member:
        """A member's newest MOST_SAVED papers, mutes, and queries of subscriptions that are not paused."""
        kept = await self._database.rows(
            "SELECT arxiv_id, saved_at FROM saved WHERE user_id = ? ORDER BY saved_at DESC, arxiv_id DESC LIMIT ?",
            (user_id, MOST_SAVED),
        )
        mutes = await self._database.rows("SELECT query FROM mutes WHERE user_id = ? ORDER BY id", (user_id,))
        queries = await self._database.rows(
            "SELECT query FROM subscriptions WHERE user_id = ? AND query <> '' AND NOT paused ORDER BY id DESC",
            (user_id,),
        )
        saved = readable(
            kept, lambda row: Kept(row["arxiv_id"], datetime.fromisoformat(row["saved_at"])), "saved paper"
        )
        return Member(tuple(saved), tuple(row["query"] for row in mutes), tuple(row["query"] for row in queries))

    async def listening(self, day: date) -> list[Subscription]:
        """The subscriptions to "For you" that may alert about a day: made by then, not paused, DMs not closed.

        Those that alerted about the day are left out.
        """
        rows = await self._database.rows(
            "SELECT s.* FROM subscriptions s JOIN members m USING (user_id) WHERE s.query = '' AND NOT s.paused"
            " AND substr(s.created_at, 1, 10) <= ?1 AND m.dms_closed IS NULL"
            f" AND ?1 NOT IN ({_ITS_ALERTS.replace('?', 's.user_id')}) ORDER BY s.id",
            (day.isoformat(),),
        )
        return readable(rows, subscription_of, "subscription")

    async def last_alert(self, user_id: int) -> date | None:
        """The newest day about which the member had an alert of "For you", as long as alerts are kept."""
        row = await self._database.row(f"SELECT max(day) FROM ({_ITS_ALERTS})", (user_id,))
        return date.fromisoformat(row[0]) if row and row[0] else None
