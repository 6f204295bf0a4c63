"""Waiting for a condition without polling."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

PATIENCE = 60.0
"""Default timeout in seconds of real time. A safety net only; it does not say how fast anything should be."""


class Bell:
    """Rings whenever something happens, so that those who wait check their condition again."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everyone who waits."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, holds: Callable[[], bool | Awaitable[bool]], patience: float = PATIENCE) -> None:
        """Wait until `holds()` is true. Raises TimeoutError after `patience` seconds of real time."""
        async with asyncio.timeout(patience):
            while True:
                rung = self._rung  # taken before the check, so that nothing is missed meanwhile
                held = holds()
                if held if isinstance(held, bool) else await held:
                    return
                await rung.wait()
