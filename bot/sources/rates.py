"""When the site may be asked again: a second after the last request, and as its rate limits say."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.errors import SourceError, SourceFault

APART = 1.0
"""Minimal seconds between two requests to the real site."""
LONGEST_WAIT = 60.0
"""Seconds; requests that would wait longer are left to a later round."""
LONGEST_HOLD = 3600.0
"""Seconds; a longer wait that the site asks for is cut to this, in case its answer is wrong."""
_UNTOLD = 30.0  # seconds to wait after status 429 without a time
_NONE_LEFT = re.compile(r"\br\s*=\s*0\s*;\s*t\s*=\s*([0-9]+)")


class Turns:
    """Gives turns for requests, `apart` seconds from each other. `monotonic` is a clock in seconds.

    `who` names the host in errors.
    """

    def __init__(
        self, apart: float = APART, monotonic: Callable[[], float] = time.monotonic, who: str = "the site"
    ) -> None:
        self.apart = apart
        self._who = who
        self._monotonic = monotonic
        self._free = 0.0
        self._one_by_one = asyncio.Lock()

    async def wait(self, sleep: Callable[[float], Awaitable[object]]) -> None:
        """Wait for a turn. Raises SourceError if the site wants no request for longer than LONGEST_WAIT."""
        async with self._one_by_one:
            while (seconds := self._free - self._monotonic()) > 0:  # an answer may postpone it meanwhile
                if seconds > LONGEST_WAIT:
                    told = f"{self._who} asked for no requests for another {seconds:.0f} seconds"
                    raise SourceError(SourceFault.RATE_LIMITED, told)
                await sleep(seconds)
            self._free = self._monotonic() + self.apart

    def note(self, headers: Mapping[str, str]) -> float | None:
        """Follow an answer's headers about when to come again; return the seconds, None if there are none.

        If no requests are left, that is when some will be.
        """
        told = [seconds for seconds in (_retry_after(headers), *_until_more(headers)) if seconds is not None]
        if told:
            self._not_before(max(told))
        return max(told, default=None)

    def hold(self, headers: Mapping[str, str]) -> float:
        """Follow an answer of status 429; return the seconds to wait."""
        seconds = self.note(headers)
        if seconds is None:
            seconds = _UNTOLD
            self._not_before(seconds)
        return seconds

    def _not_before(self, seconds: float) -> None:
        self._free = max(self._free, self._monotonic() + min(seconds, LONGEST_HOLD))


def _until_more(headers: Mapping[str, str]) -> Iterator[float | None]:
    """Seconds until requests are available again, for each limit that is used up.

    `RateLimit: "api";r=0;t=55` is the form of the IETF draft; RateLimit-Remaining and RateLimit-Reset are its older
    form.
    """
    for found in _NONE_LEFT.finditer(headers.get("RateLimit", "")):
        yield _seconds(found[1])
    if headers.get("RateLimit-Remaining", "").strip() == "0":
        yield _seconds(headers.get("RateLimit-Reset", ""))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds in a Retry-After header; a date is compared with the site's own clock."""
    text = headers.get("Retry-After", "")
    if (seconds := _seconds(text)) is not None:
        return seconds
    until, now = http_date(text), http_date(headers.get("Date", "")) or datetime.now(UTC)
    return None if until is None else max((until - now).total_seconds(), 0.0)


def http_date(text: str) -> datetime | None:
    """A header's date in UTC; None if it is not a date."""
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError):
        return None


def _seconds(text: str) -> float | None:
    text = text.strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else None
