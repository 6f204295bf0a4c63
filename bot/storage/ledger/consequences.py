"""What follows when a delivery is given up, in the transaction that records it."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.delivery.model import Delivery, Part, State
from bot.delivery.verdict import MEANINGS, PATIENCE, Verdict
from bot.digests.model import EditionState, Reason
from bot.errors import Fault
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Transaction
from bot.storage.engine.rows import readable

OPEN = "('pending', 'sending', 'retrying')"
"""The states of a delivery that is still owed, as SQL; `deliveries_owed` is the index on them."""

# A delivery that is being sent, or may have arrived, will meet the same refusal itself.
_WAITING = "state IN ('pending', 'retrying') AND unsure_since IS NULL"
# If a paper or post is refused, the edition goes on without it; if the thread is, the papers go to the channel; if a
# discussion is, its paper stands without.
_PARTS = frozenset({Part.THREAD, Part.PAPER, Part.POST, Part.DISCUSSION})
_OF_THE_PART = frozenset({Fault.REJECTED, Fault.BLOCKED, Fault.TOO_MANY_THREADS, Fault.MESSAGE_GONE})

CONCLUDE = (
    "UPDATE editions SET state = iif(style = 'posts' AND message_id IS NULL, 'failed', 'posted')"
    " WHERE id = ? AND NOT EXISTS"
    f" (SELECT 1 FROM deliveries WHERE edition_id = editions.id AND part <> 'publication' AND state IN {OPEN})"
)
"""Mark an edition as posted once it owes no more than publications; as failed if none of its posts was accepted."""


async def follow_up(tx: Transaction, delivery: Delivery, fault: Fault, reason: Reason, now: datetime) -> None:
    """Apply what follows from a failed delivery: its edition fails, and what would follow is skipped.

    A lasting fault also pauses the source: the edition's digest, whose admin is owed a notice; the server, if the bot
    is no longer in it; the subscriptions of the alert's channel, or the member's own in that channel; or the member's
    DMs, whose alerts move to the channels of the member's subscriptions. A fault in one part of a thread affects only
    the edition, and one in a publication only what the edition says: its messages stand.
    """
    if delivery.edition_id is not None:
        if delivery.part is Part.PUBLICATION:
            await explain_edition(tx, delivery.edition_id, reason)
            if fault is Fault.SERVER_LEFT:
                await _rest(tx, delivery.edition_id, fault, reason, now)
        elif delivery.part in _PARTS and fault in _OF_THE_PART:
            await explain_edition(tx, delivery.edition_id, reason)
            await conclude(tx, delivery.edition_id)
        else:
            await end_edition(tx, delivery.edition_id, EditionState.FAILED, reason, fault)
            await _rest(tx, delivery.edition_id, fault, reason, now)
    elif delivery.alert_id is not None:
        await _stop_alerts(tx, delivery, delivery.alert_id, fault, now)


async def conclude(tx: Transaction, edition_id: int | None) -> None:
    """Mark an edition as posted if it owes nothing more."""
    await tx.run(CONCLUDE, (edition_id,))


async def end_edition(tx: Transaction, edition_id: int, state: EditionState, reason: Reason, fault: Fault) -> None:
    """End an edition with a state and a reason, and skip what it still owes."""
    await tx.run("UPDATE editions SET state = ? WHERE id = ?", (state, edition_id))
    await explain_edition(tx, edition_id, reason)
    await tx.run(
        f"UPDATE deliveries SET state = ?, fault = ? WHERE edition_id = ? AND state IN {OPEN}",
        (State.SKIPPED, fault, edition_id),
    )


async def explain_edition(tx: Transaction, edition_id: int, reason: Reason) -> None:
    """Record why an edition, or a part of it, was not posted."""
    await tx.run(
        "UPDATE editions SET why = ?, facts = ? WHERE id = ?", (reason.why, json.dumps(reason.facts), edition_id)
    )


async def leave_server(tx: Transaction, guild_id: int, reason: Reason, now: datetime) -> None:
    """Record that the bot is no longer in a server, and skip what is owed there."""
    await tx.run("INSERT OR IGNORE INTO removals (guild_id, since) VALUES (?, ?)", (guild_id, moment(now)))
    editions = (
        "SELECT e.id FROM editions e JOIN digests d ON d.id = e.digest_id WHERE d.guild_id = ? AND e.state = 'planned'"
    )
    for row in await tx.rows(editions, (guild_id,)):
        await end_edition(tx, row["id"], EditionState.FAILED, reason, Fault.SERVER_LEFT)
    await tx.run(
        f"UPDATE deliveries SET state = ?1, fault = ?2 WHERE state IN {OPEN}"
        " AND (alert_id IN (SELECT id FROM alerts WHERE guild_id = ?3) OR pause_id IN"
        " (SELECT p.id FROM pauses p JOIN digests d ON d.id = p.digest_id WHERE d.guild_id = ?3) OR edition_id IN"
        " (SELECT e.id FROM editions e JOIN digests d ON d.id = e.digest_id WHERE d.guild_id = ?3))",
        (State.SKIPPED, Fault.SERVER_LEFT, guild_id),
    )


async def owe_alert(
    tx: Transaction, values: Sequence[str | int | None], now: datetime, *, unread: int | None = None
) -> None:
    """Store an alert and its delivery. `values` are its columns: user, day, channel, guild, language, matches.

    `unread` is set for a reminder.
    """
    alert_id = await tx.add(
        "INSERT INTO alerts (user_id, day, channel_id, guild_id, language, matches, unread)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*values, unread),
    )
    await tx.run(
        "INSERT INTO deliveries (part, position, alert_id, due, until) VALUES (?, 0, ?, ?, ?)",
        (Part.ALERT, alert_id, moment(now), moment(now + PATIENCE)),
    )


async def _rest(tx: Transaction, edition_id: int, fault: Fault, reason: Reason, now: datetime) -> None:
    """Pause the edition's digest for a lasting fault, or the whole server if the bot is no longer in it."""
    if fault is not Fault.SERVER_LEFT:
        if MEANINGS[fault][0] is Verdict.PAUSE:
            await _pause(tx, edition_id, reason, now)
    elif digest := await _digest_of(tx, edition_id):
        await _leave(tx, digest["guild_id"], now)


