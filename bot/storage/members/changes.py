"""Changes to a member's subscriptions and mutes, each recorded so that it can be undone."""

import json
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.alerts.changes import Act, Change
from bot.alerts.limits import Limits
from bot.alerts.model import Full, Mute, Subscription
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.rows import readable
from bot.storage.members.subscriptions import count_here, insert, subscription_of

MAX_UNDOS = 20
"""Changes of each member that can be undone: the newest."""

_Held = Sequence[Mapping[str, Any]]  # rows of subscriptions or of mutes
_AMONG = "user_id = ? AND id IN (SELECT value FROM json_each(?))"
_THE_SAME = "user_id = ? AND query = ? AND coalesce(channel_id, 0) = coalesce(?, 0)"
_ADD_MUTE = "INSERT INTO mutes (user_id, query, typed) VALUES (?, ?, ?)"
_COLUMNS = (
    "user_id",
    "query",
    "typed",
    "place",
    "channel_id",
    "guild_id",
    "min_votes",
    "paused",
    "language",
    "created_at",
    "refused",
)


class Changes:
    """Makes changes and undoes them; each is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remove(self, user_id: int, ids: Sequence[int], now: datetime) -> Change:
        """Delete the member's subscriptions among `ids`."""
        async with self._database.write() as tx:
            rows = await tx.rows(f"SELECT * FROM subscriptions WHERE {_AMONG} ORDER BY id", (user_id, json.dumps(ids)))
            await tx.run(f"DELETE FROM subscriptions WHERE {_AMONG}", (user_id, json.dumps(ids)))
            return await _recorded(tx, user_id, Act.REMOVED, rows, now)

    async def pause(self, user_id: int, ids: Sequence[int], now: datetime) -> Change:
        """Pause those among `ids` that are not paused."""
        among = f"{_AMONG} AND NOT paused"
        async with self._database.write() as tx:
            rows = await tx.rows(f"SELECT * FROM subscriptions WHERE {among} ORDER BY id", (user_id, json.dumps(ids)))
            await tx.run(f"UPDATE subscriptions SET paused = 1 WHERE {among}", (user_id, json.dumps(ids)))
            return await _recorded(tx, user_id, Act.PAUSED, rows, now)

    async def raise_votes(self, user_id: int, ids: Sequence[int], votes: int, now: datetime) -> Change:
        """Set the least votes of those among `ids` that ask for fewer."""
        among, values = f"{_AMONG} AND min_votes < ?", (user_id, json.dumps(ids), votes)
        async with self._database.write() as tx:
            rows = await tx.rows(f"SELECT * FROM subscriptions WHERE {among} ORDER BY id", values)
            await tx.run(f"UPDATE subscriptions SET min_votes = ? WHERE {among}", (votes, *values))
            return await _recorded(tx, user_id, Act.VOTES, rows, now)

    async def mute(self, user_id: int, mute: Mute, limit: int, now: datetime) -> Change | Full:
        """Store a mute (its id is ignored); Full.MUTES at the limit. One that is there already changes nothing."""
        async with self._database.write() as tx:
            if row := await tx.row("SELECT * FROM mutes WHERE user_id = ? AND query = ?", (user_id, mute.query)):
                return Change(Act.MUTED, mutes=(_mute(row),))
            if await _count_mutes(tx, user_id) >= limit:
                return Full.MUTES
            await tx.run("INSERT OR IGNORE INTO members (user_id) VALUES (?)", (user_id,))
            await tx.run(_ADD_MUTE, (user_id, mute.query, mute.typed))
            rows = await tx.rows("SELECT * FROM mutes WHERE user_id = ? AND query = ?", (user_id, mute.query))
            return await _recorded(tx, user_id, Act.MUTED, rows, now)

    async def unmute(self, user_id: int, ids: Sequence[int], now: datetime) -> Change:
        """Delete the member's mutes among `ids`."""
        async with self._database.write() as tx:
            rows = await tx.rows(f"SELECT * FROM mutes WHERE {_AMONG} ORDER BY id", (user_id, json.dumps(ids)))
            await tx.run(f"DELETE FROM mutes WHERE {_AMONG}", (user_id, json.dumps(ids)))
            return await _recorded(tx, user_id, Act.UNMUTED, rows, now)

    async def follow(self, subscription: Subscription, limit: int, now: datetime) -> Change | Full:
        """Store a subscription by DM; Full.MEMBER at the limit. One to the same query by DM changes nothing.

        The member's DMs are tried again.
        """
        user_id = subscription.user_id
        async with self._database.write() as tx:
            await tx.run("INSERT OR IGNORE INTO members (user_id) VALUES (?)", (user_id,))
            await tx.run("UPDATE members SET dms_closed = NULL WHERE user_id = ?", (user_id,))
            the_same = (user_id, subscription.query, None)
            if row := await tx.row(f"SELECT * FROM subscriptions WHERE {_THE_SAME}", the_same):
                return Change(Act.FOLLOWED, (subscription_of(row),))
            [[held]] = await tx.rows("SELECT count(*) FROM subscriptions WHERE user_id = ?", (user_id,))
            if held >= limit:
                return Full.MEMBER
            return await _recorded(tx, user_id, Act.FOLLOWED, [await insert(tx, subscription)], now)

    async def mutes(self, user_id: int) -> list[Mute]:
        """The member's mutes, oldest first."""
        rows = await self._database.rows("SELECT * FROM mutes WHERE user_id = ? ORDER BY id", (user_id,))
        return readable(rows, _mute, "mute")

    async def undo(self, user_id: int, number: int, limits: Limits) -> Change | Full | None:
        """Undo one of the member's changes, once; None if there is none with this number.

        At a limit nothing is changed, and the change can still be undone later.
        """
        async with self._database.write() as tx:
            row = await tx.row("SELECT id, act, held FROM undos WHERE id = ? AND user_id = ?", (number, user_id))
            for act, held in readable([row] if row else [], _undo, "undo"):
                if full := await _UNDONE[act](tx, user_id, held, limits):
                    return full
                await tx.run("DELETE FROM undos WHERE id = ?", (number,))
                return _change(act, held)
        return None

    async def forget(self, before: datetime) -> int:
        """Delete what undoes changes older than a moment; return how many."""
        async with self._database.write() as tx:
            return await tx.run("DELETE FROM undos WHERE made_at < ?", (moment(before),))


