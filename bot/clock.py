"""What time it is: handed in everywhere, so that a test or the demo can move it."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


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
