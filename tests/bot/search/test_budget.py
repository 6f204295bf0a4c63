"""What a question may cost: a clock that goes on with each look at it makes looks of the seconds."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest

from bench.hunter import Attack, Words, attacks
from bot.errors import StorageError
from bot.papers import Bullet, Day, Listing, Paper
from bot.search.model import Tier
from bot.search.service import BUDGET, Search
from bot.search.shelf import Shelf
from bot.search.typing.titles import complete
from bot.storage.engine.database import Database
from bot.storage.engine.searchers import Searcher
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, utc

T = TypeVar("T")

LOOK = 0.001
"""Seconds between two looks at the clock: each at most 1,000 steps of SQLite, or one turn of a loop."""

# They stand in every paper, as frequent words do in an archive.
WORDS = ["모델", "데이터", "학습", "기반", "위해", "통해", "있습니다", "결합합니다", "대규모", "이미지"]
LATIN = ["model", "learning", "for", "with", "language", "image", "video", "diffusion"]


class Ticking:
    """A clock that goes on by `step` seconds whenever it is looked at."""

    def __init__(self, step: float) -> None:
        self.step = step
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return self.looks * self.step


def papers(count: int = 120) -> list[Paper]:
    return [
        Paper(
            f"p{number}",
            " ".join(LATIN[number % 8 :] + LATIN[: number % 8]),
            ("Mina Kim", "John Doe"),
            summary=tuple(Bullet(" ".join(WORDS[(number + shift) % 10 :])) for shift in range(5)),
        )
        for number in range(count)
    ]


@asynccontextmanager
async def held(path: Path, clock: Callable[[], float], count: int = 120) -> AsyncIterator[Library]:
    async with Database.open(path / "budget.db", search_clock=clock) as database:
        library = Library(database)
        listings = [Listing(paper, 1) for paper in papers(count)]
        for number in range(0, count, 40):
            day = Day(FRIDAY - timedelta(days=number), tuple(listings[number : number + 40]))
            await library.store_page(str(number), "h", day, utc(2024, 2, 23))
        await library.tidy()
        yield library


def questions() -> list[Attack]:
    return attacks(Words.of(papers()), seed=7, each=2)


async def test_no_question_of_a_hunter_takes_more_than_its_budget(tmp_path: Path) -> None:
    clock = Ticking(LOOK)
    async with held(tmp_path, clock) as library:
        search = Search(library)
        for attack in questions():
            before = clock.looks
            await search.search(attack.text, attack.filters, limit=5)
            assert clock.looks - before <= 500, attack
            before = clock.looks
            await complete(library, attack.text, 25)
            assert clock.looks - before <= 250, attack


async def test_what_a_hunter_asks_is_answered_or_stopped_and_never_silent(tmp_path: Path) -> None:
    async with held(tmp_path, Ticking(LOOK)) as library:
        search = Search(library)
        for attack in questions():
            page = await search.search(attack.text, attack.filters, limit=5)
            assert page.at_least or not page.stopped, attack


@pytest.mark.parametrize("text", ["가나다" * 66, "뷁쀍" * 100, "모델데이터학습기반위해통해" * 10])
async def test_a_long_run_of_syllables_costs_little_even_without_a_limit(tmp_path: Path, text: str) -> None:
    clock = Ticking(0.0)
    async with held(tmp_path, clock) as library:
        before = clock.looks
        await Search(library).search(text, limit=5)
        assert clock.looks - before <= 1_000


async def test_work_stops_when_the_budget_is_spent(tmp_path: Path) -> None:
    clock = Ticking(LOOK)
    async with held(tmp_path, clock) as library:
        clock.step = BUDGET  # spent at the second look
        before = clock.looks
        page = await Search(library).search("모델 " + " ".join(WORDS), limit=5)
        assert clock.looks - before < 20
        assert (page.stopped, page.total) == (True, 0)


async def test_what_is_typed_wrongly_takes_a_third_of_the_time(tmp_path: Path) -> None:
    text = "image zebbra qwfpgj modelllo"
    clock = Ticking(0.0)
    async with held(tmp_path, clock) as library:
        before = clock.looks
        page = await Search(library).search(text, limit=5)
        everything = clock.looks - before
        clock.step, before = 1.0, clock.looks
        hurried = await Search(library, budget=everything).search(text, limit=5)
        assert clock.looks - before < 0.6 * everything
    assert not page.stopped
    assert hurried.at_least
    assert hurried.total == 120


async def test_where_the_time_is_up_papers_with_some_of_the_words_are_shown(tmp_path: Path) -> None:
    async with held(tmp_path, Ticking(0.0)) as library:
        page = await Search(library, budget=-1.0).search("zebra diffusion", limit=5)
        assert (page.stopped, page.at_least) == (True, True)
        assert {hit.tier for hit in page.results} == {Tier.ANY}


async def test_what_can_not_be_weighed_in_time_is_shown_as_it_was_found(tmp_path: Path) -> None:
    clock = Ticking(0.0)
    async with held(tmp_path, clock) as library:
        text = "model learning"
        clock.step = 0.2 * LOOK
        before = clock.looks
        page = await Search(library, budget=50.0).search(text, limit=5)
        assert not page.stopped
        assert len(page.results) == 5
        clock.step = 0.05  # of the tiers' 50 seconds that is little, of those for weighing it is all
        page = await Search(library, budget=50.0).search(text, limit=5)
        assert clock.looks > before
        assert (page.stopped, page.at_least, len(page.results)) == (True, True, 5)


@dataclass(slots=True)
class Shelved:
    """A library that answers when it is told to."""

    library: Library
    asked: int = 0
    go: asyncio.Event | None = None
    is_locked: bool = False

    async def search(self, work: Callable[[Shelf], T], *, is_long: bool = False) -> T:
        self.asked += 1
        if self.is_locked:
            raise StorageError("locked")
        if self.go is not None:
            await self.go.wait()
        return await self.library.search(work, is_long=is_long)


async def test_equal_questions_at_once_are_asked_once(tmp_path: Path) -> None:
    async with held(tmp_path, Ticking(0.0)) as library:
        shelved = Shelved(library, go=asyncio.Event())
        search = Search(shelved)
        waiting = [asyncio.create_task(search.search(text, limit=5)) for text in ("model", "Model ", "model", "image")]
        waiting[0].cancel()
        await asyncio.wait([waiting[0]])
        assert shelved.go
        shelved.go.set()
        pages = await asyncio.gather(*waiting[1:])
        assert shelved.asked == 2
        assert pages[0].results == pages[1].results != ()
        await search.search("model", limit=5)
        assert shelved.asked == 3


async def test_what_fails_is_told_to_all_who_ask_it_and_asked_anew_later(tmp_path: Path) -> None:
    async with held(tmp_path, Ticking(0.0)) as library:
        shelved = Shelved(library, is_locked=True)
        search = Search(shelved)
        told = await asyncio.gather(*(search.search("model", limit=5) for _ in range(2)), return_exceptions=True)
        assert [str(each) for each in told] == ["locked"] * 2
        shelved.is_locked = False
        assert (await search.search("model", limit=5)).results


async def test_long_questions_keep_no_short_one_waiting(tmp_path: Path) -> None:
    go, begun = Event(), Event()

    def block(_: Searcher) -> None:
        begun.set()
        go.wait(30)

    async with Database.open(tmp_path / "lanes.db") as database:
        long = [asyncio.create_task(database.search(block, is_long=True)) for _ in range(8)]
        await asyncio.to_thread(begun.wait, 30)
        assert await asyncio.wait_for(database.search(lambda _: "short"), 30) == "short"
        assert not any(each.done() for each in long)
        go.set()
        await asyncio.gather(*long)


async def test_a_question_of_many_syllables_waits_behind_its_like(tmp_path: Path) -> None:
    lanes: list[bool] = []

    @dataclass(slots=True)
    class Noting:
        library: Library

        async def search(self, work: Callable[[Shelf], T], *, is_long: bool = False) -> T:
            lanes.append(is_long)
            return await self.library.search(work, is_long=is_long)

    async with held(tmp_path, Ticking(0.0)) as library:
        search = Search(Noting(library))
        for text in (
            "강화학습 로봇",
            "diffusion models for image editing",
            "a b c d e f g h i j k l m",
            " ".join("가나다라마바사아자차카타파하거너더"),
        ):
            await search.search(text, limit=5)
    assert lanes == [False, False, True, True]
