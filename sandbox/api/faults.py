"""Faults that a test asks for: delays, refusals, cut connections."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from math import ceil
from typing import TYPE_CHECKING

from sandbox.api.rates import TOO_MANY_REQUESTS, rate_limit_body, rate_limit_headers
from sandbox.payloads.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from aiohttp.web import Response

    from sandbox.payloads.errors import Json


@dataclass(slots=True, eq=False, kw_only=True)
class Fault:
    """A fault for requests with a method and a path that matches a shell pattern.

    It applies to `times` requests; `seen` counts them. `chance` is the share of matching requests that fail. `delay`
    is in seconds of real time. With `hold`, those requests wait until `release` is called.
    """

    method: str
    path: str
    status: int | None
    code: int
    message: str
    times: int
    chance: float
    delay: float
    hold: bool
    disconnect: bool
    after: bool
    retry_after: float
    is_global: bool
    page: str | None = None
    """An HTML page to send instead of JSON, as Cloudflare does."""
    seen: int = 0
    alter: Callable[[Response], Response] | None = None
    """Changes the response before it is sent."""
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        if self.code in CODES:
            status, words = CODES[self.code]
            self.status = self.status or status
            self.message = self.message or words

    def matches(self, method: str, path: str) -> bool:
        """Whether it applies to a request and is not used up."""
        return self.seen < self.times and self.method in ("*", method) and fnmatchcase(path, self.path)

    def stop(self) -> None:
        """Use up the fault."""
        self.times = self.seen

    async def wait(self) -> None:
        """Wait as long as its requests wait."""
        await asyncio.sleep(self.delay)
        if self.hold:
            await self._released.wait()

    def release(self) -> None:
        """Let the requests go on that it holds."""
        self._released.set()

    @property
    def body(self) -> Json:
        """The body of the response."""
        if self.status == TOO_MANY_REQUESTS:
            told = {"message": self.message, "code": self.code} if self.code else {}
            return rate_limit_body(self.retry_after, is_global=self.is_global) | told
        return {"message": self.message or "The sandbox was told to fail", "code": self.code}

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the response."""
        if self.status != TOO_MANY_REQUESTS:
            return {}
        if self.page is not None:
            return {"Retry-After": str(ceil(self.retry_after))}  # no Via: the request never reached Discord
        return rate_limit_headers(self.retry_after, is_global=self.is_global)


class Faults:
    """All faults. The oldest one that matches applies."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Add a fault."""
        self._faults.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, after counting it; None if there is none."""
        for fault in self._faults:
            if fault.matches(method, path) and self._random.random() < fault.chance:
                fault.seen += 1
                return fault
        return None
