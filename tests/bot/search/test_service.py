from datetime import date

import pytest

from bot.papers import Appearance, Listing, Paper
from bot.search.model import Filters, SearchPage, Sort
from bot.search.query import parse
from bot.search.service import Search

FOUND = Appearance(date(2024, 2, 23), Listing(Paper("2402.14253", "MVD$^2$"), 7))


class FakeLibrary:
    """Finds one paper whatever it is asked, and remembers what that was."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Filters, int, int]] = []

    async def find(self, match: str, filters: Filters, limit: int, offset: int) -> tuple[int, tuple[Appearance, ...]]:
        self.asked.append((match, filters, limit, offset))
        return 31, (FOUND,)

    async def appearance(self, arxiv_id: str) -> Appearance | None:
        return FOUND if arxiv_id == FOUND.listing.paper.arxiv_id else None


async def test_a_search_asks_the_library_for_one_page() -> None:
    library, filters = FakeLibrary(), Filters(min_votes=3, sort=Sort.VOTES)
    page = await Search(library).search("title:GPT-4 강화학습 -x", filters, limit=5, offset=10)
    assert page == SearchPage(parse("title:gpt-4 강화학습 -x"), 31, (FOUND,), 10)
    assert library.asked == [('(title : "gpt 4" AND "강화 화학 학습") NOT ("x")', filters, 5, 10)]


async def test_an_arxiv_id_finds_its_paper_whatever_the_filters_say() -> None:
    library = FakeLibrary()
    search = Search(library)
    link = "https://arxiv.org/abs/2402.14253"
    page = await search.search(link, Filters(min_votes=99), limit=5)
    assert (page.total, page.results) == (1, (FOUND,))
    assert (await search.search(link, limit=5, offset=5)).results == ()
    assert (await search.search("2402.00000", limit=5)).total == 0
    assert library.asked == []


@pytest.mark.parametrize("text", ["", "-survey", "🤗", "\ud800"])
async def test_a_text_that_asks_for_nothing_finds_nothing(text: str) -> None:
    library = FakeLibrary()
    page = await Search(library).search(text, limit=5)
    assert (page.total, page.results, page.query.is_empty) == (0, (), True)
    assert library.asked == []


@pytest.mark.parametrize("text", ["a\ud800b", "\udfff강화", "a\x00b", '"\ud800 x', "가" * 4000])
async def test_what_reaches_the_library_can_be_stored(text: str) -> None:
    library = FakeLibrary()
    await Search(library).search(text, limit=5)
    ((match, *_),) = library.asked
    assert "\x00" not in match.encode("utf-8").decode("utf-8")
