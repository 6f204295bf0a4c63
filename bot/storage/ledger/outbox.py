"""The ledger of deliveries: what is owed, being sent, and sent."""

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.alerts.model import Alert, Match
from bot.delivery.model import Delivery, EditionMail, Part, Reach, Receipt, State
from bot.digests.model import Digest, EditionState, Reason, Selection, Style, Subject, Why
from bot.digests.recap import read_recap
from bot.errors import Fault
from bot.papers import Appearance, Listing, Paper
from bot.storage.engine.codec import decode_why, moment, read_moment
from bot.storage.engine.database import Database
from bot.storage.engine.group import Group
from bot.storage.engine.rows import attempt, readable
from bot.storage.ledger.consequences import CONCLUDE, OPEN, conclude, end_edition, explain_edition, follow_up
from bot.storage.ledger.digests import paused_digest, subject_in
from bot.storage.ledger.waits import shorten_waits
from bot.storage.papers.library import Library

# What is owed; of an edition only the first unsent message, as the others wait for it. Posts are sent from the last.
_NEXT = (
    f"deliveries d INDEXED BY deliveries_owed WHERE d.state IN {OPEN} AND NOT EXISTS (SELECT 1 FROM deliveries earlier"
    " WHERE earlier.edition_id = d.edition_id"
    " AND iif(d.part = 'post', earlier.position > d.position, earlier.position < d.position)"
    f" AND earlier.state IN {OPEN})"
)

# The message that a delivery of an edition is done to.
_DONE_TO = (
    "(SELECT followed.message_id FROM deliveries followed WHERE followed.edition_id = d.edition_id"
    " AND followed.position = d.follows AND followed.state = 'sent')"
)

# The delivery's server is on none of some shards; a DM has no server.
_WITHIN = (
    "NOT ifnull((coalesce("
    "(SELECT g.guild_id FROM editions e JOIN digests g ON g.id = e.digest_id WHERE e.id = d.edition_id),"
    " (SELECT guild_id FROM alerts WHERE id = d.alert_id),"
    " (SELECT g.guild_id FROM pauses p JOIN digests g ON g.id = p.digest_id WHERE p.id = d.pause_id)) >> 22) % ?"
    " IN (SELECT value FROM json_each(?)), 0)"
)

# Day, number of its papers, the chosen ones as JSON, early, first day, subject, what a recap tells as JSON.
_Chosen = tuple[str, int, str, int, str | None, Subject | None, str | None]


@dataclass(frozen=True, slots=True)
class _Begun:
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class _Arrived:
    delivery: Delivery
    receipt: Receipt
    now: datetime


