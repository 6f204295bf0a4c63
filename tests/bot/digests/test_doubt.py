"""What a restored backup does not know is not sent again."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.alerts.reminders import LATEST, Reminders
from bot.delivery.model import Receipt
from bot.digests.choice import Chooser
from bot.digests.doubt import Doubt
from bot.digests.model import Digest, EditionState, Selection, Style, Why
from bot.digests.runner import Runner
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.ledger.restored import RestoredLedger
from bot.storage.members.desk import HEARTBEAT, Desk
from bot.storage.members.reminders import ReminderTable
from bot.storage.papers.late import put_late
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, StandingClock, day, order, site_day, utc

NINE = utc(2024, 2, 23, 0)
"""Friday, nine o'clock in Seoul."""


class House:
    """A ledger as a backup has it, and what the bot would do with it."""

    def __init__(self, database: Database, library: Library, digests: Digests, outbox: Outbox) -> None:
        self.library, self.digests, self.outbox = library, digests, outbox
        self.clock = StandingClock(NINE - timedelta(hours=1))
        self.chooser = Chooser(library, digests, Desk(database), fresh_days=3)
        self.runner = Runner(digests, self.chooser, self.clock, timedelta(hours=12), lambda: None)
        self.doubt = Doubt(digests, RestoredLedger(database), fresh_days=3, with_site=False)

    async def digest(self, **changes: object) -> Digest:
        added = await self.digests.add(1, order(**changes), 5, self.clock.now(), 10)
        assert added is not None
        return added

    async def have(self, on: date, first: int) -> None:
        await self.library.store_page(on.isoformat(), "h", day(on, first=first), self.clock.now())

    async def restored(self, days: float) -> int:
        """The backup comes back so many days after Friday, nine o'clock."""
        self.clock.moment = NINE + timedelta(days=days)
        return await self.doubt.settle(self.clock.moment)

    async def told(self, digest: Digest) -> list[tuple[EditionState, Why | None]]:
        editions = await self.digests.editions(digest.id, 99)
        return [(edition.state, edition.reason.why if edition.reason else None) for edition in editions]


@pytest.fixture
async def house(database: Database, library: Library, digests: Digests, outbox: Outbox) -> House:
    house = House(database, library, digests, outbox)
    await house.have(FRIDAY, first=1)
    return house


async def test_runs_since_the_backup_are_not_made_up_for_and_the_admin_is_told(house: House) -> None:
    digest = await house.digest()
    await house.have(FRIDAY + timedelta(days=1), first=10)
    assert await house.restored(1.1) == 2
    assert await house.told(digest) == [(EditionState.SKIPPED, Why.RESTORED)] * 2
    for hours in (0, 1, 20):
        house.clock.moment += timedelta(hours=hours)
        await house.runner.run()
    assert await house.outbox.owed(house.clock.moment, 9) == []


async def test_days_that_may_have_been_posted_are_not_posted_and_later_ones_are(house: House) -> None:
    digest = await house.digest()
    await house.have(FRIDAY - timedelta(days=2), first=30)  # fresh on Friday, should Friday's page have been late
    await house.restored(0.5)
    assert await house.digests.newest_day_not_had(digest.id) is None
    again = day(FRIDAY + timedelta(days=1), votes=[9, 1], first=2)  # the first of its papers is Friday's
    await house.library.store_page("again", "h", again, house.clock.now())
    house.clock.moment = NINE + timedelta(days=1)
    await house.runner.run()
    (edition, _) = await house.digests.editions(digest.id, 9)
    assert edition.day == FRIDAY + timedelta(days=1)
    mail = await house.outbox.edition_mail(edition.id)
    assert mail is not None
    assert [listing.paper.arxiv_id for listing in mail.selection.listings] == ["2402.00003"]


async def test_where_no_run_was_due_nothing_is_in_doubt(house: House) -> None:
    digest = await house.digest()
    assert await house.restored(-0.01) == 0
    assert await house.told(digest) == []
    house.clock.moment = NINE
    await house.runner.run()
    assert await house.told(digest) == [(EditionState.PLANNED, None)]


