"""Digests and editions: what servers ordered, and what became of each edition."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot.delivery.model import State
from bot.digests.model import (
    Digest,
    Edition,
    EditionState,
    Order,
    Pause,
    Plan,
    Publication,
    Reason,
    Selection,
    Subject,
    Why,
    read_order,
    write_order,
)
from bot.digests.past import Past, Shown
from bot.digests.timing import next_run
from bot.errors import Fault
from bot.storage.engine.codec import moment, read_moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import IS_DATE, json_or, known, readable
from bot.storage.ledger.consequences import OPEN, pause_digest
from bot.storage.ledger.had import (
    DAYS_HAD,
    PAPERS_HAD,
    SEEN,
)
from bot.storage.ledger.pasts import late_for, read_pasts, seen_by, shown
from bot.storage.ledger.plans import INSERT_EDITION, edition_row, parts
from bot.storage.papers.about import papers_about
from bot.storage.papers.library import HALF_DAYS

TOGETHER = 200
"""Digests read at once: with all of a large bot, others would wait for seconds."""
_TIME = "%H:%M"
_TIMING = ("time", "timezone", "weekdays")  # the settings that say when a digest is due
_PAUSES = 100
_DIGESTS = (
    "SELECT d.*, p.began, p.ended, p.why, p.facts FROM digests d"
    " LEFT JOIN pauses p ON p.digest_id = d.id AND p.ended IS NULL"
)
_ACTIVE = "NOT d.paused AND d.guild_id NOT IN (SELECT guild_id FROM removals)"
_PUBLICATIONS = "SELECT due, fault FROM deliveries p WHERE p.edition_id = e.id AND p.part = 'publication'"
# An edition that is being retried says since when it has been failing.
_EDITIONS = (
    "SELECT e.*, (SELECT min(d.failing_since) FROM deliveries d WHERE d.edition_id = e.id AND d.state <> 'sent')"
    " AS failing_since, (SELECT d.channel_id FROM deliveries d WHERE d.edition_id = e.id"
    " AND d.message_id = e.message_id) AS place,"
    " (SELECT count(*) FROM"
    f" json_each({json_or('e.papers')}) WHERE iif(type = 'array', json_array_length(value) > 4, 0)) AS late,"
    f" EXISTS ({_PUBLICATIONS} AND p.state = 'sent') AS published,"
    f" EXISTS ({_PUBLICATIONS} AND p.state IN {OPEN}) AS publishing,"
    f" (SELECT min(due) FROM ({_PUBLICATIONS} AND p.state IN {OPEN}) WHERE fault = '{Fault.PUBLISHING_LIMIT}')"
    " AS publishes_at"
    " FROM editions e WHERE e.digest_id = ?"
)


class Digests:
    """Digests and their editions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- orders --------------------------------------------------------------------------------------------------

    async def add(self, guild_id: int, order: Order, created_by: int, now: datetime, limit: int) -> Digest | None:
        """Store an order under the server's lowest free number. Returns None if the server has `limit` digests."""
        async with self._database.write() as tx:
            rows = await tx.rows("SELECT number FROM digests WHERE guild_id = ?", (guild_id,))
            taken = {row["number"] for row in rows}
            if len(taken) >= limit:
                return None
            number = next(number for number in range(1, limit + 1) if number not in taken)
            digest_id = await insert(tx, guild_id, number, order, created_by, now)
        return Digest(digest_id, guild_id, number, order, None, created_by, created_at=now, timed_at=now)

    async def change(self, digest_id: int, order: Order, now: datetime, *, resume: bool = False) -> None:
        """Replace a digest's order, and end its pause if `resume`.

        If its time, zone or weekdays change, runs before now are not made up for.
        """
        content = write_order(order)
        async with self._database.write() as tx:
            row = await tx.row("SELECT settings FROM digests WHERE id = ?", (digest_id,))
            await tx.run("UPDATE digests SET settings = ? WHERE id = ?", (content, digest_id))
            if row is not None and _timing(row["settings"]) != _timing(content):
                await tx.run("UPDATE digests SET timed_at = ?1, since = ?1 WHERE id = ?2", (moment(now), digest_id))
            if resume:
                await end_pause(tx, digest_id, now)

    async def remove(self, digest_id: int) -> None:
        """Delete a digest with its editions and their unsent messages."""
        async with self._database.write() as tx:
            await tx.run("DELETE FROM digests WHERE id = ?", (digest_id,))

    async def set_paused(self, digest_id: int, now: datetime, *, paused: bool) -> None:
        """Pause a digest for an admin, or resume it. Runs during the pause are not made up for."""
        async with self._database.write() as tx:
            await end_pause(tx, digest_id, now)
            if paused:
                await begin_pause(tx, digest_id, now)

    async def of_server(self, guild_id: int) -> list[Digest]:
        """A server's digests by number."""
        rows = await self._database.rows(f"{_DIGESTS} WHERE d.guild_id = ? ORDER BY d.number", (guild_id,))
        return readable(rows, digest_of, "digest")

    async def active(self, timezone: str | None = None, at: time | None = None) -> list[Digest]:
        """The digests that are not paused, in servers that the bot is in; with a zone and time, those due then."""
        when, values = "", tuple[str, ...]()
        if timezone is not None and at is not None:
            when, values = " AND d.timezone = ? AND d.time = ?", (timezone, at.strftime(_TIME))
        some = f"{_DIGESTS} WHERE {_ACTIVE}{when} AND d.id > ? ORDER BY d.id LIMIT ?"
        found = list[Digest]()
        last = 0
        while rows := await self._database.rows(some, (*values, last, TOGETHER)):
            found += readable(rows, digest_of, "digest")
            last = rows[-1]["id"]
        return found

    async def times(self) -> set[tuple[str, time]]:
        """Each zone and time at which an active digest is due."""
        rows = await self._database.rows("SELECT DISTINCT timezone, time FROM digests WHERE NOT paused")
        return set(
            readable(rows, lambda row: (row["timezone"], time.fromisoformat(row["time"])), "the digests' time in")
        )

    async def rest(self, digest_id: int, reason: Reason, now: datetime) -> None:
        """Pause a digest for a reason of ours, unless it is paused, and queue a notice to its admin."""
        async with self._database.write() as tx:
            await pause_digest(tx, digest_id, reason, now)

    async def pause_at(self, digest_id: int, at: datetime) -> Pause | None:
        """The pause that was in force at a moment."""
        row = await self._database.row(
            "SELECT * FROM pauses WHERE digest_id = ? AND began <= ? AND coalesce(ended, '~') > ? ORDER BY id DESC",
            (digest_id, moment(at), moment(at)),
        )
        return _pause(row) if row else None

    # -- what a digest has had ---------------------------------------------------------------------------------------

    async def pasts(self, digest_ids: Sequence[int], since: date) -> dict[int, Past]:
        """What each of the digests has had; of papers, only late ones and those listed from `since` on, or in its week.

        Nothing more is owed up to the last edition's moment, or to when the digest was last set.
        """
        return await read_pasts(self._database, digest_ids, since)

    async def settled_until(self, digest_id: int) -> datetime:
        """The moment up to which nothing more is owed by a digest that exists."""
        return (await self.pasts([digest_id], date.max))[digest_id].settled_until

    async def newest_day_not_had(self, digest_id: int) -> date | None:
        """The newest day that the digest may take and has not had, since the first that it had."""
        past = (await self.pasts([digest_id], date.max)).get(digest_id)
        return past.newest_day_not_had if past else None

    async def next_replay_day(
        self, digest_id: int, start: date, min_votes: int, query: str | None = None
    ) -> date | None:
        """The first day from `start` on with something to show: not had, with a paper not had that has the votes.

        With a query, a paper that matches it by its text of its newest day.
        """
        about, values = "", tuple[str, ...]()
        if query is not None:
            found, value = papers_about(query, "?4")
            about, values = f" AND arxiv_id IN ({found})", (value,)
        row = await self._database.row(
            f"SELECT min(day) FROM appearances WHERE coalesce(votes, 0) >= ?2 AND {IS_DATE} AND day >= ?3{about}"
            f" AND day NOT IN ({DAYS_HAD}) AND arxiv_id NOT IN ({PAPERS_HAD})"
            f" AND ((SELECT early FROM digests WHERE id = ?1) OR day NOT IN ({HALF_DAYS}))",
            (digest_id, min_votes, start.isoformat(), *values),
        )
        return date.fromisoformat(row[0]) if row and row[0] else None

    async def papers_had(self, digest_id: int) -> set[str]:
        """The arXiv ids of all papers that the digest had."""
        return {row[0] for row in await self._database.rows(PAPERS_HAD, (digest_id,))}

    async def papers_seen(self, digest_id: int) -> set[str]:
        """The arXiv ids of all papers that daily editions have shown in the server of a recap."""
        return (await seen_by(self._database, [digest_id], date.min)).get(digest_id, set())

    async def late_papers(self, digest_id: int) -> Mapping[date, frozenset[str]]:
        """The late papers that the digest's next edition may take in, by the day that lists them."""
        return (await late_for(self._database, [digest_id])).get(digest_id, {})

    async def beside(self, digest: Digest, since: date) -> list[Shown]:
        """What the daily editions of the server's other digests show in the digest's channel, if due since a date."""
        rows = await self._database.rows(
            "SELECT date, day, papers FROM editions WHERE channel_id = ?1 AND due >= ?2 AND first_day IS NULL"
            f" AND digest_id IN (SELECT id FROM digests WHERE guild_id = ?3 AND id <> ?4) AND {SEEN}",
            (digest.order.channel_id, since.isoformat(), digest.guild_id, digest.id),
        )
        return readable(rows, shown, "edition")

    # -- editions ------------------------------------------------------------------------------------------------

    async def plan(self, digest: Digest, on: date, due: datetime, outcome: Selection | Reason) -> int | None:
        """Record one edition, as `plan_all`."""
        return (await self.plan_all([Plan(digest, on, due, outcome)]))[0]

    async def plan_all(self, plans: Sequence[Plan]) -> list[int | None]:
        """Record editions with the messages they owe, in one transaction.

        Returns their ids, with None for an edition that was recorded before.
        """
        async with self._database.write() as tx:
            last = await tx.row("SELECT coalesce(max(id), 0) FROM editions")
            await tx.many(INSERT_EDITION, [edition_row(plan) for plan in plans])
            rows = await tx.rows("SELECT id, digest_id, due FROM editions WHERE id > ?", tuple(last or (0,)))
            made = {(row["digest_id"], row["due"]): int(row["id"]) for row in rows}
            editions = [made.get((plan.digest.id, moment(plan.due))) for plan in plans]
            await tx.many(
                "INSERT INTO deliveries (part, position, follows, edition_id, due, until) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (part, position, follows, edition, moment(plan.due), moment(next_run(plan.digest.order, plan.due)))
                    for plan, edition in zip(plans, editions, strict=True)
                    if edition is not None
                    for part, position, follows in parts(plan)
                ],
            )
        return editions

    async def expire(self, before: datetime, now: datetime) -> None:
        """Skip the editions due before a moment that were never attempted, with their messages.

        What was attempted may have arrived or will be retried: the courier deals with it.
        """
        async with self._database.write() as tx:
            stale = await tx.rows(
                "SELECT id, due FROM editions WHERE state = ? AND message_id IS NULL AND due < ? AND NOT EXISTS"
                " (SELECT 1 FROM deliveries WHERE edition_id = editions.id AND attempts > 0)",
                (EditionState.PLANNED, moment(before)),
            )
            for edition, due in readable(stale, lambda row: (row["id"], datetime.fromisoformat(row["due"])), "edition"):
                hours = int((now - due) / timedelta(hours=1))
                await tx.run(
                    "UPDATE editions SET state = ?, why = ?, facts = ? WHERE id = ?",
                    (EditionState.SKIPPED, Why.MISSED, json.dumps({"hours": hours}), edition),
                )
                await tx.run("UPDATE deliveries SET state = ? WHERE edition_id = ?", (State.SKIPPED, edition))

    async def editions(self, digest_id: int, limit: int) -> list[Edition]:
        """A digest's last editions, newest first."""
        rows = await self._database.rows(f"{_EDITIONS} ORDER BY e.due DESC LIMIT ?", (digest_id, limit))
        return readable(rows, _edition, "edition")

    async def editions_of(self, digest_id: int, on: date) -> list[Edition]:
        """A digest's editions on one date in its zone, newest first."""
        rows = await self._database.rows(f"{_EDITIONS} AND e.date = ? ORDER BY e.due DESC", (digest_id, on.isoformat()))
        return readable(rows, _edition, "edition")


