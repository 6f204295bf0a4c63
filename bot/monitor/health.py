"""Whether the vital parts are alive: each must give a sign of life regularly."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

log = logging.getLogger(__name__)

PULSE_SECONDS = 10.0
"""Seconds between two checks of a part."""

_STARTING_SECONDS = 0.5


class Vital(StrEnum):
    """The parts that must be alive. The gateway has longer, as discord.py reconnects by itself."""

    GATEWAY = "gateway"
    DATABASE = "database"
    SCHEDULER = "scheduler"

    @property
    def limit(self) -> float:
        """After so many seconds without a sign of life, the part counts as dead."""
        return 120.0 if self is Vital.GATEWAY else 60.0


@dataclass(frozen=True, slots=True)
class Sign:
    """Whether a part is well, and the age in seconds of its last sign of life; None before the first."""

    ok: bool
    age_seconds: float | None


class Health:
    """The last sign of life of each part. `monotonic` is in seconds and ignores changes of the machine's clock."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._seen: dict[Vital, float] = {}
        self._silent: set[Vital] = set()
        self._troubles: dict[Vital, float] = {}

    def tell(self, vital: Vital, trouble: str) -> None:
        """Record what keeps a part from working, or "" if it has worked. Logged when trouble begins and ends.

        Trouble ends with work after a while without trouble, since on a full disk some small writes still succeed.
        """
        known = self._troubles.get(vital)
        if trouble:
            self._troubles[vital] = self._monotonic()
            if known is None:
                log.error("health: the %s can't be used: %s; work that needs it is tried again", vital, trouble)
        elif known is not None and self._monotonic() - known >= vital.limit:
            del self._troubles[vital]
            log.info("health: the %s can be used again", vital)

    def seen(self, vital: Vital) -> None:
        """Record that a part is alive."""
        if vital not in self._seen:
            log.debug("health: the %s is well", vital)
        self._seen[vital] = self._monotonic()
        if vital in self._silent:
            self._silent.discard(vital)
            log.info("health: the %s is well again", vital)

    async def look(self, vital: Vital, probe: Callable[[], Awaitable[bool]]) -> None:
        """Check a part for a sign of life. If a part that was alive gives none, that is logged once."""
        try:
            alive, why = await probe(), "not connected"
        except Exception as error:  # noqa: BLE001  the other parts are still checked
            alive, why = False, str(error) or type(error).__name__
        if alive:
            self.seen(vital)
        elif vital in self._seen and vital not in self._silent and vital not in self._troubles:
            self._silent.add(vital)
            log.warning("health: the %s gives no sign of life: %s", vital, why)

    async def watch(self, vital: Vital, probe: Callable[[], Awaitable[bool]]) -> None:
        """Check a part every PULSE_SECONDS, without end; more often before its first sign of life."""
        while True:
            await self.look(vital, probe)
            await asyncio.sleep(PULSE_SECONDS if vital in self._seen else _STARTING_SECONDS)

    def signs(self) -> dict[Vital, Sign]:
        """The state of each part."""
        return {vital: self._sign(vital) for vital in Vital}

    def _sign(self, vital: Vital) -> Sign:
        if (seen := self._seen.get(vital)) is None:
            return Sign(ok=False, age_seconds=None)
        age = self._monotonic() - seen
        return Sign(age <= vital.limit and vital not in self._troubles, round(age, 1))