async def test_a_replay_goes_on_behind_the_days_that_it_may_have_posted(house: House) -> None:
    digest = await house.digest(replay_from=date(2024, 1, 1))
    for index in range(6):
        await house.have(date(2024, 1, 1) + timedelta(days=index), first=100 + index * 10)
    outcome = await house.chooser.choose(digest, FRIDAY)
    assert isinstance(outcome, Selection)
    await house.digests.plan(digest, FRIDAY, NINE - timedelta(hours=1), outcome)  # 1 January, before the backup
    await house.restored(2.5)  # three runs
    outcome = await house.chooser.choose(digest, FRIDAY)
    assert isinstance(outcome, Selection)
    assert outcome.day == date(2024, 1, 5)


async def test_what_was_owed_is_closed_and_counts_as_had(house: House) -> None:
    digest = await house.digest(style=Style.THREAD)
    house.clock.moment = NINE
    await house.runner.run()
    assert await house.restored(0.01) == 4
    assert await house.told(digest) == [(EditionState.SKIPPED, Why.RESTORED)]
    assert await house.outbox.owed(NINE + timedelta(days=9), 9) == []
    assert await house.digests.papers_had(digest.id) == {"2402.00001", "2402.00002"}
    assert await house.digests.newest_day_not_had(digest.id) is None


async def test_what_a_replica_owes_is_found_out_and_not_given_up(house: House, database: Database) -> None:
    digest = await house.digest()
    house.clock.moment = NINE
    await house.runner.run()
    await Desk(database).set_note(HEARTBEAT, NINE.isoformat())
    house.clock.moment += timedelta(minutes=30)
    assert await house.doubt.settle(house.clock.moment, replica=True) == 1
    [owed] = await house.outbox.owed(house.clock.moment, 9)
    assert (owed.unsure_since, owed.edition_id) == (NINE, 1)
    assert await house.told(digest) == [(EditionState.PLANNED, None)]


async def replica_restored(house: House, database: Database, alive: datetime, now: datetime) -> int:
    """A replica comes back in which a bot was last alive at a moment."""
    await Desk(database).set_note(HEARTBEAT, alive.isoformat())
    house.clock.moment = now
    return await house.doubt.settle(now, replica=True)


async def test_a_run_that_was_due_when_no_bot_ran_is_made_up_for(house: House, database: Database) -> None:
    digest = await house.digest()
    assert await replica_restored(house, database, NINE - timedelta(minutes=2), NINE + timedelta(hours=3)) == 0
    await house.runner.run()
    assert await house.told(digest) == [(EditionState.PLANNED, None)]


async def test_a_run_in_the_second_that_a_replica_lacks_is_not_made_up_for(house: House, database: Database) -> None:
    digest = await house.digest()
    assert await replica_restored(house, database, NINE - timedelta(seconds=10), NINE + timedelta(hours=3)) == 1
    await house.runner.run()
    assert await house.told(digest) == [(EditionState.SKIPPED, Why.RESTORED)]


async def test_members_are_reminded_of_what_was_due_when_no_bot_ran(house: House, database: Database) -> None:
    table = ReminderTable(database)
    reminders = Reminders(table, house.clock, lambda: None)
    for user_id, zone in ((1, "Asia/Seoul"), (2, "Asia/Shanghai")):  # an hour apart
        await reminders.want(user_id, FRIDAY.weekday(), "en", zone)
    await replica_restored(house, database, NINE, NINE + timedelta(hours=2))
    due = await table.due(house.clock.moment)
    assert {each.user_id: house.clock.moment - each.due > LATEST for each in due} == {1: True, 2: False}


@pytest.mark.parametrize(
    ("alive", "kept"),
    [
        (utc(2024, 2, 23, 22, 25), ["2402.00020", "2402.00001", "2402.00002"]),
        (utc(2024, 2, 23, 22, 29, 30), []),
    ],
)
async def test_what_waits_for_a_day_that_no_bot_closed_still_alerts(
    house: House, database: Database, alive: datetime, kept: list[str]
) -> None:
    """Half a day's papers and the late one of the day before wait; what else arrived may have been told."""
    thursday = FRIDAY - timedelta(days=1)
    async with database.write() as tx:
        assert await put_late(tx, thursday, ["2402.00020"], NINE) == 1
    await house.have(thursday, first=20)
    await site_day(database, FRIDAY, 2, closed=False)
    await replica_restored(house, database, alive, utc(2024, 2, 23, 23))
    rows = await database.rows("SELECT arxiv_id FROM arrivals ORDER BY day, arxiv_id")
    assert [row["arxiv_id"] for row in rows] == kept


