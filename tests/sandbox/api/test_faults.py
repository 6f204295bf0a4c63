import asyncio

import aiohttp
import discord
import pytest

from sandbox import Channel, Member, Sandbox
from sandbox.payloads.codes import CODES
from sandbox.payloads.errors import SandboxError
from sandbox.world.bell import PATIENCE
from tests.sandbox.newsbot import NewsBot
from tests.sandbox.openapi import Spec, answer_problems
from tests.sandbox.rest import Rest

POSTS = "/channels/*/messages"


async def test_a_500_is_retried_and_posted_once(
    bot: NewsBot, world: Sandbox, channel: Channel, no_waiting: list[float]
) -> None:
    text = await bot.channel(channel.id)
    fault = world.fail(method="POST", path=POSTS, status=500, times=2)
    await text.send("x", nonce="n")
    assert len(channel.messages) == 1
    assert (fault.seen, no_waiting) == (2, [1, 3])
    assert [request.status for request in world.requests[-3:]] == [500, 500, 200]


async def test_stored_then_failed_is_found_again_by_its_nonce(
    bot: NewsBot, world: Sandbox, channel: Channel, no_waiting: list[float]
) -> None:
    world.fail(method="POST", path=POSTS, status=502, after=True)
    sent = await (await bot.channel(channel.id)).send("x", nonce="n")
    assert [message.id for message in channel.messages] == [sent.id]


async def test_a_fault_has_its_own_code_and_can_stop(bot: NewsBot, world: Sandbox, channel: Channel) -> None:
    text = await bot.channel(channel.id)
    fault = world.fail(path=POSTS, status=403, code=50013, message="Missing Permissions", times=9)
    with pytest.raises(discord.Forbidden) as refused:
        await text.send("x")
    assert refused.value.code == 50013
    fault.stop()
    await text.send("x")


@pytest.mark.parametrize("code", CODES)
async def test_every_documented_code_can_be_asked_for(
    rest: Rest, world: Sandbox, channel: Channel, specification: Spec | None, code: int
) -> None:
    fault = world.fail(path=POSTS, code=code)
    answer = await rest.post(channel, content="x")
    status, words = CODES[code]
    assert fault.seen == 1
    assert (answer.status, answer.code, answer.body["message"]) == (status, code, words)
    assert (answer.status == 429) == ("retry_after" in answer.body) == ("Via" in answer.headers)
    assert channel.messages == []
    world.requests[-1].faked = False
    assert specification is None or answer_problems(world.requests[-1], specification) == []


async def test_a_code_may_come_with_another_status_than_is_documented(
    rest: Rest, world: Sandbox, channel: Channel
) -> None:
    world.fail(path=POSTS, code=40003, status=429, message="Slow down")
    answer = await rest.post(channel, content="x")
    assert (answer.status, answer.code, answer.body["message"]) == (429, 40003, "Slow down")


@pytest.mark.parametrize("options", [{}, {"is_global": True}])
async def test_a_429_is_waited_for(
    bot: NewsBot, world: Sandbox, channel: Channel, no_waiting: list[float], options: dict[str, bool]
) -> None:
    text = await bot.channel(channel.id)
    world.fail(method="POST", path=POSTS, status=429, retry_after=0.25, is_global="is_global" in options)
    await text.send("x")
    assert no_waiting == [0.25]


async def test_the_headers_of_a_429(rest: Rest, world: Sandbox, channel: Channel) -> None:
    world.fail(status=429, retry_after=1.5)
    answer = await rest.post(channel, content="x")
    assert answer.body == {"message": "You are being rate limited.", "retry_after": 1.5, "global": False}
    assert answer.headers["Via"]
    assert answer.headers["Retry-After"] == "2"
    assert answer.headers["X-RateLimit-Reset-After"] == "1.5"
    assert answer.headers["Content-Type"] == "application/json"


async def test_a_cut_connection(rest: Rest, world: Sandbox, channel: Channel) -> None:
    world.fail(path=POSTS, disconnect=True, after=True)
    with pytest.raises(aiohttp.ClientError):
        await rest.post(channel, content="x")
    assert [message.content for message in channel.messages] == ["x"]
    assert world.requests[-1].status is None


async def test_stored_at_once_and_answered_late(rest: Rest, world: Sandbox, channel: Channel) -> None:
    world.fail(path=POSTS, after=True, delay=0.05)
    answering = asyncio.create_task(rest.post(channel, content="x"))
    assert (await channel.next_message()).content == "x"
    assert not answering.done()
    assert (await answering).status == 200


async def test_a_request_is_held_until_it_is_released(rest: Rest, world: Sandbox, channel: Channel) -> None:
    fault = world.fail(path=POSTS, hold=True)
    answering = asyncio.create_task(rest.post(channel, content="x"))
    await world.until(lambda: fault.seen == 1)
    assert (await rest("GET", "/users/@me")).status == 200  # a round trip later
    assert not answering.done()
    assert not channel.messages
    fault.release()
    assert (await answering).status == 200
    assert [message.content for message in channel.messages] == ["x"]


async def test_chance_is_the_same_for_the_same_seed() -> None:
    async def statuses(seed: int) -> list[int]:
        async with Sandbox(seed=seed) as world, Rest(world) as rest:
            world.fail(status=503, chance=0.5, times=99)
            return [(await rest("GET", "/users/@me")).status for _ in range(20)]

    first, again, other = await statuses(1), await statuses(1), await statuses(2)
    assert first == again != other
    assert {200, 503} == set(first)


async def test_a_late_answer_is_still_an_answer(bot: NewsBot, world: Sandbox, mina: Member) -> None:
    fault = world.fail(path="/interactions/*", delay=0.02)
    assert (await mina.type("/hello", name="late")).content == "hello late"
    assert fault.seen == 1


async def test_the_global_rate_is_held_where_asked_for() -> None:
    async with Sandbox(global_rate=2) as world, Rest(world) as rest:
        answers = [await rest("GET", "/users/@me") for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 429]
        assert answers[2].body["global"]
        assert 0 < answers[2].body["retry_after"] <= 1
        assert answers[2].headers["X-RateLimit-Global"] == "true"
        assert (await rest("POST", "/interactions/1/x/callback", {"type": 4})).status == 404


async def test_a_failure_of_the_sandbox_itself_is_told() -> None:
    world = await Sandbox().__aenter__()
    async with Rest(world) as rest:
        channel = world.add_server("x").add_channel("y")
        assert (await rest.post(channel, content="x", flags="many")).status == 503
    with pytest.raises(SandboxError) as told:
        await world.__aexit__(None, None, None)
    assert isinstance(told.value.__cause__, ValueError)


async def test_leaving_does_not_wait_for_those_who_are_connected() -> None:
    async with aiohttp.ClientSession() as session:
        async with Sandbox() as world:
            socket = await session.ws_connect(world.gateway_url)
            await socket.receive_json()
        async with asyncio.timeout(PATIENCE):
            assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
            await socket.close()
