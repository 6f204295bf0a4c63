"""Members' subscriptions, and the alerts owed to them."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.alerts.model import MAX_HERE, Change, Full, Match, Missed, NewAlert, Saved, Subscription, Where
from bot.errors import Fault
from bot.storage.engine.codec import encode_why, moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.migrate import statements
from bot.storage.engine.rows import known, readable
from bot.storage.ledger.consequences import owe_alert
from bot.storage.papers.library import HALF_DAYS

# Records every change of subscriptions in this process, for the matcher in memory. The table is private to the writing
# connection: no other process changes subscriptions while the bot runs, and a restart reads all anew.
_WATCH = """
CREATE TEMP TABLE IF NOT EXISTS subscription_changes (
    number INTEGER PRIMARY KEY,
    id     INTEGER NOT NULL,
    query  TEXT NOT NULL,
    added  INTEGER NOT NULL
);
CREATE TEMP TRIGGER IF NOT EXISTS subscription_added AFTER INSERT ON main.subscriptions BEGIN
    INSERT INTO subscription_changes (id, query, added) VALUES (new.id, new.query, 1);
END;
CREATE TEMP TRIGGER IF NOT EXISTS subscription_removed AFTER DELETE ON main.subscriptions BEGIN
    INSERT INTO subscription_changes (id, query, added) VALUES (old.id, old.query, 0);
