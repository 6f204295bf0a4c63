import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.errors import SourceError, SourceFault
from bot.papers import Paper
from bot.reading import authors
from bot.reading.authors import ASK_AGAIN, REST, AuthorService
from bot.storage.engine.database import Database
from bot.storage.papers.authors import OrderedAuthors
from tests.builders import StandingClock, utc

NAMES = ("Tianyu Zheng", "Ge Zhang", "Tianhao Shen")
PAPER = Paper("2402.14658", "T", NAMES[::-1], more_authors=True)


class Arxiv:
    """arXiv with some records. It notes what it is asked, fails with a fault, and answers once it is open."""

    def __init__(self, **records: tuple[str, ...]) -> None:
        self.records = {arxiv_id.removeprefix("_").replace("_", "."): names for arxiv_id, names in records.items()}
        self.asked: list[tuple[str, ...]] = []
        self.fault: SourceFault | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def authors(self, arxiv_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        self.asked.append(tuple(arxiv_ids))
        await self.open.wait()
        if self.fault is not None:
            raise SourceError(self.fault, "no")
        return {each: self.records[each] for each in arxiv_ids if each in self.records}


@pytest.fixture
def arxiv() -> Arxiv:
    return Arxiv(_2402_14658=NAMES)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(utc(2024, 2, 23, 12))


@pytest.fixture
def service(database: Database, arxiv: Arxiv, clock: StandingClock) -> AuthorService:
    return AuthorService(OrderedAuthors(database), arxiv, clock)


async def test_arxiv_is_asked_once_and_what_it_tells_is_kept(
    database: Database, service: AuthorService, arxiv: Arxiv, clock: StandingClock
) -> None:
    for _ in range(2):
        (paper,) = await service.in_order([PAPER])
        assert (paper.authors, paper.ordered, paper.more_authors) == (NAMES, True, False)
    assert arxiv.asked == [("2402.14658",)]
    (later,) = await AuthorService(OrderedAuthors(database), None, clock).in_order([PAPER])
    assert later.authors == NAMES


async def test_several_presses_at_once_make_one_request(service: AuthorService, arxiv: Arxiv) -> None:
    told = await asyncio.gather(*(service.in_order([PAPER]) for _ in range(5)))
    assert {paper.authors for (paper,) in told} == {NAMES}
    assert len(arxiv.asked) == 1


async def test_papers_whose_order_is_known_are_not_asked_about(service: AuthorService, arxiv: Arxiv) -> None:
    known = [Paper("2402.00001", "T", ("B", "A"), ordered=True), Paper("2402.00002", "T", ("Ada",))]
    assert await service.in_order(known) == known
    assert arxiv.asked == []
    others = [*known, Paper("2402.00003", "T", ("B", "A")), PAPER, Paper("2402.00004", "T")]
    assert [paper.arxiv_id for paper in await service.in_order(others)] == [paper.arxiv_id for paper in others]
    assert arxiv.asked == [("2402.00003", "2402.14658", "2402.00004")]


async def test_a_paper_without_a_record_is_as_it_was_and_asked_about_a_week_later(
    service: AuthorService, arxiv: Arxiv, clock: StandingClock
) -> None:
    arxiv.records.clear()
    for _ in range(2):
        assert await service.in_order([PAPER]) == [PAPER]
    assert len(arxiv.asked) == 1
    clock.moment += ASK_AGAIN
    arxiv.records["2402.14658"] = NAMES
    assert (await service.in_order([PAPER]))[0].authors == NAMES


async def test_after_a_failure_arxiv_is_left_alone_for_a_while(
    service: AuthorService, arxiv: Arxiv, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    arxiv.fault = SourceFault.BROKEN
    for _ in range(3):
        assert await service.in_order([PAPER]) == [PAPER]
    assert len(arxiv.asked) == len(caplog.records) == 1
    clock.moment += REST + timedelta(seconds=1)
    arxiv.fault = None
    assert (await service.in_order([PAPER]))[0].ordered


async def test_nobody_waits_longer_than_told(
    service: AuthorService, arxiv: Arxiv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authors, "PATIENCE", 0.01)
    arxiv.open.clear()
    assert await service.in_order([PAPER]) == [PAPER]
    arxiv.open.set()
    monkeypatch.undo()
    assert (await service.in_order([PAPER]))[0].ordered  # the request that was given up holds nobody up
