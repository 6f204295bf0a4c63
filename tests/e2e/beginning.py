"""A bot that starts, with pauses in which no second passes."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.app import App
from bot.assembly import open_app
from tests.conftest import House, hurry, ringing


class Sleep:
    """The patience's sleep: no second passes. Whoever tests may do something in the n-th pause."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.then: dict[int, Callable[[], Awaitable[None]]] = {}
        self.slept = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.slept.set()
        if act := self.then.get(len(self.seconds)):
            await act()
        await asyncio.sleep(0)


@asynccontextmanager
async def starting(house: House, sleep: Callable[[float], Awaitable[object]]) -> AsyncIterator[tuple[App, Any]]:
    """The bot as it starts, with a sleep of the test's."""
    async with open_app(house.settings, house.clock) as app:
        app.client._connection.guild_ready_timeout = 0.05
        hurry(app)
        app.client.patience.sleep = sleep
        stop = asyncio.Event()
        running = asyncio.create_task(app.run(stop))
        try:
            with ringing(app, house.discord.bell):
                yield app, running
        finally:
            stop.set()
            await asyncio.wait([running], timeout=30)


async def started(app: App, running: asyncio.Task[None]) -> None:
    waiting = asyncio.create_task(app.started.wait())
    await asyncio.wait({waiting, running}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        await running  # raises what ended it
    assert waiting.done()


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
