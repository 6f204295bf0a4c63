from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.model import Alert
from bot.alerts.reminders import AT, LATEST, Reminders, next_due
from bot.errors import DeliveryError, Fault
from bot.papers import Details, Listing, Paper
from bot.sources.model import SitePaper
from bot.storage.engine.database import Database
from bot.storage.ledger.restored import RestoredLedger
from bot.storage.ledger.upkeep import Upkeep
from bot.storage.members.desk import Desk
from bot.storage.members.reminders import ReminderTable
from bot.storage.members.saved import ReadingLists
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.strays import Strays
from tests.bot.delivery.office import Office
from tests.builders import FRIDAY, day, utc

NOW = utc(2024, 2, 23, 12)
MONDAY = utc(2024, 2, 26)  # nine o'clock in Seoul
WEEK = timedelta(days=7)


@given(
    after=st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1)),  # noqa: DTZ001  the zone is added below
    weekday=st.integers(0, 6),
    zone=st.sampled_from(["UTC", "Asia/Seoul", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]),
)
def test_a_reminder_comes_at_nine_on_its_weekday_within_a_week(after: datetime, weekday: int, zone: str) -> None:
    now = after.replace(tzinfo=UTC)
    due = next_due(weekday, zone, now)
    here = due.astimezone(ZoneInfo(zone))
    assert (here.weekday(), here.time()) == (weekday, AT)
    assert now < due <= now + WEEK + timedelta(hours=1) or zone == "Pacific/Apia"  # which skipped a Friday


class Bench:
    """Two members with saved papers, and what reminds them."""

    def __init__(self, database: Database) -> None:
        self.office = Office(database)
        self.clock = self.office.clock
        self.clock.moment = NOW
        self.lists = ReadingLists(database, self.office.library)
        self.woken = 0
        self.reminders = self.anew(database)

    def anew(self, database: Database) -> Reminders:
        """The reminders as another process has them."""
        return Reminders(ReminderTable(database), self.clock, self._wake)

    def _wake(self) -> None:
        self.woken += 1

    async def save(self, user_id: int, count: int) -> None:
        for number in range(1, count + 1):
            await self.lists.add(user_id, f"2402.{number:05d}", NOW + timedelta(seconds=number))

    async def sent(self) -> list[Alert]:
        """What is sent now."""
        before = len(self.office.post.alerts)
        await self.office.courier.send_owed()
        return self.office.post.alerts[before:]


@pytest.fixture
async def bench(database: Database) -> Bench:
    bench = Bench(database)
    await bench.office.library.store_page("23", "h", day(FRIDAY, votes=(9,) * 7), NOW)
    return bench


async def test_a_member_is_reminded_once_a_week_of_what_is_unread(bench: Bench, database: Database) -> None:
    await bench.save(7, 7)
    await bench.save(8, 2)
    await bench.lists.set_read(7, "2402.00007", NOW)
    reminder = await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    assert reminder.due == MONDAY
    bench.clock.moment = MONDAY - timedelta(seconds=1)
    assert await bench.reminders.run() == 0
    bench.clock.moment = MONDAY
    assert [await bench.reminders.run(), await bench.anew(database).run(), await bench.reminders.run()] == [1, 0, 0]
    assert bench.woken == 1
    [alert] = await bench.sent()
    assert (alert.user_id, alert.channel_id, alert.language, alert.unread) == (7, None, "ko", 6)
    papers = [match.listing.paper.arxiv_id for match in alert.matches]
    assert papers == [f"2402.{number:05d}" for number in (6, 5, 4, 3, 2)]
    bench.clock.moment = MONDAY + WEEK
    assert await bench.reminders.run() == 1


async def test_nobody_is_reminded_of_nothing(bench: Bench) -> None:
    await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    await bench.lists.add(8, "no-longer-in-the-archive", NOW)
    await bench.reminders.want(8, 0, "ko", "Asia/Seoul")
    bench.clock.moment = MONDAY
    assert await bench.reminders.run() == 0
    await bench.save(7, 1)
    assert await bench.reminders.run() == 0  # the week's is over
    bench.clock.moment = MONDAY + WEEK
    assert await bench.reminders.run() == 1


