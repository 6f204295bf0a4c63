from datetime import date, timedelta

import pytest

from bot.papers import Day, Details, Listing, Paper
from bot.search.model import Filters
from bot.search.service import Search
from bot.search.subjects.similar import Neighbours
from bot.sources.model import SitePaper
from bot.storage.engine.database import Database
from bot.storage.ledger.upkeep import Upkeep
from bot.storage.members.saved import ReadingLists
from bot.storage.papers.details import DetailsStore
from bot.storage.papers.library import Library
from bot.storage.papers.strays import Strays
from tests.builders import FRIDAY, day, paper, utc

NOON = utc(2024, 2, 23, 12)
NAMES = ("Ashish Vaswani", "Noam Shazeer")
DETAILS = Details("1706.03762", abstract="Convolutions are dispensed with entirely.", code="https://example.org/code")
STRAY = SitePaper(Listing(Paper("1706.03762", "Attention", NAMES, ordered=True), 12), DETAILS)


@pytest.fixture
def strays(database: Database) -> Strays:
    return Strays(database)


async def test_a_stray_is_read_as_a_paper_without_a_day_and_votes(
    database: Database, library: Library, strays: Strays
) -> None:
    await library.store_page("a", "hash", day(FRIDAY, votes=(3,)), NOON)
    await strays.keep(STRAY, NOON)
    found = await library.appearances(["1706.03762", "2402.00001", "2402.99999"])
    assert list(found) == ["1706.03762", "2402.00001"]
    stray = found["1706.03762"]
    assert (stray.day, stray.dated, stray.listing.votes) == (None, "", None)
    paper = stray.listing.paper
    assert (paper.title, paper.authors, paper.ordered) == ("Attention", NAMES, True)
    assert paper.bullet_texts() == ("Convolutions are dispensed with entirely.",)
    assert await DetailsStore(database).of("1706.03762") == DETAILS


async def test_nothing_that_looks_for_papers_finds_a_stray(library: Library, strays: Strays) -> None:
    await library.store_page("a", "hash", day(FRIDAY, votes=(3,)), NOON)
    before = await library.coverage()
    await strays.keep(STRAY, NOON)
    for query in ("attention", "convolutions", "author:vaswani", "-nothing"):
        page = await Search(library).search(query, Filters(), limit=9)
        assert "1706.03762" not in [each.listing.paper.arxiv_id for each in page.appearances], query
    assert await library.coverage() == before
    assert (await library.top(None, 9))[0] == 1
    assert [(await library.random()) is not None for _ in range(5)] == [True] * 5
    assert (await library.count_since(FRIDAY), await library.count_since(date.min)) == (1, 1)


async def test_a_stray_is_compared_with_the_papers_of_the_archive(library: Library, strays: Strays) -> None:
    titles = ("Zebra stripes", "Deep thought", "Deep learning", "Shallow waters")
    listings = [Listing(paper(number, title=title)) for number, title in enumerate(titles, 1)]
    await library.store_page("a", "hash", Day(FRIDAY, tuple(listings)), NOON)
    await strays.keep(SitePaper(Listing(Paper("1706.03762", "Zebra crossings")), Details("1706.03762")), NOON)
    stray = await library.appearance("1706.03762")
    assert stray is not None
    near = (await Neighbours(library).of(stray.listing.paper)).appearances
    assert [each.listing.paper.arxiv_id for each in near] == ["2402.00001"]


async def test_what_a_day_lists_is_no_stray(database: Database, library: Library, strays: Strays) -> None:
    """Its details stay as the index has them, and the stray of before gives way to the day's paper."""
    await strays.keep(STRAY, NOON)
    page = day(FRIDAY, votes=(3,))
    await library.store_page("a", "hash", page, NOON)
    listed = SitePaper(Listing(Paper("2402.00001", "Other words")), Details("2402.00001", abstract="Other words."))
    await strays.keep(listed, NOON)
    assert await DetailsStore(database).of("2402.00001") is None
    found = await library.appearance("2402.00001")
    assert found is not None
    assert (found.day, found.listing.paper.title) == (FRIDAY, page.listings[0].paper.title)


async def test_a_stray_that_a_day_lists_later_is_found_with_its_day(library: Library, strays: Strays) -> None:
    await strays.keep(SitePaper(Listing(Paper("2402.00001", "Early")), Details("2402.00001", abstract="Zebras.")), NOON)
    await library.store_page("a", "hash", day(FRIDAY, votes=(3,)), NOON)
    found = await library.appearance("2402.00001")
    assert found is not None
    assert found.day == FRIDAY
    page = await Search(library).search("zebras", Filters(), limit=9)
    assert [each.listing.paper.arxiv_id for each in page.appearances] == ["2402.00001"]
    await library.store_page("a", "other", day(FRIDAY, votes=(4,)), NOON)  # what the index holds can be taken out again
    assert (await Search(library).search("zebras", Filters(), limit=9)).total == 1


async def test_strays_are_forgotten_unless_somebody_saved_them(
    database: Database, library: Library, strays: Strays
) -> None:
    upkeep, lists = Upkeep(database), ReadingLists(database, library)
    for number in (1, 2, 3):
        arxiv_id = f"1706.0000{number}"
        await strays.keep(SitePaper(Listing(Paper(arxiv_id, "T")), Details(arxiv_id, abstract="A")), NOON)
    await strays.keep(SitePaper(Listing(Paper("2402.00001", "T")), Details("2402.00001", abstract="A")), NOON)
    await lists.add(7, "1706.00002", NOON)
    await library.store_page("a", "hash", day(FRIDAY, votes=(3,)), NOON)
    assert await upkeep.forget_strays(NOON, 9) == 1  # the one that a day lists now
    assert await upkeep.forget_strays(NOON + timedelta(seconds=1), 1) == 1
    assert await upkeep.forget_strays(NOON + timedelta(seconds=1), 9) == 1
    assert await upkeep.forget_strays(NOON + timedelta(seconds=1), 9) == 0
    found = await library.appearances(["1706.00001", "1706.00002", "1706.00003", "2402.00001"])
    assert list(found) == ["1706.00002", "2402.00001"]
    details = DetailsStore(database)
    known = [await details.of(each) is not None for each in ("1706.00001", "1706.00002", "2402.00001")]
    assert known == [False, True, True]
