"""Subscriptions in memory say what the store says, and what search says."""

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.audience import Audience
from bot.alerts.matching import Group, Matcher
from bot.alerts.model import Subscription, Where
from bot.alerts.planner import AlertPlanner
from bot.errors import StorageError
from bot.papers import Day, Listing, Paper
from bot.search.matcher import Document
from bot.search.model import Tier
from bot.search.query import Query
from bot.search.service import Search
from bot.storage.engine.database import Database
from bot.storage.members.changes import Changes
from bot.storage.members.desk import Desk
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.library import Library
from tests.bot.alerts.generated import DAYS, QUERIES
from tests.builders import FRIDAY, StandingClock, day, paper, utc

NOW = utc(2024, 2, 23, 8)


async def want(subscriptions: Subscriptions, user: int, query: str) -> Subscription:
    wish = Subscription(0, user, query, Where.DM, None, None, 0, False, "ko", NOW)
    stored = await subscriptions.add(wish, 25)
    assert isinstance(stored, Subscription)
    return stored


async def matching(audience: Audience, *papers: Paper) -> set[tuple[str, int]]:
    groups = await audience.matching(papers or [paper()])
    return {(document.arxiv_id, one) for documents, ids in groups for document in documents for one in ids}


async def heard(audience: Audience) -> set[int]:
    """The subscriptions that match paper 1."""
    return {one for _, one in await matching(audience)}


async def test_every_way_in_which_subscriptions_change_is_followed_without_a_restart(
    subscriptions: Subscriptions, database: Database
) -> None:
    first = await want(subscriptions, 1, "강화학습")
    audience = Audience(subscriptions)
    assert await heard(audience) == {first.id}

    second, third = await want(subscriptions, 2, "논문"), await want(subscriptions, 2, "title:number")
    assert await heard(audience) == {first.id, second.id, third.id}

    again = await want(subscriptions, 1, "강화학습")  # set anew: another row in the place of the first
    assert await heard(audience) == {again.id, second.id, third.id}

    await Changes(database).remove(2, [third.id], NOW)
    assert await heard(audience) == {again.id, second.id}

    await Desk(database).forget_member(2)
    assert await heard(audience) == {again.id}

    await Desk(database).forget_member(1)
    assert await heard(audience) == set()


