from datetime import timedelta

import pytest

from bot.papers import Bullet, Day, Listing, Paper, Text
from bot.search.analysis import BRIDGE
from bot.search.subjects.similar import NEAREST, Neighbours, clues_of
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, paper, utc

NOW = utc(2024, 2, 23, 8)


def about(number: int, title: str, *bullets: str) -> Paper:
    return paper(number, title=title, summary=tuple(map(Bullet, bullets)))


async def hold(library: Library, *papers: Paper) -> None:
    """Load them, each on a day of its own, the last on the newest."""
    for ago, one in enumerate(reversed(papers)):
        on = FRIDAY - timedelta(days=ago)
        await library.store_page(f"{on:%Y/%m/%d}.md", "hash", Day(on, (Listing(one),)), NOW)


async def like(library: Library, one: Paper) -> list[str]:
    found = await Neighbours(library).of(one)
    return [each.listing.paper.arxiv_id for each in found.appearances]


MAMBA = about(1, "Mamba in Vision", "상태공간모델을 쓰는 논문입니다.")
VISION = about(2, "Vision Mamba Networks", "상태공간모델을 씁니다.")
KOREAN = about(3, "Another One", "상태공간모델을 쓰는 길입니다.")
OTHER = about(4, "Cooking with Fire", "요리를 합니다.")


async def test_the_nearest_share_the_rarest_words(library: Library) -> None:
    await hold(library, MAMBA, VISION, KOREAN, OTHER)
    assert await like(library, MAMBA) == [VISION.arxiv_id, KOREAN.arxiv_id]


async def test_a_paper_without_its_like_has_none(library: Library) -> None:
    await hold(library, MAMBA, VISION, KOREAN, OTHER)
    assert await like(library, OTHER) == []
    assert await like(library, about(9, "", "")) == []


async def test_what_is_shared_is_told(library: Library) -> None:
    await hold(library, MAMBA, VISION)
    found = await Neighbours(library).of(MAMBA)
    shared = {str(phrase) for spellings in found.shared for phrase in spellings}
    assert {"mamba", "vision"} <= shared


async def test_ten_are_enough_and_of_equals_the_newer_comes_first(library: Library) -> None:
    papers = [about(number, f"Mamba {number}") for number in range(1, 15)]
    others = [about(number, "Cooking", "요리를 합니다.") for number in range(20, 40)]
    await hold(library, *others, *papers)
    newest_first = [one.arxiv_id for one in reversed(papers[1:])]
    assert await like(library, papers[0]) == newest_first[:NEAREST]
    assert await like(library, papers[0]) == await like(library, papers[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GPT-4 from a lab of 2024", ["gpt4", "lab"]),
        ("강화학습을 한다", [f"강화 {BRIDGE}화학 학습"]),
        ("C++", ["cplusplus"]),
    ],
)
def test_words_are_names_stems_and_runs(text: str, words: list[str]) -> None:
    assert [str(clue.phrase) for clue in clues_of(about(9, "", text))] == words


def test_words_of_the_title_and_frequent_ones_weigh_more() -> None:
    weights = {str(clue.phrase): clue.weight for clue in clues_of(about(1, "Alpha", "beta gammas beta"))}
    assert weights["alpha"] > weights["beta"] > weights["gamma"]
    assert [clue.written for clue in clues_of(about(1, "", "Gammas"))] == [("gammas",)]


def test_words_are_of_all_texts_of_a_paper_and_of_no_link() -> None:
    one = paper(title="", summary=(), texts=(Text("en", (Bullet("Quantised adapters: https://example.org"),)),))
    assert [str(clue.phrase) for clue in clues_of(one)] == ["quantis", "adapt", "exampleorg"]
