"""A paper whose row can't be read does not hide the others from a search."""

import logging

import pytest

from bot.papers import Appearance, Day, Details, Listing
from bot.search.finding.fts import match_expression
from bot.search.model import Filters
from bot.search.query import parse
from bot.search.service import Search
from bot.search.subjects.similar import Neighbours
from bot.search.typing.titles import complete
from bot.storage.engine.database import Database
from bot.storage.papers.index import UNINDEXED
from bot.storage.papers.library import Library, StoredPage
from tests.builders import FRIDAY, paper, utc

NOW = utc(2024, 2, 23, 8)
PAPERS = [paper(number, title=f"Sparse Diffusion {number}") for number in (1, 2, 3)]
OTHERS = [paper(number, title=f"Something Else {number}") for number in range(4, 9)]
READABLE = ["2402.00001", "2402.00003"]
SPOILS = {
    "half of its JSON": ("content", """{"title":"Sparse Diff"""),
    "another document": ("content", "[]"),
    "a key too few": ("content", """{"title":"Sparse Diffusion","authors":[],"more":false,"image":null}"""),
    "no day": ("day", "someday"),
}


def ids(found: tuple[Appearance, ...]) -> list[str]:
    return sorted(each.listing.paper.arxiv_id for each in found)


@pytest.fixture(params=SPOILS)
async def spoilt(request: pytest.FixtureRequest, library: Library, database: Database) -> Library:
    """A library of eight papers, the second of which can't be read."""
    await library.store_page("23", "h", Day(FRIDAY, tuple(Listing(each, 1) for each in (*PAPERS, *OTHERS))), NOW)
    column, value = SPOILS[request.param]
    table = "appearances" if column == "content" else "papers"
    async with database.write() as tx:
        await tx.run(f"UPDATE {table} SET {column} = ? WHERE arxiv_id = '2402.00002'", (value,))
    return library


async def test_a_search_shows_the_papers_that_can_be_read(spoilt: Library, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        page = await Search(spoilt, budget=5.0).search("sparse diffusion", limit=5)
    assert ids(page.appearances) == READABLE
    assert "paper 2402.00002 can't be read and is skipped" in caplog.text
    assert not page.stopped


@pytest.mark.parametrize("text", ["sparse zebra", "2402.00002", "스파스 sparse"])
async def test_so_does_every_way_to_search(spoilt: Library, text: str) -> None:
    page = await Search(spoilt, budget=5.0).search(text, limit=5)
    assert "2402.00002" not in ids(page.appearances)


async def test_titles_similar_papers_forecasts_and_the_best_leave_it_out(spoilt: Library) -> None:
    assert ids(await complete(spoilt, "sparse dif", 5)) == READABLE
    assert ids((await Neighbours(spoilt).of(PAPERS[0])).appearances)[:1] == READABLE[1:]
    assert ids((await spoilt.find(match_expression(parse("sparse")), Filters(), 5, 0))[1]) == READABLE
    assert ids((await spoilt.top(None, 8))[1]) == sorted([*READABLE, *(each.arxiv_id for each in OTHERS)])


async def test_details_that_are_no_json_cost_the_abstract_alone(library: Library, database: Database) -> None:
    day, details = Day(FRIDAY, tuple(map(Listing, PAPERS))), (Details("2402.00002", "An abstract"),)
    async with database.write() as tx:
        put = await library.put(tx, StoredPage("23", "h", day, details=details, read_at=NOW), NOW)
        await tx.run("UPDATE details SET content = 'half of its'")
    await library.stored(put)
    page = await Search(library, budget=5.0).search("sparse diffusion", limit=5)
    assert len(page.results) == 3


async def test_the_index_is_rebuilt_without_it(spoilt: Library, database: Database) -> None:
    async with database.write() as tx:
        await tx.run("UPDATE notes SET value = 'older' WHERE name = 'analysis'")
    assert await spoilt.refresh_index()
    assert await database.row("SELECT 1 FROM notes WHERE name = ?", (UNINDEXED,)) is None
    assert set(READABLE) <= set(ids((await Search(spoilt, budget=5.0).search("sparse", limit=5)).appearances))


async def test_a_page_that_lists_it_again_repairs_it(spoilt: Library) -> None:
    await spoilt.store_page("23", "h2", Day(FRIDAY, tuple(Listing(each, 2) for each in PAPERS)), NOW)
    page = await Search(spoilt, budget=5.0).search("sparse diffusion", limit=5)
    assert ids(page.appearances) == sorted(each.arxiv_id for each in PAPERS)
