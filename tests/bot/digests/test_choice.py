from dataclasses import replace
from datetime import timedelta

from bot.digests.model import Reason, Selection, Why
from bot.papers import Day, Listing
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.members.desk import Desk as Notes
from bot.storage.papers.library import Library
from tests.bot.digests.desk import NOW, SATURDAY, Desk, ago, ids
from tests.builders import FRIDAY, day, order, paper


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


async def test_a_day_of_papers_that_were_all_posted_before_is_told_as_that(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(votes=(5, 3)))
    digest = await desk.digest(order(min_votes=1))
    await desk.post(digest, FRIDAY)
    await desk.have(day(FRIDAY + timedelta(days=1), votes=(9, 9)))
    chosen = await desk.chooser.choose(digest, FRIDAY + timedelta(days=1))
    assert chosen == Reason(Why.ALL_SHOWN, {"day": "2024-02-24"})


async def test_what_another_digest_posted_in_the_channel_that_day_is_not_posted_again(
    library: Library, digests: Digests
) -> None:
    desk = Desk(library, digests)
    await desk.have(day(votes=(9, 8, 7)))
    first, second = await desk.digest(order(count=2)), await desk.digest(order())
    elsewhere, stranger = await desk.digest(order(channel_id=11)), await digests.add(2, order(), 5, NOW, 10)
    assert ids(await desk.post(first, FRIDAY)) == ["1", "2"]
    for digest in (second, elsewhere, stranger):
        assert digest is not None
        expected = ["3"] if digest is second else ["1", "2", "3"]
        pasts = await digests.pasts([one.id for one in (first, second, elsewhere)] + [digest.id], ago(4))
        for chooser in (desk.chooser, desk.chooser.for_one_run([digest]).knowing(pasts)):
            assert ids(await chooser.choose(digest, FRIDAY)) == expected
    assert ids(await desk.chooser.choose(second, SATURDAY)) == ["3"]  # the papers are of the same day
    await desk.post(second, FRIDAY)
    third = await desk.digest(order(count=1))
    assert await desk.chooser.choose(third, FRIDAY) == Reason(Why.SHOWN_BESIDE, {"day": "2024-02-23"})


async def test_an_edition_that_failed_is_not_counted_in_its_channel(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(votes=(9,)))
    first, second = await desk.digest(), await desk.digest()
    await desk.post(first, FRIDAY)
    async with digests._database.write() as tx:
        await tx.run("UPDATE editions SET state = 'failed'")
    assert ids(await desk.chooser.choose(second, FRIDAY)) == ["1"]


async def test_a_recap_repeats_what_the_channels_daily_digests_had(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(votes=(9,)))
    daily, weekly = await desk.digest(), await desk.digest(order(weekly=True, weekdays=frozenset({4})))
    await desk.post(daily, FRIDAY)
    assert ids(await desk.post(weekly, FRIDAY)) == ["1"]


async def test_two_replays_in_one_channel_go_on(library: Library, digests: Digests) -> None:
    desk = Desk(library, digests)
    await desk.have(day(ago(5), (1,), first=1), day(ago(4), (1,), first=2))
    first, second = [await desk.digest(order(replay_from=ago(5))) for _ in range(2)]
    assert ids(await desk.post(first, FRIDAY)) == ["1"]
    assert await desk.post(second, FRIDAY) == Reason(Why.SHOWN_BESIDE, {"day": ago(5).isoformat()})
    assert ids(await desk.post(first, SATURDAY)) == ["2"]
    assert ids(await desk.post(second, SATURDAY)) == ["1"]
