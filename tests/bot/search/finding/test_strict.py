"""What strict search may leave out where words are frequent, and what it never does."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.papers import Bullet, Day, Listing, Paper
from bot.search.finding import strict
from bot.search.finding.strict import ENOUGH, Matching, matching
from bot.search.model import Filters, Sort, Tier
from bot.search.query import parse
from bot.search.service import Search
from bot.search.shelf import Shelf
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from tests.builders import utc

NEW = date(2024, 2, 2)
OLD = NEW - timedelta(days=1_000)
AS_TYPED = [Paper(f"typed{number}", "On it", summary=(Bullet("강화학습 수"),)) for number in range(ENOUGH)]
SPACED = Paper("spaced", "On it", summary=(Bullet("강화 학습 수치"),))
SPACED_LONG_AGO = Paper("long ago", "On it", summary=(Bullet("강화 학습 수치"),))


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with Database.open(tmp_path / "strict.db") as database:
        opened = Library(database)
        for day, papers in ((OLD, [SPACED_LONG_AGO]), (NEW, [*AS_TYPED, SPACED])):
            listings = tuple(Listing(paper, None) for paper in papers)
            await opened.store_page(str(day), "hash", Day(day, listings), utc(2024, 2, 3))
        yield opened


async def ask(library: Library, text: str, filters: Filters | None = None) -> Matching:
    def asked(shelf: Shelf) -> Matching:
        shelf.allow(5.0)
        return matching(parse(text), shelf, filters or Filters())

    return await library.search(asked)


def _all_lists_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a large collection."""
    monkeypatch.setattr(strict, "_LONG", 0)
    monkeypatch.setattr(strict, "_FREQUENT", 1)


async def test_every_spelling_is_looked_for_everywhere(library: Library) -> None:
    found = await ask(library, "강화학습")
    assert (len(found.rows), found.complete) == (ENOUGH + 2, True)
    assert found.rows == sorted(found.rows, reverse=True)


async def test_of_frequent_words_other_spellings_are_looked_for_among_the_newest(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _all_lists_are_long(monkeypatch)
    found = await ask(library, "강화학습")
    assert (len(found.rows), found.complete) == (ENOUGH + 1, False)
    assert found.rows == sorted(found.rows, reverse=True)
    assert len((await ask(library, "강화학습", Filters(until=OLD))).rows) == 1
    assert len((await ask(library, "강화학습", Filters(until=date.min))).rows) == 0


async def test_where_few_papers_have_frequent_words_as_typed_every_spelling_is_looked_for_everywhere(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _all_lists_are_long(monkeypatch)
    found = await ask(library, "강화학습 수치")
    assert (len(found.rows), found.complete) == (2, True)
    page = await Search(library).search("강화학습 수치", limit=5)
    assert [hit.tier for hit in page.results] == [Tier.ALL] * 2
    assert (page.mended, page.total, page.at_least) == (None, 2, False)


async def test_a_paper_with_another_spelling_is_found_though_a_later_tier_finds_many(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _all_lists_are_long(monkeypatch)
    begun = [Paper(f"begun{number}", "Robots", summary=(Bullet("강화학습"),)) for number in range(4)]
    spaced = Paper("other", "Robo", summary=(Bullet("강화 학습"),))
    listings = tuple(Listing(paper, None) for paper in (*begun, spaced))
    await library.store_page("more", "hash", Day(OLD, listings), utc(2024, 2, 3))
    page = await Search(library).search("강화학습 robo", limit=9)
    assert (page.results[0].listing.paper.arxiv_id, page.results[0].tier) == ("other", Tier.ALL)
    assert (page.total, page.at_least) == (5, True)  # others may begin so in another spelling


async def test_of_what_is_frequent_a_few_hundred_are_given_unless_votes_put_them_in_order(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await library.tidy()  # counts the words
    everything = await ask(library, "강화학습")
    monkeypatch.setattr(strict, "MOST", 5)
    monkeypatch.setattr(strict, "_MOST_OF_FREQUENT", 3)
    assert (await ask(library, "강화학습")).rows == everything.rows[:3]
    assert (await ask(library, "강화학습", Filters(sort=Sort.VOTES))).rows == everything.rows[:5]


@pytest.mark.parametrize("text", ["강화학습 수", "강화학습을", "강화 학습 수치", "on 강화학습 it", "on it 학습"])
async def test_rare_pairs_first_find_the_same(library: Library, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    everything = await ask(library, text)
    _all_lists_are_long(monkeypatch)
    found = await ask(library, text)
    assert set(found.rows) <= set(everything.rows)
    assert found.rows == everything.rows or not found.complete


async def test_a_sign_is_looked_for_in_the_newest_where_many_words_begin_so(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = await ask(library, "강화학습 수")
    assert (len(everything.rows), everything.complete) == (ENOUGH + 2, True)
    monkeypatch.setattr(strict, "_READ", 3)
    assert await ask(library, "강화학습 수") == everything
    monkeypatch.setattr(strict, "_ENTRIES", 0)
    assert await ask(library, "강화학습 수") == Matching(everything.rows[:3], complete=False)
