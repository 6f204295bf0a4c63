"""GET /feed.atom and GET /days.atom, for anyone whom the operator lets in: each connection gets one answer, soon."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from aiohttp import hdrs, web

from bot.clock import Clock
from bot.errors import SettingsError, StorageError, UsageError
from bot.feed.atom import CONTENT_TYPE, write
from bot.feed.clients import PerMinute, client_of
from bot.feed.model import DAYS, PAPERS, TOO_LONG, Asked, read_language, read_query
from bot.feed.service import Feeds
from bot.locale import Language
from bot.settings import FeedSettings

log = logging.getLogger(__name__)

FRESH_SECONDS = 60.0
"""For so long, whoever asks for the same feed gets the same document."""
LONGEST_SECONDS = 30.0
"""After so long, a connection ends, whether its request has come and its answer has gone or not."""
MOST_CONNECTIONS = 100
_KEPT = 32  # documents
_QUEUE = 16  # requests that wait while a feed is made
_TRY_AGAIN = "5"  # seconds
_PARAMETERS = {PAPERS: ("query", "language"), DAYS: ("language",)}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class _Document:
    """A feed as it is served. `changed_at`: when its content was first made. `made`: on the monotonic clock."""

    body: bytes
    etag: str
    changed_at: datetime
    made: float


class FeedServer:
    """Serves feeds. `per_minute` limits each client; `count` is told the status of each answer."""

    def __init__(
        self,
        feeds: Feeds,
        clock: Clock,
        settings: FeedSettings,
        per_minute: int,
        count: Callable[[int], None] = lambda _: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._feeds = feeds
        self._clock = clock
        self._settings = settings
        self._limit = PerMinute(per_minute, monotonic)
        self._count = count
        self._monotonic = monotonic
        self._documents: OrderedDict[str, _Document] = OrderedDict()
        self._turn = asyncio.Lock()
        self._waiting = 0

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serve while the block runs; with port 0, not at all. Raises SettingsError if the port is in use."""
        if self._settings.port == 0:
            yield
            return
        application = web.Application(middlewares=[self._guard])
        for path in _PARAMETERS:
            application.router.add_get(path, self._serve)
        silent = logging.getLogger(f"{__name__}.http")
        silent.setLevel(logging.CRITICAL)  # aiohttp would log a traceback for whatever a stranger sends that is no HTTP
        runner = web.AppRunner(application, access_log=None, logger=silent, shutdown_timeout=1)
        await runner.setup()
        try:
            with closing(await _listen(runner, self._settings)):
                yield
        finally:
            await runner.cleanup()

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Answer whatever is asked, in one line if it is not a feed."""
        wait = self._limit.spend(self._client(request))
        response: web.StreamResponse
        try:
            response = _told(429, f"too many requests; try again in {wait} s", wait) if wait else await handler(request)
        except web.HTTPException as error:
            response = _refused(error)
        except UsageError as error:
            response = _told(400, str(error))
        except TimeoutError:
            response = _told(503, TOO_LONG, _TRY_AGAIN)
        except StorageError as error:
            log.warning("a feed can't be served now: %s", error)
            response = _told(503, "the papers can't be read now; try again in a minute", 60)
        except Exception:
            log.exception("a feed could not be made: a bug in Paperboy")
            response = _told(500, "a bug in Paperboy; its operator finds it in the log")
        self._count(response.status)
        response.headers[hdrs.SERVER] = "Paperboy"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.force_close()
        return response

    def _client(self, request: web.Request) -> str:
        forwarded = request.headers.getall(hdrs.X_FORWARDED_FOR, ()) if self._settings.behind_proxy else ()
        return client_of(request.remote, ",".join(forwarded))

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        document = await self._document(_asked(request))
        response = web.Response(body=document.body, content_type=CONTENT_TYPE, charset="utf-8")
        if _is_known(request, document):
            response = web.Response(status=304)
        response.etag = document.etag
        response.last_modified = document.changed_at
        response.headers[hdrs.CACHE_CONTROL] = f"public, max-age={FRESH_SECONDS:.0f}"
        return response

    async def _document(self, asked: Asked) -> _Document:
        """The document, made anew if it is no longer fresh. One is made at a time: members' searches come first."""
        if fresh := self._fresh(asked):
            return fresh
        if self._waiting >= _QUEUE:
            raise web.HTTPServiceUnavailable(
                text=f"too much is asked at once; try again in {_TRY_AGAIN} s", headers={hdrs.RETRY_AFTER: _TRY_AGAIN}
            )
        self._waiting += 1
        try:
            async with self._turn:
                return self._fresh(asked) or await self._make(asked)
        finally:
            self._waiting -= 1

    def _fresh(self, asked: Asked) -> _Document | None:
        held = self._documents.get(asked.address)
        return held if held and self._monotonic() - held.made < FRESH_SECONDS else None

    async def _make(self, asked: Asked) -> _Document:
        link = _base(self._settings) + asked.address
        feed = await self._feeds.of(asked)
        body = await asyncio.to_thread(write, feed, link=link, rights=self._settings.rights)
        etag, before = sha256(body).hexdigest()[:32], self._documents.pop(asked.address, None)
        changed_at = before.changed_at if before and before.etag == etag else self._clock.now()
        made = self._documents[asked.address] = _Document(body, etag, changed_at, self._monotonic())
        if len(self._documents) > _KEPT:
            self._documents.popitem(last=False)
        return made


