import asyncio
import json
from datetime import date, datetime, time, timedelta

import pytest

from bot.delivery.model import Receipt
from bot.digests.choice import Chooser
from bot.digests.model import Digest, EditionState, Reason, Selection, Style, Why
from bot.digests.runner import Runner, in_turn
from bot.digests.servers import ServerService
from bot.papers import Day
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.ledger.servers import Servers
from bot.storage.members.desk import Desk
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, StandingClock, day, order, utc

BEFORE = utc(2024, 2, 22, 12)  # Thursday evening in Seoul
NINE = utc(2024, 2, 23, 0)  # Friday, nine o'clock in Seoul


class Bench:
    """A runner at work, and the clock that a test moves."""

    def __init__(self, library: Library, digests: Digests, desk: Desk) -> None:
        self.library, self.digests, self.desk = library, digests, desk
        self.clock = StandingClock(BEFORE)
        self.woken = 0
        chooser = Chooser(library, digests, desk, fresh_days=3)
        self.runner = Runner(digests, chooser, self.clock, timedelta(hours=12), self._wake)

    def _wake(self) -> None:
        self.woken += 1

    async def digest(self, guild: int = 1, **changes: object) -> Digest:
        added = await self.digests.add(guild, order(**changes), 5, self.clock.now(), 10)
        assert added is not None
        return added

    async def have(self, on: date, first: int = 1) -> None:
        await self.library.store_page(on.isoformat(), "h", day(on, first=first), self.clock.now())

    async def at(self, moment: datetime) -> None:
        self.clock.moment = moment
        await self.runner.run()

    async def told(self, digest: Digest) -> list[tuple[date, EditionState, Why | None]]:
        editions = await self.digests.editions(digest.id, 99)
        return [(one.date, one.state, one.reason.why if one.reason else None) for one in editions]


@pytest.fixture
async def bench(library: Library, digests: Digests, desk: Desk) -> Bench:
    made = Bench(library, digests, desk)
    await made.have(FRIDAY)
    return made


async def test_nothing_is_settled_before_it_is_due(bench: Bench) -> None:
    digest = await bench.digest()
    await bench.at(NINE - timedelta(microseconds=1))
    assert await bench.told(digest) == []
    assert bench.woken == 0


async def test_a_run_is_settled_once_however_often_the_alarm_rings(bench: Bench) -> None:
    digest = await bench.digest()
    for _ in range(3):
        await bench.at(NINE)
    await bench.at(NINE - timedelta(hours=1))
    await bench.at(NINE + timedelta(hours=1))
    assert await bench.told(digest) == [(FRIDAY, EditionState.PLANNED, None)]


async def test_only_the_digests_of_the_zone_and_time_are_looked_at(bench: Bench) -> None:
    nine, ten = await bench.digest(), await bench.digest(time=time(10))
    bench.clock.moment = NINE + timedelta(hours=2)
    await bench.runner.run("Asia/Seoul", time(10))
    assert await bench.told(nine) == []
    assert len(await bench.told(ten)) == 1


async def test_missed_by_less_than_catch_up_hours_is_delivered_once(bench: Bench) -> None:
    digest = await bench.digest()
    await bench.at(NINE + timedelta(hours=12))
    assert await bench.told(digest) == [(FRIDAY, EditionState.PLANNED, None)]


async def test_missed_by_more_is_recorded_as_skipped(bench: Bench) -> None:
    digest = await bench.digest()
    await bench.at(NINE + timedelta(hours=12, seconds=1))
    assert await bench.told(digest) == [(FRIDAY, EditionState.SKIPPED, Why.MISSED)]


async def test_a_run_that_is_on_time_comes_even_if_nothing_is_to_be_caught_up(bench: Bench, digests: Digests) -> None:
    digest = await bench.digest()
    chooser = Chooser(bench.library, digests, bench.desk, fresh_days=3)
    bench.runner = Runner(digests, chooser, bench.clock, timedelta(0), lambda: None)
    await bench.at(NINE + timedelta(milliseconds=1))
    await bench.at(NINE + timedelta(seconds=1))
    assert await bench.told(digest) == [(FRIDAY, EditionState.PLANNED, None)]


async def test_after_days_of_sleep_one_edition_comes_and_the_others_are_accounted_for(bench: Bench) -> None:
    digest = await bench.digest()
    await bench.at(NINE + timedelta(days=2, minutes=5))
    assert await bench.told(digest) == [
        (FRIDAY + timedelta(days=2), EditionState.PLANNED, None),
        (FRIDAY + timedelta(days=1), EditionState.SKIPPED, Why.MISSED),
        (FRIDAY, EditionState.SKIPPED, Why.MISSED),
    ]


