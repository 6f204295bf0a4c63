"""What runs beside the courier: reading, summarising, writing, and that none of it stops for another."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.archive.folder import Written
from bot.archive.scribe import Scribe
from bot.newsroom import Newsroom, make_days, make_poller, make_scribes, make_summarising
from bot.papers import Bullet, Details, Listing
from bot.settings import ArchiveSettings, Settings, SourceSettings, SummarySettings
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import end_of
from bot.storage.engine.database import Database
from bot.storage.members.desk import Desk
from bot.storage.papers.library import Library
from bot.summaries.model import Made, Source, SummaryLanguage, Usage
from sandbox.world.bell import PATIENCE
from tests.builders import StandingClock, paper, utc
from tests.builders import day as page_of

FRIDAY = date(2024, 2, 23)
BULLETS = (Bullet("만든 요약입니다.", "What's New"),)


@dataclass
class Site:
    """A site that lists what it is told to."""

    clock: StandingClock
    papers: tuple[SitePaper, ...] = ()

    async def today(self) -> date:
        return self.clock.now().date()

    async def read(self, day: date) -> Reading:
        return Reading(day, self.clock.now(), self.papers if day == FRIDAY else ())


class Model:
    """A model that waits until it is let go."""

    name = "a model"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def summarise(self, source: Source, languages: Sequence[SummaryLanguage], left: Usage) -> Made:
        del left
        self.asked.append(source.arxiv_id)
        self.is_asked.set()
        await self.may_answer.wait()
        return Made(dict.fromkeys(languages, BULLETS), Usage(1, 10))


@dataclass
class Room:
    newsroom: Newsroom
    library: Library
    site: Site
    model: Model
    clock: StandingClock
    folder: Path

    async def summaries(self) -> list[tuple[Bullet, ...]]:
        day = await self.library.day(FRIDAY)
        return [one.paper.summary for one in day.listings] if day else []


@pytest.fixture
def room(database: Database, library: Library, tmp_path: Path) -> Room:
    clock, folder = StandingClock(utc(2024, 2, 23, 12)), tmp_path / "pages"
    settings = Settings(
        archive=ArchiveSettings(path=folder, write=True), source=SourceSettings(), summaries=SummarySettings()
    )
    site, model = Site(clock), Model()
    days = make_days(settings, database, library)
    poller = make_poller(settings, days, Desk(database), site, clock)
    summarising = make_summarising(settings, database, days, model, clock, lambda *_: None)
    newsroom = Newsroom(clock, days, poller, summarising, make_scribes(settings, database, library))
    return Room(newsroom, library, site, model, clock, folder)


class Pen(Scribe):
    """A scribe that writes nothing, and notes how many times at once it was asked to."""

    def __init__(self) -> None:
        self.at_once: list[int] = []
        self._working = 0

    async def run(self) -> list[Written]:
        self._working += 1
        self.at_once.append(self._working)
        await asyncio.sleep(0)
        self._working -= 1
        return []


def listed(*numbers: int) -> tuple[SitePaper, ...]:
    return tuple(
        SitePaper(Listing(paper(number, summary=()), number), Details(f"2402.{number:05d}", abstract="An abstract."))
        for number in numbers
    )


async def test_nothing_waits_for_a_slow_model(room: Room) -> None:
    room.site.papers = listed(1, 2)
    await room.newsroom.read()
    working = asyncio.create_task(room.newsroom.keep_summarising())
    await room.model.is_asked.wait()
    room.site.papers = listed(1, 2, 3)
    await room.newsroom.read()
    assert await room.summaries() == [(Bullet("An abstract."),)] * 3
    room.model.may_answer.set()
    async with asyncio.timeout(PATIENCE):
        while await room.summaries() != [BULLETS] * 3:  # noqa: ASYNC110  the database rings no bell
            await asyncio.sleep(0)
    assert await room.newsroom.unsummarised() == 0
    assert sorted(room.model.asked) == ["2402.00001", "2402.00002", "2402.00003"]
    working.cancel()
    await asyncio.wait([working])


async def test_pages_are_written_one_after_the_other(database: Database, library: Library) -> None:
    pen, clock = Pen(), StandingClock(utc(2024, 2, 23, 12))
    newsroom = Newsroom(clock, make_days(Settings(), database, library), None, None, [pen])
    await asyncio.gather(newsroom.write(), newsroom.read(), newsroom.write())
    assert pen.at_once == [1, 1, 1]


async def test_those_with_the_most_votes_are_first(room: Room) -> None:
    room.site.papers = listed(1, 3, 2)
    room.model.may_answer.set()
    await room.newsroom.read()
    assert await room.newsroom.summarise() == 3
    assert room.model.asked == ["2402.00003", "2402.00002", "2402.00001"]


async def test_what_a_page_of_the_folder_summarises_is_not_asked_about(room: Room) -> None:
    await room.library.store_page("2024/02/23.md", "h", page_of(FRIDAY, votes=(5,)), room.clock.now())
    room.site.papers = listed(1, 7)
    room.model.may_answer.set()
    await room.newsroom.read()
    assert await room.newsroom.summarise() == 1
    assert room.model.asked == ["2402.00007"]


async def test_a_folder_that_takes_no_page_is_said_once_and_tried_again(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    room.site.papers = listed(1)
    for hours in (0, 13):
        room.clock.moment = end_of(FRIDAY) + timedelta(hours=hours)
        await room.newsroom.read()
    page = room.folder / "2024/02/23.md"
    assert page.exists()
    page.unlink()
    page.parent.rmdir()
    page.parent.write_text("in the way", encoding="utf-8")
    room.model.may_answer.set()
    with caplog.at_level(logging.WARNING):
        await room.newsroom.summarise()
        await room.newsroom.read()
    assert caplog.text.count("can't be written") == 1
    page.parent.unlink()
    await room.newsroom.read()
    assert BULLETS[0].text in page.read_text(encoding="utf-8")
