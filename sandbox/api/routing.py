"""What a REST handler is given and gives back, and how a path finds its handler."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.payloads.drafts import Body, must_be_object
from sandbox.payloads.errors import Json, refused

if TYPE_CHECKING:
    from sandbox.api.gateway import Gateway
    from sandbox.payloads.drafts import Attachment
    from sandbox.world.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A request on its way to the handler."""

    discord: World
    gateway: Gateway
    params: Mapping[str, str]
    query: Mapping[str, str]
    data: object = None
    files: tuple[Attachment, ...] = ()

    def id(self, name: str) -> int:
        """A parameter of the path that is an id; what is none is refused with code 50035."""
        value = self.params[name]
        if not value.isdecimal():
            problem = {"code": "NUMBER_TYPE_COERCE", "message": f'Value "{value}" is not snowflake.'}
            raise refused(50035, {name: {"_errors": [problem]}})
        return int(value)

    @property
    def json(self) -> Json:
        """The body as an object."""
        return must_be_object(self.data)

    @property
    def body(self) -> Body:
        """The body with its files."""
        return Body(self.json, self.files)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a status and JSON, or no content."""

    status: int = 204
    body: object = None


def ok(body: object) -> Answer:
    """An answer that it went well, with JSON."""
    return Answer(200, body)


DONE = Answer()
"""An answer that it went well and that there is nothing to say."""

Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path such as "/channels/{channel_id}", and what answers there."""

    method: str
    path: str
    handler: Handler
    with_token: bool = True
    """Whether the bot's token has to come with it; interactions carry their own."""
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        object.__setattr__(self, "pattern", re.compile(pattern))


class Router:
    """All routes; the first that fits counts. They are kept by method and length, which sorts most of them out."""

    def __init__(self, routes: list[Route]) -> None:
        self._routes: dict[tuple[str, int], list[Route]] = {}
        for route in routes:
            self._routes.setdefault((route.method, route.path.count("/")), []).append(route)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route of a path and the parameters in it."""
        for route in self._routes.get((method, path.count("/")), []):
            if match := route.pattern.fullmatch(path):
                return route, match.groupdict()
        return None
