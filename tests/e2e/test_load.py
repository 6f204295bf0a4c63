"""More interactions than the bot can answer: what can be is answered in time, and the rest are told so at once."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.app import App
from bot.chat.interactions.load import AT_ONCE
from bot.settings import LimitSettings
from sandbox import Channel, Member, Sandbox
from tests.builders import day
from tests.conftest import House


@pytest.fixture
def lobby(house: House, discord: Sandbox) -> Channel:
    house.page(day())
    house.settings = house.settings.model_copy(update={"limits": LimitSettings(completions_per_minute=20)})
    return discord.add_server("ML").add_channel("lobby")


def members(lobby: Channel, count: int) -> list[Member]:
    assert lobby.server is not None
    return [lobby.server.add_member(f"member {number}") for number in range(count)]


class Held:
    """The library's searches: each waits until it is let go."""

    def __init__(self, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun = 0
        self.changed = asyncio.Event()
        self.go = asyncio.Event()
        self._search = app.services.library.search
        monkeypatch.setattr(app.services.library, "search", self)

    async def __call__(self, work: Callable[[Any], Any], *, is_long: bool = False) -> Any:
        self.begun += 1
        self.changed.set()
        await self.go.wait()
        return await self._search(work, is_long=is_long)

    async def until_begun(self, count: int) -> None:
        async with asyncio.timeout(20):
            while self.begun < count:
                self.changed.clear()
                await self.changed.wait()


async def test_beyond_what_it_can_do_the_bot_says_at_once_to_the_newest_that_it_is_busy(
    house: House, lobby: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = members(lobby, AT_ONCE + 1)
    async with house.running() as app:
        app.services.load._mean = 60.0  # each has taken a minute until now
        held = Held(app, monkeypatch)
        asked = [
            asyncio.create_task(member.type("/paper search", query=f"number -{index}x"))
            for index, member in enumerate(people[:-1])
        ]
        await held.until_begun(AT_ONCE)
        reply = await people[-1].type("/paper search", query="number")
        assert "Try again in a few seconds" in reply.text
        assert reply.ephemeral
        held.go.set()
        for answer in await asyncio.gather(*asked):
            assert "try again" not in answer.text


async def test_buttons_are_told_so_too(house: House, lobby: Channel) -> None:
    (member,) = members(lobby, 1)
    async with house.running() as app:
        found = await member.type("/paper search", query="number")
        app.services.load._at_work, app.services.load._mean = AT_ONCE, 60.0
        reply = await member.press(found, found.buttons[0].label or found.buttons[0].custom_id)
        assert "Try again in a few seconds" in reply.text


async def test_what_can_no_longer_be_answered_is_not_begun_and_not_answered(
    house: House, lobby: Channel, discord: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    (member,) = members(lobby, 1)
    async with house.running() as app:
        monkeypatch.setattr(app.services.load.ages, "of", lambda _: 2.9)
        held = Held(app, monkeypatch)
        discord.patience = 0.1  # seconds: an answer would be noted as a request all the same
        with pytest.raises(Exception, match="did not answer"):
            await member.type("/paper search", query="number")
        assert held.begun == 0
        assert [request for request in discord.requests if request.path.startswith("/interactions/")] == []


async def test_more_than_it_can_do_at_once_are_all_answered_in_time(house: House, lobby: Channel) -> None:
    """The sandbox's people wait for three seconds, as Discord does."""
    people = members(lobby, 3 * AT_ONCE)
    async with house.running() as app:
        app.services.load._mean = 1.0
        replies = await asyncio.gather(*(member.type("/paper search", query="number") for member in people))
    busy = sum("Try again in a few seconds" in reply.text for reply in replies)
    assert 0 < busy < len(people)


async def test_completions_are_counted_and_beyond_the_limit_nothing_is_offered(house: House, lobby: Channel) -> None:
    one, other = members(lobby, 2)
    async with house.running() as app:
        for _ in range(app.settings.limits.completions_per_minute):
            assert await one.complete("/paper show", paper="number") != []
        assert await one.complete("/paper show", paper="number") == []
        assert await other.complete("/paper show", paper="number") != []


async def test_an_older_completion_is_cancelled_by_a_newer_one_of_the_same_member(
    house: House, lobby: Channel, discord: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    (member,) = members(lobby, 1)
    async with house.running() as app:
        held = Held(app, monkeypatch)
        older = asyncio.create_task(member.complete("/paper show", paper="num"))
        await held.until_begun(1)
        newer = asyncio.create_task(member.complete("/paper show", paper="number"))
        await held.until_begun(2)
        held.go.set()
        assert await newer != []
        older.cancel()
        assert len([request for request in discord.requests if request.path.startswith("/interactions/")]) == 1


async def test_completions_hold_no_search_up(house: House, lobby: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many type, one completion is looked for at a time; so a searcher is always left for searches."""
    *typing, searching = members(lobby, 6)
    async with house.running() as app:
        held = Held(app, monkeypatch)
        typed = [asyncio.create_task(member.complete("/paper show", paper="number")) for member in typing]
        await held.until_begun(1)
        search = asyncio.create_task(searching.type("/paper search", query="number"))
        await held.until_begun(2)
        assert held.begun == 2
        held.go.set()
        assert "try again" not in (await search).text
        await asyncio.gather(*typed)


async def test_who_types_is_offered_nothing_while_others_wait_for_their_turn(
    house: House, lobby: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    (member,) = members(lobby, 1)
    async with house.running() as app:
        held = Held(app, monkeypatch)
        app.services.load._waiting.append(asyncio.get_running_loop().create_future())
        assert await member.complete("/paper show", paper="number") == []
        assert held.begun == 0
