from datetime import date, timedelta

from bot.reading.likes import Liking
from bot.storage.engine.database import Database
from bot.storage.ledger.servers import Servers
from bot.storage.members.desk import Desk
from bot.storage.members.likes import Likes
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, day, utc

NOON = utc(2024, 2, 23, 12)
ONE, TWO, THREE = (f"2402.0000{number}" for number in (1, 2, 3))


async def test_a_like_counts_once_in_its_server_and_can_be_taken_back(database: Database, library: Library) -> None:
    likes = Likes(database, library)
    for _ in range(2):
        assert await likes.add(1, 7, ONE, NOON)
    await likes.add(1, 8, ONE, NOON)
    await likes.add(2, 9, ONE, NOON)
    assert await likes.of(1, 7, ONE) == Liking(2, own=True)
    assert await likes.of(1, 9, ONE) == Liking(2, own=False)
    assert await likes.of(2, 7, ONE) == Liking(1, own=False)
    assert await likes.of(1, 7, TWO) == Liking(0, own=False)
    await likes.remove(2, 7, ONE)
    await likes.remove(1, 7, ONE)
    assert await likes.of(1, 7, ONE) == Liking(1, own=False)
    assert await likes.of(2, 9, ONE) == Liking(1, own=True)


async def test_favourites_are_a_servers_own_the_most_liked_first(database: Database, library: Library) -> None:
    likes = Likes(database, library)
    await library.store_page("a", "hash", day(FRIDAY - timedelta(days=1), votes=(1,)), NOON)
    await library.store_page("b", "hash", day(FRIDAY, votes=(90, 80), first=2), NOON)
    for user_id, arxiv_id in ((7, TWO), (7, ONE), (8, ONE), (7, "2402.09999")):
        await likes.add(1, user_id, arxiv_id, NOON)
    await likes.add(2, 7, THREE, NOON)

    async def top(guild_id: int, since: date | None = None) -> list[tuple[str, int]]:
        total, page = await likes.top(guild_id, since, None, limit=5)
        assert total == len(page)
        return [(each.found.listing.paper.arxiv_id, each.count) for each in page]

    assert await top(1) == [(ONE, 2), (TWO, 1)]
    assert await top(1, FRIDAY) == [(TWO, 1)]
    assert await top(2) == [(THREE, 1)]
    assert await top(3) == []
    assert (await likes.top(1, None, None, 1, 1))[0] == 2
    assert (await likes.top(1, None, None, 1, 1))[1][0].count == 1


async def test_a_member_has_so_many_likes(database: Database, library: Library) -> None:
    likes = Likes(database, library)
    wishes = ((1, "a"), (2, "a"), (1, "b"), (1, "a"))
    assert [await likes.add(guild, 7, name, NOON, limit=2) for guild, name in wishes] == [True, True, False, True]
    assert await likes.of(1, 7, "b") == Liking(0, own=False)
    assert await likes.add(1, 8, "b", NOON, limit=2)


async def test_likes_go_with_their_member_and_with_their_server(
    database: Database, library: Library, desk: Desk
) -> None:
    likes, servers = Likes(database, library), Servers(database)
    for guild_id in (1, 2):
        for user_id in (7, 8):
            await likes.add(guild_id, user_id, ONE, NOON)
    await desk.forget_member(7)
    assert [await likes.of(guild_id, 7, ONE) for guild_id in (1, 2)] == [Liking(1, own=False)] * 2
    assert await servers.known() == {1, 2}
    await servers.leave(1, NOON)
    assert (await likes.of(1, 8, ONE)).own  # it may be invited again
    await servers.forget(NOON + timedelta(seconds=1))
    assert [(await likes.of(guild_id, 8, ONE)).count for guild_id in (1, 2)] == [0, 1]
    assert await servers.known() == {2}
