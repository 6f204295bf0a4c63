"""Raw requests to the sandbox, for what discord.py itself would not let through."""

from dataclasses import dataclass
from typing import Any, Self

import aiohttp

from sandbox import Channel, Sandbox


@dataclass(frozen=True)
class Reached:
    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> int:
        return int(self.body["code"])

    def errors(self, *path: str | int) -> list[str]:
        """The codes of the errors at a path of the form."""
        node = self.body["errors"]
        for step in path:
            node = node[str(step)]
        return [error["code"] for error in node["_errors"]]


class Rest:
    def __init__(self, world: Sandbox) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def __call__(self, method: str, path: str, body: object = None, *, token: str | None = None) -> Reached:
        assert self._session is not None
        headers = {"Authorization": f"Bot {token or self._world.token}"}
        url = self._world.url + path
        async with self._session.request(method, url, json=body, headers=headers) as response:
            told = await response.json() if response.content_type == "application/json" else None
            return Reached(response.status, told, dict(response.headers))

    async def post(self, channel: Channel, **body: object) -> Reached:
        return await self("POST", f"/channels/{channel.id}/messages", body)
