"""A planned edition as a row of the ledger, and the messages that it owes."""

import json
from collections.abc import Iterator

from bot.delivery.model import BEFORE_PAPERS, Part
from bot.digests.model import EditionState, Plan, Reason, Selection, Style, Why
from bot.digests.recap import write_recap
from bot.storage.engine.codec import moment

INSERT_EDITION = (
    "INSERT OR IGNORE INTO editions (digest_id, date, due, channel_id, style, language, mention, tags, state, day,"
    " total, papers, early, first_day, query, matching, recap, why, facts)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def parts(plan: Plan) -> list[tuple[Part, int, int | None]]:
    """What an edition's deliveries carry, their positions, and the positions of the messages that they follow."""
    if isinstance(plan.outcome, Reason):
        return []
    order, papers = plan.digest.order, range(BEFORE_PAPERS, BEFORE_PAPERS + len(plan.outcome.listings))
    done_to: list[tuple[Part, int]] = []
    match order.style:
        case Style.THREAD if order.discuss:
            messages = [(Part.HEADLINE, 0), *((Part.PAPER, position) for position in papers)]
            done_to = [(Part.DISCUSSION, position) for position in papers]
            standing = [0, *papers]
        case Style.THREAD:
            messages = [(Part.HEADLINE, 0), (Part.THREAD, 1), *((Part.PAPER, position) for position in papers)]
            standing = [0]
        case Style.POSTS:
            messages, standing = [(Part.POST, position) for position in range(len(papers))], []
        case _:
            messages, standing = [(Part.CARDS, 0)], [0]
    if order.publish:
        done_to += [(Part.PUBLICATION, position) for position in standing]
    after = enumerate(done_to, messages[-1][1] + 1)
    return [
        *((part, position, None) for part, position in messages),
        *((part, position, follows) for position, (part, follows) in after),
    ]


def edition_row(plan: Plan) -> tuple[str | int | None, ...]:
    """The columns of an edition, as INSERT_EDITION names them."""
    order = plan.digest.order
    run = (plan.digest.id, plan.on.isoformat(), moment(plan.due))
    head = (*run, order.channel_id, order.style, order.language, order.mention, json.dumps(order.tags))
    match plan.outcome:
        case Selection(day, total, _, early, first_day) as selection:
            first = first_day.isoformat() if first_day else None
            papers = json.dumps(list(_papers(selection)))
            subject = selection.subject
            about = (subject.query, subject.matching) if subject else (None, None)
            told = (*about, write_recap(selection.recap))
            return (*head, EditionState.PLANNED, day.isoformat(), total, papers, int(early), first, *told, None, None)
        case Reason(why, facts):
            # What is late on a day without a match may match: it is asked for by its day.
            days = (facts["day"], facts.get("first_day")) if why is Why.NO_MATCH else (None, None)
            told = (None, None, None, why, json.dumps(facts))
            return (*head, EditionState.SKIPPED, days[0], None, None, 0, days[1], *told)


def _papers(selection: Selection) -> Iterator[list[str | int | None]]:
    """The papers as an edition's column has them. A 1 marks what is new in a recap; late papers end in their day."""
    days = dict(selection.late)
    for listing in selection.listings:
        paper = listing.paper
        new = int(paper.arxiv_id in selection.new)
        day = days.get(paper.arxiv_id)
        yield [paper.arxiv_id, listing.votes, paper.title, *([new, day.isoformat()] if day else [1] if new else [])]
