"""Whether a paper contains the whole query as a phrase, according to its text and to the index."""

from pathlib import Path

import pytest

from bot.papers import Bullet, Day, Listing, Paper
from bot.search.finding import phrases, strict
from bot.search.finding.phrases import papers_with_phrase, phrase_expression
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


async def told(folder: Path, text: str) -> tuple[list[int] | None, list[int]]:
    """What the texts of all papers say, and what the index."""

    def both(shelf: Shelf) -> tuple[list[int] | None, list[int]]:
        shelf.allow(5.0)
        everything = shelf.rows('"로봇"', Filters(), 100)
        match = phrase_expression(parse(text), shelf)
        return papers_with_phrase(parse(text), everything, shelf), shelf.rows(match or "", Filters(), 100)

    async with Database.open(folder / "row.db") as database:
        library = Library(database)
        listings = tuple(Listing(paper, None) for paper in PAPERS)
        await library.store_page("a", "h", Day(FRIDAY, listings), utc(2024, 2, 23))
        return await library.search(both)


HANGUL = ["강화 학습을", "학습을 로봇", "로봇 결합", "없는 로봇", "로봇 robots"]
LATIN = ["make robot", "robots studying", "can xu", "li wei", "can wei xu", "of us", "4 of", "e g", "by s"]


@pytest.mark.parametrize("text", [*HANGUL, *LATIN])
@pytest.mark.parametrize("frequent", [1, 5_000])
async def test_the_text_says_the_same_as_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, frequent: int
) -> None:
    monkeypatch.setattr(strict, "_FREQUENT", frequent)

    read, asked = await told(tmp_path, text)
    assert read == asked


async def test_in_the_text_each_word_may_be_joined_by_itself(tmp_path: Path) -> None:
    read, asked = await told(tmp_path, "강화 학습을 로봇")
    assert (len(read or []), len(asked)) == (3, 2)


@pytest.mark.parametrize("text", ["강화", "title:강화 학습을", "강화 GPT-4", "강화 naïve"])
async def test_what_no_text_shows_for_certain_is_not_read(tmp_path: Path, text: str) -> None:
    async with Database.open(tmp_path / "row.db") as database:
        rows = await Library(database).search(lambda shelf: papers_with_phrase(parse(text), [1], shelf))
    assert rows is None


async def test_many_papers_are_not_read(tmp_path: Path) -> None:
    async with Database.open(tmp_path / "row.db") as database:
        many = list(range(phrases.FEW + 1))
        rows = await Library(database).search(lambda shelf: papers_with_phrase(parse("강화 학습"), many, shelf))
    assert rows is None
