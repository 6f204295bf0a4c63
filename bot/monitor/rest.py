"""Counts the requests to Discord, by routes in which no id and no token stands."""

from collections.abc import Callable
from types import SimpleNamespace

from aiohttp import ClientSession, TraceConfig, TraceRequestEndParams, TraceRequestExceptionParams
from yarl import URL

Count = Callable[[str, str, str], None]
"""Told of method, route and status."""

# What may stand in a route as it is. All else is an id, a token, or new to us, and becomes a placeholder: so there are
# never more routes than these words make.
_WORDS = frozenset(
    {
        "@me", "@original", "applications", "auth", "bot", "callback", "channels", "commands", "crosspost",
        "current", "emojis", "followup", "gateway", "guilds", "interactions", "invites", "members", "messages",
        "oauth2", "permissions", "pins", "reactions", "roles", "thread-members", "threads", "typing", "users",
        "webhooks"
    }
)  # fmt: skip


def count_requests(trace: TraceConfig, base: str, count: Count) -> None:
    """Count the requests below `base`, Discord's REST address, of what a trace tells."""
    root = URL(base)

    def _count(method: str, url: URL, status: str) -> None:
        if url.origin() == root.origin() and url.path.startswith(f"{root.path.rstrip('/')}/"):
            count(method, route(url.path.removeprefix(root.path.rstrip("/"))), status)

    async def on_end(_: ClientSession, __: SimpleNamespace, done: TraceRequestEndParams) -> None:
        _count(done.method, done.url, str(done.response.status))

    async def on_exception(_: ClientSession, __: SimpleNamespace, failed: TraceRequestExceptionParams) -> None:
        _count(failed.method, failed.url, "error")

    trace.on_request_end.append(on_end)
    trace.on_request_exception.append(on_exception)


def route(path: str) -> str:
    """A path with placeholders for what differs: /channels/123/messages is /channels/:id/messages."""
    return "".join(f"/{part if part in _WORDS else _placeholder(part)}" for part in path.strip("/").split("/"))


def _placeholder(part: str) -> str:
    return ":id" if part.isdecimal() else ":other"
