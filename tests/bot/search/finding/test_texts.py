"""What a text shows of a single syllable without being analysed is what the analysis says."""

import json

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.papers import Bullet, Paper, Text
from bot.search.finding import texts
from bot.search.finding.texts import is_readable, numbers_matching
from bot.search.matcher import Document, matches
from bot.search.query import Query, parse
from bot.storage.engine.codec import encode, encode_bullets
from bot.storage.papers.shelf import Row

# Parts that words meet in archives: marks, invisible signs, jamo, other scripts, Markdown, TeX, JSON's own signs.
SIGNS = [", ", *" ”·\u00ad\u200b\u0301ᆨㄱ環éπ²™㎏ﾡ﷽〮々"]
ASCII = ["a", "GPT", "4", "*", "**", "_", "^2", "\\", "\\\\", '"', '","', "\n", "\t", "\0", "\ua960"]
PARTS = st.sampled_from([*"강화학습한수", " ", *SIGNS, *ASCII])
TEXTS = st.lists(PARTS, max_size=8).map("".join)
WORDS = st.text("강화학습한수", min_size=1, max_size=2)


@given(st.lists(TEXTS, min_size=3, max_size=3), st.one_of(st.none(), TEXTS), st.lists(WORDS, min_size=1, max_size=3))
@example(["숙", "강 확", "강·화ㄳ"], None, ["수", "화"])
@example(["강확", "강화\u00ad\u11a8", "강화ㄳ"], None, ["강", "화"])
@example(["강화학습", "심층강화학습", "강화학"], None, ["화"])
@example(["강화학습", "강화학습", "강화학"], None, ["화", "학"])
@example(["강\u00ad화학습", "", ""], None, ["강", "화"])
def test_a_syllable_begins_a_word_exactly_where_the_analysis_finds_it(
    texts: list[str], heading: str | None, words: list[str]
) -> None:
    title, author, summary = texts
    paper = Paper("p", title, (author, "Kim"), image="https://강화.example/학습", summary=(Bullet(summary, heading),))
    terms = [term for term in parse(" ".join(words)).terms if is_readable(term)]
    assume(terms)
    assert (1 in numbers_matching(terms, [row(paper)])) is matches(Query(tuple(terms)), Document.from_paper(paper))


@pytest.mark.parametrize("text", ["author:강", "title:강", "-강", "G", "学", "ㄱ", "강화", '"강 화"'])
def test_what_is_no_syllable_is_not_read(text: str) -> None:
    assert [is_readable(term) for term in parse(text).terms] == [False]


@pytest.mark.parametrize("text", ["강화학습의 수", "그 강화 (학습)", '"강화" → “학습”', "a_강화 학습_b, 수"])
def test_a_usual_text_is_not_analysed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.delattr(texts, "matches")
    paper = Paper("p", "On it", ("Kim",), summary=(Bullet(text), Bullet("둘째", "What")))
    for word in ("강", "학", "없"):
        assert (1 in numbers_matching(parse(word).terms, [row(paper)])) is (word != "없")


@given(TEXTS, TEXTS, st.lists(WORDS, min_size=1, max_size=2))
@example("강화", "학습", ["강", "학"])
def test_a_syllable_is_in_another_text_where_the_analysis_finds_it(summary: str, other: str, words: list[str]) -> None:
    paper = Paper("p", "On it", summary=(Bullet(summary),), texts=(Text("ko", (Bullet(other),)),))
    terms = parse(" ".join(words)).terms
    held = matches(Query(tuple(terms)), Document.from_paper(paper))
    assert (1 in numbers_matching(terms, [row(paper)])) is held


def row(paper: Paper) -> Row:
    """A paper as the library gives it."""
    made = json.dumps([[text.language, encode_bullets(text.bullets)] for text in paper.texts])
    return Row(1, paper.arxiv_id, "2024-02-02", None, encode(paper).encode(), made=made)
