from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers import Bullet, Paper
from bot.search.analysis import BRIDGE
from bot.search.finding.fts import match_expression
from bot.search.matcher import Document, IndexFields, document_fields, matches
from bot.search.query import parse

if TYPE_CHECKING:
    from tests.bot.search.conftest import Index

WORDS = st.sampled_from(
    [
        "강화학습을",
        "심층강화학습",
        "화학",
        "강화학",
        "강화",
        "학습",
        "화",
        "습",
        "학습의",
        "GPT-4",
        "gpt",
        "4",
        "gpt4",
        "GPT를",
        "강화학습",
        "C++",
        "c",
        "Self-Discover",
        "discovers",
        "를",
        "Kim",
        "kim",
        "Doe",
        "$x^2$",
        "x2",
    ]
)
TEXTS = st.lists(WORDS, max_size=5).map(" ".join)
PAPERS = st.builds(
    Paper,
    arxiv_id=st.just("2402.00001"),
    title=TEXTS,
    authors=st.lists(TEXTS, max_size=3).map(tuple),
    summary=st.lists(
        st.builds(Bullet, TEXTS, children=st.lists(st.builds(Bullet, TEXTS), max_size=2).map(tuple)), max_size=3
    ).map(tuple),
)
TERMS = st.builds(
    lambda minus, field, words, quote: f"{minus}{field}{quote}{words}{quote}",
    st.sampled_from(["", "", "", "-"]),
    st.sampled_from(["", "", "author:", "title:"]),
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["", '"', '"']),
)
QUERIES = st.lists(TERMS, min_size=1, max_size=3).map(" ".join)


def asked(text: str, paper: Paper) -> bool:
    return matches(parse(text), Document.from_paper(paper))


@given(
    papers=st.lists(st.tuples(PAPERS, TEXTS), min_size=1, max_size=6), queries=st.lists(QUERIES, min_size=1, max_size=6)
)
def test_a_subscription_matches_what_a_search_finds(
    index: "Index", papers: list[tuple[Paper, str]], queries: list[str]
) -> None:
    index.put(*(paper for paper, _ in papers), abstracts=[abstract for _, abstract in papers])
    documents = [Document.from_paper(*each) for each in papers]
    for query in map(parse, queries):
        matched = [row for row, document in enumerate(documents, 1) if matches(query, document)]
        assert index.find(match_expression(query)) == matched, str(query)


PAPER = Paper(
    "2402.14253",
    "MVD$^2$: **Fast** 3D",
    ("Mina Kim", "John Doe"),
    summary=(Bullet("강화학습을 씁니다", "What's New", None, (Bullet("더 빠르게", None, 1),)), Bullet("Efficient")),
)


def test_the_fields_of_a_paper() -> None:
    assert document_fields(PAPER) == IndexFields(
        title="mvd2 fast 3d",
        authors="mina kim \ue000 john doe",
        summary=f"강화 {BRIDGE}화학 학습 습을 씁니 니다 \ue000 더 빠르 르게 \ue000 effici",
    )


def test_an_abstract_is_part_of_the_text_and_counts_once() -> None:
    assert document_fields(PAPER, "We hallucinate").abstract == "we hallucin"
    line = Paper("p", "On it", summary=(Bullet("We count."),))
    assert document_fields(line, "We count.").abstract == ""
    told = Document.from_paper(line, "We hallucinate.")
    asked_for = ("hallucinate", "it hallucinate", "title:hallucinate", "it -hallucinate")
    assert [matches(parse(text), told) for text in asked_for] == [True, True, False, False]


@pytest.mark.parametrize(
    "text",
    ["강화학습", "강화학습을", "빠르게", "mvd² fast", "kim efficient", 'author:"mina kim"', "fast -slow", "2402.14253"],
)
def test_what_matches(text: str) -> None:
    assert asked(text, PAPER)


@pytest.mark.parametrize(
    "text",
    [
        "강화학습이",
        '"강화 학습"',
        "new",
        "fas",
        '"kim john"',
        '"빠르게 efficient"',
        "author:fast",
        "fast -3d",
        "2402.14254",
    ],
)
def test_what_does_not_match(text: str) -> None:
    assert not asked(text, PAPER)


@pytest.mark.parametrize("text", ["", "-slow", "🤗"])
def test_a_query_that_asks_for_nothing_matches_nothing(text: str) -> None:
    assert not asked(text, PAPER)


def in_title(text: str, title: str) -> bool:
    return asked(text, Paper("2402.00001", title))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("강화학습", "강화 학습을 위한"),
        ("강화 학습", "강화학습을 위한"),
        ("강화학습", "강화학습을 위한"),
        ("할수", "할 수 있는"),
        ("학습", "강화학습을"),
        ("학습을", "심층강화학습을"),
        ("강화학습", "심층강화학습을"),
        ("강화학", "강화학습"),
        ("평가지", "평가지표를"),
        ("화학", "석유화학"),
        ("화학 반응", "강화학습과 화학 반응"),
        ("강화 학습", "심층 강화 학습법"),
    ],
)
def test_spacing_is_variation_of_the_question(text: str, title: str) -> None:
    assert in_title(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("화학", "강화 학습"),
        ("화학", "강화학습"),
        ("화학", "심층강화학습을"),
        ("화학이", "강화학습"),
        ("성인", "음성인식의"),
        ("학생", "대학생활"),
        ("체인", "객체인식"),
        ("전학", "사전학습하는"),
        ("미분", "의미분할"),
        ("RL", "world models"),
        ("GPT-4", "GPT-4o"),
        ("GPT-4", "GPT-40"),
        ("GPT-4", "4 GPTs"),
        ("C++", "C"),
        ("C", "D++"),
        ("A*", "A"),
        ("1.5", "15"),
    ],
)
def test_what_only_looks_alike_does_not_match(text: str, title: str) -> None:
    assert not in_title(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("GPT-4", "GPT-4: a report"),
        ("GPT-4", "gpt4 보고서"),
        ("GPT-4", "GPT 4"),
        ("gpt4", "GPT-4를"),
        ("GPT-4를", "GPT4를"),
        ("GPT", "GPT-4"),
        ("LLaMA-2", "Llama 2"),
        ("llama2", "LLaMA-2"),
        ("C++", "in C++"),
        ("C++를", "C++를 위한"),
        ("c", "C++"),
        ("A*", "A*-search"),
        ("A*", "$A^*$ search"),
        ("MVD²", "MVD$^2$"),
        ("mvd2", "MVD²"),
        ("self discover", "Self-Discover"),
        ('"self-discover large"', "Self-Discover: Large"),
    ],
)
def test_names_are_one_term_and_their_parts(text: str, title: str) -> None:
    assert in_title(text, title)


@pytest.mark.parametrize(
    ("text", "title"), [("generating", "Generated images"), ("Models", "a model"), ("muller", "Müller")]
)
def test_english_words_are_stemmed_and_accents_folded(text: str, title: str) -> None:
    assert in_title(text, title)
