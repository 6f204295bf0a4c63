"""Mends discord.py's rate limits: cancelled requests must not block others, and their bookkeeping must be cheap.

The bot gives up requests that take too long. discord.py 2.7.1 expects that none is cancelled: one that is cancelled
while it waits for a limit may leave the limit closed for ever. Overrides private attributes, as there is no setting.
"""

import asyncio
from itertools import count

from discord.http import HTTPClient, Ratelimit

EVERY = 1_000
"""New channels between two clean-ups of discord.py's rate limits."""
LONGEST_WAIT = 30.0
"""Seconds that discord.py waits for a rate limit. A longer one, as that of publishing, raises RateLimited."""


def tidy_rarely(http: HTTPClient) -> None:
    """Let discord.py drop old rate limits at every EVERY-th new channel instead of at each.

    It keeps those of the last five minutes and each time looks through all of them: with ten thousand, that takes 5 ms
    for each message (`HTTPClient.get_ratelimit`). Does nothing if a later version has no such method.
    """
    tidy = getattr(http, "_try_clear_expired_ratelimits", None)
    if tidy is None:
        return
    looks = count(1)

    def rarely() -> None:
        if next(looks) % EVERY == 0:
            tidy()

    http._try_clear_expired_ratelimits = rarely  # type: ignore[method-assign]  # noqa: SLF001  there is no other way in


def open_stuck_limits(http: HTTPClient) -> None:
    """Open a route's limit that nothing would open any more, when it is next asked for.

    It has no request left and no time at which it ends, and none is under way. This is so when a request ends without
    an answer while another one sleeps until the limit ends, and that one is cancelled.
    """
    find = http.get_ratelimit

    def find_open(key: str) -> Ratelimit:
        limit = find(key)
        if limit.remaining <= 0 and limit.outgoing == 0 and limit.expires is None:
            limit.reset()  # type: ignore[no-untyped-call]
        return limit

    http.get_ratelimit = find_open  # type: ignore[method-assign]


def end_global_limit(http: HTTPClient, longest: float = LONGEST_WAIT) -> None:
    """Have Discord's global limit end after `longest` seconds at most. Call this after the login.

    discord.py ends it only in the request that met it, so never if that one is cancelled: all others would wait.
    """
    http._global_over = _EndingLimit(longest)  # noqa: SLF001  there is no other way in


class _EndingLimit(asyncio.Event):
    """Set unless the global limit is met; set again after `longest` seconds."""

    def __init__(self, longest: float) -> None:
        super().__init__()
        self._longest = longest
        self._end: asyncio.TimerHandle | None = None
        self.set()

    def set(self) -> None:
        if self._end is not None:
            self._end.cancel()
        super().set()

    def clear(self) -> None:
        super().clear()
        if self._end is not None:
            self._end.cancel()
        self._end = asyncio.get_running_loop().call_later(self._longest, self.set)
