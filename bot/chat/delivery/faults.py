"""Which Fault each error of Discord means: one table."""

from collections.abc import Callable

import aiohttp
import discord

from bot.errors import DeliveryError, Fault

# Codes and statuses: https://docs.discord.com/developers/topics/opcodes-and-status-codes
ALREADY_PUBLISHED = 40033
NO_SUCH_KIND = 50024
THREAD_ARCHIVED = 50083
THREAD_EXISTS = 160004
UNKNOWN_MESSAGE = 10008
_BY_CODE = {
    10003: Fault.CHANNEL_GONE,  # unknown channel
    10004: Fault.SERVER_LEFT,  # unknown server
    10008: Fault.THREAD_CLOSED,  # unknown message: the headline that a thread hangs on
    10013: Fault.DMS_CLOSED,  # unknown user: the account was deleted
    20009: Fault.BLOCKED,  # explicit content, for this recipient
    20016: Fault.RATE_LIMITED,  # slow mode
    20022: Fault.RATE_LIMITED,  # edits in an announcement channel
    20028: Fault.RATE_LIMITED,  # the channel's rate of messages
    20029: Fault.RATE_LIMITED,  # the server's rate of messages
    30046: Fault.RATE_LIMITED,  # edits of messages older than an hour
    40002: Fault.UNAVAILABLE,  # the bot's account has to be verified
    40003: Fault.RATE_LIMITED,  # DMs opened too fast
    40004: Fault.UNAVAILABLE,  # sending is turned off for the moment
    40006: Fault.UNAVAILABLE,  # a feature that is turned off for the moment
    40058: Fault.CHANNEL_GONE,  # it is a forum now: it takes no messages
    40062: Fault.RATE_LIMITED,  # a service behind Discord
    40067: Fault.TAG_REQUIRED,  # of a forum
    40333: Fault.UNAVAILABLE,  # turned away by Cloudflare
    50001: Fault.MISSING_PERMISSION,  # missing access
    50007: Fault.DMS_CLOSED,  # cannot send messages to this user
    50008: Fault.CHANNEL_GONE,  # it is no text channel
    50009: Fault.MISSING_PERMISSION,  # the channel's verification level
    50013: Fault.MISSING_PERMISSION,  # missing permissions
    NO_SUCH_KIND: Fault.CHANNEL_GONE,  # it is of a kind that has no such thing
    50033: Fault.DMS_CLOSED,  # invalid recipient: nobody, or a bot
    THREAD_ARCHIVED: Fault.THREAD_CLOSED,  # and locked: else a message opens it
    50278: Fault.DMS_CLOSED,  # no server in common any more
    110001: Fault.UNAVAILABLE,  # the application is not available yet
    130000: Fault.UNAVAILABLE,  # overloaded
    160005: Fault.THREAD_CLOSED,  # thread is locked
    160006: Fault.TOO_MANY_THREADS,  # active threads in the server
    160007: Fault.TOO_MANY_THREADS,  # active announcement threads in the server
    200000: Fault.BLOCKED,  # by the server's automatic moderation
    200001: Fault.BLOCKED,  # the same, a thread's name
    240000: Fault.BLOCKED,  # by the filter of harmful links
}
"""Looked up before the status, as some codes come with a status that the documentation does not mention."""
_BY_STATUS = {
    401: Fault.UNAUTHORISED,
    403: Fault.MISSING_PERMISSION,
    404: Fault.CHANNEL_GONE,
    408: Fault.UNAVAILABLE,
    429: Fault.RATE_LIMITED,
}
_SERVER_ERROR = 500
_TOO_MANY_REQUESTS = 429
_DETAIL = 300

PASSING = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError)
"""What a request to Discord may raise."""


def delivery_error(error: Exception, *, unsure: bool = False, hide: Callable[[str], str] = str) -> DeliveryError:
    """The DeliveryError for a failed request, with Discord's code and text, but no header, address or token.

    `hide` removes secrets from the text before it is cut. The text is logged, stored and shown to admins.
    """
    if isinstance(error, discord.HTTPException):
        text = hide(" ".join(error.text.split()))[:_DETAIL]
        return DeliveryError(_fault(error), f"{error.status} {error.code} {text}".rstrip(), unsure=unsure)
    if isinstance(error, discord.RateLimited):
        told = f"for {error.retry_after:.0f} s"
        return DeliveryError(Fault.RATE_LIMITED, told, unsure=unsure, wait=error.retry_after)
    return DeliveryError(Fault.UNAVAILABLE, type(error).__name__, unsure=unsure)


def _fault(error: discord.HTTPException) -> Fault:
    if error.status >= _SERVER_ERROR:
        return Fault.UNAVAILABLE
    if not _is_discords(error):
        return Fault.RATE_LIMITED if error.status == _TOO_MANY_REQUESTS else Fault.UNAVAILABLE
    return _BY_CODE.get(error.code) or _BY_STATUS.get(error.status) or Fault.REJECTED


def _is_discords(error: discord.HTTPException) -> bool:
    """Whether the answer is from Discord's API. A page of Cloudflare or a proxy says nothing about the channel."""
    kind = error.response.headers.get("Content-Type", "")
    return bool(error.code) or (kind.startswith("application/json") and bool(error.text))