async def _listen(runner: web.AppRunner, settings: FeedSettings) -> asyncio.Server:
    """Listen, with at most MOST_CONNECTIONS at a time, each for LONGEST_SECONDS at most."""
    loop, server = asyncio.get_running_loop(), runner.server
    assert server is not None  # noqa: S101  the runner is set up

    def connected() -> asyncio.Protocol:
        if len(server.connections) >= MOST_CONNECTIONS:
            return _Full()
        protocol = server()
        loop.call_later(LONGEST_SECONDS, _end, protocol)
        return protocol

    try:
        return await loop.create_server(connected, settings.host, settings.port)
    except OSError as error:
        raise SettingsError(
            f"feed.host {settings.host}, feed.port {settings.port}: can't be listened on ({error.strerror}); "
            "choose another port, or 0 for none"
        ) from error


class _Full(asyncio.Protocol):
    """Ends a connection as it begins."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


def _end(protocol: web.RequestHandler) -> None:
    if isinstance(protocol.transport, asyncio.Transport):
        protocol.transport.abort()


def _asked(request: web.Request) -> Asked:
    """The feed that a request asks for. Raises UsageError in one line: what is wrong, and what to do."""
    known = _PARAMETERS[request.path]
    for name in request.query:
        if name not in known:
            raise UsageError(f"{name[:40]!r}: no such parameter; there are {' and '.join(known)}")
        if len(request.query.getall(name)) > 1:
            raise UsageError(f"{name}: given twice; write it once")
    language = read_language(request.query["language"]) if "language" in request.query else Language.EN
    query = read_query(request.query["query"]) if "query" in request.query else ""
    return Asked(language, query, by_day=request.path == DAYS)


def _is_known(request: web.Request, document: _Document) -> bool:
    """Whether the client has this document: If-None-Match decides, and only without it If-Modified-Since."""
    if hdrs.IF_NONE_MATCH in request.headers:
        return any(tag.value in {document.etag, "*"} for tag in request.if_none_match or ())
    since = request.if_modified_since
    return since is not None and document.changed_at.replace(microsecond=0) <= since


def _refused(error: web.HTTPException) -> web.Response:
    """The answer in place of aiohttp's: what is wrong, and what there is."""
    if error.status == web.HTTPNotFound.status_code:
        return _told(404, f"no such page; there are {' and '.join(_PARAMETERS)}")
    if error.status == web.HTTPMethodNotAllowed.status_code:
        answer = _told(405, "no such method; ask with GET")
        answer.headers[hdrs.ALLOW] = error.headers[hdrs.ALLOW]
        return answer
    return _told(error.status, error.text or error.reason, error.headers.get(hdrs.RETRY_AFTER))


def _told(status: int, line: str, wait: int | str | None = None) -> web.Response:
    headers = {hdrs.RETRY_AFTER: str(wait)} if wait else {}
    return web.Response(status=status, text=f"{line}\n", headers=headers)


def _base(settings: FeedSettings) -> str:
    """The address by which feed readers know this place. The Host of a request is not: a stranger chooses it."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.url or f"http://{host}:{settings.port}"
