"""Papers that the site lists on a day after it was closed: each comes with the next edition, marked, and once."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest

from bot.digests.choice import Chooser
from bot.digests.model import Digest, Order, Reason, Selection, Why
from bot.papers import Details, Listing
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing, Taken, closing_of
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.outbox import Outbox
from bot.storage.members.desk import Desk as Notes
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.summaries.model import SummaryLanguage
from tests.bot.digests.desk import ids
from tests.builders import FRIDAY, day, order, paper, utc

THURSDAY = FRIDAY - timedelta(days=1)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RULE = Closing(CLOSES_AT, timedelta(hours=12))
Listed = Sequence[tuple[int, int]]
"""Papers' numbers with their votes."""


class Site:
    """A site that is read into a library, and digests that post its days at 08:00 in Seoul."""

    def __init__(self, database: Database, library: Library, digests: Digests) -> None:
        self.database, self.library, self.digests = database, library, digests
        self.days = SiteDays(database, library, (SummaryLanguage.KO,))
        self.chooser = Chooser(library, digests, Notes(database), fresh_days=3)

    async def read(self, on: date, listed: Listed, at: datetime) -> Taken:
        papers = tuple(
            SitePaper(Listing(paper(number, summary=()), votes), Details(f"2402.{number:05d}"))
            for number, votes in listed
        )
        return await self.days.take(Reading(on, at, papers), RULE, at)

    async def close(self, on: date, listed: Listed) -> Taken:
        return await self.read(on, listed, closing_of(on, CLOSES_AT) + timedelta(minutes=1))

    async def find_late(self, on: date, listed: Listed) -> Taken:
        """The site lists papers an hour and a half after it was closed."""
        return await self.read(on, listed, closing_of(on, CLOSES_AT) + 1.5 * HOUR)

    async def digest(self, **changes: object) -> Digest:
        wanted: Order = order(**({"time": time(8)} | changes))
        added = await self.digests.add(1, wanted, 5, utc(2024, 2, 1), 10)
        assert added is not None
        return added

    async def post(self, digest: Digest, after: date) -> Selection | Reason:
        """The run at 08:00 in Seoul, an hour before a day ends at the site; chosen alone and among many."""
        due = closing_of(after, CLOSES_AT) + HOUR / 2
        on = after + DAY
        outcome = await self.chooser.choose(digest, on)
        pasts = await self.digests.pasts([digest.id], self.chooser.oldest_news(due))
        assert await self.chooser.for_one_run().knowing(pasts).choose(digest, on) == outcome
        await self.digests.plan(digest, on, due, outcome)
        return outcome


@pytest.fixture
def site(database: Database, library: Library, digests: Digests) -> Site:
    return Site(database, library, digests)


async def test_at_eight_in_seoul_the_day_that_has_just_ended_there_is_posted(site: Site) -> None:
    digest = await site.digest()
    await site.read(FRIDAY, [(1, 9)], utc(2024, 2, 23, 17))
    assert isinstance(await site.chooser.choose(digest, FRIDAY + DAY), Reason)
    assert (await site.close(FRIDAY, [(1, 9), (2, 12)])).closed
    assert ids(await site.post(digest, FRIDAY)) == ["2", "1"]


async def test_what_came_late_is_ranked_with_the_next_days_papers_marked_and_never_shown_twice(site: Site) -> None:
    digest = await site.digest()
    await site.close(THURSDAY, [(1, 9)])
    await site.post(digest, THURSDAY)
    taken = await site.find_late(THURSDAY, [(1, 9), (2, 20), (3, 1)])
    assert (taken.late, taken.new_papers) == (2, 2)
    await site.close(FRIDAY, [(4, 30), (5, 10)])
    edition = await site.post(digest, FRIDAY)
    assert ids(edition) == ["4", "2", "5", "3"]
    assert isinstance(edition, Selection)
    assert (edition.day, edition.total) == (FRIDAY, 4)
    assert edition.late == {("2402.00002", THURSDAY), ("2402.00003", THURSDAY)}
    await site.close(FRIDAY + DAY, [(2, 90), (6, 1)])
    assert ids(await site.post(digest, FRIDAY + DAY)) == ["6"]


async def test_an_edition_that_is_made_later_has_them_as_its_own(site: Site) -> None:
    digest = await site.digest()
    await site.close(THURSDAY, [(1, 9)])
    await site.find_late(THURSDAY, [(1, 9), (2, 20)])
    edition = await site.chooser.choose(digest, FRIDAY)
    assert isinstance(edition, Selection)
    assert (ids(edition), edition.late) == (["2", "1"], frozenset())


async def test_a_late_paper_that_is_not_among_the_best_has_had_its_chance(site: Site) -> None:
    digest = await site.digest(count=1)
    await site.close(THURSDAY, [(1, 9)])
    await site.post(digest, THURSDAY)
    await site.find_late(THURSDAY, [(1, 9), (2, 5)])
    await site.close(FRIDAY, [(3, 30)])
    edition = await site.post(digest, FRIDAY)
    assert isinstance(edition, Selection)
    assert (ids(edition), edition.total, edition.late) == (["3"], 1, frozenset())
    await site.read(THURSDAY, [(1, 9), (2, 99)], utc(2024, 2, 24, 20))
    await site.close(FRIDAY + DAY, [(4, 1)])
    assert ids(await site.post(digest, FRIDAY + DAY)) == ["4"]


