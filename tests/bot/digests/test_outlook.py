"""What a subject would have found lately, by the index; the matcher says the same."""

from datetime import date, timedelta

import pytest

from bot.digests.outlook import DAYS, Outlook, Outlooks
from bot.digests.subject import Subjects
from bot.papers import Day, Listing
from bot.storage.engine.database import Database
from bot.storage.papers.about import SubjectCounts
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, paper, site_day, utc

NOW = utc(2024, 2, 23, 8)
TITLES = (
    ("Diffusion policy", "Video diffusion", "Robots"),
    ("A survey of diffusion", "Robots"),
    ("Robots", "Language models"),
    ("Language models", "Code generation for robots"),
)
"""Those of the newest days, the newest first, two days apart."""


def ago(days: int) -> date:
    return FRIDAY - timedelta(days=days)


@pytest.fixture
async def outlooks(database: Database, library: Library) -> Outlooks:
    for place, titles in enumerate(TITLES):
        await _have(library, ago(2 * place), *titles, first=10 * place + 1)
    await _have(library, ago(DAYS), "Diffusion of old", first=90)
    return Outlooks(SubjectCounts(database))


async def _have(library: Library, on: date, *titles: str, first: int) -> None:
    listed = enumerate(titles)
    day = Day(on, tuple(Listing(paper(first + n, title=title, summary=()), 9 - n) for n, title in listed))
    await library.store_page(on.isoformat(), "h", day, NOW)


@pytest.mark.parametrize(
    ("query", "votes", "matching", "without"),
    [
        ("diffusion", 0, 3, 2),
        ("diffusion", 9, 2, 2),
        ("diffusion -survey", 0, 2, 3),
        ("-robots -survey", 0, 4, 1),
        ("title:models", 0, 2, 2),
        ("2402.00002", 0, 1, 3),
        ("2402.00090", 0, 0, 4),
        ("audio", 0, 0, 4),
    ],
)
async def test_the_papers_of_the_last_days_are_counted(
    query: str, votes: int, matching: int, without: int, outlooks: Outlooks
) -> None:
    assert await outlooks.of(query, votes) == Outlook(query, matching, 9, 4, without)


@pytest.mark.parametrize("query", ["diffusion", "-robots", "diffusion -survey", "para", "author:kim -title:models"])
async def test_the_matcher_says_the_same(query: str, outlooks: Outlooks, library: Library) -> None:
    subjects, matching = Subjects(library), 0
    for place in range(len(TITLES)):
        day = await library.day(ago(2 * place))
        assert day is not None
        matching += len(await subjects.matching(day, query))
    assert (await outlooks.of(query)).matching == matching


async def test_a_day_that_grows_is_not_counted(outlooks: Outlooks, library: Library, database: Database) -> None:
    await _have(library, ago(-1), "Diffusion", first=80)
    await site_day(database, ago(-1), 1, closed=False)
    assert (await outlooks.of("diffusion")).matching == 3


async def test_an_empty_archive_has_no_days(database: Database) -> None:
    assert await Outlooks(SubjectCounts(database)).of("x") == Outlook("x", 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("days", "without", "rare"), [(3, 2, False), (3, 3, True), (22, 14, False), (22, 15, True), (0, 0, False)]
)
def test_rare_is_under_one_day_in_three(days: int, without: int, rare: bool) -> None:  # noqa: FBT001  a column of a table
    assert Outlook("x", days - without, 100, days, without).is_rare is rare


@pytest.mark.parametrize(
    ("query", "wider"),
    [
        ("diffusion robots", [("robots", 4), ("diffusion", 3)]),
        ('"robots code"', [("robots code", 1)]),
        ("author:robots", [("robots", 4)]),
        ("diffusion -survey -video -policy", [("diffusion -video -policy", 1), ("diffusion -survey -policy", 1)]),
        ("-robots -diffusion -language", [("-diffusion -language", 4), ("-robots -language", 3)]),
        ("diffusion robots policy", [("diffusion policy", 1), ("robots", 4)]),
        ("audio", []),
    ],
)
async def test_similar_subjects_that_find_more(query: str, wider: list[tuple[str, int]], outlooks: Outlooks) -> None:
    found = await outlooks.wider(await outlooks.of(query))
    assert [(each.query, each.matching) for each in found] == wider