async def test_an_edition_planned_but_never_sent_is_skipped_once_it_is_too_late(bench: Bench, outbox: Outbox) -> None:
    digest = await bench.digest()
    await bench.at(NINE)
    await bench.at(NINE + timedelta(hours=12))
    assert len(await outbox.owed(bench.clock.moment, 9)) == 1
    await bench.at(NINE + timedelta(hours=12, seconds=1))
    assert await bench.told(digest) == [(FRIDAY, EditionState.SKIPPED, Why.MISSED)]
    assert await outbox.owed(bench.clock.moment, 9) == []
    await bench.at(NINE + timedelta(days=1))
    assert (await bench.told(digest))[0] == (FRIDAY + timedelta(days=1), EditionState.PLANNED, None)


async def test_a_thread_that_was_begun_is_finished_however_late(bench: Bench, outbox: Outbox) -> None:
    digest = await bench.digest(style=Style.THREAD)
    await bench.at(NINE)
    await outbox.sent((await outbox.owed(NINE, 1))[0], Receipt(10, 1001), NINE)
    await bench.at(NINE + timedelta(hours=13))
    assert await bench.told(digest) == [(FRIDAY, EditionState.PLANNED, None)]
    assert len(await outbox.owed(bench.clock.moment, 9)) == 1


async def test_runs_before_a_digest_was_made_changed_or_resumed_are_not_owed(bench: Bench) -> None:
    bench.clock.moment = NINE + timedelta(minutes=1)
    made = await bench.digest()
    await bench.at(NINE + timedelta(hours=1))
    assert await bench.told(made) == []
    await bench.digests.set_paused(made.id, bench.clock.now(), paused=True)
    await bench.at(NINE + timedelta(days=1, hours=1))
    assert await bench.told(made) == []
    await bench.digests.set_paused(made.id, bench.clock.now(), paused=False)
    await bench.at(NINE + timedelta(days=1, hours=2))
    assert await bench.told(made) == []
    await bench.digests.change(made.id, order(time=time(8)), bench.clock.now())
    await bench.at(NINE + timedelta(days=1, hours=3))
    assert await bench.told(made) == []


async def test_weekdays_that_were_not_chosen_have_no_edition(bench: Bench) -> None:
    digest = await bench.digest(weekdays=frozenset({0}))
    await bench.at(NINE + timedelta(days=1))
    assert await bench.told(digest) == []


