from dataclasses import replace

import pytest

from bot.alerts.model import MAX_SUBSCRIPTIONS, Where
from bot.alerts.service import SubscriptionService, Wish
from bot.errors import RefusalError
from bot.storage.engine.database import Database
from bot.storage.members.desk import Desk
from bot.storage.members.subscriptions import Subscriptions
from tests.builders import StandingClock, utc

NOW = utc(2024, 2, 23, 8)
WISH = Wish(user_id=7, query="강화학습 -survey", min_votes=0, channel_id=None, guild_id=None, language="ko")


@pytest.fixture
def service(subscriptions: Subscriptions) -> SubscriptionService:
    return SubscriptionService(subscriptions, StandingClock(NOW))


async def test_a_subscription_is_kept_and_listed(service: SubscriptionService) -> None:
    stored = await service.add(WISH)
    assert await service.of_member(7) == [stored]
    assert await service.of_member(8) == []
    assert (stored.where, stored.created_at) == (Where.DM, NOW)


async def test_the_same_wish_twice_is_one_subscription_as_it_was_typed_last(service: SubscriptionService) -> None:
    await service.add(WISH)
    await service.add(replace(WISH, query="  강화학습   -Survey", min_votes=5))
    [one] = await service.of_member(7)
    assert (one.min_votes, one.query, one.shown) == (5, "강화학습 -survey", "강화학습 -Survey")
    await service.add(replace(WISH, channel_id=10, guild_id=1))
    assert len(await service.of_member(7)) == 2


@pytest.mark.parametrize("query", ["", "   ", "-survey", '""'])
async def test_a_query_without_a_word_to_look_for_is_refused(service: SubscriptionService, query: str) -> None:
    with pytest.raises(RefusalError) as refusal:
        await service.add(replace(WISH, query=query))
    assert refusal.value.key == "error-query-empty"


async def test_a_member_has_a_limit(service: SubscriptionService) -> None:
    for number in range(MAX_SUBSCRIPTIONS):
        await service.add(replace(WISH, query=f"word{number}"))
    with pytest.raises(RefusalError) as refusal:
        await service.add(replace(WISH, query="onemore"))
    assert (refusal.value.key, refusal.value.values) == ("error-subscription-limit", {"limit": MAX_SUBSCRIPTIONS})
    await service.add(replace(WISH, query="word1", min_votes=3))
    await service.add(replace(WISH, user_id=8))


async def test_only_ones_own_subscriptions_can_be_paused(service: SubscriptionService) -> None:
    stored = await service.add(WISH)
    with pytest.raises(RefusalError):
        await service.set_paused(8, stored.id, paused=True)
    assert await service.set_paused(7, stored.id, paused=True) == 1
    assert await service.set_paused(7, None, paused=True) == 0
    assert await service.set_paused(7, None, paused=False) == 1


async def test_what_is_kept_about_a_member_can_be_deleted(service: SubscriptionService, database: Database) -> None:
    desk = Desk(database)
    await service.add(WISH)
    await service.add(replace(WISH, user_id=8))
    async with desk.keeping_search(7, "{}", NOW) as kept:
        pass
    await desk.forget_member(7)
    assert await service.of_member(7) == []
    assert await desk.search(kept, 7) is None
    assert len(await service.of_member(8)) == 1
    tables = ("members", "subscriptions", "mutes", "undos", "alerts", "alerted", "searches")
    for table in tables:
        assert await database.rows(f"SELECT * FROM {table} WHERE user_id = 7") == []
