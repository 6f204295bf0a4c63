"""What the sandbox was told to do wrong: delays, refusals, lost connections."""

from __future__ import annotations

from dataclasses import dataclass
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
    """One instruction to fail, for requests of a method and of paths that match a shell pattern.

    It is spent after `times` requests; `seen` counts them. Only `chance` of those that match fail. Seconds are real
    ones.
    """

    method: str
    path: str
    status: int | None
    code: int
    message: str
    times: int
    chance: float
    delay: float
    disconnect: bool
    after: bool
    retry_after: float
    is_global: bool
    page: str | None = None
    """A page of HTML that is answered instead, as Cloudflare does."""
    seen: int = 0
    alter: Callable[[Response], Response] | None = None
    """What becomes of the answer on its way to the bot."""

    def __post_init__(self) -> None:
        if self.code in CODES:
            status, words = CODES[self.code]
            self.status = self.status or status
            self.message = self.message or words

    def matches(self, method: str, path: str) -> bool:
        """Whether it is meant for such a request and not yet spent."""
        return self.seen < self.times and self.method in ("*", method) and fnmatchcase(path, self.path)

    def stop(self) -> None:
        """Fail no more."""
        self.times = self.seen

    @property
    def body(self) -> Json:
        """What is answered with the status."""
        if self.status == TOO_MANY_REQUESTS:
            told = {"message": self.message, "code": self.code} if self.code else {}
            return rate_limit_body(self.retry_after, is_global=self.is_global) | told
        return {"message": self.message or "The sandbox was told to fail", "code": self.code}

    @property
    def headers(self) -> dict[str, str]:
        """The headers that go with the status."""
        if self.status != TOO_MANY_REQUESTS:
            return {}
        if self.page is not None:
            return {"Retry-After": str(ceil(self.retry_after))}  # and no Via: it never came to Discord
        return rate_limit_headers(self.retry_after, is_global=self.is_global)


class Faults:
    """All instructions to fail; the oldest that matches counts."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Take an instruction."""
        self._faults.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The instruction for this request, which is counted; None where all should go well."""
        for fault in self._faults:
            if fault.matches(method, path) and self._random.random() < fault.chance:
                fault.seen += 1
                return fault
        return None
