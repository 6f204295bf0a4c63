"""The rows of editions: recording them with the messages that they owe, skipping missed ones, and reading them."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from bot.delivery.model import Part, State
from bot.digests.model import Edition, EditionState, Plan, Reason, Selection, Style, Subject, Why
from bot.digests.timing import next_run
from bot.storage.engine.codec import moment, read_moment
from bot.storage.engine.database import Transaction
from bot.storage.engine.rows import known, readable

EDITIONS = (
    "SELECT e.*, (SELECT min(d.failing_since) FROM deliveries d WHERE d.edition_id = e.id AND d.state <> 'sent')"
    " AS failing_since, (SELECT count(*) FROM json_each(e.papers) WHERE json_array_length(value) > 4) AS late"
    " FROM editions e WHERE e.digest_id = ?"
)
"""The editions of a digest; those that are being retried with the moment since which they have been failing."""

_INSERT_EDITION = (
    "INSERT OR IGNORE INTO editions (digest_id, date, due, channel_id, style, language, state, day, total, papers,"
    " early, first_day, query, matching, why, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


async def insert_editions(tx: Transaction, plans: Sequence[Plan]) -> list[int | None]:
    """Record editions with the messages they owe, within a transaction, as `Digests.plan_all` says."""
    last = await tx.row("SELECT coalesce(max(id), 0) FROM editions")
    await tx.many(_INSERT_EDITION, [_row(plan) for plan in plans])
    rows = await tx.rows("SELECT id, digest_id, due FROM editions WHERE id > ?", tuple(last or (0,)))
    made = {(row["digest_id"], row["due"]): int(row["id"]) for row in rows}
    editions = [made.get((plan.digest.id, moment(plan.due))) for plan in plans]
    await tx.many(
        "INSERT INTO deliveries (part, position, edition_id, due, until) VALUES (?, ?, ?, ?, ?)",
        [
            (part, position, edition, moment(plan.due), moment(next_run(plan.digest.order, plan.due)))
            for plan, edition in zip(plans, editions, strict=True)
            if edition is not None
            for position, part in enumerate(_parts(plan))
        ],
    )
    return editions


async def skip_missed(tx: Transaction, before: datetime, now: datetime) -> None:
    """Skip the editions due before a moment that were never attempted, as `Digests.expire` says."""
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


def subject_in(row: sqlite3.Row) -> Subject | None:
    """The subject in a row of `editions`."""
    return None if row["query"] is None else Subject(row["query"], row["matching"])


def edition_of(row: sqlite3.Row) -> Edition:
    """A row of EDITIONS."""
    return Edition(
        id=row["id"],
        digest_id=row["digest_id"],
        date=date.fromisoformat(row["date"]),
        due=datetime.fromisoformat(row["due"]),
        state=EditionState(row["state"]),
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        reason=reason_of(row),
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        failing_since=read_moment(row["failing_since"]),
        first_day=date.fromisoformat(row["first_day"]) if row["first_day"] else None,
        late=row["late"],
        total=row["total"],
        subject=subject_in(row),
    )


def reason_of(row: sqlite3.Row) -> Reason | None:
    """Why an edition was skipped or failed, or a digest paused; None if nothing is wrong.

    A reason that a later version wrote is Why.UNKNOWN.
    """
    if not row["why"]:
        return None
    why = known(Why, row["why"], Why.UNKNOWN)
    return Reason(why, {} if why is Why.UNKNOWN else json.loads(row["facts"] or "{}"))


def _parts(plan: Plan) -> list[Part]:
    if isinstance(plan.outcome, Reason):
        return []
    if plan.digest.order.style is not Style.THREAD:
        return [Part.CARDS]
    return [Part.HEADLINE, Part.THREAD, *[Part.PAPER] * len(plan.outcome.listings)]


def _row(plan: Plan) -> tuple[str | int | None, ...]:
    """The columns of an edition, as _INSERT_EDITION names them."""
    order = plan.digest.order
    head = (plan.digest.id, plan.on.isoformat(), moment(plan.due), order.channel_id, order.style, order.language)
    match plan.outcome:
        case Selection(day, total, _, early, first_day) as selection:
            first = first_day.isoformat() if first_day else None
            papers = json.dumps(list(_papers(selection)))
            subject = selection.subject
            about = (subject.query, subject.matching) if subject else (None, None)
            return (*head, EditionState.PLANNED, day.isoformat(), total, papers, int(early), first, *about, None, None)
        case Reason(why, facts):
            # What is late on a day without a match may match: it is asked for by its day.
            days = (facts["day"], facts.get("first_day")) if why is Why.NO_MATCH else (None, None)
            return (*head, EditionState.SKIPPED, days[0], None, None, 0, days[1], None, None, why, json.dumps(facts))


def _papers(selection: Selection) -> Iterator[list[str | int | None]]:
    """The papers as an edition's column has them. A 1 marks what is new in a recap; late papers end in their day."""
    days = dict(selection.late)
    for listing in selection.listings:
        paper = listing.paper
        new = int(paper.arxiv_id in selection.new)
        day = days.get(paper.arxiv_id)
        yield [paper.arxiv_id, listing.votes, paper.title, *([new, day.isoformat()] if day else [1] if new else [])]
