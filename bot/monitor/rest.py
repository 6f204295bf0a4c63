"""Counts requests to Discord by route, without ids and tokens."""

from collections.abc import Callable
from types import SimpleNamespace

from aiohttp import ClientSession, TraceConfig, TraceRequestEndParams, TraceRequestExceptionParams
from yarl import URL

Count = Callable[[str, str, str], None]
"""Called with method, route and status."""

# Words that may appear in a route. All else is an id, a token or unknown, and becomes a placeholder, so the number of
# routes is limited.
_WORDS = frozenset(
    {
        "@me", "@original", "applications", "auth", "bot", "callback", "channels", "commands", "crosspost",
        "current", "emojis", "followup", "gateway", "guilds", "interactions", "invites", "members", "messages",
        "oauth2", "permissions", "pins", "reactions", "roles", "thread-members", "threads", "typing", "users",
        "webhooks"
    }
)  # fmt: skip


def count_requests(trace: TraceConfig, base: str, count: Count) -> None:
    """Count a trace's requests to addresses below `base`, Discord's REST address."""
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
    """A path with placeholders for what varies: /channels/123/messages becomes /channels/:id/messages."""
    return "".join(f"/{part if part in _WORDS else _placeholder(part)}" for part in path.strip("/").split("/"))


def _placeholder(part: str) -> str:
    return ":id" if part.isdecimal() else ":other"
