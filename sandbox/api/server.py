"""The HTTP server on loopback: applies faults and rate limits to a request and calls its handler."""

from __future__ import annotations

import json
from mimetypes import guess_type
from typing import TYPE_CHECKING

from aiohttp import BodyPartReader, web

from sandbox.api import rest_application, rest_channels, rest_interactions
from sandbox.api.gateway import PATH as GATEWAY_PATH
from sandbox.api.rates import TOO_MANY_REQUESTS, Rates, rate_limit_body, rate_limit_headers
from sandbox.api.routing import Answer, Call, Route, Router
from sandbox.payloads.drafts import Attachment
from sandbox.payloads.errors import Refusal, no_such_route, refused, unauthorized
from sandbox.world.traffic import Request

if TYPE_CHECKING:
    from sandbox.api.faults import Faults
    from sandbox.api.gateway import Gateway
    from sandbox.world.world import World

API = "/api/v10"
_ROUTES = [*rest_application.ROUTES, *rest_channels.ROUTES, *rest_interactions.ROUTES]
_HOST = "127.0.0.1"


class HttpServer:
    """Serves a world by REST and the gateway, on a free port of 127.0.0.1."""

    def __init__(self, discord: World, gateway: Gateway, rates: Rates, faults: Faults) -> None:
        self._discord = discord
        self._gateway = gateway
        self._faults = faults
        self.broken: Exception | None = None
        """An error in the sandbox itself."""
        self._router = Router(_ROUTES)
        self._rates = rates
        application = web.Application(client_max_size=32 * 1024 * 1024)
        application.router.add_get(GATEWAY_PATH, gateway.handle)
        application.router.add_get(GATEWAY_PATH + "/", gateway.handle)
        application.router.add_get("/attachments/{id:[0-9]+}/{name}", self._serve_file)
        application.router.add_route("*", API + "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        self._port = 0

    async def start(self) -> None:
        """Start to listen, and set the world's `address`."""
        await self._runner.setup()
        await self.open_port()
        self._port = self._runner.addresses[0][1]
        self._discord.address = f"{_HOST}:{self._port}"

    async def open_port(self) -> None:
        """Listen on the same port as before."""
        self._site = web.TCPSite(self._runner, _HOST, self._port)
        await self._site.start()

    async def close_port(self) -> None:
        """Refuse new connections."""
        await self._site.stop()

    async def stop(self) -> None:
        """Close all connections and the port."""
        self._gateway.shut_down()
        await self._runner.cleanup()

    async def _serve_file(self, request: web.Request) -> web.Response:
        file = self._discord.files.get(int(request.match_info["id"]))
        return web.Response(status=404) if file is None else web.Response(body=file.content)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._meet(request)
        finally:
            self._discord.bell.ring()

    async def _meet(self, request: web.Request) -> web.StreamResponse:
        noted = Request(request.method, request.path.removeprefix(API), dict(request.query))
        self._discord.requests.append(noted)
        found = self._router.find(noted.method, noted.path)
        noted.route = found[0].path if found else ""
        data, files = await self._read(request)
        noted.body = data
        fault = self._faults.take(noted.method, noted.path)
        self._discord.bell.ring()
        if fault is not None and not fault.after:
            await fault.wait()
        fails = fault is not None and (fault.status is not None or fault.disconnect)
        answer, headers = Answer(), dict[str, str]()
        if fault is None or not fails or fault.after:
            answer, headers = self._answer(request, found, data, files)
        if fault is not None and fault.after:
            await fault.wait()
        if fault is not None and fault.disconnect:
            return _cut(request)
        if fault is not None and fault.status is not None:
            answer, headers, noted.faked = Answer(fault.status, fault.body), fault.headers, True
            if fault.page is not None:
                noted.status = fault.status
                return web.Response(status=fault.status, text=fault.page, content_type="text/html", headers=headers)
        noted.status, noted.answer = answer.status, answer.body
        for watcher in self._discord.watchers:
            watcher.on_request(noted)
        response = _response(answer, headers)
        return response if fault is None or fault.alter is None else fault.alter(response)

    def _answer(
        self,
        request: web.Request,
        found: tuple[Route, dict[str, str]] | None,
        data: object,
        files: tuple[Attachment, ...],
    ) -> tuple[Answer, dict[str, str]]:
        headers: dict[str, str] = {}
        try:
            if found is None or found[0].with_token:
                self._check_token(request)
                passage = self._rates.passage(*found or (None, {}))
                headers = passage.headers
                if passage.wait is not None:
                    body = rate_limit_body(passage.wait, is_global=passage.is_global)
                    limited = rate_limit_headers(passage.wait, is_global=passage.is_global)
                    return Answer(TOO_MANY_REQUESTS, body), limited | headers
            return self._call(request, found, data, files), headers
        except Refusal as refusal:
            return Answer(refusal.status, refusal.body), headers | refusal.headers
        except Exception as error:  # noqa: BLE001 - kept and raised in the test, not hidden in a 500
            self.broken = error
            return Answer(503, {"message": f"The sandbox itself failed: {error!r}", "code": 0}), {}

    def _call(
        self,
        request: web.Request,
        found: tuple[Route, dict[str, str]] | None,
        data: object,
        files: tuple[Attachment, ...],
    ) -> Answer:
        if found is None:
            raise no_such_route()
        if isinstance(data, Refusal):
            raise data
        route, params = found
        return route.handler(Call(self._discord, self._gateway, params, request.query, data, files))

    def _check_token(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self._discord.token}":
            raise unauthorized()

    async def _read(self, request: web.Request) -> tuple[object, tuple[Attachment, ...]]:
        """The JSON and files of a request. For invalid JSON, the refusal is returned in its place."""
        if request.content_type == "multipart/form-data":
            return await self._read_multipart(request)
        return _parse(await request.text()), ()

    async def _read_multipart(self, request: web.Request) -> tuple[object, tuple[Attachment, ...]]:
        data: object = {}
        files: list[Attachment] = []
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            if part.name == "payload_json":
                data = _parse(await part.text())
            else:
                name = part.filename or "unnamed"
                kind = guess_type(name)[0] or part.headers.get("Content-Type") or "application/octet-stream"
                file = Attachment(self._discord.ids.next(), name, kind, bytes(await part.read()))
                files.append(self._discord.keep_file(file))
        return data, tuple(files)


def _parse(text: str) -> object:
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return refused(50109)


def _response(answer: Answer, headers: dict[str, str]) -> web.Response:
    if answer.body is None:
        return web.Response(status=answer.status, headers=headers)
    body = json.dumps(answer.body, ensure_ascii=False).encode()
    return web.Response(status=answer.status, body=body, headers=headers | {"Content-Type": "application/json"})


def _cut(request: web.Request) -> web.Response:
    """Cut the connection. aiohttp needs a response, but nobody receives it."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)
