"""Which editions are noted for an edit, and with which votes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from bot.delivery.model import Policy
from bot.delivery.verdict import longest_pause
from bot.digests.model import Order, Selection
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.revisions import Revisions
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, day, order, utc

SETTLE = timedelta(hours=36)
SETTLED = utc(2024, 2, 25, 12)
POSTED = utc(2024, 2, 24)


class Desk:
    """A ledger with editions that were posted, and readings of the site."""

    def __init__(self, database: Database, library: Library, digests: Digests) -> None:
        self.database, self.library, self.digests = database, library, digests
        self.revisions = Revisions(database)

    async def post(self, wanted: Order, due: datetime = POSTED, **changes: object) -> int:
        held = day(votes=(9, 8))
        await self.library.store_page("2024/02/23.md", "h", held, POSTED)
        digest = await self.digests.add(1, wanted, 5, POSTED, 10)
        assert digest is not None
        chosen = replace(Selection(FRIDAY, 2, held.listings), **changes)  # type: ignore[arg-type]  # the test's own
        edition = await self.digests.plan(digest, FRIDAY, due, chosen)
        assert edition is not None
        async with self.database.write() as tx:
            await tx.run("UPDATE editions SET state = 'posted'")
        return edition

    async def read(self, on: date, votes: Mapping[str, int], at: datetime = SETTLED) -> None:
        async with self.database.write() as tx:
            await tx.many(
                "INSERT INTO votes (day, arxiv_id, hour, read_at, votes) VALUES (?, ?, ?, ?, ?)",
                [(on.isoformat(), key, moment(at)[:13], moment(at), count) for key, count in votes.items()],
            )

    async def plan(self, now: datetime = SETTLED + timedelta(hours=3)) -> dict[int, dict[str, int]]:
        await self.revisions.plan(SETTLE, now)
        found = {}
        while revision := await self.revisions.next_owed(now):
            found[revision.edition_id] = dict(revision.votes)
            await self.revisions.finish(revision)
        return found


@pytest.fixture
def desk(database: Database, library: Library, digests: Digests) -> Desk:
    return Desk(database, library, digests)


async def test_the_newest_reading_since_votes_settled_counts(desk: Desk) -> None:
    edition = await desk.post(order())
    await desk.read(FRIDAY, {"2402.00001": 30}, SETTLED - timedelta(hours=1))
    assert await desk.plan() == {}
    await desk.read(FRIDAY, {"2402.00001": 31, "2402.00002": 8}, SETTLED + timedelta(hours=2))
    await desk.read(FRIDAY, {"2402.00001": 29}, SETTLED)
    assert await desk.plan() == {edition: {"2402.00001": 31}}
    assert await desk.plan() == {}


async def test_of_a_recap_each_of_its_days_was_read(desk: Desk) -> None:
    week = FRIDAY - timedelta(days=6)
    daily = await desk.post(order())
    recap = await desk.post(order(weekly=True), first_day=week, new=frozenset({"2402.00002"}))
    await desk.read(FRIDAY, {"2402.00001": 12})
    await desk.read(FRIDAY - timedelta(days=1), {"2402.00001": 13, "2402.00002": 14})
    assert await desk.plan() == {
        daily: {"2402.00001": 12},
        recap: {"2402.00001": 13, "2402.00002": 14},
    }
    row = await desk.database.row("SELECT papers FROM editions WHERE id = ?", (recap,))
    assert row is not None
    assert row["papers"] == '[["2402.00001", 13, "Paper number 1"], ["2402.00002", 14, "Paper number 2", 1]]'


@pytest.mark.parametrize("days", [0, 1])
async def test_votes_are_worth_an_edit_for_two_days(desk: Desk, days: int) -> None:
    await desk.post(order())
    await desk.read(FRIDAY, {"2402.00001": 12})
    assert len(await desk.plan(SETTLED + timedelta(days=days, hours=11))) == 1


@pytest.mark.parametrize("now", [SETTLED - timedelta(hours=1), SETTLED + timedelta(days=2)])
async def test_before_and_long_after_nothing_is_edited(desk: Desk, now: datetime) -> None:
    await desk.post(order())
    await desk.read(FRIDAY, {"2402.00001": 12})
    assert await desk.plan(now) == {}


@pytest.mark.parametrize(("attempts", "shortest", "longest"), [(1, 10, 15), (3, 40, 60), (20, 2400, 3600)])
@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(minutes=20), timedelta(days=400)])
async def test_a_retry_is_no_later_than_its_pause_where_the_clock_is_set_back(
    desk: Desk, attempts: int, shortest: int, longest: int, back: timedelta
) -> None:
    await desk.post(order())
    await desk.read(FRIDAY, {"2402.00001": 12})
    now = SETTLED + timedelta(hours=3)
    await desk.revisions.plan(SETTLE, now)
    revision = await desk.revisions.next_owed(now)
    assert revision is not None
    for _ in range(attempts):
        await desk.revisions.retry(revision, "503", now + timedelta(seconds=shortest))
    await desk.revisions.shorten_waits(now, partial(longest_pause, policy=Policy()))
    assert await desk.revisions.next_owed(now) is None
    now -= back
    await desk.revisions.shorten_waits(now, partial(longest_pause, policy=Policy()))
    assert await desk.revisions.next_owed(now + timedelta(seconds=longest)) is not None


async def test_what_was_posted_with_settled_votes_and_replays_stay(desk: Desk) -> None:
    await desk.post(order(), due=SETTLED)
    await desk.post(order(replay_from=FRIDAY))
    await desk.read(FRIDAY, {"2402.00001": 12}, SETTLED + timedelta(hours=1))
    assert await desk.plan() == {}


async def test_a_late_paper_gets_the_votes_that_its_own_day_settled_with(desk: Desk) -> None:
    thursday = FRIDAY - timedelta(days=1)
    edition = await desk.post(order(), late=frozenset({("2402.00002", thursday)}))
    async with desk.database.write() as tx:
        await tx.run("INSERT INTO late (day, arxiv_id, found_at) VALUES ('2024-02-22', '2402.00002', '2024-02-22T23')")
    await desk.read(thursday, {"2402.00002": 12}, SETTLED - timedelta(hours=25))
    await desk.read(FRIDAY, {"2402.00001": 10})
    assert await desk.plan() == {edition: {"2402.00001": 10}}
    await desk.post(order(), late=frozenset({("2402.00002", thursday)}))
    await desk.read(thursday, {"2402.00002": 14}, SETTLED - timedelta(hours=20))
    assert list((await desk.plan()).values()) == [{"2402.00001": 10, "2402.00002": 14}]
    row = await desk.database.row("SELECT papers FROM editions ORDER BY id DESC")
    assert row is not None
    assert row["papers"].endswith('["2402.00002", 14, "Paper number 2", 0, "2024-02-22"]]')
