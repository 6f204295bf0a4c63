"""No table grows without bounds, whatever a stranger does again and again."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.model import MAX_HERE
from bot.alerts.service import Wish
from bot.errors import RefusalError
from bot.storage.members.desk import MAX_SEARCHES
from tests.attacks.conftest import Scene
from tests.documents import rows, section, spans
from tests.test_docs import OPERATIONS

MOST_PAUSES = 100


async def test_the_manual_says_of_every_table_what_bounds_it(scene: Scene) -> None:
    told = {name for row in rows(section(OPERATIONS, "## Files")) for name in spans(row[0])}
    with closing(sqlite3.connect(scene.house.settings.database.path)) as database:
        tables = {row[0] for row in database.execute("SELECT name FROM pragma_table_list WHERE schema = 'main'")}
    own = {name for name in tables if not name.startswith(("sqlite_", "paper_index_"))} - {"migrations"}
    assert own == told


async def test_a_member_keeps_so_many_searches_and_the_newest_work(scene: Scene) -> None:
    desk, now = scene.app.services.desk, scene.app.clock.now()

    async def keep(user_id: int, question: str, seconds: int) -> int:
        async with desk.keeping_search(user_id, question, now + timedelta(seconds=seconds)) as key:
            return key

    kept = [await keep(7, f"{number}", number) for number in range(MAX_SEARCHES + 20)]
    other = await keep(8, "other", 0)
    assert [await desk.search(each, 7) for each in kept[:20]] == [None] * 20
    assert await desk.search(kept[20], 7) == "20"
    assert await desk.search(kept[-1], 7) == f"{MAX_SEARCHES + 19}"
    assert await desk.search(other, 8) == "other"


async def test_a_servers_channels_take_so_many_subscriptions_and_no_more(scene: Scene) -> None:
    service = scene.app.services.subscriptions
    wish = Wish(user_id=0, query="word", min_votes=0, channel_id=5, guild_id=9, language="en")
    for user in range(1, MAX_HERE + 1):
        await service.add(replace(wish, user_id=user))
    with pytest.raises(RefusalError) as refused:
        await service.add(replace(wish, user_id=999))
    assert (refused.value.key, refused.value.values) == ("error-here-limit", {"limit": MAX_HERE})
    await service.add(replace(wish, user_id=1))  # the same again is no new one
    await service.add(replace(wish, user_id=999, guild_id=10))
    await service.add(replace(wish, user_id=999, guild_id=None, channel_id=None))


async def test_pausing_again_and_again_leaves_so_many_pauses(scene: Scene) -> None:
    digests, server = scene.app.services.digests, scene.victim.server.id
    for _ in range(MOST_PAUSES + 5):
        await digests.set_paused(server, 1, paused=True)
        await digests.set_paused(server, 1, paused=False)
    with closing(sqlite3.connect(scene.house.settings.database.path)) as database:
        assert database.execute("SELECT count(*) FROM pauses").fetchone() == (MOST_PAUSES,)
