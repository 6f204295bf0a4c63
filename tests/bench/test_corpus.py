"""Large collections are made of the parts of a small one."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

from bench.corpus import LAST_DAY, PAPERS_A_DAY, append, archive_days, cached, papers_of, recombined
from bench.engine import open_engine
from tests.builders import FRIDAY, day
from tests.pages import put_page

DAYS = [day(FRIDAY), day(FRIDAY + timedelta(days=1), first=3)]
COUNT = 100


def test_identifiers_are_unique_and_days_are_in_order() -> None:
    days = list(recombined(DAYS, COUNT))
    listings = [listing for each in days for listing in each.listings]
    assert len({listing.paper.arxiv_id for listing in listings}) == len(listings) == COUNT
    assert [each.date for each in days] == sorted({each.date for each in days})
    assert days[-1].date == LAST_DAY
    assert max(len(each.listings) for each in days) == PAPERS_A_DAY
    identifiers = [listing.paper.arxiv_id for listing in listings]
    assert identifiers == sorted(identifiers)
    assert all(each.date.strftime("%y%m") == listing.paper.arxiv_id[:4] for each in days for listing in each.listings)


def test_all_parts_are_of_the_papers_given() -> None:
    papers = papers_of(DAYS)
    bullets = {bullet for paper in papers for bullet in paper.summary}
    words = {word for paper in papers for word in paper.title.split()}
    names = {name for paper in papers for name in paper.authors}
    for each in recombined(DAYS, COUNT):
        for listing in each.listings:
            assert set(listing.paper.summary) <= bullets
            assert set(listing.paper.title.split()) <= words
            assert set(listing.paper.authors) <= names


def test_the_same_seed_makes_the_same_papers() -> None:
    assert list(recombined(DAYS, COUNT)) == list(recombined(DAYS, COUNT))
    assert list(recombined(DAYS, COUNT, seed=1)) != list(recombined(DAYS, COUNT))


def test_a_paper_counts_once_with_its_newest_text(tmp_path: Path) -> None:
    for each in (day(date(2024, 2, 23)), day(date(2024, 2, 24))):
        put_page(tmp_path, each)
    days = archive_days(tmp_path)
    assert [each.date.day for each in days] == [23, 24]
    assert [paper.arxiv_id for paper in papers_of(days)] == ["2402.00001", "2402.00002"]


def test_a_database_is_built_in_parts(tmp_path: Path) -> None:
    parts = [cached(tmp_path, "small", lambda: iter(DAYS), seconds=0) for _ in range(3)]
    assert [(part.papers, part.whole) for part in parts] == [(2, False), (4, False), (4, True)]
    assert cached(tmp_path, "small", lambda: iter([])) == parts[-1]


def test_a_database_is_built_once_and_asked_as_the_bot_asks(tmp_path: Path) -> None:
    built = cached(tmp_path, "small", lambda: iter(DAYS))
    assert built.papers == len(papers_of(DAYS))
    assert cached(tmp_path, "small", lambda: iter([])) == built

    async def ask() -> None:
        async with open_engine(built.path) as engine:
            assert "2402.00003" in await engine.asking()("Paper number 3")
            assert await engine.one_row("2402.00001") == ["2402.00001"]
            assert "2402.00003" in await engine.complete("Paper number 3")
            assert await append(engine.library, day(FRIDAY + timedelta(days=2), first=5)) > 0
            assert "2402.00005" in await engine.asking()("Paper number 5")

    asyncio.run(ask())
