"""What is forgotten, and what never is."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.alerts.model import Match, NewAlert, Subscription, Where
from bot.delivery.model import Receipt
from bot.digests.choice import Chooser
from bot.digests.model import Digest, Reason, Selection, Why
from bot.papers import Listing
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.ledger.upkeep import Upkeep
from bot.storage.members.desk import Desk
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.library import Library
from bot.upkeep import INSPECTION, TOGETHER, Inspection, Keeper
from tests.builders import FRIDAY, StandingClock, day, order, paper, utc

NOON = utc(2024, 2, 23, 12)
KEEP = timedelta(days=400)
LATER = NOON + KEEP + timedelta(days=1)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(NOON)


@pytest.fixture
def told() -> list[Inspection]:
    return []


@pytest.fixture
def keeper(database: Database, clock: StandingClock, told: list[Inspection]) -> Keeper:
    return Keeper(Upkeep(database), Desk(database), clock, KEEP, told.append)


async def count(database: Database, table: str) -> int:
    row = await database.row(f"SELECT count(*) FROM {table}")
    assert row is not None
    return int(row[0])


async def a_digest(digests: Digests, **changes: object) -> Digest:
    added = await digests.add(1, order(**changes), 5, NOON, 10)
    assert added is not None
    return added


async def post_all(outbox: Outbox) -> None:
    for delivery in await outbox.owed(LATER, 99):
        await outbox.sent(delivery, Receipt(10, delivery.id), NOON)


async def test_old_editions_go_with_their_deliveries_and_young_ones_stay(
    database: Database, digests: Digests, outbox: Outbox, keeper: Keeper, clock: StandingClock
) -> None:
    digest = await a_digest(digests)
    moments = [NOON + timedelta(days=days) for days in (0, 1, 2, 300)]
    for index, moment in enumerate(moments):
        on = FRIDAY + timedelta(days=index)
        listed = Selection(on, 1, (Listing(paper(index), 1),))
        await digests.plan(digest, moment.date(), moment, listed)
    await post_all(outbox)
    clock.moment = moments[2] + KEEP
    await keeper.run()
    assert [edition.due for edition in await digests.editions(digest.id, 9)] == [moments[3], moments[2]]
    assert await count(database, "deliveries") == 2


async def test_what_a_digest_had_is_never_shown_again(
    database: Database, library: Library, digests: Digests, outbox: Outbox, keeper: Keeper, clock: StandingClock
) -> None:
    digest = await a_digest(digests, replay_from=FRIDAY, count=1)
    chooser = Chooser(library, digests, Desk(database), fresh_days=3)
    for index in range(4):
        await library.store_page(f"{index}", "h", day(FRIDAY + timedelta(days=index), first=index * 10), NOON)
    listed_again = day(FRIDAY + timedelta(days=3), votes=[9, 1], first=10)
    await library.store_page("3", "h2", listed_again, NOON)
    for index in range(3):
        outcome = await chooser.choose(digest, FRIDAY)
        assert isinstance(outcome, Selection)
        await digests.plan(digest, FRIDAY, NOON + timedelta(hours=index), outcome)
    await post_all(outbox)
    skipped = Reason(Why.NOTHING_NEW, {"newest": "2024-02-26"})
    await digests.plan(digest, FRIDAY, NOON + timedelta(hours=5), skipped)
    before = (
        await digests.papers_had(digest.id),
        await digests.newest_day_not_had(digest.id),
        await digests.next_replay_day(digest.id, FRIDAY, 0),
        await digests.settled_until(digest.id),
        await chooser.choose(digest, FRIDAY),
    )
    assert before[0] == {"2402.00000", "2402.00010", "2402.00020"}
    clock.moment = LATER + timedelta(hours=5)
    await keeper.run()
    assert await count(database, "editions") == 1  # the newest: it says up to when runs are settled
    after = (
        await digests.papers_had(digest.id),
        await digests.newest_day_not_had(digest.id),
        await digests.next_replay_day(digest.id, FRIDAY, 0),
        await digests.settled_until(digest.id),
        await chooser.choose(digest, FRIDAY),
    )
    assert after == before


async def test_a_day_that_was_never_posted_does_not_count_as_had(
    digests: Digests, keeper: Keeper, clock: StandingClock
) -> None:
    digest = await a_digest(digests)
    await digests.plan(digest, FRIDAY, NOON, Selection(FRIDAY, 1, (Listing(paper(1), 1),)))
    await digests.expire(NOON + timedelta(hours=1), NOON + timedelta(hours=13))
    await digests.plan(digest, FRIDAY, NOON + timedelta(days=1), Reason(Why.MISSED, {"hours": 1}))
    clock.moment = LATER + timedelta(days=1)
    await keeper.run()
    assert len(await digests.editions(digest.id, 9)) == 1
    assert await digests.papers_had(digest.id) == set()


async def test_what_is_still_owed_stays(digests: Digests, outbox: Outbox, keeper: Keeper, clock: StandingClock) -> None:
    digest = await a_digest(digests)
    for days in (0, 1):
        on = FRIDAY + timedelta(days=days)
        await digests.plan(digest, on, NOON + timedelta(days=days), Selection(on, 1, (Listing(paper(days), 1),)))
    clock.moment = LATER + timedelta(days=9)
    await keeper.run()
    assert len(await outbox.owed(clock.moment, 9)) == 2


async def test_a_removed_digest_takes_its_memory_along(
    database: Database, digests: Digests, outbox: Outbox, keeper: Keeper, clock: StandingClock
) -> None:
    digest = await a_digest(digests)
    for days in (0, 1):
        on = FRIDAY + timedelta(days=days)
        await digests.plan(digest, on, NOON + timedelta(days=days), Selection(on, 1, (Listing(paper(days), 1),)))
    await post_all(outbox)
    clock.moment = LATER
    await keeper.run()
    assert await count(database, "had") == 1
    await digests.remove(digest.id)
    assert await count(database, "had") == 0


async def test_old_alerts_go_once_they_are_settled(
    database: Database,
    library: Library,
    subscriptions: Subscriptions,
    outbox: Outbox,
    keeper: Keeper,
    clock: StandingClock,
) -> None:
    wish = Subscription(0, 7, "x", Where.DM, None, None, 0, paused=False, language="en", created_at=NOON)
    await subscriptions.add(wish, 9)
    for index in (1, 2):
        await library.store_page(f"{index}", "h", day(FRIDAY + timedelta(days=index), first=index * 10), NOON)
        match = Match(Listing(paper(index * 10), 1), ("x",))
        alert = NewAlert(user_id=7, channel_id=None, guild_id=None, language="en", matches=(match,))
        await subscriptions.plan(FRIDAY + timedelta(days=index), [f"2402.{index * 10:05}"], [alert], NOON)
    clock.moment = NOON + KEEP + timedelta(days=2)
    await keeper.run()
    assert await count(database, "alerts") == 2  # both are still owed
    await post_all(outbox)
    await keeper.run()
    assert await subscriptions.alerted(["2402.00010", "2402.00020"]) == {(7, "2402.00020")}
    assert [await count(database, table) for table in ("alerts", "deliveries")] == [1, 1]


async def test_much_is_forgotten_a_little_at_a_time(
    database: Database, digests: Digests, keeper: Keeper, clock: StandingClock
) -> None:
    digest = await a_digest(digests)
    for hours in range(TOGETHER + 10):
        await digests.plan(digest, FRIDAY, NOON + timedelta(hours=hours), Reason(Why.ARCHIVE_EMPTY, {}))
    clock.moment = LATER + timedelta(days=30)
    forgetting = asyncio.create_task(keeper.run())
    left = []
    while not forgetting.done():
        async with database.write() as tx:
            left.append(len(await tx.rows("SELECT id FROM editions")))
    await forgetting
    assert 10 in left  # another writer had its turn between two batches
    assert await count(database, "editions") == 1


async def test_the_database_is_looked_at_once_a_month(
    database: Database, keeper: Keeper, clock: StandingClock, told: list[Inspection]
) -> None:
    for days in (0, 1, 29, 30, 31):
        clock.moment = NOON + timedelta(days=days)
        await keeper.run()
    looked = [NOON, NOON, NOON, NOON + timedelta(days=30), NOON + timedelta(days=30)]
    assert told == [Inspection(moment, ()) for moment in looked]
    assert Inspection.read(await Desk(database).note(INSPECTION)) == told[-1]


async def test_a_clock_that_was_set_back_does_not_put_it_off_for_years(
    keeper: Keeper, clock: StandingClock, told: list[Inspection]
) -> None:
    clock.moment = NOON + timedelta(days=3650)
    await keeper.run()
    clock.moment = NOON
    await keeper.run()
    assert [inspection.at for inspection in told] == [NOON + timedelta(days=3650), NOON]


async def test_what_is_wrong_is_said_with_what_to_do(
    database: Database, library: Library, keeper: Keeper, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await library.store_page("1", "h", day(), NOON)
    async with database.write() as tx:
        await tx.run("PRAGMA writable_schema = ON")
        wrong = "replace(sql, '(day, page_id, position)', '(position, day)')"
        await tx.run(f"UPDATE sqlite_schema SET sql = {wrong} WHERE name = 'appearances_by_day'")
    inspection = await keeper.inspect()
    assert inspection.problems
    assert json.loads(inspection.written())["problems"] == list(inspection.problems)
    (record,) = [record for record in caplog.records if record.levelname == "CRITICAL"]
    assert "`paperboy restore FILE`" in record.getMessage()


async def test_a_long_look_ends_when_the_bot_does(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with database.write() as tx:
        await tx.many("INSERT INTO notes VALUES (?, 'x')", [(f"{number}",) for number in range(50_000)])
    looking = asyncio.create_task(Upkeep(database).inspect())
    await asyncio.sleep(0)
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking


def test_a_summary_names_the_first_problems() -> None:
    assert Inspection(NOON, ("a", "b", "c", "d", "e")).summary == "a; b; c; and 2 more"
    assert Inspection(NOON, ("a",)).summary == "a"


async def test_pauses_that_ended_long_ago_are_forgotten_and_those_that_last_are_not(
    database: Database, digests: Digests, keeper: Keeper, clock: StandingClock
) -> None:
    over, lasting = await a_digest(digests), await a_digest(digests)
    for digest in (over, lasting):
        await digests.set_paused(digest.id, NOON, paused=True)
    await digests.set_paused(over.id, NOON + timedelta(hours=1), paused=False)
    await keeper.run()
    assert await count(database, "pauses") == 2
    clock.moment = LATER
    await keeper.run()
    assert await count(database, "pauses") == 1
    assert [digest.pause is not None for digest in await digests.of_server(1)] == [False, True]
