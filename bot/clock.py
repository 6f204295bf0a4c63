"""What time it is: handed in everywhere, so that a test or the demo can move it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

_JUMP = timedelta(seconds=1)


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, zone-aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that runs at the machine's pace from a moment of one's choice."""

    def __init__(self, start: datetime) -> None:
        self._shift = start - datetime.now(UTC)

    def now(self) -> datetime:
        """The shifted moment in UTC."""
        return datetime.now(UTC) + self._shift

    def move_to(self, moment: datetime) -> None:
        """Stand at `moment` (zone-aware) and run on from there."""
        self._shift = moment - datetime.now(UTC)

    def advance(self, by: timedelta) -> None:
        """Jump by `by`."""
        self._shift += by


def boottime() -> float:
    """Seconds from any moment on, by a clock that nobody sets and that goes on while the machine sleeps.

    Where the system has none, the monotonic clock, which may stand still meanwhile.
    """
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Jumps:
    """Tells when the wall clock was set, or the machine slept: `clock` then is not where `monotonic` puts it."""

    def __init__(self, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._began = self._beginning()

    def look(self) -> timedelta:
        """How far the clock jumped since the last look, negative where it was set back. Under a second is no jump."""
        began = self._beginning()
        jump = began - self._began
        if abs(jump) < _JUMP:
            return timedelta(0)
        self._began = began
        return jump

    def _beginning(self) -> datetime:
        """What the wall clock showed when the monotonic one began, by how both stand now."""
        return self._clock.now() - timedelta(seconds=self._monotonic())
