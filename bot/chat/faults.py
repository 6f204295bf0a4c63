"""What Discord's refusals mean to the courier: one table."""

from collections.abc import Callable

import aiohttp
import discord

from bot.errors import DeliveryError, Fault

# Codes and statuses: https://docs.discord.com/developers/topics/opcodes-and-status-codes
THREAD_EXISTS = 160004
UNKNOWN_MESSAGE = 10008
_BY_CODE = {
    10003: Fault.CHANNEL_GONE,  # unknown channel
    10004: Fault.SERVER_LEFT,  # unknown server
    10008: Fault.THREAD_CLOSED,  # unknown message: the headline that a thread hangs on
    20016: Fault.RATE_LIMITED,  # slow mode
    20028: Fault.RATE_LIMITED,  # the channel's rate of messages
    20029: Fault.RATE_LIMITED,  # the server's rate of messages
    40006: Fault.UNAVAILABLE,  # a feature that is off for the moment
    40333: Fault.UNAVAILABLE,  # turned away before it came to Discord
    50001: Fault.MISSING_PERMISSION,  # missing access
    50007: Fault.DMS_CLOSED,  # cannot send messages to this user
    50013: Fault.MISSING_PERMISSION,  # missing permissions
    50083: Fault.THREAD_CLOSED,  # thread is archived
    50278: Fault.DMS_CLOSED,  # no server in common any more
    130000: Fault.UNAVAILABLE,  # overloaded
    160005: Fault.THREAD_CLOSED,  # thread is locked
}
_BY_STATUS = {401: Fault.UNAUTHORISED, 408: Fault.UNAVAILABLE, 429: Fault.RATE_LIMITED}
_SERVER_ERROR = 500
_DETAIL = 300

PASSING = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError)
"""What a request to Discord may raise."""


def delivery_error(error: Exception, *, unsure: bool = False, hide: Callable[[str], str] = str) -> DeliveryError:
    """What a failed request means, with Discord's code and words, and never a header, address or token.

    `hide` takes secrets out of the words, before they are cut: they are logged, stored, and shown to admins.
    """
    if isinstance(error, discord.HTTPException):
        text = hide(" ".join(error.text.split()))[:_DETAIL]
        return DeliveryError(_fault(error), f"{error.status} {error.code} {text}".rstrip(), unsure=unsure)
    if isinstance(error, discord.RateLimited):
        return DeliveryError(Fault.RATE_LIMITED, f"for {error.retry_after:.0f} s", unsure=unsure)
    return DeliveryError(Fault.UNAVAILABLE, type(error).__name__, unsure=unsure)


def _fault(error: discord.HTTPException) -> Fault:
    if error.status >= _SERVER_ERROR:
        return Fault.UNAVAILABLE
    return _BY_CODE.get(error.code) or _BY_STATUS.get(error.status) or Fault.REJECTED
