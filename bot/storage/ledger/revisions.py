"""The ledger of revisions: which editions to edit with settled votes, and how far each edit has come."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.delivery.model import Delivery, Receipt
from bot.delivery.reviser import Revision
from bot.delivery.verdict import PATIENCE
from bot.digests.model import WEEK
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import readable
from bot.storage.ledger.outbox import delivery_of
from bot.storage.ledger.waits import shorten_waits

_DAYS = 2  # days after votes have settled during which editions are still edited
_TOGETHER = 500  # editions noted in one transaction
_DAY = timedelta(days=1)
# Posted before the votes had settled, not by a replay, and not looked at yet. In every zone, an edition is due on its
# day or later.
_UNSETTLED = (
    "SELECT e.id, e.papers, e.first_day FROM editions e JOIN digests d ON d.id = e.digest_id"
    " WHERE e.due >= ? AND e.due < ? AND e.day = ? AND e.state = 'posted' AND d.replay_from IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.edition_id = e.id) LIMIT ?"
)
_READ = (
    "SELECT arxiv_id, votes, max(read_at) FROM votes WHERE day BETWEEN ? AND ? AND read_at >= ?"
    " GROUP BY day, arxiv_id ORDER BY votes"
)

_READ_LATE = (
    "SELECT day, arxiv_id, votes, max(read_at) AS read_at FROM late JOIN votes USING (day, arxiv_id)"
    " WHERE day >= ? AND day < ? GROUP BY day, arxiv_id ORDER BY day"
)


class Revisions:
    """The revisions. An edition has at most one, even if nothing was to change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def plan(self, settle: timedelta, now: datetime) -> int:
        """Record revisions for days that ended `settle` ago and whose votes were read since; return how many to edit.

        A revision is recorded as done if the edition shows the settled votes already.
        """
        newest = (now - settle).astimezone(UTC).date() - _DAY
        planned = 0
        for ago in range(_DAYS):
            planned += await self._plan_day(newest - timedelta(days=ago), settle, now)
        return planned

    async def _plan_day(self, day: date, settle: timedelta, now: datetime) -> int:
        settled = datetime.combine(day + _DAY, time(), UTC) + settle
        votes = await self._votes(day, day, settled)
        of_week = await self._votes(day - timedelta(days=WEEK - 1), day, settled)
        late = await self._late_votes(day, settled) if votes else {}
        posted = (moment(datetime.combine(day - _DAY, time(), UTC)), moment(settled), day.isoformat(), _TOGETHER)
        planned = 0
        while votes and (editions := await self._database.rows(_UNSETTLED, posted)):
            planned += await self._note(_differing(editions, late | votes, late | of_week), now)
        return planned

    async def _votes(self, first: date, last: date, since: datetime) -> dict[str, int]:
        """The votes of papers of some days as last read since a moment; the highest if days differ."""
        rows = await self._database.rows(_READ, (first.isoformat(), last.isoformat(), moment(since)))
        return dict(readable(rows, lambda row: (row["arxiv_id"], int(row["votes"])), "the votes of paper"))

    async def _late_votes(self, day: date, settled: datetime) -> dict[str, int]:
        """The votes of papers that were late for a day's edition, as their own days settled with them."""
        rows = await self._database.rows(_READ_LATE, ((day - timedelta(days=2 * WEEK)).isoformat(), day.isoformat()))
        offset = settled - datetime.combine(day, time(), UTC)

        def settles(row: sqlite3.Row) -> str:
            return moment(datetime.combine(date.fromisoformat(row["day"]), time(), UTC) + offset)

        settling = readable(rows, lambda row: (row, settles(row)), "the late votes of")
        return {row["arxiv_id"]: row["votes"] for row, settled_at in settling if row["read_at"] >= settled_at}

    async def _note(self, news: Mapping[int, Mapping[str, int]], now: datetime) -> int:
        async with self._database.write() as tx:
            await tx.many(
                "INSERT OR IGNORE INTO revisions (edition_id, state, votes, due, until) VALUES (?, ?, ?, ?, ?)",
                [
                    (key, "pending" if new else "done", json.dumps(new), moment(now), moment(now + PATIENCE))
                    for key, new in news.items()
                ],
            )
        return sum(map(bool, news.values()))

    async def shorten_waits(self, now: datetime, longest: Callable[[int], timedelta]) -> None:
        """Make revisions due that wait longer than `longest` allows after their attempts: the clock was set back."""
        await shorten_waits(self._database, "revisions", "state = 'pending'", now, longest)

    async def next_owed(self, now: datetime) -> Revision | None:
        """The revision that has been due longest; None if none is due."""
        owed = "SELECT * FROM revisions WHERE state = 'pending' AND due <= ? ORDER BY due, edition_id LIMIT 1"
        while row := await self._database.row(owed, (moment(now),)):
            if found := readable([row], _revision, "the revision of edition"):
                return found[0]
            await self._fail(row["edition_id"], "can't be read")
        return None

    async def messages(self, revision: Revision) -> list[tuple[Delivery, Receipt]]:
        """The edition's messages that are still to be edited, in order, with their places."""
        rows = await self._database.rows(
            "SELECT * FROM deliveries WHERE edition_id = ? AND position >= ? AND state = 'sent' ORDER BY position",
            (revision.edition_id, revision.position),
        )
        sent = readable(rows, lambda row: (delivery_of(row), Receipt(row["channel_id"], row["message_id"])), "delivery")
        return [(delivery, receipt) for delivery, receipt in sent if delivery.part.is_message]

    async def advance(self, revision: Revision, position: int) -> None:
        """Record that the messages before `position` are edited."""
        async with self._database.write() as tx:
            await tx.run("UPDATE revisions SET position = ? WHERE edition_id = ?", (position, revision.edition_id))

    async def retry(self, revision: Revision, detail: str, again: datetime) -> None:
        """Record a failure that may pass, and when to try again."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE revisions SET attempts = attempts + 1, detail = ?, due = ? WHERE edition_id = ?",
                (detail, moment(again), revision.edition_id),
            )

    async def fail(self, revision: Revision, detail: str) -> None:
        """Give a revision up."""
        await self._fail(revision.edition_id, detail)

    async def _fail(self, edition_id: int, detail: str) -> None:
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE revisions SET state = 'failed', detail = ? WHERE edition_id = ?",
                (detail, edition_id),
            )

    async def finish(self, revision: Revision) -> None:
        """Record that all messages are edited, and store the new votes in the edition."""
        async with self._database.write() as tx:
            await _give_votes(tx, revision)
            await tx.run(
                "UPDATE revisions SET state = 'done', detail = NULL WHERE edition_id = ?", (revision.edition_id,)
            )


async def _give_votes(tx: Transaction, revision: Revision) -> None:
    row = await tx.row("SELECT id, papers FROM editions WHERE id = ?", (revision.edition_id,))
    for papers in readable([row] if row else [], lambda row: _with_votes(row["papers"], revision.votes), "edition"):
        await tx.run("UPDATE editions SET papers = ? WHERE id = ?", (papers, revision.edition_id))


def _with_votes(papers: str, votes: Mapping[str, int]) -> str:
    return json.dumps([[arxiv_id, votes.get(arxiv_id, had), *rest] for arxiv_id, had, *rest in json.loads(papers)])


def _differing(
    editions: Sequence[sqlite3.Row], votes: Mapping[str, int], of_week: Mapping[str, int]
) -> dict[int, dict[str, int]]:
    """The votes that changed, by edition; none for an edition that can't be read."""

    def read(row: sqlite3.Row) -> tuple[int, dict[str, int]]:
        return row["id"], _news(row["papers"], of_week if row["first_day"] else votes)

    return {row["id"]: {} for row in editions} | dict(readable(editions, read, "edition"))


def _news(papers: str, votes: Mapping[str, int]) -> dict[str, int]:
    """The votes that differ from those posted, by arXiv id."""
    posted = {arxiv_id: count for arxiv_id, count, *_ in json.loads(papers)}
    return {i: votes[i] for i in posted if i in votes and votes[i] != posted[i]}


def _revision(row: sqlite3.Row) -> Revision:
    return Revision(
        edition_id=row["edition_id"],
        votes=json.loads(row["votes"]),
        position=row["position"],
        attempts=row["attempts"],
        until=datetime.fromisoformat(row["until"]),
    )
