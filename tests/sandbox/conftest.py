import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from types import SimpleNamespace

import discord.http
import discord.webhook.async_
import pytest

from sandbox import Channel, Member, Sandbox, Server
from tests.sandbox.newsbot import NewsBot, running
from tests.sandbox.openapi import find_spec, request_problems
from tests.sandbox.rest import Rest


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def world(clock: Callable[[], float]) -> AsyncIterator[Sandbox]:
    """A Discord. The requests that went well are held against the specification afterwards."""
    async with Sandbox(time=clock) as sandbox:
        yield sandbox
    spec = find_spec()
    if spec is not None:
        asked = [request for request in sandbox.requests if request.succeeded]
        assert [problem for request in asked for problem in request_problems(request, spec)] == []


@pytest.fixture
def server(world: Sandbox) -> Server:
    return world.add_server("ML Korea", locale="ko")


@pytest.fixture
def channel(server: Server) -> Channel:
    return server.add_channel("papers")


@pytest.fixture
def mina(server: Server, channel: Channel) -> Member:
    return server.add_member("mina", locale="ko", manage_server=True)


@pytest.fixture
def jun(server: Server, channel: Channel) -> Member:
    return server.add_member("jun")


@pytest.fixture
async def bot(world: Sandbox, server: Server, channel: Channel) -> AsyncIterator[NewsBot]:
    async with running(world) as bot:
        yield bot


@pytest.fixture
async def rest(world: Sandbox) -> AsyncIterator[Rest]:
    async with Rest(world) as rest:
        yield rest


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """discord.py does not wait between its retries; the seconds it would have waited are listed."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        if seconds:
            waited.append(seconds)

    hurried = SimpleNamespace(**vars(asyncio) | {"sleep": sleep})
    monkeypatch.setattr(discord.http, "asyncio", hurried)
    monkeypatch.setattr(discord.webhook.async_, "asyncio", hurried)
    return waited
