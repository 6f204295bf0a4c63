"""What passes between the world and the bot: its requests, and the events that it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.payloads.errors import Json

_SUCCESS = range(200, 300)


@dataclass(slots=True, eq=False, repr=False)
class Request:
    """A request that the bot made. `path` and `route` are below /api/v10; the route has its parameters named.

    `body` is the JSON that was received, `status` and `answer` are what was sent back. They stay None if the connection
    was cut. `faked` is true if a fault made the answer.
    """

    method: str
    path: str
    query: Mapping[str, str]
    route: str = ""
    body: object = None
    status: int | None = None
    answer: object = None
    faked: bool = False

    @property
    def succeeded(self) -> bool:
        """Whether the answer had a status of 200 to 299."""
        return self.status in _SUCCESS

    @property
    def code(self) -> int | None:
        """Discord's error code in the answer, if there is one."""
        return self.answer.get("code") if isinstance(self.answer, dict) and not self.succeeded else None

    def __repr__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"


class Dispatcher(Protocol):
    """Sends the world's events to the bot. The gateway implements it."""

    def knows(self, server_id: int | None) -> bool:
        """Whether the bot can receive a server's interactions; None asks for DMs."""
        ...

    def dispatch(self, event: str, data: Json, *, server_id: int | None) -> None:
        """Send an event of a server, or of no server, to the bot."""
        ...


class Watcher(Protocol):
    """Is told about everything that passes between the bot and Discord."""

    def on_request(self, request: Request) -> None:
        """A request of the bot was answered."""
        ...

    def on_event(self, event: str, data: Json) -> None:
        """An event was sent to the bot."""
        ...
