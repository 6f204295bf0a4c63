"""Waiting for something to be so, without looking at a clock."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

PATIENCE = 60.0
"""Seconds of real time after which whoever waits gives up: a safety net, not a measure of what should be fast."""


class Bell:
    """Rings whenever anything happens; those who wait look again each time."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, holds: Callable[[], bool | Awaitable[bool]], patience: float = PATIENCE) -> None:
        """Wait until something holds; TimeoutError after `patience` seconds of real time."""
        async with asyncio.timeout(patience):
            while True:
                rung = self._rung  # taken first: what happens while it is looked at is not missed
                held = holds()
                if held if isinstance(held, bool) else await held:
                    return
                await rung.wait()
