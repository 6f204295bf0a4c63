from datetime import timedelta

import pytest

from bot.alerts.changes import ChangeService
from bot.alerts.service import SubscriptionService
from bot.alerts.service import Wish as Order
from bot.foryou.choosing import Scope
from bot.foryou.model import MOST_SAVED, Picks
from bot.foryou.service import ForYou
from bot.papers import Bullet
from bot.storage.engine.database import Database
from bot.storage.members.changes import Changes
from bot.storage.members.foryou import ForYouMembers
from bot.storage.members.saved import ReadingLists
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.library import Library
from tests.bot.foryou.shelf import BY_AUTHOR, LIKE, MEMBER, NEW, NOW, OLD, OTHER, about, fill, save, store
from tests.builders import FRIDAY, StandingClock


class Desk:
    def __init__(self, database: Database) -> None:
        self.library, clock = Library(database), StandingClock(NOW)
        self.lists = ReadingLists(database, self.library)
        self.changes = ChangeService(Changes(database), clock)
        self.subscriptions = SubscriptionService(Subscriptions(database), clock)
        self.members = ForYouMembers(database)
        self.for_you = ForYou(self.library, self.members)

    async def chosen(self, scope: Scope | None = None) -> list[str]:
        return ids(await self.for_you.of(MEMBER, scope or Scope(10)))

    async def subscribe(self, query: str) -> None:
        await self.subscriptions.add(Order(MEMBER, query, 0, None, None, "ko"))


def ids(picks: Picks) -> list[str]:
    return [pick.appearance.listing.paper.arxiv_id for pick in picks.picks]


@pytest.fixture
async def desk(database: Database) -> Desk:
    """An archive, and a member who saved three papers of a kind."""
    made = Desk(database)
    await fill(made.library)
    await save(made.lists, *OLD[:3])
    return made


async def test_new_papers_like_the_saved_ones_are_chosen_with_why(desk: Desk) -> None:
    found = await desk.for_you.of(MEMBER, Scope(10))
    assert ids(found) == [LIKE.arxiv_id, BY_AUTHOR.arxiv_id]
    first, second = (pick.why for pick in found.picks)
    assert first.others == 2
    assert set(first.shared) == {"Reasoning", "보상모델"}
    assert (second.like, second.others, second.shared) == (OLD[2].title, 1, ("Yuandong Tian",))


async def test_with_fewer_than_three_saved_papers_it_says_how_many_are_missing(desk: Desk) -> None:
    await desk.lists.remove(MEMBER, OLD[0].arxiv_id)
    found = await desk.for_you.of(MEMBER, Scope(10))
    assert (found.picks, found.missing) == ((), 1)
    nobody = await desk.for_you.of(8, Scope(10))
    assert (nobody.picks, nobody.missing) == ((), 3)


async def test_what_is_saved_muted_or_old_is_not_chosen(desk: Desk) -> None:
    await desk.changes.mute(MEMBER, '-author:"Yuandong Tian"')
    assert await desk.chosen() == [LIKE.arxiv_id]
    await save(desk.lists, LIKE)
    assert await desk.chosen() == []
    await desk.changes.unmute(MEMBER, [mute.id for mute in await desk.changes.mutes(MEMBER)])
    await desk.lists.remove(MEMBER, LIKE.arxiv_id)
    assert await desk.chosen() == [LIKE.arxiv_id, BY_AUTHOR.arxiv_id]
    await store(desk.library, FRIDAY + timedelta(days=7), about(200, "Sailing Alone"))
    assert await desk.chosen() == []


async def test_what_another_member_saved_and_muted_changes_nothing(desk: Desk) -> None:
    before = await desk.for_you.of(MEMBER, Scope(10))
    await save(desk.lists, *OLD[3:], LIKE, user=8)
    await desk.changes.mute(8, "-reasoning")
    assert await desk.for_you.of(MEMBER, Scope(10)) == before


async def test_a_subscription_counts_while_it_is_not_paused(desk: Desk) -> None:
    await desk.subscribe("cooking")
    found = await desk.for_you.of(MEMBER, Scope(10))
    [pick] = [pick for pick in found.picks if pick.appearance.listing.paper == OTHER]
    assert (pick.why.like, pick.why.query) == ("", "cooking")
    await desk.subscriptions.set_paused(MEMBER, None, paused=True)
    assert OTHER.arxiv_id not in await desk.chosen()


async def test_a_scope_names_the_papers_and_the_votes(desk: Desk) -> None:
    everything = tuple(one.arxiv_id for one in NEW)
    assert await desk.chosen(Scope(1, everything)) == [LIKE.arxiv_id]
    assert await desk.chosen(Scope(3, everything, frozenset({LIKE.arxiv_id}))) == [BY_AUTHOR.arxiv_id]
    assert await desk.chosen(Scope(3, (OTHER.arxiv_id, "0000.00000"))) == []
    assert await desk.chosen(Scope(3, everything, min_votes=2)) == []


async def test_votes_order_papers_that_fit_equally(desk: Desk) -> None:
    twin = about(150, LIKE.title, "보상모델을 다시 봅니다.")
    await store(desk.library, FRIDAY - timedelta(days=1), twin, votes=9)
    assert (await desk.chosen())[:2] == [twin.arxiv_id, LIKE.arxiv_id]


async def test_a_paper_is_read_anew_once_its_text_changes(desk: Desk) -> None:
    assert OTHER.arxiv_id not in await desk.chosen()
    changed = about(103, "Cooking with Reasoning", "보상모델을 봅니다.")
    await store(desk.library, FRIDAY, *(changed if one is OTHER else one for one in NEW))
    assert OTHER.arxiv_id in await desk.chosen()


async def test_the_newest_saved_papers_count(desk: Desk) -> None:
    rest = [about(1000 + place, "Bullets", summary) for place, summary in enumerate(["x"] * MOST_SAVED)]
    assert rest[0].summary == (Bullet("x"),)
    for one in rest:
        await desk.lists.add(MEMBER, one.arxiv_id, NOW + timedelta(days=1))
    assert len((await desk.members.member(MEMBER)).kept) == MOST_SAVED
    assert await desk.chosen() == []


async def test_an_empty_archive_has_nothing(database: Database) -> None:
    desk = Desk(database)
    await save(desk.lists, *OLD[:3])
    assert await desk.chosen() == []