async def test_a_replica_of_a_bot_that_never_ran_is_as_a_backup(house: House) -> None:
    await house.digest()
    house.clock.moment = NINE
    await house.runner.run()
    assert await house.doubt.settle(house.clock.moment, replica=True) == 1
    assert await house.outbox.owed(house.clock.moment, 9) == []


async def test_an_edition_that_was_begun_fails_with_the_reason(house: House) -> None:
    digest = await house.digest(style=Style.THREAD)
    house.clock.moment = NINE
    await house.runner.run()
    (headline,) = await house.outbox.owed(NINE, 9)
    await house.outbox.sent(headline, Receipt(10, 20), NINE)
    await house.restored(0.01)
    assert await house.told(digest) == [(EditionState.FAILED, Why.RESTORED)]


async def test_a_paused_digest_owes_nothing(house: House) -> None:
    digest = await house.digest()
    await house.digests.set_paused(digest.id, house.clock.now(), paused=True)
    assert await house.restored(3) == 0
    assert await house.told(digest) == []


async def test_after_a_year_a_month_is_listed(house: House) -> None:
    digest = await house.digest()
    await house.restored(365)
    assert len(await house.told(digest)) == 31


async def test_the_ids_that_messages_bear_are_not_given_out_again(house: House, database: Database) -> None:
    await house.digest()
    house.clock.moment = NINE
    await house.runner.run()
    before = await database.row("SELECT max(id) FROM deliveries")
    await house.restored(0.5)
    await house.have(FRIDAY + timedelta(days=1), first=10)
    house.clock.moment = NINE + timedelta(days=1)
    await house.runner.run()
    (delivery,) = await house.outbox.owed(house.clock.moment, 9)
    assert before is not None
    assert delivery.id > before[0] + 1_000_000


async def test_arrivals_of_then_alert_nobody_now(house: House, database: Database) -> None:
    assert await database.rows("SELECT * FROM arrivals")
    await house.restored(0.1)
    assert await database.rows("SELECT * FROM arrivals") == []


async def test_a_recap_that_may_have_been_posted_is_not_posted_again(house: House) -> None:
    await house.have(FRIDAY - timedelta(days=5), first=50)
    digest = await house.digest(weekly=True, weekdays=frozenset({FRIDAY.weekday()}))
    await house.restored(1)
    await house.have(FRIDAY + timedelta(days=1), first=60)
    outcome = await house.chooser.choose(digest, FRIDAY + timedelta(days=1))
    assert isinstance(outcome, Selection)
    assert {listing.paper.arxiv_id for listing in outcome.listings} == {"2402.00060", "2402.00061"}


async def test_days_of_the_site_that_may_have_been_posted_are_not_posted_once_they_are_read(
    house: House, database: Database
) -> None:
    house.doubt = Doubt(house.digests, RestoredLedger(database), fresh_days=3, with_site=True)
    digest = await house.digest()
    await house.restored(days=3.5)  # the last run was on Monday, with Sunday's at the most
    for ago in range(3):
        await house.have(FRIDAY + timedelta(days=ago), first=1 + 10 * ago)
    chosen = await house.chooser.choose(digest, FRIDAY + timedelta(days=4))
    assert not isinstance(chosen, Selection)
    await house.have(FRIDAY + timedelta(days=3), first=50)
    chosen = await house.chooser.choose(digest, FRIDAY + timedelta(days=4))
    assert isinstance(chosen, Selection)
    assert chosen.day == FRIDAY + timedelta(days=3)


async def test_a_day_that_a_lost_run_found_closed_is_not_posted_again(house: House, database: Database) -> None:
    """A run at 08:00 in Seoul posts the day that it is then in UTC."""
    house.doubt = Doubt(house.digests, RestoredLedger(database), fresh_days=3, with_site=True)
    digest = await house.digest(time=time(8))
    await house.restored(days=1)  # the last run was on Friday, at 23:00 UTC
    for later in (0, 1):
        await house.have(FRIDAY + timedelta(days=later), first=10 + 10 * later)
        chosen = await house.chooser.choose(digest, FRIDAY + timedelta(days=2))
        assert isinstance(chosen, Selection) == bool(later)