END;
"""


# Papers of alerts that closed DMs held back are moved to the member's channels whose subscriptions they match, as later
# alerts. An alert is not missed if all of its papers were, nor is a reminder, as the reading list has its papers.
_PAPERS = "json_each(CASE WHEN json_valid({0}.matches) THEN {0}.matches ELSE '[]' END)"
_MISSED = (
    "alerts a JOIN deliveries d ON d.alert_id = a.id WHERE a.user_id = ? AND d.state IN ('failed', 'skipped')"
    " AND d.fault IS NOT NULL AND a.unread IS NULL AND NOT (d.fault = 'dms-closed' AND NOT EXISTS ("
    f"SELECT value ->> 0 FROM {_PAPERS.format('a')} EXCEPT"
    f" SELECT value ->> 0 FROM alerts later, {_PAPERS.format('later')}"
    " WHERE later.user_id = a.user_id AND later.day = a.day AND later.id > a.id))"
)


class Subscriptions:
    """The saved queries of members."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, subscription: Subscription, limit: int, here_limit: int = MAX_HERE) -> Subscription | Full:
        """Store a new subscription (its id is ignored), or return who is full: the member (`limit`) or the server.

        The same query at the same place replaces the earlier subscription, with how it was typed.
        """
        place = (subscription.user_id, subscription.query, subscription.channel_id or 0)
        async with self._database.write() as tx:
            await tx.run("INSERT OR IGNORE INTO members (user_id) VALUES (?)", (subscription.user_id,))
            held = await tx.rows(
                "SELECT query, coalesce(channel_id, 0) FROM subscriptions WHERE user_id = ?",
                (subscription.user_id,),
            )
            if place[1:] not in {tuple(row) for row in held}:
                if len(held) >= limit:
                    return Full.MEMBER
                if subscription.guild_id is not None and await count_here(tx, subscription.guild_id) >= here_limit:
                    return Full.SERVER
            await tx.run(
                "DELETE FROM subscriptions WHERE user_id = ? AND query = ? AND coalesce(channel_id, 0) = ?",
                place,
            )
            return subscription_of(await insert(tx, subscription))

    async def of_member(self, user_id: int) -> list[Subscription]:
        """A member's subscriptions, oldest first."""
        rows = await self._database.rows("SELECT * FROM subscriptions WHERE user_id = ? ORDER BY id", (user_id,))
        return readable(rows, subscription_of, "subscription")

    async def in_server(self, guild_id: int) -> list[Subscription]:
        """All members' subscriptions to a server's channels, by channel, oldest first."""
        rows = await self._database.rows(
            "SELECT * FROM subscriptions WHERE guild_id = ? ORDER BY channel_id, id", (guild_id,)
        )
        return readable(rows, subscription_of, "subscription")

    async def remove_in_server(self, guild_id: int, ids: Sequence[int]) -> int:
        """Delete some of a server's subscriptions; return how many existed."""
        async with self._database.write() as tx:
            return await tx.run(
                "DELETE FROM subscriptions WHERE guild_id = ? AND id IN (SELECT value FROM json_each(?))",
                (guild_id, json.dumps(ids)),
            )

    async def set_paused(self, user_id: int, subscription_id: int | None, *, paused: bool) -> int:
        """Pause or resume one of the member's subscriptions, or all (None); return how many changed."""
        async with self._database.write() as tx:
            return await tx.run(
                "UPDATE subscriptions SET paused = ? WHERE user_id = ? AND id = coalesce(?, id) AND paused <> ?",
                (int(paused), user_id, subscription_id, int(paused)),
            )

    async def dms_closed(self, user_id: int) -> bool:
        """Whether the member's last alert by DM was refused."""
        row = await self._database.row("SELECT dms_closed FROM members WHERE user_id = ?", (user_id,))
        return row is not None and row["dms_closed"] is not None

    async def open_dms(self, user_id: int) -> None:
        """Try the member's DMs again from now on."""
        async with self._database.write() as tx:
            await tx.run("UPDATE members SET dms_closed = NULL WHERE user_id = ?", (user_id,))

    async def open_channels(self, user_id: int, subscription_id: int | None) -> None:
        """Try the channels of one or all (None) of the member's subscriptions again, except channels that are gone."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE subscriptions SET refused = NULL WHERE user_id = ? AND id = coalesce(?, id) AND refused <> ?",
                (user_id, subscription_id, Fault.CHANNEL_GONE),
            )

    async def missed(self, user_id: int) -> list[Missed]:
        """The member's alerts that were given up, newest first, as long as they are kept."""
        rows = await self._database.rows(f"SELECT a.* FROM {_MISSED} ORDER BY a.id DESC", (user_id,))
        return readable(rows, _missed, "alert")

    async def tell_missed(self, user_id: int, now: datetime) -> None:
        """Record that the member was told of all alerts that were given up."""
        async with self._database.write() as tx:
            await tx.run(
                f"UPDATE alerts SET told = ? WHERE told IS NULL AND id IN (SELECT a.id FROM {_MISSED})",
                (moment(now), user_id),
            )

    # -- alerts --------------------------------------------------------------------------------------------------

    async def arrivals(self) -> dict[date, tuple[str, ...]]:
        """The arXiv ids that are new on each closed day and not yet matched.

        Late papers wait until a later day is closed. They are told of with the newest day that has arrivals.
        """
        found: dict[date, list[str]] = {}
        late: list[tuple[date, str]] = []
        rows = await self._database.rows(
            "SELECT a.day, a.arxiv_id, l.day IS NOT NULL AS late FROM arrivals a LEFT JOIN late l USING (day, arxiv_id)"
            f" WHERE a.day NOT IN ({HALF_DAYS}) AND NOT coalesce(l.waits, 0) ORDER BY a.day"
        )
        for day, arxiv_id, is_late in readable(rows, _arrival, "arrival"):
            if is_late:
                late.append((day, arxiv_id))
            else:
                found.setdefault(day, []).append(arxiv_id)
        newest = max((*found, *(day for day, _ in late)), default=date.min)
        for _, arxiv_id in late:
            found.setdefault(newest, []).append(arxiv_id)
        return {day: tuple(dict.fromkeys(ids)) for day, ids in found.items()}

    async def watch(self) -> None:
        """Record additions and removals from now on, for `changes`."""
        async with self._database.write() as tx:
            for statement in statements(_WATCH):
                await tx.run(statement)

    async def saved(self, after: int, limit: int) -> list[Saved]:
        """Up to `limit` saved queries, paused ones too, by id, starting after `after`."""
        rows = await self._database.rows(
            "SELECT id, query FROM subscriptions WHERE id > ? ORDER BY id LIMIT ?", (after, limit)
        )
        return [Saved(row["id"], row["query"]) for row in rows]

    async def changes(self) -> list[Change]:
        """The additions and removals since the last call, in order. Requires `watch`."""
        async with self._database.write() as tx:
            rows = await tx.rows("SELECT id, query, added FROM subscription_changes ORDER BY number")
            await tx.run("DELETE FROM subscription_changes")
        return [Change(Saved(row["id"], row["query"]), bool(row["added"])) for row in rows]

    async def listening(self, day: date, ids: Sequence[int]) -> list[Subscription]:
        """The subscriptions among `ids` that may alert about a day: made by then, not paused, and not blocked.

        Blocked are DMs or channels that refused an alert, and channels of servers that removed the bot. Subscriptions
        that changed since the last call of `changes` are skipped, as their ids may have been reused. Requires `watch`.
        """
        async with self._database.write() as tx:
            rows = await tx.rows(
                "SELECT s.* FROM json_each(?) JOIN subscriptions s ON s.id = json_each.value"
                " JOIN members m USING (user_id) WHERE NOT s.paused AND substr(s.created_at, 1, 10) <= ?"
                " AND (s.place <> 'dm' OR m.dms_closed IS NULL) AND s.refused IS NULL"
                " AND coalesce(s.guild_id, 0) NOT IN (SELECT guild_id FROM removals)"
                " AND s.id NOT IN (SELECT id FROM subscription_changes) ORDER BY s.id",
                (json.dumps(ids), day.isoformat()),
            )
        return readable(rows, subscription_of, "subscription")

    async def muted(self, user_ids: Sequence[int]) -> list[tuple[int, str]]:
        """What some members muted: each member with an exclusion in canonical form."""
        rows = await self._database.rows(
            "SELECT user_id, query FROM mutes WHERE user_id IN (SELECT value FROM json_each(?))",
            (json.dumps(user_ids),),
        )
        return [(row["user_id"], row["query"]) for row in rows]

    async def alerted(self, arxiv_ids: Sequence[str]) -> set[tuple[int, str]]:
        """Which members were told of which of these papers."""
        marks = ",".join("?" * len(arxiv_ids))
        rows = await self._database.rows(
            f"SELECT user_id, arxiv_id FROM alerted WHERE arxiv_id IN ({marks})", arxiv_ids
        )
        return {(row["user_id"], row["arxiv_id"]) for row in rows}

    async def plan(self, day: date, arxiv_ids: Sequence[str], alerts: Sequence[NewAlert], now: datetime) -> None:
        """Store the alerts about a day's arrivals and remove the arrivals, in one transaction.

        Late papers of earlier days may be among them. Does nothing if another planner has done it already.
        """
        async with self._database.write() as tx:
            waiting = {
                row[0] for row in await tx.rows("SELECT arxiv_id FROM arrivals WHERE day <= ?", (day.isoformat(),))
            }
            if not waiting.issuperset(arxiv_ids):
                return
            await tx.many(
                "DELETE FROM arrivals WHERE day <= ? AND arxiv_id = ?",
                [(day.isoformat(), i) for i in arxiv_ids],
            )
            for alert in alerts:
                await _owe(tx, alert, day, now)


