from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.digests.choice import Chooser
from bot.digests.model import Digest, Order, Reason, Selection, Why
from bot.papers import Day, Listing
from bot.storage.database import Database
from bot.storage.desk import Desk as Notes
from bot.storage.digests import Digests
from bot.storage.had import remember_days
from bot.storage.library import Library
from bot.storage.outbox import Outbox
from tests.builders import FRIDAY, day, order, paper, site_day, utc

NOW = utc(2024, 2, 23, 8)
SATURDAY = FRIDAY + timedelta(days=1)


def ago(days: int) -> date:
    return FRIDAY - timedelta(days=days)


class Desk:
    """A library, a digest and a chooser, in a few words."""

    def __init__(self, library: Library, digests: Digests) -> None:
        self.library, self.digests = library, digests
        self.chooser = Chooser(library, digests, Notes(digests._database), fresh_days=3)

    async def have(self, *days: Day) -> None:
        for one in days:
            await self.library.store_page(one.date.isoformat(), "h", one, NOW)

    async def digest(self, wanted: Order | None = None) -> Digest:
        added = await self.digests.add(1, wanted or order(), 5, NOW, 10)
        assert added is not None
        return added

    async def post(self, digest: Digest, on: date) -> Selection | Reason:
        """Choose and record, as the runner does."""
        outcome = await self.chooser.choose(digest, on)
        await self.digests.plan(digest, on, utc(on.year, on.month, on.day), outcome)
        return outcome


def ids(outcome: Selection | Reason) -> list[str]:
    assert isinstance(outcome, Selection)
    return [listing.paper.arxiv_id[-2:].lstrip("0") for listing in outcome.listings]


async def test_the_top_papers_by_votes_ties_and_voteless_ones_in_the_pages_order(
    library: Library, digests: Digests
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(votes=(None, 3, 7, None, 3, 0)))
    chosen = await desk.chooser.choose(await desk.digest(order(count=10)), FRIDAY)
    assert ids(chosen) == ["3", "2", "5", "6", "1", "4"]
    assert isinstance(chosen, Selection)
    assert (chosen.day, chosen.total) == (FRIDAY, 6)


async def test_count_and_min_votes_bound_the_choice(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(votes=(1, 9, 5, 7)))
    assert ids(await desk.chooser.choose(await desk.digest(order(count=2)), FRIDAY)) == ["2", "4"]
    assert ids(await desk.chooser.choose(await desk.digest(order(min_votes=5)), FRIDAY)) == ["2", "4", "3"]
    nobody = await desk.chooser.choose(await desk.digest(order(min_votes=10)), FRIDAY)
    assert nobody == Reason(Why.TOO_FEW_VOTES, {"day": "2024-02-23", "min_votes": 10})


async def test_an_empty_archive_is_said_so(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    assert await desk.chooser.choose(await desk.digest(), FRIDAY) == Reason(Why.ARCHIVE_EMPTY, {})


async def test_a_day_older_than_fresh_days_is_no_news(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(0)))
    digest = await desk.digest()
    assert isinstance(await desk.chooser.choose(digest, FRIDAY + timedelta(days=3)), Selection)
    stale = await desk.chooser.choose(digest, FRIDAY + timedelta(days=4))
    assert stale == Reason(Why.TOO_OLD, {"newest": "2024-02-23", "fresh_days": 3})


async def test_a_day_is_had_once(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day())
    digest = await desk.digest()
    assert isinstance(await desk.post(digest, FRIDAY), Selection)
    assert await desk.post(digest, SATURDAY) == Reason(Why.NOTHING_NEW, {"newest": "2024-02-23"})


async def test_of_two_days_that_come_together_the_newer_is_first_and_the_other_fills_a_quiet_day(
    library: Library, digests: Digests
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(3), (1,), first=1))
    digest = await desk.digest()
    assert ids(await desk.post(digest, ago(3))) == ["1"]
    await desk.have(day(ago(1), (1,), first=2), day(ago(0), (1,), first=3))
    assert ids(await desk.post(digest, FRIDAY)) == ["3"]
    assert ids(await desk.post(digest, SATURDAY)) == ["2"]


async def test_a_new_digest_does_not_walk_backwards_on_quiet_days(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), (1,), first=1), day(ago(0), (1,), first=2))
    digest = await desk.digest()
    assert ids(await desk.post(digest, FRIDAY)) == ["2"]
    assert await desk.post(digest, SATURDAY) == Reason(Why.NOTHING_NEW, {"newest": "2024-02-23"})


