"""Questions in plain words, over a small made-up archive."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.archive.reader import read_file
from bot.papers import Bullet, Day, Listing, Paper
from bot.search.finding.wording import Thesaurus
from bot.search.matcher import Document, matches
from bot.search.model import SearchPage, Tier
from bot.search.query import parse
from bot.search.service import Search
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, utc
from tests.shared import ARCHIVE, needs_archive


def paper(name: str, title: str, *bullets: str) -> Paper:
    return Paper(name, title, (), summary=tuple(map(Bullet, bullets)))


SUBJECTS = (
    paper("small-1", "Pruning by Halves", "작은 언어 모델을 얻는다. 모델은 가지를 친다"),
    paper("small-2", "A Small Model for Phones", "작고 빠른 모델 하나"),
    paper("halluc-1", "Less Hallucination", "환각(hallucination)을 줄여 준다"),
    paper("halluc-2", "Counting Errors", "환각(hallucination)이 줄었다. 환각을 줄인 까닭"),
    paper("fewer-1", "Cutting Branches", "모델 압축을 가지치기로 한다"),
    paper("fewer-2", "Pruning and Low-Bit Weights", "knowledge distillation in the garden"),
    paper("edit-1", "Brush", "이미지 편집을 쉽게 한다"),
    paper("edit-2", "Scissors", "글로 이미지를 편집한다. 이미지 편집 도구"),
)
# What a question may be mistaken for: words like its own, each in a single paper, and its filler words.
DISTRACTIONS = (
    paper("author", "Novelists", "작가 만드는 방법 모음"),
    paper("lossless", "Codecs", "무손실 논문 저장"),
    paper("how", "How to Make a Cake", "케이크를 굽는 방법, how papers please the reader about it"),
    paper("recommend", "Papers about Shops", "추천 논문을 모은 글. 방법 알려줘"),
    paper("verbs", "Of Verbs", "줄이고 줄이는 일, 작게 줄이고 작게 나눈다"),
    paper("verbs-2", "Of More Verbs", "크기를 줄이는 일, 작게 만든다"),
    paper("shops", "More Shops", "shops beside shops"),
    paper("telemetry", "From Afar", "텔레메트리 장치"),
    paper("telemetry-2", "From Afar, Again", "텔레메트리 기록"),
    paper("codes", "Smaller Pictures", "이미지 압축. 양자화 코드로 이미지를 그린다, a model of pictures made smaller"),
    paper("done", "Ovens", "누구나 케이크를 굽는 일을 하게 한다"),
    paper("done-2", "More Ovens", "케이크를 굽는 일을 하게 한다"),
    paper("metric", "Yardsticks", "메트릭을 도표로 그린다"),
)


@pytest.fixture
async def search(tmp_path: Path) -> AsyncIterator[Search]:
    async with Database.open(tmp_path / "questions.db") as database:
        library = Library(database)
        day = Day(FRIDAY, tuple(map(Listing, (*SUBJECTS, *DISTRACTIONS))))
        await library.store_page("page", "hash", day, utc(2024, 2, 23))
        yield Search(library, budget=5.0)


def names(page: SearchPage) -> list[str]:
    return [hit.listing.paper.arxiv_id for hit in page.results]


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("모델을 작게 만드는 방법", "fewer"),
        ("모델을 가볍게 만들려면 어떻게 하나요?", "fewer"),
        ("환각 줄이는 방법", "halluc"),
        ("환각을 줄이려면 어떻게 하나요?", "halluc"),
        ("이미지 편집 논문 추천해줘", "edit"),
        ("how do I make a model smaller", "fewer"),
        ("papers about small models please", "small"),
        ("papers about hallucination please", "halluc"),
    ],
)
async def test_a_question_finds_papers_on_its_subject_and_is_not_corrected(
    search: Search, question: str, subject: str
) -> None:
    page = await search.search(question, limit=5)
    assert names(page)
    assert names(page)[0].startswith(subject)
    assert page.mended is None


async def test_methods_that_a_question_asks_for_come_before_papers_with_its_words(search: Search) -> None:
    page = await search.search("how do I make a model smaller", limit=5)
    assert set(names(page)[:3]) == {"fewer-1", "fewer-2", "small-1"}
    assert [(hit.listing.paper.arxiv_id, hit.tier) for hit in page.results[3:4]] == [("codes", Tier.CORE)]
    assert "pruning" in page.translated
    terms = [term.text for term in page.terms]
    assert "pruning" in terms
    assert "model" not in terms, "a passage would show why any paper was found"


async def test_a_wish_is_no_typing_error(search: Search) -> None:
    page = await search.search("케이크를 싸게 굽는 방법", limit=5)
    assert page.mended is None
    assert {hit.tier for hit in page.results} == {Tier.ANY}


async def test_where_the_methods_take_too_long_the_words_are_still_searched_for(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object) -> None:
        monkeypatch.undo()
        raise TimeoutError

    monkeypatch.setattr(Thesaurus, "wordings", late)
    page = await search.search("how do I make a model smaller", limit=5)
    assert (page.results[0].tier, names(page)[0], page.stopped) == (Tier.CORE, "codes", True)


async def test_a_method_is_found_with_the_other_words_of_the_question_alone(search: Search) -> None:
    page = await search.search("how to make a garden model smaller -branches", limit=5)
    assert names(page)[0] == "fewer-2"
    assert "fewer-1" not in names(page)


async def test_a_question_without_a_subject_is_not_corrected(search: Search) -> None:
    page = await search.search("무슨 논문", limit=5)
    assert page.mended is None
    assert {hit.tier for hit in page.results} == {Tier.ANY}
    assert "recommend" in names(page)


@pytest.mark.parametrize("asked", ["환각 논문 추천해줘", "환각 알려줘", "환각에 대한 논문 있나요?", "무슨 환각 논문"])
async def test_filler_words_weigh_nothing_where_another_word_stands(search: Search, asked: str) -> None:
    page, plain = await search.search(asked, limit=10), await search.search("환각", limit=10)
    assert (set(names(page)), page.total) == (set(names(plain)), plain.total)
    assert [term.text for term in page.terms][:1] == ["환각"] or asked.startswith("환각에")


async def test_a_title_that_is_a_question_comes_first(search: Search) -> None:
    page = await search.search("how to make a cake", limit=5)
    assert (names(page)[0], page.results[0].tier) == ("how", Tier.PHRASE)


async def test_of_several_words_the_rarest_counts_most(search: Search) -> None:
    page = await search.search("이미지 zebra 케이크 모델 도구 알려줘", limit=10)
    assert {hit.tier for hit in page.results} == {Tier.ANY}
    assert names(page)[0] == "edit-2"
    assert names(page)[-1] in {"edit-1", "small-1", "small-2"}


async def test_a_word_that_papers_have_is_not_corrected_to_one_that_a_single_paper_has(search: Search) -> None:
    page = await search.search("작게 방법", limit=5)
    assert page.mended is None
    assert "author" not in names(page)[:2]


async def test_a_typing_error_in_a_question_is_corrected(search: Search) -> None:
    page = await search.search("papers about halucination", limit=5)
    assert page.results[0].listing.paper.arxiv_id.startswith("halluc")


async def test_a_typing_error_is_corrected_among_all_words_of_a_question_first(search: Search) -> None:
    page = await search.search("추천 shosp", limit=5)
    assert (names(page), page.mended) == (["recommend", "shops"], "추천 shops")


async def test_a_paper_with_the_filler_words_in_another_form_comes_first(search: Search) -> None:
    page = await search.search("shops 논문이", limit=5)
    assert [(hit.listing.paper.arxiv_id, hit.tier) for hit in page.results] == [
        ("recommend", Tier.WHOLE),
        ("shops", Tier.CORE),
    ]
    assert page.mended is None


async def test_a_typing_error_before_a_particle_is_corrected_though_papers_have_those_syllables(search: Search) -> None:
    page = await search.search("메트리을 도표로", limit=5)
    assert (names(page), page.mended) == (["metric"], "메트릭을 도표로")


@pytest.mark.parametrize("question", ["환각 줄이는 방법", "papers about hallucination please", "이미지 편집 논문"])
def test_a_subscription_needs_every_word_of_its_query(question: str) -> None:
    assert not any(matches(parse(question), Document.from_paper(each)) for each in SUBJECTS)


@needs_archive
@pytest.mark.thorough
async def test_the_first_five_of_the_archive_are_on_the_subject(tmp_path: Path) -> None:
    smaller = "prun|quanti[sz]|distil|compress|가지치기|프루닝|양자화|증류|압축"
    subjects = {
        "모델을 작게 만드는 방법": smaller,
        "how do I make a model smaller": smaller,
        "환각 줄이는 방법": "hallucinat|환각",
        "papers about hallucination please": "hallucinat|환각",
        "이미지 편집 논문 추천해줘": "edit|편집",
        "how can I make a model faster": "accelerat|speculati|가속|추측|추론 속도",
        "모델을 빠르게 만드는 방법": "accelerat|speculati|가속|추측|추론 속도",
        "how to make inference cheaper": "cheap|cost|비용",
        "추론을 싸게 하는 방법": "cheap|cost|비용",
    }
    async with Database.open(tmp_path / "archive.db") as database:
        library = Library(database)
        for path in sorted(ARCHIVE.glob("[0-9]*/*/*.md")):
            await library.store_page(str(path), "hash", read_file(path).day, utc(2024, 11, 1))
        search = Search(library, budget=60.0)
        for question, subject in subjects.items():
            page = await search.search(question, limit=5)
            assert len(page.results) == 5, question
            assert page.mended is None, question
            for hit in page.results:
                text = " ".join([hit.listing.paper.title, *(bullet.text for bullet in hit.listing.paper.summary)])
                assert re.search(subject, text, re.IGNORECASE), (question, hit.listing.paper.title)
