"""The ledger of deliveries: what is owed, what is being sent, what was sent."""

import json
import sqlite3
from datetime import date, datetime

from bot.alerts.model import Alert, Match
from bot.delivery.model import Delivery, EditionMail, Part, Receipt, State
from bot.digests.model import Digest, Reason, Selection, Style
from bot.errors import Fault
from bot.papers import Listing, Paper
from bot.storage.codec import moment
from bot.storage.consequences import follow_up
from bot.storage.database import Database, Transaction
from bot.storage.digests import paused_digest
from bot.storage.library import Library

_OPEN = "('pending', 'sending', 'retrying')"
# What is owed, and of an edition only its first message that is not sent yet: the others wait for it.
_NEXT = (
    f"deliveries d WHERE d.state IN {_OPEN} AND NOT EXISTS (SELECT 1 FROM deliveries earlier"
    f" WHERE earlier.edition_id = d.edition_id AND earlier.position < d.position AND earlier.state IN {_OPEN})"
)


class Outbox:
    """The deliveries. Every change of state is one transaction with what follows from it."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    # -- reading -------------------------------------------------------------------------------------------------

    async def owed(self, now: datetime, limit: int) -> list[Delivery]:
        """What can be sent now, oldest first: of an edition, only the first message that is not sent yet."""
        rows = await self._database.rows(
            f"SELECT * FROM {_NEXT} AND d.due <= ? ORDER BY d.due, d.id LIMIT ?", (moment(now), limit)
        )
        return [_delivery(row) for row in rows]

    async def next_due(self) -> datetime | None:
        """When the next delivery that is owed may be sent."""
        row = await self._database.row(f"SELECT min(d.due) FROM {_NEXT}")
        return datetime.fromisoformat(row[0]) if row and row[0] else None

    async def edition_mail(self, edition_id: int) -> EditionMail | None:
        """What a part of an edition is written from; None where the edition is gone."""
        row = await self._database.row(
            "SELECT e.*, d.guild_id FROM editions e JOIN digests d ON d.id = e.digest_id WHERE e.id = ?",
            (edition_id,),
        )
        if row is None:
            return None
        chosen = json.loads(row["papers"])
        found = await self._library.appearances([arxiv_id for arxiv_id, _, _ in chosen])
        # An edition keeps its papers: of one that its page has given up since, the title and the link are left.
        papers = [found[i].listing.paper if i in found else Paper(i, title) for i, _, title in chosen]
        listings = [Listing(paper, votes) for paper, (_, votes, _) in zip(papers, chosen, strict=True)]
        return EditionMail(
            edition_id=edition_id,
            guild_id=row["guild_id"],
            channel_id=row["channel_id"],
            style=Style(row["style"]),
            language=row["language"],
            selection=Selection(date.fromisoformat(row["day"]), row["total"], tuple(listings)),
            headline_id=row["message_id"],
        )

    async def alert(self, alert_id: int) -> Alert | None:
        """An alert with its papers; None where it is gone."""
        row = await self._database.row("SELECT * FROM alerts WHERE id = ?", (alert_id,))
        if row is None:
            return None
        matches = json.loads(row["matches"])
        found = await self._library.appearances([arxiv_id for arxiv_id, _, _ in matches])
        return Alert(
            id=alert_id,
            user_id=row["user_id"],
            day=date.fromisoformat(row["day"]),
            channel_id=row["channel_id"],
            language=row["language"],
            matches=tuple(
                Match(Listing(found[i].listing.paper, votes), tuple(queries))
                for i, votes, queries in matches
                if i in found
            ),
        )

    async def paused(self, pause_id: int) -> Digest | None:
        """The digest that rests in a pause; None where that is over."""
        return await paused_digest(self._database, pause_id)

    # -- what becomes of a delivery --------------------------------------------------------------------------------

    async def begin(self, delivery: Delivery) -> None:
        """Say that a delivery is being sent, before it is."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, attempts = attempts + 1 WHERE id = ?",
                (State.SENDING, delivery.id),
            )

    async def sent(self, delivery: Delivery, receipt: Receipt, now: datetime) -> None:
        """Record where a delivery lies; its edition is posted once the last part is."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, channel_id = ?, message_id = ?, sent_at = ?,"
                " fault = NULL, detail = NULL WHERE id = ?",
                (State.SENT, receipt.channel_id, receipt.message_id, moment(now), delivery.id),
            )
            if delivery.edition_id is not None:
                await self._advance(tx, delivery, receipt)

    async def _advance(self, tx: Transaction, delivery: Delivery, receipt: Receipt) -> None:
        if delivery.position == 0:
            await tx.run("UPDATE editions SET message_id = ? WHERE id = ?", (receipt.message_id, delivery.edition_id))
        await _conclude(tx, delivery.edition_id)

    async def retry(self, delivery: Delivery, fault: Fault, detail: str, again: datetime, now: datetime) -> None:
        """Record a failure that may pass, and when to try again."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, fault = ?, detail = ?, due = ?,"
                " failing_since = coalesce(failing_since, ?) WHERE id = ?",
                (State.RETRYING, fault, detail, moment(again), moment(now), delivery.id),
            )

    async def fail(self, delivery: Delivery, fault: Fault, detail: str, reason: Reason, now: datetime) -> None:
        """Give a delivery up, with all that follows from it."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, fault = ?, detail = ? WHERE id = ?",
                (State.FAILED, fault, detail, delivery.id),
            )
            await follow_up(tx, delivery, fault, reason, now)

    async def drop(self, delivery: Delivery, detail: str) -> None:
        """Skip a delivery that has nothing left to say: its papers were taken back before it was sent."""
        async with self._database.write() as tx:
            await tx.run(
                "UPDATE deliveries SET state = ?, detail = ? WHERE id = ?",
                (State.SKIPPED, detail, delivery.id),
            )
            await _conclude(tx, delivery.edition_id)


async def _conclude(tx: Transaction, edition_id: int | None) -> None:
    """An edition that owes nothing more is posted."""
    await tx.run(
        "UPDATE editions SET state = 'posted' WHERE id = ? AND NOT EXISTS"
        f" (SELECT 1 FROM deliveries WHERE edition_id = editions.id AND state IN {_OPEN})",
        (edition_id,),
    )


def _delivery(row: sqlite3.Row) -> Delivery:
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
        failing_since=datetime.fromisoformat(row["failing_since"]) if row["failing_since"] else None,
    )
