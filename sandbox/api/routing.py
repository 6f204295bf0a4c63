"""The parameters and results of REST handlers, and how the handler of a path is found."""

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
    """A request as a handler receives it."""

    discord: World
    gateway: Gateway
    params: Mapping[str, str]
    query: Mapping[str, str]
    data: object = None
    files: tuple[Attachment, ...] = ()

    def id(self, name: str) -> int:
        """An id in the path. Refused with code 50035 if it is not a number."""
        value = self.params[name]
        if not value.isdecimal():
            problem = {"code": "NUMBER_TYPE_COERCE", "message": f'Value "{value}" is not snowflake.'}
            raise refused(50035, {name: {"_errors": [problem]}})
        return int(value)

    @property
    def json(self) -> Json:
        """The body as a JSON object."""
        return must_be_object(self.data)

    @property
    def body(self) -> Body:
        """The body and its files."""
        return Body(self.json, self.files)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: a status and JSON, or no content."""

    status: int = 204
    body: object = None


def ok(body: object) -> Answer:
    """200 with JSON."""
    return Answer(200, body)


DONE = Answer()
"""204 without content."""

Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path such as "/channels/{channel_id}", and its handler."""

    method: str
    path: str
    handler: Handler
    with_token: bool = True
    """Whether the bot's token is required. Interactions have their own token."""
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        object.__setattr__(self, "pattern", re.compile(pattern))


class Router:
    """All routes, indexed by method and number of slashes. The first one that matches is used."""

    def __init__(self, routes: list[Route]) -> None:
        self._routes: dict[tuple[str, int], list[Route]] = {}
        for route in routes:
            self._routes.setdefault((route.method, route.path.count("/")), []).append(route)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route of a path, and its parameters."""
        for route in self._routes.get((method, path.count("/")), []):
            if match := route.pattern.fullmatch(path):
                return route, match.groupdict()
        return None