async def test_late_papers_of_friday_wait_over_the_weekend_and_alone_make_no_edition(site: Site) -> None:
    digest = await site.digest()
    await site.close(FRIDAY, [(1, 9)])
    await site.post(digest, FRIDAY)
    await site.find_late(FRIDAY, [(1, 9), (2, 20)])
    for later in (1, 2):
        await site.close(FRIDAY + later * DAY, [])
        quiet = await site.post(digest, FRIDAY + later * DAY)
        assert isinstance(quiet, Reason)
        assert quiet.why is Why.QUIET_DAY
    await site.close(FRIDAY + 3 * DAY, [(3, 5)])
    assert ids(await site.post(digest, FRIDAY + 3 * DAY)) == ["2", "3"]


@pytest.mark.parametrize(("days", "late"), [(6, ["2", "3"]), (7, ["2", "3"]), (8, ["3"])])
async def test_after_more_than_a_week_nothing_is_late_news(site: Site, days: int, late: list[str]) -> None:
    digest = await site.digest()
    await site.close(THURSDAY, [(1, 9)])
    await site.post(digest, THURSDAY)
    await site.find_late(THURSDAY, [(1, 9), (2, 20)])
    await site.close(THURSDAY + days * DAY, [(3, 5)])
    assert ids(await site.post(digest, THURSDAY + days * DAY)) == late


async def test_a_digest_does_not_take_in_what_was_late_on_a_day_that_it_did_not_post(site: Site) -> None:
    digest = await site.digest()
    await site.close(THURSDAY - DAY, [(9, 9)])
    await site.post(digest, THURSDAY - DAY)
    await site.close(THURSDAY, [(1, 9)])
    await site.find_late(THURSDAY, [(1, 9), (2, 20)])
    await site.close(FRIDAY, [(3, 5)])
    assert ids(await site.post(digest, FRIDAY)) == ["3"]


async def test_an_early_digest_takes_none(site: Site) -> None:
    digest = await site.digest(early=True)
    await site.read(THURSDAY, [(1, 9)], utc(2024, 2, 22, 12))
    await site.post(digest, THURSDAY)
    await site.close(THURSDAY, [(1, 9)])
    await site.find_late(THURSDAY, [(1, 9), (2, 20)])
    await site.read(FRIDAY, [(3, 5)], utc(2024, 2, 23, 12))
    edition = await site.post(digest, FRIDAY)
    assert isinstance(edition, Selection)
    assert (ids(edition), edition.early) == (["3"], True)


async def test_a_recap_takes_in_what_was_late_for_the_week_before(site: Site) -> None:
    digest = await site.digest(weekly=True, weekdays=frozenset({5}))
    await site.close(FRIDAY, [(1, 9)])
    await site.post(digest, FRIDAY)
    await site.find_late(FRIDAY, [(1, 9), (2, 20)])
    await site.close(FRIDAY + 7 * DAY, [(3, 5)])
    edition = await site.post(digest, FRIDAY + 7 * DAY)
    assert isinstance(edition, Selection)
    assert (ids(edition), edition.late) == (["2", "3"], frozenset({("2402.00002", FRIDAY)}))


async def test_a_page_of_the_folder_closes_its_day_and_what_the_page_lists_is_not_late(site: Site) -> None:
    await site.library.store_page("2024/02/23.md", "h", day(votes=(5, 3)), utc(2024, 2, 23, 10))
    assert (await site.read(FRIDAY, [(1, 5), (2, 3)], utc(2024, 2, 23, 11))).late == 0
    assert (await site.read(FRIDAY, [(1, 5), (2, 3), (4, 8)], utc(2024, 2, 23, 12))).late == 1


async def test_the_outbox_gives_an_edition_back_with_its_marks(site: Site, outbox: Outbox) -> None:
    digest = await site.digest()
    await site.close(THURSDAY, [(1, 9)])
    await site.post(digest, THURSDAY)
    await site.find_late(THURSDAY, [(1, 9), (2, 20)])
    await site.close(FRIDAY, [(3, 5)])
    edition = await site.post(digest, FRIDAY)
    assert isinstance(edition, Selection)
    row = await site.database.row("SELECT max(id) AS id FROM editions")
    assert row is not None
    mail = await outbox.edition_mail(row["id"])
    assert mail is not None
    assert mail.selection.late == edition.late
    assert [one.late for one in await site.digests.editions(digest.id, 9)] == [1, 0]


async def test_after_a_restored_run_what_was_late_before_is_not_taken_in(site: Site) -> None:
    """The run that the backup does not know may have shown it."""
    digest = await site.digest()
    await site.close(THURSDAY, [(1, 9)])
    await site.post(digest, THURSDAY)
    due = closing_of(FRIDAY, CLOSES_AT) + HOUR / 2
    await site.digests.plan(digest, FRIDAY + DAY, due, Reason(Why.RESTORED, {}))
    await site.read(THURSDAY, [(1, 9), (2, 20)], due + HOUR)
    await site.close(FRIDAY + DAY, [(3, 5)])
    assert ids(await site.post(digest, FRIDAY + DAY)) == ["3"]


async def test_what_can_no_longer_be_late_news_is_forgotten(site: Site) -> None:
    await site.close(THURSDAY, [(1, 9)])
    await site.find_late(THURSDAY, [(1, 9), (2, 20)])
    for days, left in ((60, 1), (61, 0)):
        await site.days.forget_readings(THURSDAY + days * DAY)
        assert len(await site.database.rows("SELECT * FROM late")) == left
