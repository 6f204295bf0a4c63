"""Whether a paper contains the whole query as a phrase, according to its text and to the index."""

from pathlib import Path

import pytest

from bot.papers import Bullet, Day, Listing, Paper
from bot.search.finding import strict
from bot.search.finding.phrases import phrase_expression
from bot.search.model import Filters
from bot.search.query import parse
from bot.search.shelf import Shelf
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, utc

PAPERS = (
    Paper("apart", "결합한 로봇", summary=(Bullet("학습을 오래"), Bullet("그리고 강화"))),
    Paper("row", "On it", summary=(Bullet("강화 학습을 로봇과 결합"),)),
    Paper("joined", "강화학습을 로봇 제어", summary=(Bullet("결합"),)),
    Paper("signs", "On it", summary=(Bullet("“강화” … 학습을(로봇)"),)),
    Paper("between", "On it", summary=(Bullet("강화 깊은 학습을 로봇"),)),
    Paper("title", "Making Robots, e.g. by Studies", ("Xu Can", "Wei Li"), summary=(Bullet("로봇"),)),
    Paper("forms", "On it", ("Can Wei", "Li Xu"), summary=(Bullet('It makes robots "study" – 로봇robot: 4 of us'),)),
    Paper("inside", "Remake robots", ("Lixu Can",), summary=(Bullet("robotstudy 로봇"), Bullet("of"), Bullet("us"))),
)


async def found(folder: Path, text: str) -> set[str]:
    """The papers that contain a query as a phrase."""

    def asked(shelf: Shelf) -> set[str]:
        shelf.allow(5.0)
        match = phrase_expression(parse(text), shelf)
        papers = shelf.read(shelf.rows(match, Filters(), 100)) if match else ()
        return {paper.arxiv_id for each in papers if (paper := each.paper())}

    async with Database.open(folder / "row.db") as database:
        library = Library(database)
        listings = tuple(Listing(paper, None) for paper in PAPERS)
        await library.store_page("a", "h", Day(FRIDAY, listings), utc(2024, 2, 23))
        return await library.search(asked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("강화 학습을", {"row", "joined", "signs"}),
        ("학습을 로봇", {"row", "joined", "signs", "between"}),
        ("로봇 결합", set()),
        ("없는 로봇", set()),
        ("로봇 robots", {"forms"}),
        ("make robot", {"title", "forms"}),
        ("robots studying", {"forms"}),
        ("can xu", {"title"}),
        ("li wei", {"title"}),
        ("of us", {"forms"}),
    ],
)
@pytest.mark.parametrize("frequent", [1, 5_000])
async def test_the_whole_query_is_a_phrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: set[str], frequent: int
) -> None:
    monkeypatch.setattr(strict, "_FREQUENT", frequent)
    assert await found(tmp_path, text) == expected


@pytest.mark.parametrize("text", ["강화", "title:강화 학습을"])
async def test_one_word_or_words_of_a_field_are_no_phrase(tmp_path: Path, text: str) -> None:
    assert await found(tmp_path, text) == set()
