"""Digests and editions: what servers ordered, and what became of each."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.delivery.model import Part, State
from bot.digests.model import Digest, Edition, EditionState, Order, Plan, Reason, Selection, Style, Why
from bot.digests.past import Past
from bot.storage.codec import moment
from bot.storage.database import Database

_TIME = "%H:%M"
# An edition of which something may have been posted without our hearing of it.
_IN_DOUBT = "EXISTS (SELECT 1 FROM deliveries WHERE edition_id = editions.id AND unsure_since IS NOT NULL)"
# What the channel has seen, may have seen, or will: an edition that failed after its headline is not begun again.
_HAD = f"day IS NOT NULL AND (state IN ('planned', 'posted') OR message_id IS NOT NULL OR {_IN_DOUBT})"
_PAPERS_HAD = (
    "SELECT json_extract(paper.value, '$[0]') FROM editions, json_each(editions.papers) AS paper"
    f" WHERE digest_id = ? AND {_HAD}"
)

_INSERT_EDITION = (
    "INSERT OR IGNORE INTO editions (digest_id, date, due, channel_id, style, language, state, day, total, papers, why,"
    " facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SOME = "SELECT value FROM json_each(?1)"  # the ids of some digests


class Digests:
    """The standing orders and their editions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- orders --------------------------------------------------------------------------------------------------

    async def add(self, guild_id: int, order: Order, created_by: int, now: datetime, limit: int) -> Digest | None:
        """Store an order under the server's lowest free number; None where the server has `limit` of them."""
        async with self._database.write() as tx:
            rows = await tx.rows("SELECT number FROM digests WHERE guild_id = ?", (guild_id,))
            taken = {row["number"] for row in rows}
            if len(taken) >= limit:
                return None
            number = next(number for number in range(1, limit + 1) if number not in taken)
            columns = {**_columns(order), "guild_id": guild_id, "number": number, "created_by": created_by}
            columns |= {"created_at": moment(now), "since": moment(now)}
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            digest_id = await tx.add(f"INSERT INTO digests ({names}) VALUES ({marks})", tuple(columns.values()))
        return Digest(digest_id, guild_id, number, order, paused=False, created_by=created_by, created_at=now)

    async def change(self, digest_id: int, order: Order, now: datetime) -> None:
        """Put an order in the place of a digest's; runs before now are not owed by the new one."""
        columns = {**_columns(order), "since": moment(now)}
        names = ", ".join(f"{name} = ?" for name in columns)
        async with self._database.write() as tx:
            await tx.run(f"UPDATE digests SET {names} WHERE id = ?", (*columns.values(), digest_id))

    async def remove(self, digest_id: int) -> None:
        """Delete a digest with its editions and what they still owe."""
        async with self._database.write() as tx:
            await tx.run("DELETE FROM digests WHERE id = ?", (digest_id,))

    async def set_paused(self, digest_id: int, now: datetime, *, paused: bool) -> None:
        """Pause or resume; the runs that fell into the pause are not owed."""
        async with self._database.write() as tx:
            await tx.run("UPDATE digests SET paused = ?, since = ? WHERE id = ?", (int(paused), moment(now), digest_id))

    async def of_server(self, guild_id: int) -> list[Digest]:
        """A server's digests by number."""
        rows = await self._database.rows("SELECT * FROM digests WHERE guild_id = ? ORDER BY number", (guild_id,))
        return [_digest(row) for row in rows]

    async def active(self, timezone: str | None = None, at: time | None = None) -> list[Digest]:
        """The digests that are not paused: all, or those of one zone and time."""
        if timezone is None or at is None:
            rows = await self._database.rows("SELECT * FROM digests WHERE NOT paused ORDER BY id")
        else:
            rows = await self._database.rows(
                "SELECT * FROM digests WHERE NOT paused AND timezone = ? AND time = ? ORDER BY id",
                (timezone, at.strftime(_TIME)),
            )
        return [_digest(row) for row in rows]

    async def times(self) -> set[tuple[str, time]]:
        """Each zone and time at which an active digest is due."""
        rows = await self._database.rows("SELECT DISTINCT timezone, time FROM digests WHERE NOT paused")
        return {(row["timezone"], _time(row["time"])) for row in rows}

    # -- what a digest has had ---------------------------------------------------------------------------------------

    async def pasts(self, digest_ids: Sequence[int], since: date) -> dict[int, Past]:
        """What each of the digests has had; of papers, only those that a day from `since` on lists, if it is no replay.

        Nothing more is owed up to the last edition's moment, or to when the digest was last set.
        """
        ids = json.dumps(list(digest_ids))
        had: dict[int, set[str]] = {}
        for row in await self._database.rows(
            "SELECT digest_id, json_extract(paper.value, '$[0]') AS arxiv_id"
            " FROM editions, json_each(editions.papers) AS paper JOIN digests d ON d.id = digest_id"
            f" WHERE digest_id IN ({_SOME}) AND {_HAD} AND (d.replay_from IS NOT NULL OR json_extract(paper.value,"
            " '$[0]') IN (SELECT arxiv_id FROM appearances WHERE day >= ?2))",
            (ids, since.isoformat()),
        ):
            had.setdefault(row["digest_id"], set()).add(row["arxiv_id"])
        rows = await self._database.rows(
            "SELECT d.id, max(since, coalesce((SELECT max(due) FROM editions WHERE digest_id = d.id), since)) AS until,"
            " (SELECT max(day) FROM appearances WHERE day NOT IN"
            f" (SELECT day FROM editions WHERE digest_id = d.id AND {_HAD}) AND day >="
            f" coalesce((SELECT min(day) FROM editions WHERE digest_id = d.id AND {_HAD}), '')) AS day"
            f" FROM digests d WHERE d.id IN ({_SOME})",
            (ids,),
        )
        return {
            row["id"]: Past(
                settled_until=datetime.fromisoformat(row["until"]),
                newest_day_not_had=date.fromisoformat(row["day"]) if row["day"] else None,
                papers_had=frozenset(had.get(row["id"], ())),
            )
            for row in rows
        }

    async def newest_day_not_had(self, digest_id: int) -> date | None:
        """The newest day that the digest has not had, since the first that it had."""
        row = await self._database.row(
            "SELECT max(day) FROM appearances WHERE day NOT IN"
            f" (SELECT day FROM editions WHERE digest_id = ? AND {_HAD})"
            f" AND day >= coalesce((SELECT min(day) FROM editions WHERE digest_id = ? AND {_HAD}), '')",
            (digest_id, digest_id),
        )
        return date.fromisoformat(row[0]) if row and row[0] else None

    async def next_replay_day(self, digest_id: int, start: date, min_votes: int) -> date | None:
        """The first day from `start` on with something to show: not had, with a paper not had that has the votes."""
        row = await self._database.row(
            "SELECT min(day) FROM appearances WHERE coalesce(votes, 0) >= ? AND day >= ?"
            f" AND day NOT IN (SELECT day FROM editions WHERE digest_id = ? AND {_HAD})"
            f" AND arxiv_id NOT IN ({_PAPERS_HAD})",
            (min_votes, start.isoformat(), digest_id, digest_id),
        )
        return date.fromisoformat(row[0]) if row and row[0] else None

    async def papers_had(self, digest_id: int) -> set[str]:
        """The arXiv ids of all papers that the digest's editions held."""
        return {row[0] for row in await self._database.rows(_PAPERS_HAD, (digest_id,))}

    # -- editions ------------------------------------------------------------------------------------------------

    async def plan(self, digest: Digest, on: date, due: datetime, outcome: Selection | Reason) -> int | None:
        """Record one edition, as `plan_all`."""
        return (await self.plan_all([Plan(digest, on, due, outcome)]))[0]

    async def plan_all(self, plans: Sequence[Plan]) -> list[int | None]:
        """Record editions with all the messages that they owe; their ids, None for one that was recorded before.

        One transaction: each owes all its messages, or none is there.
        """
        async with self._database.write() as tx:
            last = await tx.row("SELECT coalesce(max(id), 0) FROM editions")
            await tx.many(_INSERT_EDITION, [_row(plan) for plan in plans])
            rows = await tx.rows("SELECT id, digest_id, due FROM editions WHERE id > ?", tuple(last or (0,)))
            made = {(row["digest_id"], row["due"]): int(row["id"]) for row in rows}
            editions = [made.get((plan.digest.id, moment(plan.due))) for plan in plans]
            await tx.many(
                "INSERT INTO deliveries (part, position, edition_id, due) VALUES (?, ?, ?, ?)",
                [
                    (part, position, edition, moment(plan.due))
                    for plan, edition in zip(plans, editions, strict=True)
                    if edition is not None
                    for position, part in enumerate(_parts(plan))
                ],
            )
        return editions

    async def expire(self, before: datetime, now: datetime) -> None:
        """Skip the editions planned for before a moment of which nothing was ever posted, with what they owe.

        Where that is in doubt, the courier finds it out first.
        """
        async with self._database.write() as tx:
            stale = await tx.rows(
                f"SELECT id, due FROM editions WHERE state = ? AND message_id IS NULL AND due < ? AND NOT {_IN_DOUBT}",
                (EditionState.PLANNED, moment(before)),
            )
            for row in stale:
                hours = int((now - datetime.fromisoformat(row["due"])) / timedelta(hours=1))
                await tx.run(
                    "UPDATE editions SET state = ?, why = ?, facts = ? WHERE id = ?",
                    (EditionState.SKIPPED, Why.MISSED, json.dumps({"hours": hours}), row["id"]),
                )
                await tx.run("UPDATE deliveries SET state = ? WHERE edition_id = ?", (State.SKIPPED, row["id"]))

    async def editions(self, digest_id: int, limit: int) -> list[Edition]:
        """A digest's last editions, newest first."""
        rows = await self._database.rows(
            "SELECT * FROM editions WHERE digest_id = ? ORDER BY due DESC LIMIT ?", (digest_id, limit)
        )
        return [_edition(row) for row in rows]


