from datetime import date

import pytest

from bot.chat.papers.questions import remarks
from bot.locale import Language, catalogue
from bot.papers import Appearance, Listing
from bot.search.model import Hit, SearchPage, Tier
from bot.search.query import Query, parse
from tests.bot.chat.markup import read
from tests.builders import paper

KO, EN = catalogue(Language.KO), catalogue(Language.EN)
FOUND = Appearance(date(2024, 2, 23), Listing(paper()))


def test_there_is_nothing_to_say_of_a_plain_page() -> None:
    assert remarks(SearchPage(parse("a b"), 1, (Hit(FOUND, Tier.ALL, 1.0),), 0), EN) == ""


@pytest.mark.parametrize(
    ("page", "english", "korean"),
    [
        (
            SearchPage(parse("difusion"), 1, (), 0, mended="diffusion"),
            "Nothing matched exactly, so here are results for “diffusion”.",
            "그대로는 찾지 못해서 “diffusion” 검색 결과를 보여 드려요.",
        ),
        (
            SearchPage(parse("무슨 논문"), 1, (Hit(FOUND, Tier.ANY, 1.0),), 0),
            (
                "Which subject? Add a word for it, such as “diffusion” or “hallucination”."
                " “/paper day” shows the papers of the newest day."
            ),
            (
                "어떤 주제의 논문을 찾으세요? ‘확산 모델’이나 ‘환각’처럼 주제를 함께 적어 보세요."
                " 가장 최근 날의 논문은 ‘/논문 하루’ 명령어로 볼 수 있어요."
            ),
        ),
        (
            SearchPage(parse("환각"), 1, (), 0, translated=("hallucination", "RAG")),
            "Also matched: hallucination, RAG",
            "함께 찾은 단어: hallucination, RAG",
        ),
        (
            SearchPage(Query(cut=True), 1, (), 0),
            "That's long: I used only the first 200 characters and 32 words.",
            "검색어가 길어서 앞의 200자, 단어 32개까지만 찾았어요.",
        ),
        (
            SearchPage(parse("x"), 1, (), 0, stopped=True),
            ("This took too long, so I stopped early and may have missed some papers. Try fewer or rarer words."),
            "시간이 오래 걸려서 도중에 멈췄어요. 빠진 논문이 있을 수 있으니 더 짧거나 드문 단어로 찾아보세요.",
        ),
        (
            SearchPage(parse("x"), 1, (), 0, partial=True),
            "I'm re-reading older papers after an update, so some may be missing for a few minutes.",
            "업데이트 뒤에 예전 논문을 다시 읽고 있어요. 몇 분 동안은 빠진 논문이 있을 수 있어요.",
        ),
        (
            SearchPage(parse("a b"), 1, (Hit(FOUND, Tier.ANY, 1.0),), 0),
            "No paper has all of these words; these have some of them.",
            "모든 단어가 들어 있는 논문은 없어서, 일부가 들어 있는 논문을 보여 드려요.",
        ),
        (
            SearchPage(parse("양자중력 -b 알려줘"), 1, (Hit(FOUND, Tier.ANY, 1.0),), 0),
            "No paper has this word as it is; these have parts of it.",
            "이 단어가 그대로 들어 있는 논문은 없어서, 단어의 일부가 들어 있는 논문을 보여 드려요.",
        ),
    ],
)
def test_a_page_says_how_it_was_found(page: SearchPage, english: str, korean: str) -> None:
    assert remarks(page, EN) == english
    assert remarks(page, KO) == korean


def test_what_was_asked_is_literal_in_a_remark() -> None:
    page = SearchPage(parse("x"), 1, (), 0, mended="*a* <@1> https://x", translated=("`b`", "_c_"))
    assert read(remarks(page, EN)).kinds == []
