from datetime import timedelta

from bot.archive.page import Totals
from bot.papers import Bullet, Coverage, Day, Listing
from bot.search.finding.fts import match_expression
from bot.search.model import Filters, Sort
from bot.search.query import parse
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, day, paper, utc

NOW = utc(2024, 2, 23, 8)
THURSDAY = FRIDAY - timedelta(days=1)


async def arrivals(database: Database) -> list[tuple[str, str]]:
    return [tuple(row) for row in await database.rows("SELECT day, arxiv_id FROM arrivals ORDER BY day, arxiv_id")]


async def found(library: Library, word: str) -> list[str]:
    _, results = await library.find(match_expression(parse(word)), Filters(), 10, 0)
    return [result.listing.paper.arxiv_id for result in results]


async def test_a_day_comes_back_as_it_was_stored(library: Library) -> None:
    rich = paper(
        7,
        title="MVD$^2$: A* [fast] *search*",
        more_authors=True,
        image=None,
        video="https://example.org/v.mp4",
        summary=(Bullet("본문", "What's New", None, (Bullet("하나", None, 1), Bullet("둘", None, 2))),),
    )
    stored = Day(FRIDAY, (Listing(rich, None), Listing(paper(8), 0)))
    assert await library.store_page("2024/02/23.md", "h", stored, NOW) == 2
    assert await library.day(FRIDAY) == stored
    assert await library.page_hashes() == {"2024/02/23.md": {"h"}}
    assert await library.day(THURSDAY) is None


async def test_a_changed_page_takes_the_place_of_the_old_one(library: Library, database: Database) -> None:
    await library.store_page("23", "h1", day(votes=(5, 3)), NOW)
    changed = Day(FRIDAY, (Listing(paper(1, title="Renamed entirely"), 9), Listing(paper(3), None)))
    assert await library.store_page("23", "h2", changed, NOW) == 1
    assert await library.day(FRIDAY) == changed
    assert await found(library, "renamed") == ["2402.00001"]
    assert await found(library, "2번째") == []
    assert await library.appearance("2402.00002") is None
    assert (FRIDAY.isoformat(), "2402.00002") not in await arrivals(database)


async def test_a_paper_on_two_days_has_the_text_of_the_newer_and_keeps_it_when_that_is_gone(library: Library) -> None:
    older = Day(THURSDAY, (Listing(paper(1, title="Preprint"), 2),))
    newer = Day(FRIDAY, (Listing(paper(1, title="Published"), 8),))
    await library.store_page("23", "h", newer, NOW)
    await library.store_page("22", "h", older, NOW)
    appearance = await library.appearance("2402.00001")
    assert appearance is not None
    assert (appearance.day, appearance.listing.paper.title) == (FRIDAY, "Published")
    await library.store_page("23", "h2", Day(FRIDAY, ()), NOW)
    appearance = await library.appearance("2402.00001")
    assert appearance is not None
    assert (appearance.day, appearance.listing) == (THURSDAY, older.listings[0])
    assert await found(library, "preprint") == ["2402.00001"]
    assert await found(library, "published") == []


async def test_two_pages_of_one_day_are_one_day_and_a_paper_on_both_comes_once(library: Library) -> None:
    await library.store_page("a", "h", day(votes=(5, 3)), NOW)
    await library.store_page("b", "h", day(votes=(9, 1), first=2), NOW)
    merged = await library.day(FRIDAY)
    assert merged is not None
    assert [(one.paper.arxiv_id[-1], one.votes) for one in merged.listings] == [("1", 5), ("2", 3), ("3", 1)]


async def test_only_papers_that_a_day_did_not_have_arrive(library: Library, database: Database) -> None:
    await library.store_page("23", "h1", day(votes=(5, 3)), NOW)
    async with database.write() as tx:
        await tx.run("DELETE FROM arrivals")
    assert await library.store_page("23", "h2", day(votes=(6, 3, 1)), NOW) == 1
    assert await arrivals(database) == [(FRIDAY.isoformat(), "2402.00003")]


async def test_totals_are_those_of_the_named_pages(library: Library) -> None:
    await library.store_page("23", "h", day(votes=(5, None)), NOW)
    await library.store_page("22", "h", Day(THURSDAY, (Listing(paper(1, video="https://v"), 4),)), NOW)
    assert await library.totals(["23"]) == Totals(2, 2, 1, 5, 4, 0)
    assert await library.totals(["22", "23"]) == Totals(2, 3, 2, 9, 6, 1)
    assert await library.totals([]) == Totals()


async def test_coverage_of_nothing_and_of_something(library: Library) -> None:
    assert await library.coverage() == Coverage(None, None, 0, 0)
    assert await library.newest_day() is None
    assert await library.random() is None
    await library.store_page("23", "h", day(votes=(5, None)), NOW)
    await library.store_page("22", "h", day(THURSDAY, (1,)), NOW)
    assert await library.coverage() == Coverage(THURSDAY, FRIDAY, 2, 2)
    assert await library.newest_day() == FRIDAY


async def test_a_search_is_filtered_sorted_and_paged(library: Library) -> None:
    await library.store_page("22", "h", day(THURSDAY, (1, 9, None), first=1), NOW)
    await library.store_page("23", "h", day(FRIDAY, (4, 2), first=4), NOW)

    async def ask(filters: Filters, limit: int = 10, offset: int = 0) -> tuple[int, list[str]]:
        total, results = await library.find('"number"', filters, limit, offset)
        return total, [result.listing.paper.arxiv_id[-1] for result in results]

    assert await ask(Filters(sort=Sort.VOTES)) == (5, ["2", "4", "5", "1", "3"])
    assert await ask(Filters(sort=Sort.NEWEST)) == (5, ["4", "5", "2", "1", "3"])
    assert await ask(Filters(sort=Sort.VOTES), limit=2, offset=2) == (5, ["5", "1"])
    assert await ask(Filters(since=FRIDAY, sort=Sort.NEWEST)) == (2, ["4", "5"])
    assert await ask(Filters(until=THURSDAY, min_votes=1, sort=Sort.VOTES)) == (2, ["2", "1"])


async def test_top_and_random(library: Library) -> None:
    await library.store_page("22", "h", day(THURSDAY, (1, 9, None), first=1), NOW)
    await library.store_page("23", "h", day(FRIDAY, (4,), first=4), NOW)
    total, best = await library.top(None, 2)
    assert (total, [one.listing.votes for one in best]) == (3, [9, 4])
    assert [one.listing.votes for one in (await library.top(FRIDAY, 5))[1]] == [4]
    found = await library.random()
    assert found is not None
    assert found == await library.appearance(found.listing.paper.arxiv_id)


async def test_the_nearest_day(library: Library) -> None:
    assert await library.nearest_day(FRIDAY) is None
    for ago in (0, 4):
        on = FRIDAY - timedelta(days=ago)
        await library.store_page(f"{on:%Y/%m/%d}.md", "h", day(on), NOW)
    monday = FRIDAY - timedelta(days=4)
    for asked, nearest in ((-20, monday), (-4, monday), (-3, monday), (-2, FRIDAY), (-1, FRIDAY), (300, FRIDAY)):
        assert await library.nearest_day(FRIDAY + timedelta(days=asked)) == nearest
