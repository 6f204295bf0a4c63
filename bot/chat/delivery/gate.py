"""Paces every REST request and notes its answer.

The gate hooks into aiohttp, below discord.py, so that retries and requests that waited for a route's limit are paced
too.
"""

from types import SimpleNamespace

from aiohttp import (
    ClientSession,
    TraceConfig,
    TraceRequestEndParams,
    TraceRequestExceptionParams,
    TraceRequestStartParams,
)
from yarl import URL

from bot.chat.delivery.doubt import held_up, leaving
from bot.chat.delivery.invalid import InvalidRequests
from bot.chat.delivery.pace import Pace
from bot.chat.interactions.load import answering

# Interaction callbacks and followups (webhook requests) never wait: "The endpoints below are not bound to the
# application's Global Rate Limit", https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
_EXEMPT = ("/interactions/", "/webhooks/")


class Gate:
    """Paces the requests below `base`, Discord's REST address, and notes how Discord answered them."""

    def __init__(self, base: str, pace: Pace, invalid: InvalidRequests) -> None:
        self._base = str(URL(base)).rstrip("/")
        self._pace = pace
        self._invalid = invalid

    def stand_in(self, trace: TraceConfig) -> None:
        """Hook into the requests of the client that uses this trace."""
        trace.on_request_start.append(self._begins)
        trace.on_request_end.append(self._ended)
        trace.on_request_exception.append(self._broke_off)

    async def _begins(self, _: ClientSession, context: SimpleNamespace, start: TraceRequestStartParams) -> None:
        route = self._route(start.url)
        if route.startswith("/interactions/"):
            answering()
        if route and not route.startswith(_EXEMPT):
            with held_up():
                context.left = await self._pace.wait()
            try:
                leaving()
            except BaseException:
                self._answered(context)
                raise

    async def _ended(self, _: ClientSession, context: SimpleNamespace, end: TraceRequestEndParams) -> None:
        if self._route(end.url):
            self._invalid.note(end.response.status, end.response.headers.get("X-RateLimit-Scope"))
        self._answered(context)

    async def _broke_off(self, _: ClientSession, context: SimpleNamespace, __: TraceRequestExceptionParams) -> None:
        self._answered(context)

    def _answered(self, context: SimpleNamespace) -> None:
        if (left := getattr(context, "left", None)) is not None:
            self._pace.answered(left)

    def _route(self, url: URL) -> str:
        """The path below the base; "" for requests to elsewhere, such as the gateway."""
        address = str(url)
        return address.removeprefix(self._base) if address.startswith(f"{self._base}/") else ""
