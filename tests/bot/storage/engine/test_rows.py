"""A row that can't be read: another version of the program wrote it, or it is older than what it names."""

from datetime import timedelta

import pytest

from bot.alerts.model import Subscription, Where
from bot.alerts.planner import AlertPlanner
from bot.digests.choice import Chooser
from bot.digests.exchange import ExchangeService
from bot.digests.model import Digest, EditionState, Selection, Why
from bot.digests.runner import Runner
from bot.digests.servers import ServerService
from bot.digests.service import DigestService
from bot.errors import Fault, RefusalError, SourceFault
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.imports import Imports
from bot.storage.ledger.outbox import Outbox
from bot.storage.ledger.revisions import Revisions
from bot.storage.ledger.servers import Servers
from bot.storage.members.desk import Desk
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.library import Library
from bot.upkeep import Inspection
from tests.builders import FRIDAY, StandingClock, day, order, utc

BEFORE, NINE = utc(2024, 2, 22, 12), utc(2024, 2, 23)  # nine o'clock in Seoul
ODD = [
    ("timezone", "US/Pacific-New"),
    ("timezone", "America"),  # a folder of zones
    ("style", "carousel"),
    ("time", "noon"),
    ("weekdays", "17"),
    ("language", "tlh"),
    ("replay_from", "someday"),
    ("count", "many"),
    ("colour", "red"),  # an option of a later version
]


class Alarms:
    """Stands for the schedule: nothing rings here."""

    async def rebuild(self) -> None:
        pass


class Bench:
    """Two servers with a digest each, the first of which can be made unreadable."""

    def __init__(self, database: Database, library: Library, digests: Digests, desk: Desk) -> None:
        self.database, self.library, self.digests = database, library, digests
        self.clock = StandingClock(BEFORE)
        chooser = Chooser(library, digests, desk, fresh_days=3)
        self.runner = Runner(digests, chooser, self.clock, timedelta(hours=12), lambda: None)
        alarms = Alarms()
        self.service = DigestService(digests, chooser, self.runner, alarms, self.clock)  # type: ignore[arg-type]
        self.exchange = ExchangeService(digests, Imports(database), alarms, self.clock)  # type: ignore[arg-type]
        self.servers = ServerService(Servers(database), self.runner, self.clock)

    async def start(self) -> None:
        await self.library.store_page("23", "h", day(), BEFORE)
        for guild in (1, 2):
            assert await self.digests.add(guild, order(), 5, BEFORE, 10)

    async def spoil(self, column: str, value: str) -> None:
        async with self.database.write() as tx:
            await tx.run(
                "UPDATE digests SET settings = json_set(settings, ?, ?) WHERE guild_id = 1", (f"$.{column}", value)
            )

    async def of(self, guild: int) -> Digest:
        [digest] = await self.digests.of_server(guild)
        return digest

    async def states(self, guild: int) -> list[EditionState]:
        return [edition.state for edition in await self.digests.editions((await self.of(guild)).id, 9)]

    async def at(self, moment: object) -> None:
        assert isinstance(moment, type(NINE))
        self.clock.moment = moment
        await self.runner.run()


@pytest.fixture
async def bench(database: Database, library: Library, digests: Digests, desk: Desk) -> Bench:
    made = Bench(database, library, digests, desk)
    await made.start()
    return made


@pytest.mark.parametrize(("column", "value"), ODD)
async def test_a_digest_with_a_setting_that_can_not_be_read_is_paused_and_costs_no_other(
    bench: Bench, outbox: Outbox, column: str, value: str
) -> None:
    await bench.spoil(column, value)
    await bench.at(NINE)
    assert await bench.states(2) == [EditionState.PLANNED]
    odd = await bench.of(1)
    assert odd.pause is not None
    assert odd.pause.reason is not None
    assert (odd.pause.reason.why, odd.pause.reason.facts) == (Why.UNREADABLE, {"settings": f"{column}: {value}"})
    rows = await bench.database.rows("SELECT part FROM deliveries ORDER BY id")
    assert [row["part"] for row in rows] == ["notice", "cards"]
    await bench.at(NINE)
    assert len(await outbox.owed(NINE, 9)) == 2  # it is told of once