def _parts(plan: Plan) -> list[Part]:
    if isinstance(plan.outcome, Reason):
        return []
    if plan.digest.order.style is Style.CARDS:
        return [Part.CARDS]
    return [Part.HEADLINE, Part.THREAD, *[Part.PAPER] * len(plan.outcome.listings)]


def _row(plan: Plan) -> tuple[str | int | None, ...]:
    """The columns of an edition, as _INSERT_EDITION names them."""
    order = plan.digest.order
    head = (plan.digest.id, plan.on.isoformat(), moment(plan.due), order.channel_id, order.style, order.language)
    match plan.outcome:
        case Selection(day, total, listings):
            papers = json.dumps([[one.paper.arxiv_id, one.votes, one.paper.title] for one in listings])
            return (*head, EditionState.PLANNED, day.isoformat(), total, papers, None, None)
        case Reason(why, facts):
            return (*head, EditionState.SKIPPED, None, None, None, why, json.dumps(facts))


def _columns(order: Order) -> dict[str, Any]:
    return {
        "channel_id": order.channel_id,
        "time": order.time.strftime(_TIME),
        "timezone": order.timezone,
        "weekdays": "".join(str(day) for day in sorted(order.weekdays)),
        "count": order.count,
        "min_votes": order.min_votes,
        "style": order.style,
        "language": order.language,
        "replay_from": order.replay_from.isoformat() if order.replay_from else None,
    }