async def test_texts_and_queries_are_read_in_another_thread_than_the_event_loops(
    subscriptions: Subscriptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[int] = []

    def noted(matcher: Matcher, documents: Sequence[Document]) -> list[Group]:
        where.append(threading.get_ident())
        return match(matcher, documents)

    def added(matcher: Matcher, subscription_id: int, query: Query) -> None:
        where.append(threading.get_ident())
        add(matcher, subscription_id, query)

    match, add = Matcher.match, Matcher.add
    monkeypatch.setattr(Matcher, "match", noted)
    monkeypatch.setattr(Matcher, "add", added)
    wanted = await want(subscriptions, 1, "강화학습")
    assert await heard(Audience(subscriptions)) == {wanted.id}
    assert len(where) >= 2
    assert threading.get_ident() not in where


async def test_an_id_that_is_given_again_means_the_new_query(subscriptions: Subscriptions, database: Database) -> None:
    audience = Audience(subscriptions)
    assert await heard(audience) == set()
    old = await want(subscriptions, 1, "강화학습")
    assert await heard(audience) == {old.id}
    await Changes(database).remove(1, [old.id], NOW)
    new = await want(subscriptions, 1, "없는말")
    assert new.id == old.id
    assert await heard(audience) == set()


@pytest.mark.parametrize("query", ["하하하하하", '"a a-a a-a a-a a"'])
async def test_who_subscribes_beside_one_who_removes_what_repeats_itself_is_heard(
    subscriptions: Subscriptions, database: Database, query: str
) -> None:
    odd = await want(subscriptions, 1, query)
    audience = Audience(subscriptions)
    assert await heard(audience) == set()
    await Changes(database).remove(1, [odd.id], NOW)
    new = await want(subscriptions, 2, "강화학습")
    assert await heard(audience) == {new.id}


async def test_a_change_that_can_not_be_followed_loses_no_other(
    subscriptions: Subscriptions, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notes of the batch are gone by then, so all is read anew."""
    goes = await want(subscriptions, 1, "강화학습")
    audience = Audience(subscriptions)
    assert await heard(audience) == {goes.id}
    await Changes(database).remove(1, [goes.id], NOW)
    await want(subscriptions, 3, "없는말")
    new = await want(subscriptions, 2, "논문")

    def stumble(*_: object) -> None:
        raise KeyError

    with monkeypatch.context() as patch:
        patch.setattr(Matcher, "remove", stumble)
        with pytest.raises(KeyError):
            await heard(audience)
    assert await heard(audience) == {new.id}


async def test_a_subscription_that_can_not_be_held_costs_no_other(
    subscriptions: Subscriptions, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    odd, sound = await want(subscriptions, 1, "논문"), await want(subscriptions, 2, "강화학습")
    add = Matcher.add

    def stumble(matcher: Matcher, subscription_id: int, query: Query) -> None:
        if subscription_id == odd.id:
            raise ValueError
        add(matcher, subscription_id, query)

    monkeypatch.setattr(Matcher, "add", stumble)
    assert await heard(Audience(subscriptions)) == {sound.id}
    assert f"subscription {odd.id} can't be matched" in caplog.text


async def test_what_is_rolled_back_did_not_happen(subscriptions: Subscriptions, database: Database) -> None:
    kept = await want(subscriptions, 1, "강화학습")
    audience = Audience(subscriptions)
    await heard(audience)
    with pytest.raises(StorageError):
        await _delete_and_fail(database)
    assert await heard(audience) == {kept.id}


async def _delete_and_fail(database: Database) -> None:
    async with database.write() as tx:
        await tx.run("DELETE FROM members")
        await tx.run("no SQL at all")


async def test_more_subscriptions_than_are_read_at_once(subscriptions: Subscriptions, database: Database) -> None:
    async with database.write() as tx:
        await tx.run("INSERT INTO members (user_id) VALUES (1)")
        await tx.many(
            "INSERT INTO subscriptions (user_id, query, place, min_votes, language, created_at)"
            " VALUES (1, ?, 'dm', 0, 'ko', '2024-02-23T00:00:00+00:00')",
            [(f"강화학습 -word{number}",) for number in range(4_500)],
        )
    assert len(await heard(Audience(subscriptions))) == 4_500


async def test_one_that_changed_since_it_was_matched_is_passed_over(
    subscriptions: Subscriptions, database: Database
) -> None:
    stays, goes = await want(subscriptions, 1, "강화학습"), await want(subscriptions, 2, "강화학습")
    audience = Audience(subscriptions)
    ids = sorted(await heard(audience))
    await Changes(database).remove(2, [goes.id], NOW)
    assert (await want(subscriptions, 3, "없는말")).id == goes.id
    assert await subscriptions.listening(FRIDAY, ids) == [stays]


async def test_pausing_is_heeded_without_a_restart(
    subscriptions: Subscriptions, library: Library, database: Database
) -> None:
    planner = AlertPlanner(subscriptions, library, StandingClock(NOW), 3, lambda: None)
    subscription = await want(subscriptions, 1, "강화학습")
    for paused, user, first in ((True, 1, 1), (False, 1, 2), (False, 2, 3)):
        await subscriptions.set_paused(user, subscription.id, paused=paused)
        await library.store_page(f"{first}", "h", day(votes=(1,), first=first), NOW)
        assert await planner.run() == (0 if first == 1 else 1)
    await Desk(database).forget_member(1)
    await library.store_page("4", "h", day(votes=(1,), first=4), NOW)
    assert await planner.run() == 0


@given(DAYS, st.lists(QUERIES, min_size=1, max_size=12))
def test_a_subscription_matches_exactly_what_the_strict_tiers_of_search_find(
    papers: tuple[Paper, ...], queries: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_hold_search_and_alerts_together(Path(folder) / "paperboy.db", papers, queries))


async def _hold_search_and_alerts_together(path: Path, papers: tuple[Paper, ...], queries: list[str]) -> None:
    async with Database.open(path) as database:
        library, subscriptions = Library(database), Subscriptions(database)
        await library.store_page("23", "h", Day(FRIDAY, tuple(map(Listing, papers))), NOW)
        search, found = Search(library, budget=10), set()
        for user, query in enumerate(queries, 1):
            subscription = await want(subscriptions, user, query)
            page = await search.search(query, limit=99)
            found |= {(hit.listing.paper.arxiv_id, subscription.id) for hit in page.results if hit.tier <= Tier.ALL}
        assert await matching(Audience(subscriptions), *papers) == found
