"""The best of a week."""

from datetime import timedelta

from bot.digests.model import Order, Reason, Selection, Why
from bot.papers import Day, Listing
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.had import remember_days
from bot.storage.ledger.outbox import Outbox
from bot.storage.papers.library import Library
from tests.bot.digests.desk import NOW, SATURDAY, Desk, ago, ids
from tests.builders import FRIDAY, day, order, paper, site_day, utc


def recap(**changes: object) -> Order:
    return order(weekly=True, weekdays=frozenset({4}), **changes)


async def test_a_recap_has_the_weeks_best_each_paper_once_with_its_best_votes(
    library: Library, digests: Digests
) -> None:
    desk = Desk(library, digests)
    await desk.have(
        day(ago(7), (99,), first=9),
        day(ago(6), (7, 30), first=1),
        day(ago(2), (20, None), first=3),
        Day(FRIDAY, (Listing(paper(1), 40), Listing(paper(2), 10), Listing(paper(5), None))),
    )
    chosen = await desk.chooser.choose(await desk.digest(recap(count=3)), FRIDAY)
    assert ids(chosen) == ["1", "2", "3"]
    assert isinstance(chosen, Selection)
    assert [listing.votes for listing in chosen.listings] == [40, 30, 20]
    assert (chosen.first_day, chosen.day, chosen.total) == (ago(6), FRIDAY, 5)


async def test_new_is_what_no_daily_edition_of_the_server_has_shown(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), (9, 8), first=1), day(ago(0), (7, 6), first=3))
    weekly, daily = await desk.digest(recap(count=10)), await desk.digest(order(count=1))
    elsewhere = await digests.add(2, order(), 5, NOW, 10)
    assert elsewhere is not None
    assert ids(await desk.post(daily, FRIDAY)) == ["3"]
    await desk.post(elsewhere, FRIDAY)
    chosen = await desk.chooser.choose(weekly, FRIDAY)
    assert isinstance(chosen, Selection)
    assert {key[-1] for key in chosen.new} == {"1", "2", "4"}
    pasts = await digests.pasts([weekly.id, daily.id], ago(4))
    assert await desk.chooser.for_one_run().knowing(pasts).choose(weekly, FRIDAY) == chosen
    assert pasts[daily.id].papers_seen == frozenset()


async def test_what_old_daily_editions_had_is_not_new_either(
    library: Library, digests: Digests, database: Database
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(votes=(9, 8)))
    daily, weekly = await desk.digest(order(count=1)), await desk.digest(recap())
    async with database.write() as tx:
        await remember_days(tx, daily.id, "2024-02-23", "2024-02-23")
        await remember_days(tx, weekly.id, "2024-02-01", "2024-02-01")
    chosen = await desk.chooser.choose(weekly, FRIDAY)
    assert isinstance(chosen, Selection)
    assert chosen.new == frozenset()


async def test_a_recap_repeats_no_paper_and_takes_nothing_from_daily_digests(
    library: Library, digests: Digests
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(0), (9, 8, 7), first=1))
    weekly, daily = await desk.digest(recap(count=2)), await desk.digest(order(count=2))
    assert ids(await desk.post(weekly, FRIDAY)) == ["1", "2"]
    assert await desk.post(weekly, SATURDAY) == Reason(Why.NOTHING_NEW, {"newest": "2024-02-23"})
    assert ids(await desk.post(daily, FRIDAY)) == ["1", "2"]
    await desk.have(day(ago(-5), (1,), first=4))
    assert ids(await desk.post(weekly, ago(-5))) == ["3", "4"]


async def test_a_recap_leaves_half_days_out_unless_it_is_early(
    library: Library, digests: Digests, database: Database
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), (9,), first=1), day(ago(0), (10,), first=2))
    await site_day(database, FRIDAY, 1, closed=False)
    whole = await desk.chooser.choose(await desk.digest(recap()), FRIDAY)
    early = await desk.chooser.choose(await desk.digest(recap(early=True)), FRIDAY)
    assert (ids(whole), ids(early)) == (["1"], ["2", "1"])
    assert [one.early for one in (whole, early) if isinstance(one, Selection)] == [False, True]


async def test_a_digest_that_becomes_a_recap_may_tell_again_of_what_it_posted(
    library: Library, digests: Digests, outbox: Outbox
) -> None:
    desk = Desk(library, digests)
    await desk.have(day())
    digest = await desk.digest()
    await desk.post(digest, FRIDAY)
    await digests.change(digest.id, recap(), NOW)
    [weekly] = await digests.of_server(1)
    chosen = await desk.chooser.choose(weekly, FRIDAY)
    assert ids(chosen) == ["1", "2"]
    edition = await digests.plan(weekly, FRIDAY, utc(2024, 2, 23, 18), chosen)
    assert edition is not None
    mail = await outbox.edition_mail(edition)
    assert mail is not None
    assert mail.selection == chosen
    assert mail.selection.first_day == ago(6)
    await digests.change(digest.id, order(), NOW)
    assert await desk.post(digest, SATURDAY) == Reason(Why.NOTHING_NEW, {"newest": "2024-02-23"})


async def test_a_recap_of_papers_too_old_is_no_news(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day())
    stale = await desk.chooser.choose(await desk.digest(recap()), FRIDAY + timedelta(days=4))
    assert stale == Reason(Why.TOO_OLD, {"newest": "2024-02-23", "fresh_days": 3})
    assert ids(await desk.chooser.sample(await desk.digest(recap(count=1)))) == ["1"]
