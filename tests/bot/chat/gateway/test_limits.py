"""discord.py's own rate limits: looked through now and then, and never closed for ever by a cancelled request."""

import asyncio
from contextlib import suppress
from types import SimpleNamespace

import pytest
from discord import Client, Intents
from discord.http import HTTPClient, Ratelimit, Route

from bot.chat.gateway.limits import EVERY, end_global_limit, open_stuck_limits, tidy_rarely
from sandbox import Sandbox

ENOUGH = 10.0


async def test_limits_of_channels_are_still_forgotten_but_not_looked_through_each_time() -> None:
    http = HTTPClient(asyncio.get_running_loop())
    looked = 0

    class Old(Ratelimit):
        def is_inactive(self) -> bool:
            nonlocal looked
            looked += 1
            return True

    tidy_rarely(http)
    http._buckets = {f"old {number}": Old(None) for number in range(500)}
    for number in range(EVERY - 1):
        http.get_ratelimit(f"new {number}")
    assert (looked, len(http._buckets)) == (0, 500 + EVERY - 1)
    http.get_ratelimit("one more")
    assert (looked, len(http._buckets)) == (500, EVERY)


@pytest.fixture
async def http() -> HTTPClient:
    return HTTPClient(asyncio.get_running_loop())


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _close(limit: Ratelimit) -> None:
    """Cancel requests until the limit is closed, and no time is known at which it ends."""
    headers = {"X-Ratelimit-Limit": "1", "X-Ratelimit-Remaining": "0", "X-Ratelimit-Reset-After": "3600"}

    async def request(answer: object = None) -> None:
        async with limit:
            if answer:
                limit.update(answer)  # type: ignore[arg-type]

    async def until_one_sleeps() -> None:
        while not limit._sleeping.locked():  # noqa: ASYNC110  discord.py tells of it by no event
            await asyncio.sleep(0)

    last = asyncio.create_task(request(SimpleNamespace(headers=headers)))
    await until_one_sleeps()
    await _cancel(last)
    assert limit.expires is not None
    limit.expires -= 3600 - 0.001
    waiting = asyncio.create_task(request())
    await until_one_sleeps()
    await request()  # the limit has ended: it passes, and brings no answer that tells of a new one
    await _cancel(waiting)


async def test_a_limit_that_cancelled_requests_left_closed_is_opened(http: HTTPClient) -> None:
    await _close(http.get_ratelimit("posts"))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01), http.get_ratelimit("posts"):
            pass
    open_stuck_limits(http)
    async with asyncio.timeout(ENOUGH), http.get_ratelimit("posts"):
        pass


async def test_a_limit_in_use_stays_closed(http: HTTPClient) -> None:
    open_stuck_limits(http)
    async with http.get_ratelimit("posts"):
        assert http.get_ratelimit("posts").remaining == 0


async def test_the_global_limit_ends_even_if_the_request_that_met_it_is_cancelled(discord: Sandbox) -> None:
    Route.BASE = discord.url
    async with Client(intents=Intents.none()) as bot:
        await bot.login(discord.token)
        end_global_limit(bot.http, longest=0.01)
        discord.fail(path="/users/@me", status=429, is_global=True, retry_after=3600)
        first = asyncio.create_task(bot.http.request(Route("GET", "/users/@me")))
        while bot.http._global_over.is_set():  # noqa: ASYNC110  discord.py waits for the opposite
            await asyncio.sleep(0)
        first.cancel()
        async with asyncio.timeout(ENOUGH):
            assert await bot.http.request(Route("GET", "/users/@me"))
