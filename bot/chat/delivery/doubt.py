"""Finds out whether Discord may have stored a message although the request failed."""

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
    """A request with discord.py's own retries. `unsure` is set once one of them may have been stored.

    `limit` is its timeout; waiting before a request is sent does not count. Discord recognises a repeated nonce for
    `window` seconds from the first request on, which end at `until` (`boottime`); None until one was sent. `status` is
    that of the last answer. With `once`, nothing is sent again after a request that may have been stored: for what has
    no nonce.
    """

    window: float = math.inf
    until: float | None = None
    unsure: bool = False
    status: int | None = None
    limit: asyncio.Timeout | None = None
    once: bool = False


_attempt: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


@contextmanager
def attempting(window: float = math.inf, until: float | None = None, *, once: bool = False) -> Iterator[Attempt]:
    """Watch the requests made in the block. The client must use `watching_trace`."""
    attempt = Attempt(window, until, once=once)
    before = _attempt.set(attempt)
    try:
        yield attempt
    finally:
        _attempt.reset(before)


@contextmanager
def held_up() -> Iterator[None]:
    """Pause the timeout of the watched attempt during the block."""
    limit = attempt.limit if (attempt := _attempt.get()) else None
    if limit is None or (end := limit.when()) is None:
        yield
        return
    left = end - asyncio.get_running_loop().time()
    limit.reschedule(None)
    yield
    limit.reschedule(asyncio.get_running_loop().time() + left)


class TooLateError(aiohttp.ClientError):
    """A request was not sent again because Discord might not recognise it."""


def leaving() -> None:
    """Call this before each request is sent. Raises TooLateError if it could post a message twice.

    discord.py waits before a retry, and the machine may have been suspended meanwhile.
    """
    if (attempt := _attempt.get()) is None:
        return
    if attempt.once and attempt.unsure:
        raise TooLateError("the last request may have been stored")
    if attempt.until is None:
        attempt.until = boottime() + attempt.window
    elif boottime() >= attempt.until:
        raise TooLateError("the nonce is too old to be sent again")


def watching_trace() -> aiohttp.TraceConfig:
    """A trace that sees every request: discord.py retries after a 5xx and raises only for the last answer."""
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_ended)
    trace.on_request_exception.append(_broke_off)
    return trace


def may_be_stored(error: BaseException) -> bool:
    """Whether a request that failed with this error may still have been carried out.

    It was not if the status is 4xx, or if it was never sent.
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