async def test_a_paper_that_another_day_lists_again_is_not_shown_again(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), (5,), first=1))
    digest = await desk.digest()
    await desk.post(digest, ago(1))
    await desk.have(Day(FRIDAY, (Listing(paper(1), 90), Listing(paper(2), 4))))
    assert ids(await desk.post(digest, FRIDAY)) == ["2"]


async def test_a_replay_walks_from_its_date_on_a_day_an_edition_until_the_end(
    library: Library, digests: Digests
) -> None:
    desk = Desk(library, digests)
    await desk.have(*(day(ago(back), (3,), first=back) for back in (9, 7, 6, 2)))
    digest = await desk.digest(order(replay_from=ago(8)))
    shown = [ids(await desk.post(digest, FRIDAY + timedelta(days=offset))) for offset in range(3)]
    assert shown == [["7"], ["6"], ["2"]]
    ended = await desk.post(digest, FRIDAY + timedelta(days=3))
    assert ended == Reason(Why.REPLAY_ENDED, {"newest": ago(2).isoformat()})
    await desk.have(day(ago(0), (3,), first=1))
    assert ids(await desk.post(digest, FRIDAY + timedelta(days=4))) == ["1"]


async def test_a_replay_passes_over_days_without_enough_votes(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(5), (1,), first=1), day(ago(4), (8,), first=2))
    digest = await desk.digest(order(replay_from=ago(5), min_votes=5))
    assert ids(await desk.post(digest, FRIDAY)) == ["2"]


async def test_a_replay_set_back_begins_with_the_days_not_had(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(*(day(ago(back), (3,), first=1 + back) for back in (3, 2, 0)))
    digest = await desk.digest()
    assert ids(await desk.post(digest, FRIDAY)) == ["1"]
    replayed = replace(digest, order=order(replay_from=ago(3)))
    shown = [ids(await desk.post(replayed, FRIDAY + timedelta(days=offset))) for offset in (1, 2)]
    assert shown == [["4"], ["3"]]
    ended = await desk.post(replayed, FRIDAY + timedelta(days=3))
    assert ended == Reason(Why.REPLAY_ENDED, {"newest": "2024-02-23"})


async def test_a_replay_passes_over_a_day_that_only_repeats_papers(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(5), (1,), first=1), day(ago(4), (8,), first=1), day(ago(3), (2,), first=2))
    digest = await desk.digest(order(replay_from=ago(5)))
    shown = [ids(await desk.post(digest, FRIDAY + timedelta(days=offset))) for offset in range(2)]
    assert shown == [["1"], ["2"]]


async def test_an_edition_that_failed_was_not_had(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day())
    digest = await desk.digest()
    await desk.post(digest, FRIDAY)
    async with digests._database.write() as tx:  # as the outbox does when a channel is gone
        await tx.run("UPDATE editions SET state = 'failed'")
    assert isinstance(await desk.post(digest, SATURDAY), Selection)


async def test_a_sample_shows_the_newest_day_whatever_was_had(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    digest = await desk.digest()
    assert await desk.chooser.sample(digest) == Reason(Why.ARCHIVE_EMPTY, {})
    await desk.have(day())
    await desk.post(digest, FRIDAY)
    assert ids(await desk.chooser.sample(replace(digest, order=order(count=1)))) == ["1"]


async def test_a_source_that_cannot_be_read_is_the_reason_where_nothing_is_new(
    library: Library, digests: Digests, database: Database
) -> None:
    desk, notes = Desk(library, digests), Notes(database)
    await desk.have(day())
    digest = await desk.digest()
    await notes.note_folder(NOW, failing=True)
    await notes.note_folder(NOW + timedelta(hours=1), failing=True)
    assert isinstance(await desk.post(digest, FRIDAY), Selection)
    failing = Reason(Why.SOURCE_FAILING, {"since": NOW.isoformat()})
    assert await desk.post(digest, FRIDAY + timedelta(days=1)) == failing
    await notes.note_folder(NOW, failing=False)
    nothing_new = Reason(Why.NOTHING_NEW, {"newest": "2024-02-23"})
    assert await desk.post(digest, FRIDAY + timedelta(days=2)) == nothing_new


# -- days of the site that are not whole -------------------------------------------------------------------------------


async def test_half_a_day_is_not_posted_as_the_day(library: Library, digests: Digests, database: Database) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), first=1), day(ago(0), (9,), first=5))
    await site_day(database, FRIDAY, 1, whole=False)
    digest = await desk.digest()
    assert ids(await desk.chooser.sample(digest)) == ["1", "2"]
    assert ids(await desk.post(digest, FRIDAY)) == ["1", "2"]
    half = Reason(Why.HALF_DAY, {"day": "2024-02-23"})
    assert await desk.post(digest, SATURDAY) == half
    await desk.have(day(ago(0), (9, 8), first=5))
    await site_day(database, FRIDAY, 2, whole=True)
    whole = await desk.post(digest, SATURDAY)
    assert ids(whole) == ["5", "6"]
    assert isinstance(whole, Selection)
    assert not whole.early


