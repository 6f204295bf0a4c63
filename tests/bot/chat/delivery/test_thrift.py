"""discord.py's own bookkeeping of limits, which is looked through now and then."""

import asyncio

from discord.http import HTTPClient, Ratelimit

from bot.chat.delivery.gate import EVERY, tidy_rarely


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
