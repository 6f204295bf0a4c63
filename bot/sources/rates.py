"""When the site may be asked again: a second after the last request, and when its own limits say."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.errors import SourceError, SourceFault

APART = 1.0
"""Seconds between two requests, at least, to the site itself."""
LONGEST_WAIT = 60.0
"""Seconds; what takes longer is tried in a later round."""
LONGEST_HOLD = 3600.0
"""Seconds; what the site asks beyond that is forgotten, lest one strange answer ends it for good."""
_UNTOLD = 30.0  # seconds to wait where the site says 429 and not for how long
_LEFT = re.compile(r"\br\s*=\s*([0-9]+)")
_WINDOW = re.compile(r"\bt\s*=\s*([0-9]+)")


class Turns:
    """Gives turns to whoever asks the site, `apart` seconds from each other. `monotonic` is a clock of seconds."""

    def __init__(self, apart: float = APART, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.apart = apart
        self._monotonic = monotonic
        self._free = 0.0
        self._one_by_one = asyncio.Lock()

    async def wait(self, sleep: Callable[[float], Awaitable[object]]) -> None:
        """Wait for a turn. Raises SourceError where the site wants to be left alone for longer than LONGEST_WAIT."""
        async with self._one_by_one:
            while (seconds := self._free - self._monotonic()) > 0:  # an answer may put it off meanwhile
                if seconds > LONGEST_WAIT:
                    told = f"the site asked to be left alone for another {seconds:.0f} seconds"
                    raise SourceError(SourceFault.RATE_LIMITED, told)
                await sleep(seconds)
            self._free = self._monotonic() + self.apart

    def note(self, headers: Mapping[str, str]) -> None:
        """Keep to what an answer says of the site's limits: with none left, wait until there are some again."""
        seconds = _until_more(headers)
        if seconds is not None:
            self._not_before(seconds)

    def hold(self, headers: Mapping[str, str]) -> float:
        """Keep to an answer of 429; for how many seconds."""
        told = [_retry_after(headers), _until_more(headers)]
        seconds = max((one for one in told if one is not None), default=_UNTOLD)
        self._not_before(seconds)
        return seconds

    def _not_before(self, seconds: float) -> None:
        self._free = max(self._free, self._monotonic() + min(seconds, LONGEST_HOLD))


def _until_more(headers: Mapping[str, str]) -> float | None:
    """Seconds until there are requests left again, where there are none; None where there are, or it is not said.

    `RateLimit: "api";r=0;t=55` is the form of the IETF's draft, RateLimit-Remaining and RateLimit-Reset its older one.
    """
    newer = headers.get("RateLimit", "")
    left, window = _LEFT.search(newer), _WINDOW.search(newer)
    remaining = left[1] if left else headers.get("RateLimit-Remaining", "")
    reset = window[1] if window else headers.get("RateLimit-Reset", "")
    return _seconds(reset) if remaining.strip() == "0" else None


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, whether the header says them or a date."""
    text = headers.get("Retry-After", "")
    if (seconds := _seconds(text)) is not None:
        return seconds
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return max((until.replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _seconds(text: str) -> float | None:
    text = text.strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else None