async def test_its_server_can_still_look_at_it_and_give_it_a_zone_that_there_is(bench: Bench) -> None:
    await bench.spoil("timezone", "US/Pacific-New")
    await bench.runner.run()
    [standing] = await bench.service.of_server(1)
    assert (standing.next_run, standing.digest.order.timezone) == (None, "US/Pacific-New")
    assert (await bench.service.why(1, 1)).editions == ()
    assert (await bench.service.why_on(1, 1, FRIDAY)).editions == ()
    assert (await bench.service.preview(1, 1)).digest == standing.digest
    assert (await bench.service.zone(1, "ko")).key == "UTC"
    with pytest.raises(RefusalError, match="error-digest-unreadable"):
        await bench.service.set_paused(1, 1, paused=False)
    with pytest.raises(RefusalError, match="error-digest-unreadable"):
        await bench.service.run_now(1, 1)
    with pytest.raises(RefusalError, match="error-digest-unreadable"):
        await bench.service.edit(1, 1, standing.digest.order, resume=True)
    mended = await bench.service.edit(1, 1, order(timezone="America/Los_Angeles"), resume=True)
    assert mended.next_run is not None
    await bench.service.remove(1, 1)


async def test_it_is_exported_and_another_file_can_take_its_place(bench: Bench) -> None:
    await bench.spoil("timezone", "US/Pacific-New")
    assert b"US/Pacific-New" in await bench.exchange.export(1)
    await bench.exchange.carry_out(1, await bench.exchange.plan(1, ()), 5)
    assert await bench.digests.of_server(1) == []


async def test_the_bot_comes_back_into_its_server(bench: Bench) -> None:
    await bench.spoil("timezone", "US/Pacific-New")
    await bench.servers.left(1)
    await bench.servers.compare({1, 2})
    assert await Servers(bench.database).removals() == {}


