"""The window's WebSocket. Each connection is one visitor."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from sandbox.payloads.errors import SandboxError
from sandbox.window.actions import Actions, first_place
from sandbox.window.view import Reading, Seat, people, view_of

if TYPE_CHECKING:
    from sandbox.payloads.errors import Json
    from sandbox.sandbox import Sandbox
    from sandbox.window.controls import Controls
    from sandbox.world.traffic import Request

_LOG_KEPT = 200
_FRAME_BYTES = 1024 * 1024


class Window:
    """Sends views to visitors and carries out their actions. `handle` is an aiohttp handler."""

    def __init__(self, discord: Sandbox, controls: Controls) -> None:
        self._discord = discord
        self._controls = controls
        self._reading = Reading()
        self._log: deque[Json] = deque(maxlen=_LOG_KEPT)
        self._number = 0
        self._visitors: set[_Visitor] = set()
        discord.watchers.append(self)

    def changed(self) -> None:
        """Send a new view to each visitor whose view has changed."""
        for visitor in self._visitors:
            visitor.look()

    def on_request(self, request: Request) -> None:
        """Log a request of the bot."""
        self._note(
            {
                "kind": "request",
                "title": f"{request.method} {request.path}",
                "status": request.status,
                "sent": request.body,
                "got": request.answer,
            }
        )

    def on_event(self, event: str, data: Json) -> None:
        """Log an event sent to the bot."""
        self._note({"kind": "event", "title": event, "got": data})

    def _note(self, entry: Json) -> None:
        self._number += 1
        self._log.append(entry | {"number": self._number})
        self.changed()

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one visitor until they leave."""
        socket = web.WebSocketResponse(max_msg_size=_FRAME_BYTES, heartbeat=30)
        await socket.prepare(request)
        person = next(people(self._discord))
        seat = Seat(person, first_place(self._discord, person))
        visitor = _Visitor(socket, seat, self)
        self._visitors.add(visitor)
        try:
            await visitor.serve(Actions(self._discord, seat, self._controls))
        finally:
            self._visitors.discard(visitor)
        return socket

    def view(self, seat: Seat) -> Json:
        """The view of a seat."""
        if seat.place.id not in self._discord.places:
            seat.place = first_place(self._discord, seat.person)
        if seat.thread is not None and seat.thread.id not in self._discord.places:
            seat.thread = None
        return view_of(self._discord, seat, self._reading, self._controls)

    def log_since(self, number: int) -> list[Json]:
        """The log entries after this number."""
        return [entry for entry in self._log if entry["number"] > number]


class _Visitor:
    """One connection."""

    def __init__(self, socket: web.WebSocketResponse, seat: Seat, window: Window) -> None:
        self._socket = socket
        self._seat = seat
        self._window = window
        self._news = asyncio.Event()
        self._sending = asyncio.Lock()
        self._shown = ""
        self._logged = 0
        self._doing: set[asyncio.Task[None]] = set()

    def look(self) -> None:
        """Check soon whether the view has changed."""
        self._news.set()

    async def serve(self, actions: Actions) -> None:
        """Send views and carry out actions until the visitor leaves."""
        showing = asyncio.create_task(self._show())
        self.look()
        try:
            async for frame in self._socket:
                if frame.type is WSMsgType.TEXT:
                    task = asyncio.create_task(self._do(frame.data, actions))
                    self._doing.add(task)
                    task.add_done_callback(self._doing.discard)
        finally:
            for task in (showing, *self._doing):
                task.cancel()
            await asyncio.gather(showing, *self._doing, return_exceptions=True)

    async def _show(self) -> None:
        with suppress(ConnectionError):
            while True:
                await self._news.wait()
                await self._send_news()

    async def _send_news(self) -> None:
        """Send the view if it has changed, and new log entries."""
        async with self._sending:
            self._news.clear()
            view = json.dumps({"view": self._window.view(self._seat)}, ensure_ascii=False)
            if view != self._shown:
                self._shown = view
                await self._socket.send_str(view)
            if log := self._window.log_since(self._logged):
                self._logged = log[-1]["number"]
                await self._socket.send_str(json.dumps({"log": log}, ensure_ascii=False))

    async def _do(self, text: str, actions: Actions) -> None:
        answer: Json = {}
        try:
            asked = json.loads(text)
            answer["id"] = asked.get("id")
            json.dumps(asked, ensure_ascii=False).encode()  # half characters could not be sent to anybody
            answer["result"] = await actions.do(asked)
        except SandboxError as error:
            answer["error"] = str(error)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
            answer["error"] = f"the window did not understand this: {type(error).__name__}"
        self._window.changed()
        with suppress(ConnectionError):
            await self._send_news()  # the view first: an answer may name a message in it
            await self._socket.send_str(json.dumps(answer))
