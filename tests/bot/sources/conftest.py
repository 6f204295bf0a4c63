"""A local site, a client of it whose waits take no time, and a clock that the test moves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import aiohttp
import pytest

from bot.sources.huggingface import HuggingFace
from bot.sources.rates import Turns
from sandbox import LocalSite
from tests.builders import utc

FRIDAY_NOON = utc(2024, 2, 23, 12)


@dataclass
class Time:
    """The site's clock and the client's seconds: both go on while the client waits, and where the test moves them."""

    at: datetime = FRIDAY_NOON
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.advance(timedelta(seconds=seconds))

    def advance(self, by: timedelta) -> None:
        self.at += by
        self.seconds += by.total_seconds()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def site(time: Time) -> AsyncIterator[LocalSite]:
    async with LocalSite(time.now) as site:
        yield site


@pytest.fixture
async def client(site: LocalSite, time: Time) -> AsyncIterator[HuggingFace]:
    """A client whose own machine's clock is a year off: the site's counts."""
    wrong = Time(at=FRIDAY_NOON - timedelta(days=365))
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        yield HuggingFace(session, site.url, wrong, Turns(monotonic=time.monotonic), time.sleep, Random(1))