async def _leave(tx: Transaction, guild_id: int, now: datetime) -> None:
    await leave_server(tx, guild_id, Reason(MEANINGS[Fault.SERVER_LEFT][1], {}), now)


async def _pause(tx: Transaction, edition_id: int, reason: Reason, now: datetime) -> None:
    if digest := await _digest_of(tx, edition_id):
        await pause_digest(tx, digest["id"], reason, now)


async def pause_digest(tx: Transaction, digest_id: int, reason: Reason, now: datetime) -> None:
    """Pause a digest and owe its admin a notice, unless it is paused already."""
    digest = await tx.row("SELECT id FROM digests WHERE id = ? AND NOT paused", (digest_id,))
    if digest is None:
        return
    pause_id = await tx.add(
        "INSERT INTO pauses (digest_id, began, why, facts) VALUES (?, ?, ?, ?)",
        (digest["id"], moment(now), reason.why, json.dumps(reason.facts)),
    )
    await tx.run("UPDATE digests SET paused = 1, since = ? WHERE id = ?", (moment(now), digest["id"]))
    await tx.run(
        "INSERT INTO deliveries (part, position, pause_id, due, until) VALUES (?, 0, ?, ?, ?)",
        (Part.NOTICE, pause_id, moment(now), moment(now + PATIENCE)),
    )


async def _digest_of(tx: Transaction, edition_id: int) -> sqlite3.Row | None:
    return await tx.row("SELECT d.* FROM digests d JOIN editions e ON e.digest_id = d.id WHERE e.id = ?", (edition_id,))


# -- alerts ------------------------------------------------------------------------------------------------------------