def _mute(row: Mapping[str, Any] | sqlite3.Row) -> Mute:
    return Mute(row["id"], row["query"], row["typed"])


def _undo(row: sqlite3.Row) -> tuple[Act, _Held]:
    act, held = Act(row["act"]), json.loads(row["held"])
    _change(act, held)  # what can't be read can't be undone
    return act, held


def _change(act: Act, held: _Held, number: int | None = None) -> Change:
    if act in {Act.MUTED, Act.UNMUTED}:
        return Change(act, mutes=tuple(map(_mute, held)), number=number)
    return Change(act, subscriptions=tuple(map(subscription_of, held)), number=number)


async def _recorded(tx: Transaction, user_id: int, act: Act, rows: Sequence[sqlite3.Row], now: datetime) -> Change:
    """Record what a change found, unless that is nothing, and drop the member's oldest records."""
    held = [dict(row) for row in rows]
    if not held:
        return Change(act)
    number = secrets.randbits(62)  # never one of a button that a restored backup does not know
    await tx.run(
        "INSERT INTO undos (id, user_id, act, held, made_at) VALUES (?, ?, ?, ?, ?)",
        (number, user_id, act, json.dumps(held, ensure_ascii=False), moment(now)),
    )
    await tx.run(
        "DELETE FROM undos WHERE id IN (SELECT id FROM undos WHERE user_id = ?1 ORDER BY id = ?2 DESC, made_at DESC"
        " LIMIT -1 OFFSET ?3)",
        (user_id, number, MAX_UNDOS),
    )
    return _change(act, held, number)


# -- undoing ---------------------------------------------------------------------------------------------------------


async def _put_back(tx: Transaction, user_id: int, held: _Held, limits: Limits) -> Full | None:
    """Store removed subscriptions again, but for those that the member has added meanwhile."""
    gone = [
        each
        for each in held
        if not await tx.row(
            f"SELECT 1 FROM subscriptions WHERE {_THE_SAME}", (user_id, each["query"], each["channel_id"])
        )
    ]
    there = await tx.row("SELECT count(*) FROM subscriptions WHERE user_id = ?", (user_id,))
    if there and there[0] + len(gone) > limits.subscriptions:
        return Full.MEMBER
    for guild_id in {each["guild_id"] for each in gone if each["guild_id"] and not each["refused"]}:
        more = sum(each["guild_id"] == guild_id and not each["refused"] for each in gone)
        if await count_here(tx, guild_id) + more > limits.here:
            return Full.SERVER
    await tx.many(
        f"INSERT INTO subscriptions ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",
        [tuple(each[column] for column in _COLUMNS) for each in gone],
    )
    return None


async def _unfollow(tx: Transaction, user_id: int, held: _Held, _: Limits) -> None:
    await tx.many(
        f"DELETE FROM subscriptions WHERE {_THE_SAME}",
        [(user_id, each["query"], each["channel_id"]) for each in held],
    )


async def _resume(tx: Transaction, user_id: int, held: _Held, _: Limits) -> None:
    await _set(tx, user_id, held, "paused")


async def _lower_votes(tx: Transaction, user_id: int, held: _Held, _: Limits) -> None:
    await _set(tx, user_id, held, "min_votes")


async def _set(tx: Transaction, user_id: int, held: _Held, column: str) -> None:
    """Give a column of subscriptions the value that it had."""
    await tx.many(
        f"UPDATE subscriptions SET {column} = ? WHERE {_THE_SAME}",
        [(each[column], user_id, each["query"], each["channel_id"]) for each in held],
    )


async def _remove_mutes(tx: Transaction, user_id: int, held: _Held, _: Limits) -> None:
    await tx.many("DELETE FROM mutes WHERE user_id = ? AND query = ?", [(user_id, each["query"]) for each in held])


async def _mute_again(tx: Transaction, user_id: int, held: _Held, limits: Limits) -> Full | None:
    there = {row[0] for row in await tx.rows("SELECT query FROM mutes WHERE user_id = ?", (user_id,))}
    gone = [each for each in held if each["query"] not in there]
    if len(there) + len(gone) > limits.mutes:
        return Full.MUTES
    await tx.many(_ADD_MUTE, [(user_id, each["query"], each["typed"]) for each in gone])
    return None


async def _count_mutes(tx: Transaction, user_id: int) -> int:
    row = await tx.row("SELECT count(*) FROM mutes WHERE user_id = ?", (user_id,))
    return int(row[0]) if row else 0


_UNDONE: dict[Act, Callable[[Transaction, int, _Held, Limits], Awaitable[Full | None]]] = {
    Act.REMOVED: _put_back,
    Act.PAUSED: _resume,
    Act.VOTES: _lower_votes,
    Act.MUTED: _remove_mutes,
    Act.UNMUTED: _mute_again,
    Act.FOLLOWED: _unfollow,
}
