from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers import Bullet, Day, Listing
from bot.search.typing.titles import complete
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, paper, utc

TITLES = [
    "Deep Learning with Graphs",
    "Quantized LoRA",
    "강화학습의 값",
    "GPT-4o Report",
    "Learning to Learn",
]


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    papers = [paper(number, title=title) for number, title in enumerate(TITLES, 1)]
    papers[1] = replace(papers[1], summary=(Bullet("그래프 graphs"),))
    async with Database.open(tmp_path / "paperboy.db") as database:
        library = Library(database)
        listings = tuple(Listing(each, number) for number, each in enumerate(papers))
        await library.store_page("2024/02/23.md", "hash", Day(FRIDAY, listings), utc(2024, 2, 23))
        yield library


async def titles(library: Library, text: str, limit: int = 25) -> Sequence[str]:
    return [found.listing.paper.title for found in await complete(library, text, limit)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("deep lea", "Deep Learning with Graphs"),
        ("GRAPHS de", "Deep Learning with Graphs"),
        ("lora quan", "Quantized LoRA"),
        ("gpt-4o rep", "GPT-4o Report"),
        ("강화", "강화학습의 값"),
        ("강화ㅎ", "강화학습의 값"),
        ("강화하", "강화학습의 값"),
        ("강화핛", "강화학습의 값"),
        ("강화학스", "강화학습의 값"),
        ("강화학습 갑", "강화학습의 값"),
        ("2402.00002", "Quantized LoRA"),
        ("https://arxiv.org/abs/2402.00002v2", "Quantized LoRA"),
    ],
)
async def test_half_a_title_finds_its_paper(library: Library, text: str, title: str) -> None:
    assert title in await titles(library, text)


async def test_titles_come_before_summaries(library: Library) -> None:
    assert await titles(library, "graph") == ["Deep Learning with Graphs", "Quantized LoRA"]
    assert await titles(library, "graph", 1) == ["Deep Learning with Graphs"]


async def test_a_title_that_begins_so_comes_first(library: Library) -> None:
    assert (await titles(library, "learn"))[0] == "Learning to Learn"
    assert (await titles(library, "deep learning w"))[0] == "Deep Learning with Graphs"


async def test_without_text_the_best_of_the_newest_day(library: Library) -> None:
    assert await titles(library, "  ", 2) == ["Learning to Learn", "GPT-4o Report"]


async def test_nothing_is_found_for_what_is_not_there(library: Library) -> None:
    assert await titles(library, "zebra") == []
    assert await titles(library, "2499.99999") == []
    assert await titles(library, "!?") == []


async def test_any_text_may_be_typed(library: Library) -> None:
    @given(st.text(max_size=20) | st.text('"*()-ㅎ가각 abAND:^', max_size=20))
    def collect(text: str) -> None:
        texts.append(text)

    texts: list[str] = []
    collect()
    for text in texts:
        await complete(library, text, 5)


async def test_an_empty_library_has_nothing_to_offer(tmp_path: Path) -> None:
    async with Database.open(tmp_path / "empty.db") as database:
        assert await complete(Library(database), "", 5) == ()
