"""Retries what Discord refuses or does not answer, after growing pauses."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from random import Random
from typing import TypeVar

import discord

from bot.errors import SettingsError

log = logging.getLogger(__name__)

FIRST_SECONDS = 2.0
LONGEST_SECONDS = 3600.0
REFUSED_SECONDS = 60.0
"""The shortest pause after a refusal, as Discord or Cloudflare may have banned our address."""
LONGEST_RETRY_AFTER = 24 * 3600.0
"""Seconds. A longer Retry-After is taken for a mistake."""

_UNAUTHORISED = 401
_REFUSALS = frozenset({401, 403, 429})
_WORDS = 200

T = TypeVar("T")


def pauses(random: Random) -> Iterator[float]:
    """Seconds to wait before each further attempt: doubled each time up to LONGEST_SECONDS, and spread by a quarter."""
    seconds = FIRST_SECONDS
    while True:
        yield seconds * random.uniform(0.75, 1.0)
        seconds = min(2 * seconds, LONGEST_SECONDS)


class Patience:
    """Repeats an action until it succeeds. `sleep` takes seconds."""

    def __init__(
        self,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        random: Random = Random(),  # noqa: S311, B008  only spreads retries
    ) -> None:
        self.sleep = sleep
        self.random = random
        self._ended = False
        self._waits: dict[str, str] = {}

    @property
    def waits(self) -> str:
        """What is being retried at the moment, and why; empty if nothing is."""
        return "; ".join(f"{what}: {why}" for what, why in self._waits.items())

    def end(self) -> None:
        """Stop retrying: the client is being closed."""
        self._ended = True

    async def until_done(self, what: str, act: Callable[[], Awaitable[T]]) -> T:
        """Repeat `act` until it succeeds; each new reason of failure is logged once. `what` names it in the log.

        Raises SettingsError if Discord refuses the token, as retrying does not help then.
        """
        for seconds in pauses(self.random):
            try:
                done = await act()
            except SettingsError:
                raise
            except Exception as error:
                if refuses_token(error):
                    raise SettingsError(
                        "Discord refused the token: make a new one on the developer portal and set it"
                    ) from error
                if self._ended:
                    raise asyncio.CancelledError from error
                await self.pause(what, failure(error), max(seconds, least_pause(error)))
            else:
                if self._waits.pop(what, ""):
                    log.info("Discord: %s: done", what)
                return done
        raise AssertionError  # pauses() has no end

    async def pause(self, what: str, why: str, seconds: float) -> None:
        """Wait before `what` is tried again. The reason is logged unless it is the same as last time."""
        if self._waits.get(what) != why:
            log.warning("Discord: %s: %s; trying again in %.0f s, and then after longer pauses", what, why, seconds)
        self._waits[what] = why
        try:
            await self.sleep(seconds)
        except asyncio.CancelledError:
            self.done(what)
            raise

    def done(self, what: str) -> None:
        """Note that `what` has succeeded."""
        self._waits.pop(what, None)


def refuses_token(error: BaseException) -> bool:
    """Whether Discord says that the token is wrong. A 401 from a proxy or a captive portal does not count."""
    answer = _answer(error)
    return answer is not None and answer.status == _UNAUTHORISED and _is_discords(answer)


def least_pause(error: BaseException) -> float:
    """The shortest pause in seconds that an answer asks for: its Retry-After, or REFUSED_SECONDS after a refusal."""
    if isinstance(error, discord.RateLimited):
        return max(min(error.retry_after, LONGEST_RETRY_AFTER), REFUSED_SECONDS)
    answer = _answer(error)
    if answer is None:
        return 0.0
    told = answer.response.headers.get("Retry-After", "").strip()
    seconds = float(told) if told.isascii() and told.replace(".", "", 1).isdigit() else 0.0
    return max(min(seconds, LONGEST_RETRY_AFTER), REFUSED_SECONDS if answer.status in _REFUSALS else 0.0)


def failure(error: BaseException) -> str:
    """Describe a request's error in one clause. A page that is not Discord's JSON is not quoted."""
    answer = _answer(error)
    if answer is None:
        told = "no answer in time" if isinstance(error, TimeoutError) else str(error)
        return " ".join(f"{told or 'failed'} ({type(error).__name__})".split())[:_WORDS]
    if not _is_discords(answer):
        return f"status {answer.status}, with a page that is not Discord's"
    text = " ".join(answer.text.split())[:_WORDS]
    return f"status {answer.status}, code {answer.code}: {text}" if answer.code else f"status {answer.status}: {text}"


def _answer(error: BaseException | None) -> discord.HTTPException | None:
    """The HTTP answer in an error or in its causes."""
    while error is not None:
        if isinstance(error, discord.HTTPException):
            return error
        error = error.__cause__
    return None


def _is_discords(answer: discord.HTTPException) -> bool:
    return answer.response.headers.get("Content-Type", "").startswith("application/json")