async def insert(tx: Transaction, subscription: Subscription) -> sqlite3.Row:
    """Store a new subscription; returns its row."""
    await tx.add(
        "INSERT INTO subscriptions (user_id, query, typed, place, channel_id, guild_id, min_votes, paused,"
        " language, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        (
            subscription.user_id,
            subscription.query,
            subscription.shown,
            subscription.where,
            subscription.channel_id,
            subscription.guild_id,
            subscription.min_votes,
            subscription.language,
            moment(subscription.created_at),
        ),
    )
    [row] = await tx.rows("SELECT * FROM subscriptions WHERE id = last_insert_rowid()")
    return row


async def count_here(tx: Transaction, guild_id: int) -> int:
    """How many subscriptions alert in a server's channels, except those whose channel refused an alert."""
    row = await tx.row("SELECT count(*) FROM subscriptions WHERE guild_id = ? AND refused IS NULL", (guild_id,))
    return int(row[0]) if row else 0


async def _owe(tx: Transaction, alert: NewAlert, day: date, now: datetime) -> None:
    held = json.dumps([_held(match) for match in alert.matches], ensure_ascii=False)
    place = (alert.channel_id, alert.guild_id, alert.language)
    await owe_alert(tx, (alert.user_id, day.isoformat(), *place, held), now)
    await tx.many(
        "INSERT OR IGNORE INTO alerted (user_id, arxiv_id) VALUES (?, ?)",
        [(alert.user_id, match.listing.paper.arxiv_id) for match in alert.matches],
    )


def _held(match: Match) -> list[object]:
    held: list[object] = [match.listing.paper.arxiv_id, match.listing.votes, match.queries]
    return held if match.why is None else [*held, encode_why(match.why)]


def _missed(row: sqlite3.Row) -> Missed:
    matches = json.loads(row["matches"])
    return Missed(tuple(arxiv_id for arxiv_id, *_ in matches), told=row["told"] is not None)


def subscription_of(row: Mapping[str, Any] | sqlite3.Row) -> Subscription:
    """The subscription in a row of `subscriptions`."""
    return Subscription(
        id=row["id"],
        user_id=row["user_id"],
        query=row["query"],
        where=Where(row["place"]),
        channel_id=row["channel_id"],
        guild_id=row["guild_id"],
        min_votes=row["min_votes"],
        paused=bool(row["paused"]),
        language=row["language"],
        created_at=datetime.fromisoformat(row["created_at"]),
        refused=known(Fault, row["refused"], Fault.MISSING_PERMISSION) if row["refused"] else None,
        typed=row["typed"],
    )


def _arrival(row: sqlite3.Row) -> tuple[date, str, bool]:
    return date.fromisoformat(row["day"]), row["arxiv_id"], bool(row["late"])
