"""Watches Discord's limit of invalid requests: whoever goes over it is shut out for a while, by address."""

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
"""From here on nothing is sent: what is left is for answers to members, who can't be asked to wait."""

_INVALID = frozenset({401, 403, 429})


class InvalidRequests:
    """Counts the invalid requests of the last ten minutes. `time` gives seconds from any moment on."""

    def __init__(self, time: Callable[[], float] = monotonic) -> None:
        self._time = time
        self._moments: deque[float] = deque()
        self._told = False

    def note(self, status: int, scope: str | None = None) -> None:
        """Take an answer of Discord's into account, by its status and its X-RateLimit-Scope."""
        if status in _INVALID and scope != "shared":
            self._moments.append(self._time())

    @property
    def recent(self) -> int:
        """How many there were in the last ten minutes."""
        while self._moments and self._moments[0] <= self._time() - WINDOW_SECONDS:
            self._moments.popleft()
        return len(self._moments)

    def check(self) -> None:
        """Raise DeliveryError where the limit is near, and log it once."""
        if self.recent < STOP:
            self._told = False
            return
        if not self._told:
            self._told = True
            log.error(
                "%d requests of the last ten minutes were invalid, and at %d Discord shuts this address out: nothing"
                " is sent until they are fewer. Look for the same refusal again and again above.",
                self.recent,
                LIMIT,
            )
        raise DeliveryError(Fault.RATE_LIMITED, f"{self.recent} invalid requests in ten minutes")
