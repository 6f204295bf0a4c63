"""How often messages of announcement channels may be published.

Discord documents no number. That it is ten an hour for each channel is what its client and bots report, and so is the
answer: https://github.com/discord/discord-api-docs/issues/6109
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.world.places import Place

PER_HOUR = 10
_HOUR = 3600.0


class Publishing:
    """Counts what was published in each channel in the last hour. `time` returns seconds."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._published: dict[int, deque[float]] = {}

    def take(self, place: Place) -> float:
        """Count a message, and return 0; or return the seconds until another one may be published."""
        now, times = self._time(), self._published.setdefault(place.id, deque())
        while times and times[0] <= now - _HOUR:
            times.popleft()
        if len(times) == PER_HOUR:
            return times[0] + _HOUR - now
        times.append(now)
        return 0.0
