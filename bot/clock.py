"""The clock, passed to whatever needs the time, so that tests and the demo can move it."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

_JUMP = timedelta(seconds=1)
_FURTHEST_AHEAD = timedelta(hours=14)


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
    """A clock that starts at a given moment and runs at the machine's pace."""

    def __init__(self, start: datetime) -> None:
        self._shift = start - datetime.now(UTC)

    def now(self) -> datetime:
        """The shifted moment in UTC."""
        return datetime.now(UTC) + self._shift

    def move_to(self, moment: datetime) -> None:
        """Set the clock to `moment` (zone-aware); it runs on from there."""
        self._shift = moment - datetime.now(UTC)

    def advance(self, by: timedelta) -> None:
        """Move the clock forward by `by`."""
        self._shift += by


def boottime() -> float:
    """Seconds since an arbitrary moment, by a clock that cannot be set and keeps running while the machine sleeps.

    On systems without CLOCK_BOOTTIME this is the monotonic clock, which may stop during sleep.
    """
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Jumps:
    """Detects that the wall clock was set or the machine slept, by comparing `clock` with `monotonic`."""

    def __init__(self, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._began = self._beginning()

    def look(self) -> timedelta:
        """How far the clock jumped since the last call; negative if it was set back. Under a second counts as none."""
        began = self._beginning()
        jump = began - self._began
        if abs(jump) < _JUMP:
            return timedelta(0)
        self._began = began
        return jump

    def _beginning(self) -> datetime:
        """The wall clock's time at the monotonic clock's zero, computed from their present readings."""
        return self._clock.now() - timedelta(seconds=self._monotonic())


def latest_date(now: datetime) -> date:
    """The date where it is furthest ahead, in UTC+14: a later one has not begun anywhere."""
    return (now + _FURTHEST_AHEAD).date()
