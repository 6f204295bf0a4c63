from datetime import timedelta

from bot.papers import Day, Details, Listing, Paper
from bot.search.service import Search
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing
from bot.storage.engine.database import Database
from bot.storage.papers.authors import OrderedAuthors, put_site_authors
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.summaries.model import SummaryLanguage
from tests.builders import FRIDAY, utc

NOON = utc(2024, 2, 23, 12)
ID = "2402.14658"
PAGE = Paper(ID, "OpenCodeInterpreter", ("Tianhao Shen", "Tianyu Zheng"), more_authors=True)
NAMES = ("Tianyu Zheng", "Ge Zhang", "Tianhao Shen")


async def put(library: Library, paper: Paper = PAGE) -> None:
    await library.store_page("2024/02/23.md", "h", Day(FRIDAY, (Listing(paper, 3),)), NOON)


async def tell_as_site(database: Database, *names: str, ordered: bool = True) -> None:
    async with database.write() as tx:
        await put_site_authors(tx, [Paper(ID, "T", names, ordered=ordered)], NOON)


async def test_authors_in_order_take_the_place_of_the_pages_wherever_a_paper_is_read(
    library: Library, database: Database
) -> None:
    await put(library)
    assert (await library.appearance(ID)).listing.paper == PAGE  # type: ignore[union-attr]  # it is there
    await OrderedAuthors(database).keep({ID: NAMES}, NOON)
    found = [
        await library.appearance(ID),
        (await library.top(None, 10))[1][0],
        await library.random(),
        (await Search(library).search("opencodeinterpreter", limit=1)).appearances[0],
        (await Search(library).search(ID, limit=1)).appearances[0],
    ]
    day = await library.day(FRIDAY)
    assert day is not None
    papers = [*(each.listing.paper for each in found if each), day.listings[0].paper]
    assert [(paper.authors, paper.ordered, paper.more_authors) for paper in papers] == [(NAMES, True, False)] * 6


async def test_a_search_still_matches_the_pages_authors(library: Library, database: Database) -> None:
    await put(library, Paper(ID, "T", ("Shen, Tianhao",)))
    await OrderedAuthors(database).keep({ID: NAMES}, NOON)
    assert (await Search(library).search('author:"shen tianhao"', limit=1)).total == 1


async def test_a_paper_without_a_record_keeps_its_pages_authors(library: Library, database: Database) -> None:
    await put(library)
    await OrderedAuthors(database).keep({ID: ()}, NOON)
    assert (await library.appearance(ID)).listing.paper == PAGE  # type: ignore[union-attr]  # it is there
    assert (await OrderedAuthors(database).of([ID]))[ID].names == ()


async def test_what_arxiv_told_stays_and_what_the_site_told_follows_it(database: Database) -> None:
    store = OrderedAuthors(database)
    await tell_as_site(database, "A", "B", ordered=False)
    assert await store.of([ID]) == {}
    for names in (("A", "B"), ("B", "A")):
        await tell_as_site(database, *names)
        assert (await store.of([ID]))[ID].names == names
    other = "2402.00002"
    await store.keep({other: NAMES}, NOON)
    async with database.write() as tx:
        await put_site_authors(tx, [Paper(other, "T", ("X",), ordered=True)], NOON)
    assert (await store.of([other]))[other].names == NAMES


async def test_a_reading_of_the_site_gives_the_order_to_a_paper_of_the_folder(
    library: Library, database: Database
) -> None:
    await put(library)
    listing = Listing(Paper(ID, "OpenCodeInterpreter", NAMES, ordered=True), 5)
    days = SiteDays(database, library, (SummaryLanguage.KO,))
    rule = Closing(CLOSES_AT, timedelta(hours=12))
    await days.take(Reading(FRIDAY, NOON, (SitePaper(listing, Details(ID)),)), rule, NOON)
    day = await library.day(FRIDAY)
    assert day is not None
    assert day.listings[0].paper.authors == NAMES
    assert day.listings[0].paper.ordered


async def test_a_paper_whose_ordered_names_can_not_be_read_has_its_pages_authors(
    library: Library, database: Database
) -> None:
    await put(library)
    await OrderedAuthors(database).keep({ID: NAMES}, NOON)
    for names in ('["A"', "[7]", '{"A": 1', "7"):
        async with database.write() as tx:
            await tx.run("PRAGMA ignore_check_constraints = ON")
            await tx.run("UPDATE ordered_authors SET names = ?", (names,))
        found = await library.appearance(ID)
        assert found is not None
        assert found.listing.paper == PAGE, names
        assert await OrderedAuthors(database).of([ID]) == {}, names
