"""Whether the parts that must live do: each gives a sign of life every some seconds, or counts as dead."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

log = logging.getLogger(__name__)

PULSE_SECONDS = 10.0
"""How often a part is asked for a sign of life."""

_STARTING_SECONDS = 0.5


class Vital(StrEnum):
    """What must live. The gateway is given longer: discord.py takes up a lost connection by itself."""

    GATEWAY = "gateway"
    DATABASE = "database"
    SCHEDULER = "scheduler"

    @property
    def limit(self) -> float:
        """So many seconds without a sign of life are too many."""
        return 120.0 if self is Vital.GATEWAY else 60.0


@dataclass(frozen=True, slots=True)
class Sign:
    """Whether a part is well, and how many seconds ago it gave its last sign of life; None before the first."""

    ok: bool
    age_seconds: float | None


class Health:
    """The last sign of life of each part. `monotonic` tells seconds and is not set back with the machine's clock."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._seen: dict[Vital, float] = {}
        self._silent: set[Vital] = set()
        self._troubles: dict[Vital, float] = {}

    def tell(self, vital: Vital, trouble: str) -> None:
        """Note what keeps a part from its work, or with "" that it did some. Logged when it begins and when it ends.

        It ends when work is done again and a while has passed without trouble: on a full disk, small things still go.
        """
        known = self._troubles.get(vital)
        if trouble:
            self._troubles[vital] = self._monotonic()
            if known is None:
                log.error("health: the %s can't be used: %s; what needs it is tried again", vital, trouble)
        elif known is not None and self._monotonic() - known >= vital.limit:
            del self._troubles[vital]
            log.info("health: the %s can be used again", vital)

    def seen(self, vital: Vital) -> None:
        """Note that a part is alive."""
        self._seen[vital] = self._monotonic()
        if vital in self._silent:
            self._silent.discard(vital)
            log.info("health: the %s is well again", vital)

    async def look(self, vital: Vital, probe: Callable[[], Awaitable[bool]]) -> None:
        """Ask a part for a sign of life. That a part that lived gives none is logged when it begins, not each time."""
        try:
            alive, why = await probe(), "not connected"
        except Exception as error:  # noqa: BLE001  whatever is wrong with a part, the others are still asked
            alive, why = False, str(error) or type(error).__name__
        if alive:
            self.seen(vital)
        elif vital in self._seen and vital not in self._silent and vital not in self._troubles:
            self._silent.add(vital)
            log.warning("health: the %s gives no sign of life: %s", vital, why)

    async def watch(self, vital: Vital, probe: Callable[[], Awaitable[bool]]) -> None:
        """Ask a part for a sign of life every PULSE_SECONDS, without end; more often before its first."""
        while True:
            await self.look(vital, probe)
            await asyncio.sleep(PULSE_SECONDS if vital in self._seen else _STARTING_SECONDS)

    def signs(self) -> dict[Vital, Sign]:
        """How each part is."""
        return {vital: self._sign(vital) for vital in Vital}

    def _sign(self, vital: Vital) -> Sign:
        if (seen := self._seen.get(vital)) is None:
            return Sign(ok=False, age_seconds=None)
        age = self._monotonic() - seen
        return Sign(age <= vital.limit and vital not in self._troubles, round(age, 1))