async def paused_digest(database: Database, pause_id: int) -> Digest | None:
    """The digest that a pause holds; None if the pause is over."""
    row = await database.row(f"{_DIGESTS} WHERE p.id = ?", (pause_id,))
    return digest_of(row) if row else None


async def digests_in(tx: Transaction, guild_id: int) -> list[Digest]:
    """A server's digests, read within a transaction."""
    return readable(await tx.rows(f"{_DIGESTS} WHERE d.guild_id = ?", (guild_id,)), digest_of, "digest")


async def insert(tx: Transaction, guild_id: int, number: int, order: Order, created_by: int, now: datetime) -> int:
    """Store a new digest and return its id."""
    return await tx.add(
        "INSERT INTO digests (guild_id, number, settings, created_by, created_at, since, timed_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5)",
        (guild_id, number, write_order(order), created_by, moment(now)),
    )


async def begin_pause(tx: Transaction, digest_id: int, now: datetime) -> None:
    """Pause a digest for an admin; it must not be paused. Only its newest pauses are kept."""
    await tx.run(
        "DELETE FROM pauses WHERE id <= (SELECT id FROM pauses WHERE digest_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)"
        " AND digest_id = ?",
        (digest_id, _PAUSES - 1, digest_id),
    )
    await tx.run("INSERT INTO pauses (digest_id, began) VALUES (?, ?)", (digest_id, moment(now)))
    await tx.run("UPDATE digests SET paused = 1 WHERE id = ?", (digest_id,))