async def test_a_paper_that_no_day_lists_is_told_of_too(bench: Bench, database: Database) -> None:
    stray = SitePaper(Listing(Paper("1706.03762", "Attention")), Details("1706.03762"))
    await Strays(database).keep(stray, NOW)
    await bench.lists.add(7, "1706.03762", NOW)
    await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    bench.clock.moment = MONDAY
    assert await bench.reminders.run() == 1
    [alert] = await bench.sent()
    assert [match.listing.paper.arxiv_id for match in alert.matches] == ["1706.03762"]


async def test_what_was_chosen_last_counts_and_off_is_off(bench: Bench) -> None:
    await bench.save(7, 1)
    await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    moved = await bench.reminders.want(7, 2, "en", "UTC")
    assert await bench.reminders.of(7) == moved
    bench.clock.moment = MONDAY
    assert await bench.reminders.run() == 0
    assert await bench.reminders.stop(7)
    assert not await bench.reminders.stop(7)
    bench.clock.moment = moved.due
    assert await bench.reminders.run() == 0


@pytest.mark.parametrize(("late", "count"), [(LATEST, 1), (LATEST + timedelta(seconds=1), 0)])
async def test_after_an_outage_an_old_reminder_is_skipped(bench: Bench, late: timedelta, count: int) -> None:
    await bench.save(7, 1)
    await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    bench.clock.moment = MONDAY + late
    assert await bench.reminders.run() == count
    held = await bench.reminders.of(7)
    assert held is not None
    assert held.due == MONDAY + WEEK


async def test_closed_dms_stop_reminders_which_no_channel_gets(
    bench: Bench, subscriptions: Subscriptions, database: Database
) -> None:
    await bench.save(7, 1)
    await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    async with database.write() as tx:
        await tx.run(
            "INSERT INTO subscriptions (user_id, query, place, channel_id, guild_id, min_votes, language, created_at)"
            " VALUES (7, 'paper', 'here', 3, 1, 0, 'ko', '2024-02-01')"
        )
    bench.clock.moment = MONDAY
    await bench.reminders.run()
    bench.office.post.troubles = [DeliveryError(Fault.DMS_CLOSED, "50007")]
    assert [alert.channel_id for alert in await bench.sent()] == [None]
    assert await subscriptions.dms_closed(7)
    assert await subscriptions.missed(7) == []
    bench.clock.moment = MONDAY + WEEK
    assert await bench.reminders.run() == 0
    await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    assert not await subscriptions.dms_closed(7)


async def test_an_old_reminder_is_deleted_and_no_paper_is_announced_again_for_it(
    bench: Bench, subscriptions: Subscriptions, database: Database
) -> None:
    await bench.save(7, 1)
    await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    async with database.write() as tx:
        await tx.run("INSERT INTO alerted (user_id, arxiv_id) VALUES (7, '2402.00001')")
    bench.clock.moment = MONDAY
    await bench.reminders.run()
    await bench.sent()
    assert await Upkeep(database).forget_alerts((MONDAY + WEEK).date(), 9) == 1
    assert await subscriptions.alerted(["2402.00001"]) == {(7, "2402.00001")}


async def test_who_is_forgotten_is_not_reminded(bench: Bench, desk: Desk) -> None:
    await bench.save(7, 1)
    await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    await desk.forget_member(7)
    bench.clock.moment = MONDAY
    assert (await bench.reminders.of(7), await bench.reminders.run()) == (None, 0)


async def test_a_restored_backup_sends_no_reminder_again(bench: Bench, database: Database) -> None:
    await bench.save(7, 1)
    await bench.reminders.want(7, 0, "ko", "Asia/Seoul")
    bench.clock.moment = MONDAY + timedelta(hours=1)
    await RestoredLedger(database).doubt_what_is_owed(NOW, bench.clock.moment, MONDAY.date())
    assert await bench.reminders.run() == 0
    bench.clock.moment = MONDAY + WEEK
    assert await bench.reminders.run() == 1
