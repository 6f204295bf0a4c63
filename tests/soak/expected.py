"""What ought to come, worked out the obvious way and by none of the bot's own code: from the plan alone."""

from collections import deque
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.papers import Day
from tests.soak.plan import FIRST, PAGE_AT, DigestPlan, MemberPlan

FRESH_DAYS = 3  # the default of digests.fresh_days
Ids = tuple[str, ...]


def editions(plan: DigestPlan, pages: Sequence[Day], days: int, start: datetime, end: datetime) -> deque[Ids]:
    """The arXiv ids of each edition that the digest owes between two moments, in order."""
    had: list[date] = []
    owed: deque[Ids] = deque()
    for day in range(-1, days + 2):
        on = FIRST + timedelta(days=day)
        if start < plan.due(on) < end and plan.runs_on(on):
            page = _newest_not_had(plan, pages, on, had)
            if page is not None and (ids := _best(plan, page)):
                had.append(page.date)
                owed.append(ids)
    return owed


def _newest_not_had(plan: DigestPlan, pages: Sequence[Day], on: date, had: list[date]) -> Day | None:
    """Of the pages that are there, no older than some days, and none from before the first one had."""
    oldest, due = on - timedelta(days=FRESH_DAYS), plan.due(on)
    there = [page for page in pages if page.date >= oldest and datetime.combine(page.date, PAGE_AT) <= due]
    new = [page for page in there if page.date not in had and (not had or page.date > min(had))]
    return new[-1] if new else None


def _best(plan: DigestPlan, page: Day) -> Ids:
    wanted = [listing for listing in page.listings if (listing.votes or 0) >= plan.min_votes]
    wanted.sort(key=lambda listing: listing.votes or 0, reverse=True)
    return tuple(listing.paper.arxiv_id for listing in wanted[: plan.count])


def alerts(plan: MemberPlan, pages: Sequence[Day]) -> deque[Ids]:
    """The arXiv ids, sorted, of each alert that the member is owed, in order."""
    owed: deque[Ids] = deque()
    for page in pages:
        ids = [x.paper.arxiv_id for x in page.listings if any(f" {word} " in x.paper.title for word in plan.words)]
        if ids:
            owed.append(tuple(sorted(ids)))
    return owed