async def test_a_server_that_can_not_be_followed_costs_no_other(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for guild in (1, 2):
        await bench.servers.left(guild)
    absence = bench.runner.record_absence

    async def stumble(guild_id: int) -> None:
        if guild_id == 1:
            raise ValueError
        await absence(guild_id)

    monkeypatch.setattr(bench.runner, "record_absence", stumble)
    await bench.servers.compare({1, 2})
    assert set(await Servers(bench.database).removals()) == {1}
    assert "server 1 could not be updated" in caplog.text


async def test_a_reason_of_another_version_is_a_reason_that_is_not_known(bench: Bench) -> None:
    await bench.spoil("timezone", "US/Pacific-New")
    await bench.at(NINE)
    async with bench.database.write() as tx:
        await tx.run("UPDATE pauses SET why = 'full-moon', facts = '{}'")
        await tx.run("UPDATE editions SET why = 'full-moon'")
    pause = (await bench.of(1)).pause
    assert pause is not None
    assert pause.reason is not None
    assert pause.reason.why is Why.UNKNOWN
    [edition] = await bench.digests.editions((await bench.of(2)).id, 9)
    assert edition.reason is not None
    assert edition.reason.why is Why.UNKNOWN


async def test_papers_of_an_old_edition_that_can_not_be_read_stop_no_other_digest(bench: Bench) -> None:
    thursday = FRIDAY - timedelta(days=1)
    await bench.digests.plan(await bench.of(1), thursday, BEFORE, Selection(thursday, 2, day().listings))
    async with bench.database.write() as tx:
        await tx.run("UPDATE editions SET papers = '[', state = 'posted'")
    await bench.at(NINE)
    assert await bench.states(2) == [EditionState.PLANNED]


async def test_what_is_known_of_one_digest_does_not_keep_others_from_being_planned(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, pasts = (await bench.of(1)).id, bench.digests.pasts

    async def stumble(digest_ids: list[int], since: object) -> object:
        if odd in digest_ids:
            raise ValueError
        return await pasts(digest_ids, since)  # type: ignore[arg-type]

    monkeypatch.setattr(bench.digests, "pasts", stumble)
    await bench.at(NINE)
    assert await bench.states(2) == [EditionState.PLANNED]


async def test_a_delivery_that_can_not_be_read_is_given_up_and_costs_no_other(
    bench: Bench, outbox: Outbox, digests: Digests
) -> None:
    await bench.at(NINE)
    first, second = await outbox.owed(NINE, 9)
    async with bench.database.write() as tx:
        await tx.run("UPDATE deliveries SET until = 'tomorrow' WHERE id = ?", (first.id,))
    assert await outbox.owed(NINE, 9) == [second]
    assert await outbox.owed(NINE, 1) == [second]
    rows = await bench.database.rows("SELECT state FROM editions ORDER BY id")
    assert sorted(row["state"] for row in rows) == ["failed", "planned"]


async def test_a_doubt_of_no_moment_is_no_doubt_from_the_future(bench: Bench, outbox: Outbox) -> None:
    await bench.at(NINE)
    async with bench.database.write() as tx:
        await tx.run("UPDATE deliveries SET unsure_since = 'tomorrow'")
    assert await outbox.doubt_ahead(NINE) is None


async def test_an_edition_whose_papers_can_not_be_read_is_not_revised_and_costs_no_other(
    bench: Bench, digests: Digests
) -> None:
    for guild in (1, 2):
        digest = await bench.of(guild)
        await digests.plan(digest, FRIDAY, NINE, Selection(FRIDAY, 2, day().listings))
    async with bench.database.write() as tx:
        await tx.run("UPDATE editions SET state = 'posted'")
        await tx.run("UPDATE editions SET papers = '[7]' WHERE id = 1")
        await tx.run(
            "INSERT INTO votes (day, arxiv_id, hour, read_at, votes) VALUES (?, '2402.00001', '2024-02-25T12', ?, 99)",
            (FRIDAY.isoformat(), "2024-02-25T12:00:00.000000+00:00"),
        )
    revisions, now = Revisions(bench.database), utc(2024, 2, 25, 13)
    assert await revisions.plan(timedelta(hours=24), now) == 1
    owed = await revisions.next_owed(now)
    assert owed is not None
    assert owed.edition_id == 2
    async with bench.database.write() as tx:
        await tx.run(
            "UPDATE revisions SET votes = 'many', state = 'pending', due = ? WHERE edition_id = 1",
            (BEFORE.isoformat(),),
        )
    assert await revisions.next_owed(now) == owed


async def test_a_subscription_refused_for_what_is_not_known_rests_and_costs_no_other(
    subscriptions: Subscriptions, library: Library, database: Database
) -> None:
    for user in (1, 2, 3):
        wish = Subscription(0, user, "강화학습", Where.DM, None, None, 0, False, "ko", BEFORE)
        await subscriptions.add(wish, 25)
    async with database.write() as tx:
        await tx.run("UPDATE subscriptions SET refused = 'full-moon' WHERE user_id = 1")
        await tx.run("UPDATE subscriptions SET created_at = '2024-02-02 then' WHERE user_id = 2")
    assert (await subscriptions.of_member(1))[0].refused is Fault.MISSING_PERMISSION
    planner = AlertPlanner(subscriptions, library, StandingClock(NINE), 3, lambda: None)
    await library.store_page("23", "h", day(), NINE)
    assert await planner.run() == 1


async def test_a_day_that_can_not_be_planned_costs_no_other_its_alerts(
    subscriptions: Subscriptions, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscriptions.add(Subscription(0, 1, "강화학습", Where.DM, None, None, 0, False, "ko", BEFORE), 25)
    planner = AlertPlanner(subscriptions, library, StandingClock(NINE), 3, lambda: None)
    thursday = FRIDAY - timedelta(days=1)
    await library.store_page("22", "h", day(thursday, first=8), NINE)
    await library.store_page("23", "h", day(), NINE)
    held = library.day

    async def stumble(when: object) -> object:
        if when == thursday:
            raise ValueError
        return await held(when)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "day", stumble)
    with pytest.raises(ValueError):  # noqa: PT011  whatever it was
        await planner.run()
    assert list(await subscriptions.arrivals()) == [thursday]


async def test_a_paper_that_can_not_be_read_costs_no_other_of_its_day(library: Library, database: Database) -> None:
    await library.store_page("23", "h", day(votes=(5, 3)), NINE)
    async with database.write() as tx:
        await tx.run("UPDATE appearances SET content = '{}' WHERE arxiv_id = '2402.00001'")
    held = await library.day(FRIDAY)
    assert held is not None
    assert [listing.paper.arxiv_id for listing in held.listings] == ["2402.00002"]
    assert list(await library.appearances(["2402.00001", "2402.00002"])) == ["2402.00002"]


async def test_notes_of_another_version_are_no_trouble(desk: Desk) -> None:
    await desk.set_note("site", '{"fault": "full-moon", "failing_since": "2024-02-23T00:00:00+00:00"}')
    assert (await desk.site_health()).fault is SourceFault.BROKEN
    assert Inspection.read("soon") is None
    assert Inspection.read("{}") is None
