"""A local site, a client of it whose waits take no time, and a clock that the test moves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import aiohttp
import pytest

from bot.archive.scribe import Scribe
from bot.archive.thread import FileThread
from bot.papers import Bullet
from bot.sources.huggingface import HuggingFace
from bot.sources.poller import Poller
from bot.sources.rates import Turns
from bot.sources.whole import CLOSES_AT, Closing
from bot.storage.engine.database import Database
from bot.storage.members.desk import Desk
from bot.storage.papers.details import DetailsStore
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.storage.papers.summaries import Summaries
from bot.storage.papers.written import WrittenPages
from bot.summaries.model import Made, SummaryLanguage, Usage
from bot.summaries.service import Claim, Terms
from sandbox import LocalSite
from tests.builders import utc

FRIDAY_NOON = utc(2024, 2, 23, 12)
FRIDAY = date(2024, 2, 23)
SATURDAY, SUNDAY = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)
RULE = Closing(CLOSES_AT, timedelta(hours=12))
HOUR = timedelta(hours=1)
BULLETS = (Bullet("Made.", "What's New"),)


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


@dataclass
class Desks:
    """A poller and all that it works on."""

    poller: Poller
    site: LocalSite
    time: Time
    library: Library
    days: SiteDays
    desk: Desk
    details: DetailsStore
    scribe: Scribe
    database: Database
    folder: Path

    async def make(self, arxiv_id: str, bullets: tuple[Bullet, ...]) -> None:
        """Keep a summary as a model's."""
        claim = Claim(arxiv_id, (SummaryLanguage.KO,), "a model", self.time.now())
        summaries = Summaries(self.database)
        assert await summaries.claim(claim, Terms(claim.at, claim.at, None, claim.at))
        await summaries.keep(claim, Made({SummaryLanguage.KO: bullets}, Usage(1)))

    async def poll_until(self, hours: float, every: float = 0.5) -> None:
        for _ in range(int(hours / every)):
            self.time.advance(timedelta(hours=every))
            await self.poller.run()


@pytest.fixture
async def desks(site: LocalSite, client: HuggingFace, time: Time, tmp_path: Path) -> AsyncIterator[Desks]:
    folder = tmp_path / "archive"
    folder.mkdir()
    async with Database.open(tmp_path / "paperboy.db") as database:
        library = Library(database)
        days, desk = SiteDays(database, library, (SummaryLanguage.KO,)), Desk(database)
        poller = Poller(client, days, desk, time, RULE)
        scribe = Scribe(folder, WrittenPages(database), library.day, timedelta(hours=36), FileThread())
        yield Desks(poller, site, time, library, days, desk, DetailsStore(database), scribe, database, folder)