def _time(text: str) -> time:
    hours, minutes = text.split(":")
    return time(int(hours), int(minutes))


def _digest(row: sqlite3.Row) -> Digest:
    order = Order(
        channel_id=row["channel_id"],
        time=_time(row["time"]),
        timezone=row["timezone"],
        weekdays=frozenset(int(day) for day in row["weekdays"]),
        count=row["count"],
        min_votes=row["min_votes"],
        style=Style(row["style"]),
        language=row["language"],
        replay_from=date.fromisoformat(row["replay_from"]) if row["replay_from"] else None,
    )
    return Digest(
        id=row["id"],
        guild_id=row["guild_id"],
        number=row["number"],
        order=order,
        paused=bool(row["paused"]),
        created_by=row["created_by"] or 0,
        created_at=datetime.fromisoformat(row["created_at"]),
    )


def _edition(row: sqlite3.Row) -> Edition:
    return Edition(
        id=row["id"],
        digest_id=row["digest_id"],
        date=date.fromisoformat(row["date"]),
        due=datetime.fromisoformat(row["due"]),
        state=EditionState(row["state"]),
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        reason=Reason(Why(row["why"]), json.loads(row["facts"] or "{}")) if row["why"] else None,
        channel_id=row["channel_id"],
        message_id=row["message_id"],
    )
