import time
from datetime import timedelta

import pytest

from bot.clock import Jumps, boottime
from tests.builders import StandingClock, utc

NOON = utc(2024, 2, 23, 12)


class Clocks:
    """A wall clock and a monotonic one that go together, until somebody sets the first."""

    def __init__(self) -> None:
        self.wall, self.seconds = StandingClock(NOON), 50.0
        self.jumps = Jumps(self.wall, lambda: self.seconds)

    def go(self, seconds: float) -> None:
        self.wall.moment += timedelta(seconds=seconds)
        self.seconds += seconds


def test_a_clock_that_only_goes_does_not_jump() -> None:
    clocks = Clocks()
    clocks.go(3600)
    assert clocks.jumps.look() == timedelta(0)


def test_a_clock_that_is_set_back_or_ahead_jumps_once() -> None:
    clocks = Clocks()
    clocks.wall.moment -= timedelta(minutes=20)
    clocks.go(20)
    assert clocks.jumps.look() == timedelta(minutes=-20)
    clocks.go(1)
    assert clocks.jumps.look() == timedelta(0)
    clocks.wall.moment += timedelta(minutes=20)
    assert clocks.jumps.look() == timedelta(minutes=20)


def test_small_corrections_are_a_jump_once_they_make_a_second() -> None:
    clocks = Clocks()
    for _ in range(3):
        clocks.wall.moment -= timedelta(milliseconds=300)
        assert clocks.jumps.look() == timedelta(0)
    clocks.wall.moment -= timedelta(milliseconds=300)
    assert clocks.jumps.look() == timedelta(seconds=-1.2)


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this platform has no clock that goes on in sleep")
def test_boottime_goes_on_while_the_machine_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    clock_gettime, asleep = time.clock_gettime, 600.0
    before = boottime()
    monkeypatch.setattr(
        time, "clock_gettime", lambda clock: clock_gettime(clock) + (asleep if clock == time.CLOCK_BOOTTIME else 0.0)
    )
    assert boottime() - before >= asleep
