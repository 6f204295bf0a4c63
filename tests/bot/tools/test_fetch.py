"""Days from a local site, by the command's own function: its loop is the test's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import aiohttp
import pytest

from bot.archive.reader import read_file
from bot.cli import main
from bot.clock import Clock
from bot.errors import SourceError, UsageError
from bot.papers.texts import summary_language
from bot.settings import ArchiveSettings, DatabaseSettings, Settings, SourceSettings, SummarySettings
from bot.sources.huggingface import HuggingFace
from bot.sources.rates import Turns
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.summaries.model import SummaryLanguage
from bot.tools.fetch import fetch_days
from bot.tools.summarise import summarise_papers
from sandbox import LocalSite, ModelServer

FRIDAY = date(2024, 2, 23)
TUESDAY = date(2024, 2, 27)
ABSTRACT = (
    "We train a detector on 12 tasks and reach 81.5% accuracy, which is better than all earlier detectors of its size."
)


@dataclass
class Desk:
    """A site, a model, and the settings of an operator who uses both."""

    site: LocalSite
    model: ModelServer
    settings: Settings

    async def held(self) -> dict[date, list[str]]:
        async with Database.open(self.settings.database.path) as database:
            library = Library(database)
            days = [await library.day(day) for day in await library.days(date.min, date.max)]
        return {day.date: [one.paper.summary[0].text for one in day.listings] for day in days if day}


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr("bot.tools.fetch.open_site", hurried)
    async with LocalSite(lambda: datetime(2024, 2, 26, 12, tzinfo=UTC)) as site, ModelServer() as model:
        yield Desk(
            site,
            model,
            Settings(
                source=SourceSettings(url=site.url),
                database=DatabaseSettings(path=tmp_path / "paperboy.db"),
                archive=ArchiveSettings(path=tmp_path / "archive", write=True),
                summaries=SummarySettings(by="openai", base_url=model.url, language="en"),
            ),
        )


@asynccontextmanager
async def hurried(settings: SourceSettings, clock: Clock, *, proxy: str | None) -> AsyncIterator[HuggingFace]:
    """A client that waits for nothing: a local site needs no care."""

    async def no_sleep(_: float) -> None:
        return

    async with aiohttp.ClientSession(proxy=proxy) as session:
        yield HuggingFace(session, settings.url, clock, Turns(apart=0), no_sleep, Random(1))


def fill(site: LocalSite, days: int = 3) -> None:
    for ago in range(days):
        site.day(FRIDAY - timedelta(days=ago)).add(f"2402.0000{ago}", summary=ABSTRACT)


async def test_days_are_fetched_and_whole_ones_are_left_out_the_next_time(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(desk.site)
    assert await fetch_days(desk.settings, FRIDAY - timedelta(days=2), FRIDAY) == 0
    assert "3 days read with 3 papers, 3 of them new; 0 days were whole before" in capsys.readouterr().out
    assert len(await desk.held()) == 3
    asked = len(desk.site.asked)
    assert await fetch_days(desk.settings, FRIDAY - timedelta(days=2), FRIDAY) == 0
    assert "0 days read" in capsys.readouterr().out
    assert len(desk.site.asked) == asked + 1  # for the date


async def test_without_dates_the_last_days_at_the_site_are_read(desk: Desk) -> None:
    await fetch_days(desk.settings, None, None)
    assert [asked.query["date"] for asked in desk.site.asked[1:]] == ["2024-02-24", "2024-02-25", "2024-02-26"]


async def test_a_single_day_is_read_again(desk: Desk) -> None:
    fill(desk.site, 1)
    await fetch_days(desk.settings, FRIDAY, FRIDAY)
    desk.site.day(FRIDAY).add("2402.00009", summary="Late.")
    await fetch_days(desk.settings, FRIDAY, FRIDAY)
    assert len((await desk.held())[FRIDAY]) == 2


async def test_what_was_read_before_the_site_failed_is_kept_and_the_command_goes_on(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(desk.site)
    desk.site.fault(times=2)
    desk.site.fault(times=1)
    desk.site.fault(status=500, times=6)
    assert await fetch_days(desk.settings, FRIDAY - timedelta(days=2), FRIDAY) == 1
    assert (
        "2 days are left: the site answered with error 500; repeat the command to continue" in capsys.readouterr().err
    )
    assert list(await desk.held()) == [FRIDAY - timedelta(days=2)]
    assert await fetch_days(desk.settings, FRIDAY - timedelta(days=2), FRIDAY) == 0
    assert len(await desk.held()) == 3


async def test_a_day_over_which_the_site_fails_keeps_no_other_from_being_read(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(desk.site)
    desk.site.fault()  # for the date
    desk.site.fault(status=500, times=3)
    assert await fetch_days(desk.settings, FRIDAY - timedelta(days=2), FRIDAY) == 1
    told = capsys.readouterr()
    assert "1 days are left: the site answered with error 500; repeat the command to continue" in told.err
    assert "2 days read with 2 papers" in told.out
    assert list(await desk.held()) == [FRIDAY - timedelta(days=1), FRIDAY]


async def test_papers_are_summarised_where_members_read_them(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    fill(desk.site, 2)
    await fetch_days(desk.settings, FRIDAY - timedelta(days=1), FRIDAY)
    assert await summarise_papers(desk.settings, missing=True) == 0
    assert "2 papers summarised, 0 left" in capsys.readouterr().out
    assert all(texts != [ABSTRACT] for texts in (await desk.held()).values())
    asked = len(desk.model.questions)
    assert await summarise_papers(desk.settings, missing=True) == 0
    assert len(desk.model.questions) == asked


async def test_pages_are_written_in_the_archives_language_and_in_the_further_ones(desk: Desk, tmp_path: Path) -> None:
    fill(desk.site, 1)
    languages = {SummaryLanguage.EN: tmp_path / "en", SummaryLanguage.JA: tmp_path / "ja"}
    archive = desk.settings.archive.model_copy(update={"write_languages": languages})
    summaries = SummarySettings(
        by="openai", base_url=desk.model.url, languages=(SummaryLanguage.KO, SummaryLanguage.JA)
    )
    settings = desk.settings.model_copy(update={"archive": archive, "summaries": summaries})
    await fetch_days(settings, FRIDAY, FRIDAY)
    await summarise_papers(settings, missing=True)
    pages = [read_file(folder / "2024/02/23.md") for folder in (archive.path, *languages.values())]
    assert [summary_language(page.day.listings[0].paper) for page in pages] == ["ko", "en", "ja"]
    assert pages[1].day.listings[0].paper.bullet_texts() == (ABSTRACT,)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "2024-02-23", "--to", "2024-02-22"], "--from 2024-02-23 is after --to 2024-02-22"),
        (["--date", "2024-02-23", "--from", "2024-02-22"], "--date can't be combined with --from or --to"),
        (["--date", "2024-02-23", "--to", "2024-02-23"], "--date can't be combined with --from or --to"),
    ],
)
def test_days_that_do_not_go_together_are_one_line_and_status_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fetch", *arguments]) == 2
    assert capsys.readouterr().err == f"paperboy: {said}\n"


@pytest.mark.parametrize(("first", "last"), [(TUESDAY, TUESDAY), (TUESDAY, None), (FRIDAY, TUESDAY), (None, TUESDAY)])
async def test_a_day_to_come_is_an_error_of_the_command(desk: Desk, first: date | None, last: date | None) -> None:
    with pytest.raises(UsageError, match=r"^2024-02-27 is in the future: the date at the site is 2024-02-26$"):
        await fetch_days(desk.settings, first, last)
    assert len(desk.site.asked) == 1  # for the date


async def test_a_site_that_is_away_is_said_so(desk: Desk) -> None:
    desk.site.down = True
    with pytest.raises(SourceError, match="can't be reached"):
        await fetch_days(desk.settings, None, None)