async def test_a_digest_that_may_be_early_takes_half_a_day_and_not_its_rest(
    library: Library, digests: Digests, database: Database
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), first=1), day(ago(0), (9,), first=5))
    await site_day(database, FRIDAY, 1, whole=False)
    digest = await desk.digest(order(early=True))
    early = await desk.post(digest, FRIDAY)
    assert ids(early) == ["5"]
    assert isinstance(early, Selection)
    assert early.early
    await desk.have(day(ago(0), (9, 8), first=5))
    await site_day(database, FRIDAY, 2, whole=True)
    assert await desk.post(digest, SATURDAY) == Reason(Why.NOTHING_NEW, {"newest": "2024-02-23"})


async def test_an_archive_of_half_a_day_is_not_empty(library: Library, digests: Digests, database: Database) -> None:
    desk = Desk(library, digests)
    await desk.have(day())
    await site_day(database, FRIDAY, 2, whole=False)
    digest = await desk.digest()
    assert await desk.chooser.choose(digest, FRIDAY) == Reason(Why.HALF_DAY, {"day": "2024-02-23"})
    assert await desk.chooser.sample(digest) == Reason(Why.ARCHIVE_EMPTY, {})


async def test_a_page_of_the_folder_makes_a_day_whole(library: Library, digests: Digests, database: Database) -> None:
    desk = Desk(library, digests)
    await desk.have(day())
    await site_day(database, FRIDAY, 2, whole=False)
    await library.store_page("2024/02/23.md", "h", day(), NOW)
    assert ids(await desk.chooser.choose(await desk.digest(), FRIDAY)) == ["1", "2"]


async def test_a_replay_waits_for_the_whole_day(library: Library, digests: Digests, database: Database) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), (3,), first=1), day(ago(0), (3,), first=2))
    await site_day(database, FRIDAY, 1, whole=False)
    digest, early = (
        await desk.digest(order(replay_from=ago(1))),
        await desk.digest(order(replay_from=ago(1), early=True)),
    )
    for one in (digest, early):
        assert ids(await desk.post(one, FRIDAY)) == ["1"]
    assert await desk.post(digest, SATURDAY) == Reason(Why.REPLAY_ENDED, {"newest": "2024-02-22"})
    assert ids(await desk.post(early, SATURDAY)) == ["2"]


async def test_what_many_digests_had_is_looked_up_without_half_days(
    library: Library, digests: Digests, database: Database
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1), first=1), day(ago(0), first=5))
    await site_day(database, FRIDAY, 2, whole=False)
    whole, early = await desk.digest(), await desk.digest(order(early=True))
    pasts = await digests.pasts([whole.id, early.id], ago(5))
    assert {key: past.newest_day_not_had for key, past in pasts.items()} == {whole.id: ago(1), early.id: FRIDAY}
    chooser = desk.chooser.for_one_run().knowing(pasts)
    assert [ids(await chooser.choose(one, FRIDAY)) for one in (whole, early)] == [["1", "2"], ["5", "6"]]


@pytest.mark.parametrize(("quiet", "weekend"), [(FRIDAY, "no"), (SATURDAY, "yes")])
async def test_a_day_without_papers_is_a_reason(
    library: Library, digests: Digests, database: Database, quiet: date, weekend: str
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1)))
    digest = await desk.digest()
    await desk.post(digest, ago(1))
    await site_day(database, quiet, 0, whole=True)
    await site_day(database, quiet + timedelta(days=1), 0, whole=False)
    said = Reason(Why.QUIET_DAY, {"day": quiet.isoformat(), "weekend": weekend})
    assert await desk.post(digest, quiet + timedelta(days=1)) == said
    assert await desk.chooser.choose(digest, quiet + timedelta(days=3)) == said  # the papers alone would be too old
    assert isinstance(too_old := await desk.chooser.choose(digest, quiet + timedelta(days=4)), Reason)
    assert too_old.why == Why.TOO_OLD


async def test_a_day_that_begins_without_papers_is_nothing_yet(
    library: Library, digests: Digests, database: Database
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(1)))
    digest = await desk.digest()
    await desk.post(digest, ago(1))
    await site_day(database, FRIDAY, 0, whole=False)
    assert await desk.post(digest, FRIDAY) == Reason(Why.NOTHING_NEW, {"newest": "2024-02-22"})


# -- recaps ------------------------------------------------------------------------------------------------------------


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
    await site_day(database, FRIDAY, 1, whole=False)
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
