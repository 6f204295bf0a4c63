"""Serves the page on loopback, and refuses requests from other sites' pages."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import PurePosixPath
from types import MappingProxyType

from aiohttp import web

HOST = "127.0.0.1"
_STATIC = files("page").joinpath("static")
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:{pictures};"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_NOTHING: Mapping[str, bytes] = MappingProxyType({})
_ANSWERS_WITH = web.AppKey("policy", str)
_PICTURES = web.AppKey("pictures", bool)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(
    window: Handler | None, port: int, *, pictures: bool = False, more: Mapping[str, bytes] = _NOTHING
) -> AsyncIterator[str]:
    """Serve the page and the window's WebSocket on 127.0.0.1, and yield the page's URL.

    `port` 0 picks a free port. With `pictures`, the page may load the papers' pictures from other sites. `more` maps
    names to further JSON files to serve. Raises OSError if the port is in use.
    """
    policy = _POLICY.format(pictures=" https:" if pictures else "")
    application = web.Application(middlewares=[_for_our_page_alone])
    application[_ANSWERS_WITH] = policy
    application[_PICTURES] = pictures
    application.router.add_get("/", _hand_out)
    application.router.add_get("/{path:.+\\.(?:html|css|js|svg)}", _hand_out)
    for name, content in more.items():
        application.router.add_get(f"/{name}", _handing_out(content))
    if window is not None:
        application.router.add_get("/window", window)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@web.middleware
async def _for_our_page_alone(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests from other sites' pages: with a foreign Host (DNS rebinding) or a foreign Origin."""
    port = request.get_extra_info("sockname")[1]  # the port it listens on, whatever Host says
    ours = {f"{HOST}:{port}", f"localhost:{port}"}
    origin = request.headers.get("Origin")
    if request.host not in ours or (origin is not None and origin not in {f"http://{host}" for host in ours}):
        return web.Response(status=403, text="This page is for the browser on this machine alone.\n")
    answer = await handler(request)
    if not answer.prepared:
        answer.headers["Content-Security-Policy"] = request.app[_ANSWERS_WITH]
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _handing_out(content: bytes) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        del request
        return web.Response(body=content, content_type="application/json")

    return handle


async def _hand_out(request: web.Request) -> web.Response:
    path = PurePosixPath(request.match_info.get("path", "index.html"))
    file = _STATIC.joinpath(*path.parts)
    if ".." in path.parts or not file.is_file():
        return web.Response(status=404, text="There is no such file.\n")
    body = file.read_bytes()
    if request.app[_PICTURES] and path.suffix == ".html":
        body = body.replace(b"<body", b"<body data-pictures")
    return web.Response(body=body, content_type=_TYPES[path.suffix], charset="utf-8")
