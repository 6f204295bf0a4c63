from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.papers.lists.found import PreviewList, SearchList, SimilarList
from bot.chat.papers.pages import Reader
from bot.chat.papers.questions import Question
from bot.errors import RefusalError
from bot.locale import Language, catalogue
from bot.papers import Appearance, Listing
from bot.search.model import Filters, Hit, SearchPage, Tier
from bot.search.query import parse
from tests.builders import FRIDAY, paper

FIVE = tuple(Hit(Appearance(FRIDAY, Listing(paper(number), number)), Tier.ALL, 1.0) for number in range(1, 6))
ASKED = parse("강화학습")


@dataclass
class Shown:
    """Answers every question with the same page."""

    page: SearchPage
    asked: list[str] = field(default_factory=list)

    async def search(self, *_: Any, **__: Any) -> Any:
        if len(_) == 2 and isinstance(_[0], int):
            return Question("강화학습", Filters()).to_json()
        return self.page

    async def get(self, *_: Any) -> Any:
        return SimpleNamespace(query="강화학습", shown="강화학습", min_votes=0)

    async def mutes(self, _: int) -> list[Any]:
        return []

    async def appearance(self, _: str) -> Appearance:
        return FIVE[0].appearance

    async def of(self, *_: Any, **__: Any) -> Any:
        raise TimeoutError


def reader(page: SearchPage, language: Language = Language.EN) -> Reader:
    shown = Shown(page)
    services: Any = SimpleNamespace(
        desk=shown, search=shown, library=shown, similar=shown, forecasts=shown, subscriptions=shown, changes=shown
    )
    return Reader(services, 1, catalogue(language))


@pytest.mark.parametrize(
    ("language", "heading", "place"),
    [
        (Language.EN, "At least 3,000 papers for “강화학습”", "1–5 of at least 3,000 · Summary: Korean"),
        (Language.KO, "“강화학습” 검색 결과 3,000편 이상", "3,000편 이상 중 1~5"),
    ],
)
async def test_a_total_may_be_a_lower_bound(language: Language, heading: str, place: str) -> None:
    page = SearchPage(ASKED, 3000, FIVE, 0, at_least=True, terms=ASKED.terms)
    sheet = await SearchList(1).sheet(reader(page, language), 0)
    (embed,) = sheet.message.embeds
    assert (embed.title, embed.footer.text) == (heading, place)
    assert "**강화학습**을" in (embed.description or "")


async def test_remarks_stand_above_the_page() -> None:
    page = SearchPage(ASKED, 5, FIVE, 0, mended="number", translated=("RAG",), stopped=True, terms=ASKED.terms)
    sheet = await SearchList(1).sheet(reader(page), 0)
    assert [line.split()[0] for line in sheet.message.content.split("\n")] == ["Nothing", "Also", "This"]


async def test_a_search_that_was_stopped_before_it_found_anything_says_so_alone() -> None:
    sheet = await SearchList(1).sheet(reader(SearchPage(ASKED, 0, (), 0, stopped=True)), 0)
    assert sheet.message.content.startswith("This took too long")


@pytest.mark.parametrize("papers", [SimilarList("2402.00001"), PreviewList(1)])
async def test_what_takes_too_long_is_refused(papers: SimilarList | PreviewList) -> None:
    with pytest.raises(RefusalError) as refusal:
        await papers.sheet(reader(SearchPage(ASKED, 0, (), 0)), 0)
    assert refusal.value.key == "search-stopped"