async def test_one_digests_trouble_is_not_anothers(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = await bench.digest(), await bench.digest()
    choose = Chooser.choose

    async def stumble(self: Chooser, digest: Digest, on: date) -> Selection | Reason:
        if digest.id == bad.id:
            raise RuntimeError("broken")
        return await choose(self, digest, on)

    monkeypatch.setattr(Chooser, "choose", stumble)
    await bench.at(NINE)
    assert await bench.told(bad) == []
    assert await bench.told(good) == [(FRIDAY, EditionState.PLANNED, None)]


async def test_now_posts_at_once_and_the_scheduled_run_does_not_repeat_it(bench: Bench) -> None:
    digest = await bench.digest()
    bench.clock.moment = NINE - timedelta(hours=1)
    edition, outcome = await bench.runner.run_now(digest)
    assert edition is not None
    assert isinstance(outcome, Selection)
    assert bench.woken == 1
    await bench.at(NINE)
    assert await bench.told(digest) == [
        (FRIDAY, EditionState.SKIPPED, Why.NOTHING_NEW),
        (FRIDAY, EditionState.PLANNED, None),
    ]


async def test_now_with_nothing_to_post_says_why_and_records_nothing(bench: Bench) -> None:
    digest = await bench.digest(min_votes=1000)
    bench.clock.moment = NINE - timedelta(hours=1)
    edition, outcome = await bench.runner.run_now(digest)
    assert edition is None
    assert outcome == Reason(Why.TOO_FEW_VOTES, {"day": "2024-02-23", "min_votes": 1000})
    assert await bench.told(digest) == []


async def test_what_fell_due_while_the_bot_was_not_in_the_server_is_recorded_and_not_made_up_for(bench: Bench) -> None:
    digest, paused = await bench.digest(), await bench.digest()
    await bench.digests.set_paused(paused.id, bench.clock.now(), paused=True)
    servers = ServerService(Servers(bench.digests._database), bench.runner, bench.clock)
    await servers.left(1)
    await servers.left(2)  # has nothing here
    await bench.at(NINE + timedelta(minutes=1))
    assert await bench.told(digest) == []
    await servers.compare({1, 2})
    await bench.at(NINE + timedelta(minutes=2))
    assert await bench.told(digest) == [(FRIDAY, EditionState.SKIPPED, Why.SERVER_LEFT)]
    assert await bench.told(paused) == []
    await bench.at(NINE + timedelta(days=1))
    assert (await bench.told(digest))[0] == (FRIDAY + timedelta(days=1), EditionState.PLANNED, None)


async def test_what_a_server_set_is_kept_for_thirty_days_after_it_removed_the_bot(bench: Bench) -> None:
    await bench.digest()
    servers = ServerService(Servers(bench.digests._database), bench.runner, bench.clock)
    await servers.compare({2})
    bench.clock.moment += timedelta(days=29)
    await servers.compare(set())
    await servers.tidy()
    assert len(await bench.digests.of_server(1)) == 1
    bench.clock.moment += timedelta(days=1, seconds=1)
    await servers.tidy()
    assert await bench.digests.of_server(1) == []
    await servers.compare({1})


class CountingLibrary(Library):
    """Counts how often a day is read."""

    reads = 0

    async def day(self, when: date) -> Day | None:
        self.reads += 1
        return await super().day(when)


async def test_a_days_papers_are_read_once_for_all_digests(bench: Bench, database: Database, digests: Digests) -> None:
    library = CountingLibrary(database)
    made = [await bench.digest(guild=guild) for guild in range(1, 251)]
    bench.runner = Runner(
        digests, Chooser(library, digests, bench.desk, 3), bench.clock, timedelta(hours=12), lambda: None
    )
    await bench.at(NINE)
    assert library.reads == 1
    assert {(await bench.told(digest))[0][1] for digest in made} == {EditionState.PLANNED}


async def test_an_edition_that_the_database_refuses_costs_no_other_of_its_group(
    bench: Bench, database: Database
) -> None:
    good, bad, other = [await bench.digest(style=Style.THREAD, channel_id=channel) for channel in range(3)]
    async with database.write() as tx:
        await tx.run(
            "CREATE TRIGGER refuse BEFORE INSERT ON deliveries WHEN new.position = 2 AND new.edition_id IN"
            f" (SELECT id FROM editions WHERE digest_id = {bad.id}) BEGIN SELECT raise(ABORT, 'no'); END"
        )
    await bench.at(NINE)
    for digest in (good, other):
        assert await bench.told(digest) == [(FRIDAY, EditionState.PLANNED, None)]
    assert await bench.told(bad) == []
    [owed] = await database.rows("SELECT count(*) FROM deliveries")
    assert owed[0] == 2 * 4


async def test_the_order_of_servers_changes_every_day_and_is_the_same_all_day(bench: Bench) -> None:
    digests = [await bench.digest(guild=guild) for guild in range(1, 21)]
    days = [FRIDAY + timedelta(days=number) for number in range(60)]
    orders = [[digest.id for digest in in_turn(digests, on)] for on in days]
    assert [[digest.id for digest in in_turn(digests[::-1], on)] for on in days] == orders
    assert all(sorted(order) == sorted(orders[0]) for order in orders)
    assert len({tuple(order) for order in orders}) == len(days)
    assert len({order[-1] for order in orders}) > 15


async def test_what_is_planned_together_is_owed_in_that_order(bench: Bench, outbox: Outbox, database: Database) -> None:
    digests = [await bench.digest(guild=guild) for guild in range(1, 31)]
    await bench.at(NINE)
    rows = await database.rows(
        "SELECT e.digest_id FROM deliveries d JOIN editions e ON e.id = d.edition_id ORDER BY d.id"
    )
    assert [row[0] for row in rows] == [digest.id for digest in in_turn(digests, NINE.date())]


async def test_digests_of_one_channel_show_no_paper_twice_at_one_minute(bench: Bench) -> None:
    first, second = await bench.digest(count=1), await bench.digest()
    elsewhere = await bench.digest(channel_id=11)
    await bench.at(NINE)
    shown = [await _shown(bench, digest) for digest in (first, second, elsewhere)]
    assert shown == [["2402.00001"], ["2402.00002"], ["2402.00001", "2402.00002"]]


async def test_digests_of_one_channel_in_two_zones_show_no_paper_twice(bench: Bench) -> None:
    """Two alarms ring at the same moment, and neither waits for the other."""
    seoul, utc_ = await bench.digest(count=1), await bench.digest(time=time(0), timezone="UTC")
    third = await bench.digest(weekdays=frozenset({0}))
    bench.clock.moment = NINE
    await asyncio.gather(
        bench.runner.run("Asia/Seoul", time(9)), bench.runner.run("UTC", time(0)), bench.runner.run_now(third)
    )
    shown = [paper for digest in (seoul, utc_, third) for paper in await _shown(bench, digest)]
    assert sorted(shown) == ["2402.00001", "2402.00002"]


async def test_a_servers_digests_keep_their_order(bench: Bench) -> None:
    digests = [await bench.digest(guild=guild) for guild in (1, 2, 3, 1, 2, 3, 1)]
    for later in range(9):
        turns = in_turn(digests, FRIDAY + timedelta(days=later))
        assert sorted(one.id for one in turns) == [one.id for one in digests]
        for guild in (1, 2, 3):
            numbers = [one.number for one in turns if one.guild_id == guild]
            assert numbers == sorted(numbers)


async def _shown(bench: Bench, digest: Digest) -> list[str]:
    rows = await bench.digests._database.rows("SELECT papers FROM editions WHERE digest_id = ?", (digest.id,))
    return [paper[0] for row in rows if row["papers"] for paper in json.loads(row["papers"])]
