import asyncio
from datetime import timedelta

import pytest

from bot.errors import SourceError, SourceFault
from bot.papers import Details, Listing, Paper
from bot.reading import strays
from bot.reading.strays import ASK_AGAIN, FOR_ALL, PER_MEMBER, REST, StrayService
from bot.sources.model import SitePaper
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.storage.papers.strays import Strays
from tests.builders import FRIDAY, StandingClock, day, utc

KNOWN = "1706.03762"


class Site:
    """A site that knows one paper, or all. It notes what it is asked, and answers once it is open."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fault: SourceFault | None = None
        self.knows_all = False
        self.open = asyncio.Event()
        self.open.set()

    async def paper(self, arxiv_id: str) -> SitePaper | None:
        self.asked.append(arxiv_id)
        await self.open.wait()
        if self.fault is not None:
            raise SourceError(self.fault, "no")
        if arxiv_id != KNOWN and not self.knows_all:
            return None
        return SitePaper(Listing(Paper(arxiv_id, "A paper")), Details(arxiv_id))


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(utc(2024, 2, 23, 12))


@pytest.fixture
def service(database: Database, library: Library, site: Site, clock: StandingClock) -> StrayService:
    return StrayService(Strays(database), library, site, clock)


async def test_a_paper_is_asked_for_once_and_kept(service: StrayService, library: Library, site: Site) -> None:
    assert service.may_ask(7, [KNOWN])
    for member in (7, 8):
        await service.fetch(member, [KNOWN])
    assert site.asked == [KNOWN]
    assert await library.appearance(KNOWN) is not None


async def test_what_the_archive_has_is_not_asked_for(
    service: StrayService, library: Library, site: Site, clock: StandingClock
) -> None:
    await library.store_page("a", "hash", day(FRIDAY, votes=(3,)), clock.now())
    await service.fetch(7, ["2402.00001"])
    assert site.asked == []


async def test_two_who_name_a_paper_at_once_ask_once(service: StrayService, site: Site) -> None:
    await asyncio.gather(*(service.fetch(member, [KNOWN]) for member in range(5)))
    assert site.asked == [KNOWN]


async def test_what_the_site_does_not_know_is_asked_about_again_a_day_later(
    service: StrayService, site: Site, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        await service.fetch(7, ["2402.99999"])
    assert not service.may_ask(7, ["2402.99999"])
    clock.moment += ASK_AGAIN
    assert service.may_ask(7, ["2402.99999"])
    await service.fetch(7, ["2402.99999"])
    assert site.asked == ["2402.99999"] * 2
    monkeypatch.setattr(strays, "_REMEMBERED", 1)
    await service.fetch(7, ["2402.99998"])
    assert service.may_ask(7, ["2402.99999"])  # only the newest are remembered


async def test_a_site_that_fails_is_left_alone_for_a_while(
    service: StrayService, library: Library, site: Site, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    site.fault = SourceFault.BROKEN
    await service.fetch(7, [KNOWN, "2402.99999"])
    assert (site.asked, service.may_ask(7, [KNOWN])) == ([KNOWN], False)
    assert "the site was not asked for a paper" in caplog.text
    site.fault = None
    clock.moment += REST
    await service.fetch(7, [KNOWN])
    assert await library.appearance(KNOWN) is not None


async def test_a_site_that_is_slow_is_not_waited_for(
    service: StrayService, site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(strays, "PATIENCE", 0.01)
    site.open.clear()
    await service.fetch(7, [KNOWN])
    assert "did not tell of all papers" in caplog.text


async def test_members_and_all_together_have_a_limit_an_hour(
    service: StrayService, site: Site, clock: StandingClock
) -> None:
    site.knows_all = True
    names = [f"2402.{number:05}" for number in range(FOR_ALL + 50)]
    await service.fetch(7, names[: PER_MEMBER + 5])
    assert (len(site.asked), service.may_ask(7, names[-1:]), service.may_ask(8, names[-1:])) == (
        PER_MEMBER,
        False,
        True,
    )
    for member in range(20):
        await service.fetch(100 + member, names[PER_MEMBER + 15 * member :][:15])
    assert (len(site.asked), service.may_ask(999, names[-1:])) == (FOR_ALL, False)
    clock.moment += timedelta(hours=1)
    assert service.may_ask(7, names[-1:])


async def test_without_a_site_nothing_is_asked(database: Database, library: Library, clock: StandingClock) -> None:
    service = StrayService(Strays(database), library, None, clock)
    assert not service.may_ask(7, [KNOWN])
    await service.fetch(7, [KNOWN])
