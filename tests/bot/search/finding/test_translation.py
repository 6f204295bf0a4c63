from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers import Bullet
from bot.search.finding.translation import Translated, translated
from bot.search.pairs import Pair, Translation, spans, translate
from bot.search.query import Field, parse
from tests.builders import paper

if TYPE_CHECKING:
    from tests.bot.search.conftest import Index

HELD = [
    Pair("환각", "hallucination", 9),
    Pair("검색 증강 생성", "RAG", 8),
    Pair("Retrieval-Augmented Generation", "RAG", 7),
    Pair("생성", "generation", 6),
]


def ask(text: str) -> Translated | None:
    def translations(words: Sequence[str]) -> tuple[Translation, ...]:
        return translate(spans(words), HELD)

    return translated(parse(text), translations)


def rows(index: "Index", text: str) -> list[int]:
    asked = ask(text)
    assert asked is not None
    return index.find(asked.match)


def test_both_directions(index: "Index") -> None:
    index.put(paper(1, title="On hallucinations"), paper(2, title="환각에 대하여"), paper(3, title="Other"))
    assert rows(index, "환각") == rows(index, "Hallucination") == [1, 2]


def test_neighbours_that_are_a_term_together_are_translated_as_one(index: "Index") -> None:
    index.put(paper(1, title="RAG at work"), paper(2, title="생성 증강 검색"), paper(3, title="generation of 검색"))
    assert rows(index, "검색 증강 생성") == [1, 2]
    asked = ask("검색 증강 생성")
    assert asked is not None
    assert asked.texts == ("RAG",)


def test_a_term_has_all_its_translations(index: "Index") -> None:
    index.put(paper(1, title="검색 증강 생성"), paper(2, title="Retrieval-augmented generation"), paper(3, title="RAG"))
    assert rows(index, "RAG") == [1, 2, 3]


def test_the_other_words_of_the_query_must_be_there_too(index: "Index") -> None:
    index.put(
        paper(1, title="Hallucination", summary=(Bullet("평가"),)),
        paper(2, title="Hallucination", summary=(Bullet("학습"),)),
        paper(3, title="Hallucination", summary=(Bullet("평가"),), authors=("Ada Byron",)),
        paper(4, title="RAG and hallucination", summary=(Bullet("평가"),), authors=("Ada Byron",)),
    )
    assert rows(index, "환각 평가") == [1, 3, 4]
    assert rows(index, "환각 평가 author:byron") == [3, 4]
    assert rows(index, "환각 평가 author:byron -RAG") == [3]


def test_a_title_stays_a_title_and_an_exclusion_is_not_translated(index: "Index") -> None:
    index.put(paper(1, title="Hallucination"), paper(2, title="Text", summary=(Bullet("hallucination"),)))
    assert rows(index, "title:환각") == [1]
    asked = ask("title:환각")
    assert asked is not None
    assert {term.field for term in asked.terms} == {Field.TITLE}
    index.put(paper(1, title="RAG"), paper(2, title="RAG and hallucination"), paper(3, title="RAG 환각"))
    assert rows(index, "RAG -환각") == [1, 2]


@pytest.mark.parametrize("text", ["양자화", "author:환각", "-환각 양자화", "검색 title:증강 생성x"])
def test_nothing_to_translate(text: str) -> None:
    assert ask(text) is None


WORDS = ["환각", "RAG", "검색", "증강", "생성", "-생성", "title:환각", "author:RAG", '"', "'", "(", "NOT", "\x00", "🙂"]


@given(st.lists(st.sampled_from(WORDS)))
def test_any_query_gives_a_sound_expression(index: "Index", words: list[str]) -> None:
    if asked := ask(" ".join(words)):
        assert index.find(asked.match) is not None
        assert asked.texts
