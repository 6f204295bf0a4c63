"""Keeps the bot below Discord's global limit: discord.py waits when it is told to, but does not pace itself."""

import asyncio


class Pace:
    """Lets through at most so many a second, evenly, in the order in which they came."""

    def __init__(self, per_second: float) -> None:
        self._interval = 1 / per_second
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for one's turn."""
        now = asyncio.get_running_loop().time()
        turn = max(self._next, now)
        self._next = turn + self._interval
        await asyncio.sleep(turn - now)
