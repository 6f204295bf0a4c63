from collections.abc import AsyncIterator

import pytest

from bot.summaries.model import Summariser
from bot.summaries.opening import open_summariser
from sandbox import ModelServer

KEY = "sk-very-secret"


@pytest.fixture
async def model() -> AsyncIterator[ModelServer]:
    async with ModelServer() as server:
        yield server


@pytest.fixture
async def summariser(model: ModelServer) -> AsyncIterator[Summariser]:
    async with open_summariser(model.url, "otter-1", KEY, 10) as opened:
        yield opened