async def _stop_alerts(tx: Transaction, delivery: Delivery, alert_id: int, fault: Fault, now: datetime) -> None:
    if fault is Fault.DMS_CLOSED:
        await _close_dms(tx, delivery, now)
    elif fault is Fault.SERVER_LEFT:
        for row in await tx.rows("SELECT guild_id FROM alerts WHERE id = ? AND guild_id NOT NULL", (alert_id,)):
            await _leave(tx, row["guild_id"], now)
    elif fault is Fault.MEMBER_AWAY:
        await _close_channel(tx, alert_id, fault, "AND user_id = (SELECT user_id FROM alerts WHERE id = ?2)")
    elif MEANINGS[fault][0] is Verdict.PAUSE or fault is Fault.THREAD_CLOSED:
        await _close_channel(tx, alert_id, fault)


async def _close_channel(tx: Transaction, alert_id: int, fault: Fault, whose: str = "") -> None:
    """Mark the subscriptions of an alert's channel as refused, and skip other alerts that wait for that channel."""
    there = f"channel_id = (SELECT channel_id FROM alerts WHERE id = ?2) {whose}"
    await tx.run(f"UPDATE subscriptions SET refused = ?1 WHERE {there}", (fault, alert_id))
    await tx.run(
        f"UPDATE deliveries SET state = ?3, fault = ?1 WHERE {_WAITING}"
        f" AND alert_id IN (SELECT id FROM alerts WHERE {there})",
        (fault, alert_id, State.SKIPPED),
    )


async def _close_dms(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """Mark the member's DMs as closed, and move what they are owed to the channels of their `here` subscriptions.

    Alerts that may have arrived by DM are not sent again.
    """
    alert_id = delivery.alert_id
    owner = "(SELECT user_id FROM alerts WHERE id = ?)"
    await tx.run(f"UPDATE members SET dms_closed = ? WHERE user_id = {owner}", (moment(now), alert_id))
    waiting = f"alert_id IN (SELECT id FROM alerts WHERE channel_id IS NULL AND user_id = {owner}) AND {_WAITING}"
    lost = await tx.rows(
        f"SELECT * FROM alerts WHERE id = ? OR id IN (SELECT alert_id FROM deliveries WHERE {waiting}) ORDER BY id",
        (alert_id if delivery.unsure_since is None else None, alert_id),
    )
    await tx.run(
        f"UPDATE deliveries SET state = ?, fault = ? WHERE {waiting}", (State.SKIPPED, Fault.DMS_CLOSED, alert_id)
    )
    here = await tx.rows(
        "SELECT * FROM subscriptions WHERE place = 'here' AND NOT paused AND refused IS NULL"
        f" AND user_id = {owner} AND guild_id NOT IN (SELECT guild_id FROM removals) ORDER BY id",
        (alert_id,),
    )
    for alert, matched in readable(lost, lambda row: (row, _matches(row["matches"])), "alert"):
        for subscription, matches in _in_channels(matched, here):
            place = (subscription["channel_id"], subscription["guild_id"], subscription["language"])
            held = json.dumps(matches, ensure_ascii=False)
            await owe_alert(tx, (alert["user_id"], alert["day"], *place, held), now)


_Match = tuple[str, int | None, list[str]]


def _matches(held: str) -> list[_Match]:
    return [(arxiv_id, votes, queries) for arxiv_id, votes, queries, *_ in json.loads(held)]


def _in_channels(matches: Sequence[_Match], here: Sequence[sqlite3.Row]) -> Iterator[tuple[sqlite3.Row, list[_Match]]]:
    """Split an alert by the channels whose subscriptions matched; a paper goes to the first such channel."""
    told: set[str] = set()
    for channel_id in dict.fromkeys(subscription["channel_id"] for subscription in here):
        wishes = [subscription for subscription in here if subscription["channel_id"] == channel_id]
        found = []
        for arxiv_id, votes, queries in matches:
            wanted = {wish["query"] for wish in wishes if (votes or 0) >= wish["min_votes"]}
            if arxiv_id not in told and wanted.intersection(queries):
                found.append((arxiv_id, votes, [query for query in queries if query in wanted]))
        if found:
            told |= {arxiv_id for arxiv_id, _, _ in found}
            yield wishes[-1], found
