"""Whether Discord may have stored a message whose sending failed."""

import asyncio
import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
import discord

from bot.clock import boottime

_SERVER_ERROR = 500


@dataclass(slots=True)
class Attempt:
    """A request as discord.py makes it, with its own repetitions: `unsure` once one of them may have been stored.

    It has until `limit` to end; what it waits for before it leaves us does not count. `window` is for how many seconds
    Discord knows its nonce again, counted from the first that leaves; `until` is when that ends (`boottime`), None as
    long as none has left. `status` is that of the last answer.
    """

    window: float = math.inf
    until: float | None = None
    unsure: bool = False
    status: int | None = None
    limit: asyncio.Timeout | None = None


_attempt: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


@contextmanager
def attempting(window: float = math.inf, until: float | None = None) -> Iterator[Attempt]:
    """Watch the requests of the block. Needs a client that was given `watching_trace`."""
    attempt = Attempt(window, until)
    before = _attempt.set(attempt)
    try:
        yield attempt
    finally:
        _attempt.reset(before)


@contextmanager
def held_up() -> Iterator[None]:
    """Let the attempt that is being watched wait in the block: its time stands still."""
    limit = attempt.limit if (attempt := _attempt.get()) else None
    if limit is None or (end := limit.when()) is None:
        yield
        return
    left = end - asyncio.get_running_loop().time()
    limit.reschedule(None)
    yield
    limit.reschedule(asyncio.get_running_loop().time() + left)


class TooLateError(aiohttp.ClientError):
    """A request was kept from leaving, as Discord may not know its nonce any more."""


def leaving() -> None:
    """A request leaves now; to be called before each. Raises TooLateError where it could post a message twice.

    discord.py waits before it repeats one, and the machine may sleep meanwhile.
    """
    if (attempt := _attempt.get()) is None:
        return
    if attempt.until is None:
        attempt.until = boottime() + attempt.window
    elif boottime() >= attempt.until:
        raise TooLateError("the nonce is too old to be sent again")


def watching_trace() -> aiohttp.TraceConfig:
    """What tells of each request: discord.py repeats one after a 5xx and then raises for the last answer alone."""
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_ended)
    trace.on_request_exception.append(_broke_off)
    return trace


def may_be_stored(error: BaseException) -> bool:
    """Whether a request that ended so may have done its work.

    A status of 4xx says that it did not, and what never left us can't have.
    """
    if isinstance(error, discord.HTTPException):
        return error.status >= _SERVER_ERROR
    return not isinstance(error, (discord.RateLimited, aiohttp.ClientConnectorError, TooLateError))


async def _ended(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
    if attempt := _attempt.get():
        attempt.status = end.response.status
    _note(end.response.status >= _SERVER_ERROR)


async def _broke_off(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestExceptionParams) -> None:
    _note(may_be_stored(end.exception))


def _note(unsure: bool) -> None:  # noqa: FBT001  what it is about
    if (attempt := _attempt.get()) and unsure:
        attempt.unsure = True
