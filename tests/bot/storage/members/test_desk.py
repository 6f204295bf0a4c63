import pytest

from bot.errors import RefusalError
from bot.storage.members.desk import Desk
from tests.builders import utc

NOON = utc(2024, 2, 23, 12)


async def test_a_search_is_found_while_it_is_answered_and_after(desk: Desk) -> None:
    async with desk.keeping_search(7, "words", NOON) as key:
        assert (await desk.search(key, 7), await desk.search(key, 8)) == ("words", None)
    assert (await desk.search(key, 7), await desk.search(key, 8)) == ("words", None)


async def test_two_searches_at_once_are_kept_apart(desk: Desk) -> None:
    async with desk.keeping_search(7, "one", NOON) as one, desk.keeping_search(7, "other", NOON) as other:
        pass
    assert (await desk.search(one, 7), await desk.search(other, 7)) == ("one", "other")


async def test_a_search_that_is_not_answered_is_not_kept(desk: Desk) -> None:
    with pytest.raises(RefusalError):
        async with desk.keeping_search(7, "words", NOON) as key:
            raise RefusalError("error-query-empty")
    assert await desk.search(key, 7) is None


async def test_a_member_who_is_forgotten_meanwhile_leaves_no_search(desk: Desk) -> None:
    async with desk.keeping_search(7, "words", NOON) as key, desk.keeping_search(8, "words", NOON) as other:
        await desk.forget_member(7)
        assert await desk.search(key, 7) is None
    assert await desk.search(key, 7) is None
    assert await desk.search(other, 8) == "words"
