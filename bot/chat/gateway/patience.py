"""Patience with Discord: what it refuses or does not answer is tried again, after growing pauses."""

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
"""The least pause after a refusal: an address that Discord or Cloudflare has banned must not ask on."""
LONGEST_RETRY_AFTER = 24 * 3600.0
"""Seconds; a Retry-After that names more is an error of who sent it."""

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
    """Does a thing until it is done. `sleep` takes seconds."""

    def __init__(
        self,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        random: Random = Random(),  # noqa: S311, B008  it spreads retries, for all who share it
    ) -> None:
        self.sleep = sleep
        self.random = random
        self._ended = False
        self._waits: dict[str, str] = {}

    @property
    def waits(self) -> str:
        """What is waited for at the moment, and why; empty where nothing is."""
        return "; ".join(f"{what}: {why}" for what, why in self._waits.items())

    def end(self) -> None:
        """Try nothing again from now on: the client is being closed."""
        self._ended = True

    async def until_done(self, what: str, act: Callable[[], Awaitable[T]]) -> T:
        """Do it, again and again where it fails, and say so once for each reason. `what` is for the log.

        Raises SettingsError where Discord refuses the token: that alone does not pass.
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
        """Wait so long before `what` is tried again; the reason is logged unless it is the one of the last time."""
        if self._waits.get(what) != why:
            log.warning("Discord: %s: %s; trying again in %.0f s, and then after longer pauses", what, why, seconds)
        self._waits[what] = why
        try:
            await self.sleep(seconds)
        except asyncio.CancelledError:
            self.done(what)
            raise

    def done(self, what: str) -> None:
        """Note that what was waited for is there."""
        self._waits.pop(what, None)


def refuses_token(error: BaseException) -> bool:
    """Whether an error is Discord's word that the token is wrong. A proxy's or a hotel's 401 is not."""
    answer = _answer(error)
    return answer is not None and answer.status == _UNAUTHORISED and _is_discords(answer)


def least_pause(error: BaseException) -> float:
    """Seconds for which not to ask again, as far as an answer tells: its Retry-After, and more after a refusal."""
    answer = _answer(error)
    if answer is None:
        return 0.0
    told = answer.response.headers.get("Retry-After", "").strip()
    seconds = float(told) if told.isascii() and told.replace(".", "", 1).isdigit() else 0.0
    return max(min(seconds, LONGEST_RETRY_AFTER), REFUSED_SECONDS if answer.status in _REFUSALS else 0.0)


def failure(error: BaseException) -> str:
    """An error of a request as one clause. A page that came instead of Discord's JSON is not quoted."""
    answer = _answer(error)
    if answer is None:
        told = "no answer in time" if isinstance(error, TimeoutError) else str(error)
        return " ".join(f"{told or 'failed'} ({type(error).__name__})".split())[:_WORDS]
    if not _is_discords(answer):
        return f"status {answer.status}, with a page that is not Discord's"
    text = " ".join(answer.text.split())[:_WORDS]
    return f"status {answer.status}, code {answer.code}: {text}" if answer.code else f"status {answer.status}: {text}"


def _answer(error: BaseException | None) -> discord.HTTPException | None:
    """The answer of Discord's beneath what discord.py wraps around it."""
    while error is not None:
        if isinstance(error, discord.HTTPException):
            return error
        error = error.__cause__
    return None


def _is_discords(answer: discord.HTTPException) -> bool:
    return answer.response.headers.get("Content-Type", "").startswith("application/json")
