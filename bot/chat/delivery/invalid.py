"""Counts invalid requests: Discord blocks an IP address that makes too many."""

import logging
from collections import deque
from collections.abc import Callable
from time import monotonic

from bot.errors import DeliveryError, Fault

log = logging.getLogger(__name__)

# "10,000 per 10 minutes", of 401, 403 and 429, but for a 429 of scope "shared":
# https://docs.discord.com/developers/topics/rate-limits, "Invalid Request Limit"
WINDOW_SECONDS = 600.0
LIMIT = 10_000
STOP = 9_000
"""From this count on nothing is posted. The rest is left for answers to members, which can't wait."""

_INVALID = frozenset({401, 403, 429})


class InvalidRequests:
    """Counts the invalid requests of the last ten minutes. `time` returns monotonic seconds."""

    def __init__(self, time: Callable[[], float] = monotonic) -> None:
        self._time = time
        self._moments: deque[float] = deque()
        self._told = False

    def note(self, status: int, scope: str | None = None) -> None:
        """Count an answer, given its status and X-RateLimit-Scope, if it is invalid."""
        if status in _INVALID and scope != "shared":
            self._moments.append(self._time())

    @property
    def recent(self) -> int:
        """The number of invalid requests in the last ten minutes."""
        while self._moments and self._moments[0] <= self._time() - WINDOW_SECONDS:
            self._moments.popleft()
        return len(self._moments)

    def check(self) -> None:
        """Raise DeliveryError if the limit is near, and log it once."""
        if self.recent < STOP:
            self._told = False
            return
        if not self._told:
            self._told = True
            log.error(
                "%d requests in the last ten minutes were invalid; at %d Discord blocks this IP address. Nothing is"
                " posted until there are fewer. Look above for a refusal that repeats.",
                self.recent,
                LIMIT,
            )
        raise DeliveryError(Fault.RATE_LIMITED, f"{self.recent} invalid requests in ten minutes")