async def end_pause(tx: Transaction, digest_id: int, now: datetime) -> None:
    """End a digest's pause. Runs during the pause are not made up for."""
    await tx.run("UPDATE pauses SET ended = ? WHERE digest_id = ? AND ended IS NULL", (moment(now), digest_id))
    await tx.run("UPDATE digests SET paused = 0, since = ? WHERE id = ?", (moment(now), digest_id))


def _timing(settings: str) -> list[object]:
    held = json.loads(settings)
    return [held.get(name) for name in _TIMING]


def digest_of(row: sqlite3.Row) -> Digest:
    """A row of _DIGESTS."""
    order, unreadable = read_order(row["settings"])
    return Digest(
        id=row["id"],
        guild_id=row["guild_id"],
        number=row["number"],
        order=order,
        pause=_pause(row) if row["paused"] else None,
        created_by=row["created_by"] or 0,
        created_at=datetime.fromisoformat(row["created_at"]),
        timed_at=datetime.fromisoformat(row["timed_at"]),
        unreadable=unreadable,
    )


def _pause(row: sqlite3.Row) -> Pause:
    return Pause(datetime.fromisoformat(row["began"]), read_moment(row["ended"]), _reason(row))


def _reason(row: sqlite3.Row) -> Reason | None:
    if not row["why"]:
        return None
    why = known(Why, row["why"], Why.UNKNOWN)
    return Reason(why, {} if why is Why.UNKNOWN else json.loads(row["facts"] or "{}"))


def subject_in(row: sqlite3.Row) -> Subject | None:
    """The subject in a row of `editions`."""
    return None if row["query"] is None else Subject(row["query"], row["matching"])


def _edition(row: sqlite3.Row) -> Edition:
    return Edition(
        id=row["id"],
        digest_id=row["digest_id"],
        date=date.fromisoformat(row["date"]),
        due=datetime.fromisoformat(row["due"]),
        state=EditionState(row["state"]),
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        reason=_reason(row),
        channel_id=row["place"] or row["channel_id"],
        message_id=row["message_id"],
        failing_since=read_moment(row["failing_since"]),
        first_day=date.fromisoformat(row["first_day"]) if row["first_day"] else None,
        late=row["late"],
        total=row["total"],
        subject=subject_in(row),
        publication=_publication(row),
        publishes_at=read_moment(row["publishes_at"]),
    )


def _publication(row: sqlite3.Row) -> Publication | None:
    if row["publishing"]:
        return Publication.WAITING if row["publishes_at"] else Publication.UNDER_WAY
    return Publication.PUBLISHED if row["published"] else None
