"""Discord's rate limits, in real time: the global one per second, and those of single routes.

Source: Discord's reference, "Rate Limits". The limits of routes are not documented and only known from headers.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.api.routing import Route
    from sandbox.payloads.errors import Json

TOO_MANY_REQUESTS = 429
GLOBAL_RATE = 50
"""Discord's limit of requests per second."""

ROUTE_LIMITS: Mapping[str, tuple[int, float]] = {"POST /channels/{channel_id}/messages": (5, 5.0)}
"""Limits by route, as Discord's headers give them: requests per channel, and the period in seconds."""

_MAJOR = ("channel_id", "guild_id", "webhook_id")


@dataclass(slots=True)
class Bucket:
    """The limit of a route in one place: `limit` requests in `period` seconds from the first one."""

    id: str
    limit: int
    period: float
    ends: float = 0.0
    left: int = 0

    def take(self, now: float) -> bool:
        """Count a request. False if the limit is reached."""
        if now >= self.ends:
            self.ends, self.left = now + self.period, self.limit
        if not self.left:
            return False
        self.left -= 1
        return True

    def headers(self, now: float) -> dict[str, str]:
        """The rate limit headers of every response of the route."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.left),
            "X-RateLimit-Reset-After": f"{self.ends - now:.3f}",
            "X-RateLimit-Bucket": self.id,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """The headers of a response, and the seconds to `wait` if the request exceeds a limit."""

    headers: dict[str, str] = field(default_factory=dict)
    wait: float | None = None
    is_global: bool = False


_FREE = Passage()


class Rates:
    """Counts the bot's requests. `global_rate` None means no global limit. `clock` returns seconds."""

    def __init__(
        self,
        global_rate: int | None,
        route_limits: Mapping[str, tuple[int, float]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._global = global_rate
        self._limits = route_limits
        self._clock = clock
        self._taken: deque[float] = deque()
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def passage(self, route: Route | None, params: Mapping[str, str]) -> Passage:
        """Count a request and check it against the limits."""
        now = self._clock()
        if (wait := self._global_wait(now)) is not None:
            return Passage(wait=wait, is_global=True)
        self._taken.append(now)
        bucket = self._bucket(route, params)
        if bucket is None:
            return _FREE
        passes = bucket.take(now)
        return Passage(bucket.headers(now), None if passes else round(bucket.ends - now, 3))

    def _global_wait(self, now: float) -> float | None:
        while self._taken and self._taken[0] <= now - 1:
            self._taken.popleft()
        if self._global is None or len(self._taken) < self._global:
            return None
        return round(self._taken[0] + 1 - now, 3)

    def _bucket(self, route: Route | None, params: Mapping[str, str]) -> Bucket | None:
        name = "" if route is None else f"{route.method} {route.path}"
        if (limit := self._limits.get(name)) is None:
            return None
        key = (name, *(params.get(name, "") for name in _MAJOR))
        if key not in self._buckets:
            self._buckets[key] = Bucket(f"{crc32(name.encode()):08x}", *limit)
        return self._buckets[key]


def rate_limit_body(retry_after: float, *, is_global: bool) -> Json:
    """The body of a 429 response. `retry_after` is in seconds."""
    return {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}


def rate_limit_headers(retry_after: float, *, is_global: bool) -> dict[str, str]:
    """The headers of a 429 response as sent by Discord's proxy. `retry_after` is in seconds."""
    headers = {
        "Via": "1.1 google",
        "Retry-After": str(max(1, round(retry_after))),
        "X-RateLimit-Scope": "global" if is_global else "user",
    }
    if is_global:
        return headers | {"X-RateLimit-Global": "true"}
    return headers | {
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset-After": str(retry_after),
        "X-RateLimit-Bucket": "sandbox",
    }