class Outbox:
    """The deliveries. Each change of state and its consequences are one transaction."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library
        self._mail = Group(self._mails)
        self._steps = Group(self._record)

    # -- reading -------------------------------------------------------------------------------------------------

    async def owed(self, now: datetime, limit: int, reach: Reach | None = None) -> list[Delivery]:
        """The deliveries that can be sent now, oldest first; of an edition only the first unsent message.

        With `reach`, without those to servers beyond it.
        """
        within = "" if reach is None else f" AND {_WITHIN}"
        shards = () if reach is None else (reach.shards, json.dumps(reach.missing))
        rows = await self._database.rows(
            f"SELECT d.*, {_DONE_TO} AS done_to FROM {_NEXT} AND d.due <= ?{within} ORDER BY d.due, d.id LIMIT ?",
            (moment(now), *shards, limit),
        )
        found = readable(rows, lambda row: replace(delivery_of(row), done_to=row["done_to"]), "delivery")
        if lost := {row["id"] for row in rows} - {delivery.id for delivery in found}:
            await self._lose(lost)
        return found

    async def _lose(self, delivery_ids: Collection[int]) -> None:
        """Give up deliveries that can't be read, so that they don't block the others."""
        async with self._database.write() as tx:
            for delivery_id in delivery_ids:
                await tx.run(
                    "UPDATE deliveries SET state = ?, fault = ?, unsure_since = NULL WHERE id = ?",
                    (State.FAILED, Fault.REJECTED, delivery_id),
                )
                row = await tx.row("SELECT edition_id FROM deliveries WHERE id = ?", (delivery_id,))
                if row is not None and row["edition_id"] is not None:
                    reason = Reason(Why.REJECTED, {})
                    await end_edition(tx, row["edition_id"], EditionState.FAILED, reason, Fault.REJECTED)

    async def next_due(self) -> datetime | None:
        """When the next delivery is due (UTC); None if none is owed."""
        rows = await self._database.rows(f"SELECT min(d.due) AS due FROM {_NEXT}")
        return next(iter(readable(rows, lambda row: read_moment(row["due"]), "a delivery due")), None)

    async def doubt_ahead(self, now: datetime) -> datetime | None:
        """The latest `unsure_since` that lies in the future, because the clock was set back; None if there is none."""
        row = await self._database.row(
            f"SELECT id, unsure_since FROM deliveries WHERE state IN {OPEN} AND unsure_since > ?"
            " ORDER BY unsure_since DESC LIMIT 1",
            (moment(now),),
        )
        return next(iter(readable([row] if row else [], lambda one: read_moment(one[1]), "delivery")), None)

    async def bring_forward(self, by: timedelta, now: datetime) -> None:
        """Make deliveries that wait due earlier by `by`, as the clock was set back by that much."""
        waiting = f"SELECT id, due FROM deliveries WHERE state IN {OPEN} AND due > ?"
        async with self._database.write() as tx:
            rows = await tx.rows(waiting, (moment(now),))
            waits = readable(rows, lambda row: (row["id"], datetime.fromisoformat(row["due"])), "delivery")
            sooner = [(moment(due - by), delivery_id) for delivery_id, due in waits]
            await tx.many("UPDATE deliveries SET due = ? WHERE id = ?", sooner)

    async def shorten_waits(self, now: datetime, longest: Callable[[int], timedelta]) -> None:
        """Make deliveries due that wait longer than `longest` allows after their attempts: the clock was set back."""
        await shorten_waits(self._database, "deliveries", f"state IN {OPEN}", now, longest)

    async def edition_mail(self, edition_id: int) -> EditionMail | None:
        """What the parts of an edition are written from; None if the edition is gone."""
        return await self._mail.add(edition_id)

    async def _mails(self, edition_ids: Sequence[int]) -> list[EditionMail | None]:
        """The mails of some editions; those with the same papers share them."""
        rows = await self._database.rows(
            "SELECT e.*, d.guild_id, NOT EXISTS (SELECT 1 FROM deliveries t WHERE t.edition_id = e.id"
            " AND t.part = 'thread' AND t.state <> 'failed') AS threadless"
            " FROM editions e JOIN digests d ON d.id = e.digest_id"
            " WHERE e.id IN (SELECT value FROM json_each(?))",
            (json.dumps(edition_ids),),
        )
        selections = await self._selections({_chosen(row) for row in rows})
        mails = {
            row["id"]: EditionMail(
                edition_id=row["id"],
                guild_id=row["guild_id"],
                channel_id=row["channel_id"],
                style=Style(row["style"]),
                language=row["language"],
                selection=selections[_chosen(row)],
                headline_id=row["message_id"],
                threadless=bool(row["threadless"]),
                mention=row["mention"],
                tags=tuple(json.loads(row["tags"])),
            )
            for row in rows
        }
        return [mails.get(edition_id) for edition_id in edition_ids]

    async def _selections(self, chosen: Collection[_Chosen]) -> dict[_Chosen, Selection]:
        lists = {one: json.loads(one[2]) for one in chosen}
        found = await self._library.appearances(
            list({arxiv_id for papers in lists.values() for arxiv_id, *_ in papers})
        )
        return {one: _selection(one, papers, found) for one, papers in lists.items()}

    async def alert(self, alert_id: int) -> Alert | None:
        """An alert with its papers; None if it is gone."""
        row = await self._database.row("SELECT * FROM alerts WHERE id = ?", (alert_id,))
        if row is None:
            return None
        matches = json.loads(row["matches"])
        typed = await self._database.rows(
            "SELECT query, typed FROM subscriptions WHERE user_id = ? ORDER BY id", (row["user_id"],)
        )
        found = await self._library.appearances([arxiv_id for arxiv_id, *_ in matches])
        return Alert(
            id=alert_id,
            user_id=row["user_id"],
            day=date.fromisoformat(row["day"]),
            channel_id=row["channel_id"],
            language=row["language"],
            matches=tuple(
                Match(Listing(found[i].listing.paper, votes), tuple(queries), decode_why(*why))
                for i, votes, queries, *why in matches
                if i in found
            ),
            guild_id=row["guild_id"],
            typed={each["query"]: each["typed"] for each in typed},
            unread=row["unread"],
        )

    async def delivered_alert(self, delivery_id: int) -> Alert | None:
        """The alert of a delivery; None if it is gone."""
        row = await self._database.row("SELECT alert_id FROM deliveries WHERE id = ?", (delivery_id,))
        return None if row is None or row["alert_id"] is None else await self.alert(row["alert_id"])

    async def paused(self, pause_id: int) -> Digest | None:
        """The digest that a pause belongs to; None if the pause is over."""
        return await paused_digest(self._database, pause_id)

    # -- what becomes of a delivery --------------------------------------------------------------------------------

    async def begin(self, delivery: Delivery) -> None:
        """Record, before sending, that a delivery is being sent; it is in doubt from `unsure_since` on."""
        await self._steps.add(_Begun(delivery))

    async def sent(self, delivery: Delivery, receipt: Receipt, now: datetime) -> None:
        """Record where a message was posted. The edition is posted once its last part is."""
        await self._steps.add(_Arrived(delivery, receipt, now))

    async def _record(self, steps: Sequence[_Begun | _Arrived]) -> list[None]:
        """Record the starts and ends of several deliveries in one transaction."""
        begun = [step.delivery for step in steps if isinstance(step, _Begun)]
        arrived = [step for step in steps if isinstance(step, _Arrived)]
        parts = [step for step in arrived if step.delivery.edition_id is not None]
        editions = {step.delivery.edition_id for step in parts}
        async with self._database.write() as tx:
            await tx.many(
                "UPDATE deliveries SET state = ?, attempts = attempts + 1, unsure_since = ? WHERE id = ?",
                [(State.SENDING, _doubt(delivery), delivery.id) for delivery in begun],
            )
            await tx.many(
                "UPDATE deliveries SET state = ?, channel_id = ?, message_id = ?, sent_at = ?,"
                " unsure_since = NULL, fault = NULL, detail = NULL WHERE id = ?",
                [
                    (State.SENT, one.receipt.channel_id, one.receipt.message_id, moment(one.now), one.delivery.id)
                    for one in arrived
                ],
            )
            await tx.many(
                "UPDATE editions SET message_id = ? WHERE id = ? AND (message_id IS NULL OR style = 'posts')",
                [(step.receipt.message_id, step.delivery.edition_id) for step in parts],
            )
            await tx.many(CONCLUDE, [(edition,) for edition in editions])
        return [None] * len(steps)

    async def retry(self, delivery: Delivery, fault: Fault, detail: str, again: datetime, now: datetime) -> None:
        """Record a failure that may pass, and when to try again."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, fault = ?, detail = ?, due = ?, unsure_since = ?,"
                " failing_since = coalesce(failing_since, ?) WHERE id = ?",
                (State.RETRYING, fault, detail, moment(again), _doubt(delivery), moment(now), delivery.id),
            )

    async def postpone(self, delivery: Delivery, again: datetime, fault: Fault | None = None) -> None:
        """Record that a delivery waits. What was done so far counts as no attempt."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, fault = ?, due = ?, attempts = ?, unsure_since = ? WHERE id = ?",
                (State.PENDING, fault, moment(again), delivery.attempts, _doubt(delivery), delivery.id),
            )

    async def fail(self, delivery: Delivery, fault: Fault, detail: str, reason: Reason, now: datetime) -> None:
        """Give up a delivery and apply what follows from it."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, fault = ?, detail = ?, unsure_since = ? WHERE id = ?",
                (State.FAILED, fault, detail, _doubt(delivery), delivery.id),
            )
            await follow_up(tx, delivery, fault, reason, now)

    async def skip(self, delivery: Delivery, fault: Fault, detail: str, reason: Reason) -> None:
        """Don't send a delivery that may have arrived, and say so in its edition.

        If it is a paper of a thread or a post, that is left out; if it is another first message, the whole edition is
        skipped.
        """
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, fault = ?, detail = ? WHERE id = ?",
                (State.SKIPPED, fault, detail, delivery.id),
            )
            if delivery.edition_id is not None and delivery.position == 0 and delivery.part is not Part.POST:
                await end_edition(tx, delivery.edition_id, EditionState.SKIPPED, reason, fault)
            elif delivery.edition_id is not None:
                await explain_edition(tx, delivery.edition_id, reason)
                await conclude(tx, delivery.edition_id)

    async def drop(self, delivery: Delivery, detail: str) -> None:
        """Skip a delivery with nothing left to send, as its papers were withdrawn."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, detail = ? WHERE id = ?",
                (State.SKIPPED, detail, delivery.id),
            )
            await conclude(tx, delivery.edition_id)


def _chosen(row: sqlite3.Row) -> _Chosen:
    return row["day"], row["total"], row["papers"], row["early"], row["first_day"], subject_in(row), row["recap"]


def _selection(chosen: _Chosen, papers: list[Any], found: Mapping[str, Appearance]) -> Selection:
    """The edition's papers. If a page no longer lists one, only its title and link are left."""
    day, total, _, early, first_day, subject, recap = chosen
    return Selection(
        date.fromisoformat(day),
        total,
        tuple(
            Listing(found[i].listing.paper if i in found else Paper(i, title), votes) for i, votes, title, *_ in papers
        ),
        early=bool(early),
        first_day=date.fromisoformat(first_day) if first_day else None,
        new=frozenset(i for i, _, _, *marks in papers if marks[:1] == [1]),
        late=frozenset((i, date.fromisoformat(marks[1])) for i, _, _, *marks in papers if len(marks) > 1),
        subject=subject,
        recap=attempt(lambda: read_recap(recap), "what a recap tells"),
    )


def delivery_of(row: sqlite3.Row) -> Delivery:
    """The delivery in a row of `deliveries`."""
    return Delivery(
        id=row["id"],
        part=Part(row["part"]),
        position=row["position"],
        state=State(row["state"]),
        edition_id=row["edition_id"],
        alert_id=row["alert_id"],
        pause_id=row["pause_id"],
        attempts=row["attempts"],
        due=datetime.fromisoformat(row["due"]),
        until=datetime.fromisoformat(row["until"]),
        failing_since=read_moment(row["failing_since"]),
        unsure_since=read_moment(row["unsure_since"]),
        follows=row["follows"],
    )


def _doubt(delivery: Delivery) -> str | None:
    return moment(delivery.unsure_since) if delivery.unsure_since else None
