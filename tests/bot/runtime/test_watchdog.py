import asyncio
import logging
import threading
import time
from collections.abc import Callable

import pytest

from bot.runtime import watchdog
from bot.runtime.watchdog import STALL_SECONDS, watching_loop
from sandbox.world.bell import Bell
from tests.conftest import Ringing


def stand_still_here(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


async def test_a_stall_over_250_ms_is_logged_with_where_it_was(caplog: pytest.LogCaptureFixture) -> None:
    bell = Bell()
    handler = Ringing(bell)
    logging.getLogger().addHandler(handler)
    try:
        with watching_loop():
            await asyncio.sleep(0)
            stand_still_here(STALL_SECONDS + 0.4)
            await bell.until(lambda: bool(caplog.messages))
    finally:
        logging.getLogger().removeHandler(handler)
    (line,) = caplog.messages
    assert "the event loop stalled for 0." in line
    assert "bot/runtime/test_watchdog.py" in line
    assert "stand_still_here" in line


async def test_a_loop_that_answers_is_not_told_of(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinged = asyncio.Event()
    loop = asyncio.get_running_loop()
    ping = loop.call_soon_threadsafe

    def ping_and_tell(answer: Callable[[], object]) -> None:
        ping(answer)
        ping(pinged.set)

    monkeypatch.setattr(loop, "call_soon_threadsafe", ping_and_tell)
    with watching_loop(stall_seconds=5):
        stand_still_here(0.2)
        await pinged.wait()
    assert caplog.records == []
    assert "watchdog" not in [thread.name for thread in threading.enumerate()]


def test_it_stops_in_the_midst_of_a_stall(caplog: pytest.LogCaptureFixture) -> None:
    async def stall() -> None:
        with watching_loop(stall_seconds=0.01):
            stand_still_here(0.3)

    asyncio.run(stall())
    assert [thread for thread in threading.enumerate() if isinstance(thread, watchdog._Watchdog)] == []
