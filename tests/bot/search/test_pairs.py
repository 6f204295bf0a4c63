"""Which pairs brackets mean: sentences of our own, and the real archive where it is there."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.reader import read_file
from bot.papers import Bullet
from bot.search.pairs import (
    MAX_WORDS,
    MOST,
    Keys,
    Pair,
    Translation,
    holding,
    key,
    paper_pairs,
    spans,
    text_pairs,
    translate,
)
from tests.builders import paper
from tests.shared import ARCHIVE, needs_archive


def found(text: str) -> set[str]:
    return {str(pair) for pair in text_pairs(text)}


def counted(*texts: str) -> list[Pair]:
    """Each text is a paper; what all of them together mean."""
    seen: dict[Keys, Pair] = {}
    for text in texts:
        for keys, pair in paper_pairs(paper(1, title="A title", summary=(Bullet(text),))).items():
            papers = seen[keys].papers + 1 if keys in seen else 1
            seen[keys] = Pair(pair.term, pair.gloss, papers)
    return holding(pair for pair in seen.values() if pair.papers > 1)


# -- one bracket -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "환각(hallucination)을 줄인다",
        "우리는 환각 (hallucination)을 줄인다",
        "'환각'(hallucination)",
        "'환각(hallucination)'",
        "환각（hallucination）",
        "hallucination(환각)을 줄인다",
        "hallucination (환각)",
        "(환각)hallucination을 줄인다",
        "우리는 (환각)hallucination을 줄인다",
    ],
)
def test_a_pair_in_either_order_with_or_without_a_space_or_quotes(text: str) -> None:
    assert found(text) == {"환각=hallucination"}


@pytest.mark.parametrize(
    "text",
    [
        "Retrieval-Augmented Generation(RAG)",
        "우리는 Retrieval-Augmented Generation (RAG)을 쓴다",
        "RAG(Retrieval-Augmented Generation)",
        "우리의 new Retrieval-Augmented Generation (RAG)",
    ],
)
def test_a_full_name_begins_where_the_acronym_says(text: str) -> None:
    assert found(text) == {"Retrieval-Augmented Generation=RAG"}


def test_a_name_and_its_acronym_in_one_bracket_are_three_pairs() -> None:
    pairs = {
        "검색 증강 생성=Retrieval-Augmented Generation",
        "검색 증강 생성=RAG",
        "Retrieval-Augmented Generation=RAG",
    }
    assert pairs <= found("우리는 검색 증강 생성(Retrieval-Augmented Generation, RAG)을 쓴다")
    assert pairs <= found("우리는 검색 증강 생성(RAG; Retrieval-Augmented Generation)을 쓴다")
    assert found("RAG(검색 증강 생성, Retrieval-Augmented Generation)") == pairs - {
        "검색 증강 생성=Retrieval-Augmented Generation"
    }


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("MoE", "Mixture-of-Experts"),
        ("LoRA", "Low-Rank Adaptation"),
        ("T2I", "Text-to-Image"),
        ("LLMs", "Large Language Models"),
        ("BERT", "Bidirectional Encoder Representations from Transformers"),
        ("GANs", "generative adversarial networks"),
    ],
)
def test_acronyms(short: str, full: str) -> None:
    assert found(f"{full} ({short})") == {f"{full}={short}"}
    assert found(f"{short}({full})") == {f"{full}={short}"}


@pytest.mark.parametrize(
    "text",
    [
        "우리 모델(GPT-4, LLaMA, Mistral)",  # examples
        "여러 데이터(예: images)",
        "정확도(95.2)",
        "정확도(accuracy=95)",
        "식(x)",
        "모델 (아래 그림 참고)",
        "GPT-4(LLaMA)",
        "Large Language Models (SOTA)",
        "세 가지 (one, two, three, four)",
        "()",
        "( )",
        "(hallucination)",
    ],
)
def test_what_is_no_gloss(text: str) -> None:
    assert found(text) == set()


def test_too_few_characters_for_a_long_name_are_not_its_term() -> None:
    assert found("새로운 모델(Large Language Model)") == set()
    assert found("다양한 생성(RAG)") == set()


def test_no_term_reaches_over_a_comma_or_a_particle_before_it() -> None:
    assert found("학습, 환각(hallucination)") == {"환각=hallucination"}
    assert found("학습을 환각(hallucination)") == {"환각=hallucination"}
    assert found("사고의 연쇄(Chain-of-Thought)") == {"사고의 연쇄=Chain-of-Thought"}


# -- many papers -----------------------------------------------------------------------------------------------------


def test_the_words_that_come_back_are_the_term() -> None:
    pairs = counted(
        "최근 검색 증강 생성(RAG) 연구",
        "여기서 쓰는 검색 증강 생성(RAG)",
        "큰 검색 증강 생성(RAG)",
        "회귀 증강 생성(RAG)",
    )
    assert [str(pair) for pair in pairs] == ["검색 증강 생성=RAG"]
    assert pairs[0].papers == 3


def test_a_word_that_often_stands_before_a_term_is_not_part_of_it() -> None:
    texts = ["객체 환각(hallucination)"] * 2 + ["환각(hallucination)"] * 2 + ["언어 환각(hallucination)"]
    assert [str(pair) for pair in counted(*texts)] == ["환각=hallucination"]


def test_a_term_of_two_words_with_a_gloss_of_one() -> None:
    assert [str(pair) for pair in counted("큰 데이터 셋(dataset)", "새 데이터 셋(dataset)")] == ["데이터 셋=dataset"]


def test_one_paper_is_not_enough_however_often_it_says_it() -> None:
    assert counted("환각(hallucination), 다시 환각(hallucination)") == []


def test_spellings_count_together() -> None:
    pairs = counted("강화 학습(Reinforcement Learning)", "강화학습(reinforcement learning)")
    assert [pair.papers for pair in pairs] == [2]


def test_two_terms_of_one_gloss_are_both_meant() -> None:
    texts = ["대규모 언어 모델(LLM)"] * 3 + ["거대 언어 모델(LLMs)"] * 2
    assert {str(pair) for pair in counted(*texts)} == {"대규모 언어 모델=LLM", "거대 언어 모델=LLMs"}


def test_what_is_much_rarer_than_a_glosss_commonest_term_is_a_slip() -> None:
    pairs = [Pair("환각", "hallucination", 1000), Pair("환상", "hallucination", 5), Pair("망상", "hallucination", 50)]
    assert [pair.term for pair in holding(pairs)] == ["환각", "망상"]


# -- asking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("강화 학습", "강화학습"), ("LLMs", "llm"), ("Fine-Tuning", "fine tuned"), ("hallucinations", "Hallucination")],
)
def test_spellings_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("LLM", "LM"), ("환각", "각"), ("CNN", "RNN"), ("3D", "2D")])
def test_other_terms_have_other_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_translations_go_both_ways_and_over_neighbours() -> None:
    pairs = [Pair("환각", "hallucination", 5), Pair("검색 증강 생성", "RAG", 3)]
    rows = spans(["환각", "검색", "증강", "생성"])
    assert translate(rows, pairs) == (Translation(0, 1, "hallucination", 5), Translation(1, 4, "RAG", 3))
    assert translate(spans(["rag", "Hallucinations"]), pairs) == (
        Translation(0, 1, "검색 증강 생성", 3),
        Translation(1, 2, "환각", 5),
    )


def test_a_term_has_its_most_seen_translations() -> None:
    pairs = [Pair(syllable * 3, "RAG", papers) for papers, syllable in enumerate("가나다라마바", 1)]
    assert [one.papers for one in translate(spans(["RAG"]), pairs)] == [6, 5, 4, 3][:MOST]


# -- whatever comes --------------------------------------------------------------------------------------------------

HOSTILE = st.text(
    st.sampled_from(list("()（）[],;'\"“”-–_ \t\x00\ud800🙂환각의 강화학습을AbcRAGs2D&+*$")) | st.characters(),
    max_size=200,
)


@given(HOSTILE)
def test_any_text_has_pairs_that_can_be_stored_and_asked_for(text: str) -> None:
    for (term, gloss), pair in paper_pairs(paper(1, title=text, summary=(Bullet(text),))).items():
        assert (key(pair.term), key(pair.gloss)) == (term, gloss)
        assert "" not in (term, gloss)
        assert term != gloss
        assert len(pair.gloss.split()) <= MAX_WORDS
        said = str(pair).encode()
        assert b"(" not in said
        assert 0 not in said


@given(st.lists(HOSTILE, max_size=8))
def test_any_words_can_be_asked_for(words: list[str]) -> None:
    assert translate(spans(words), [Pair("환각", "hallucination", 5)]) is not None


@given(st.lists(st.builds(Pair, st.text("가나다", min_size=1), st.sampled_from(["RAG", "LLM"]), st.integers(2, 99))))
def test_of_rows_of_words_that_hold_for_a_gloss_none_is_the_end_of_another(pairs: list[Pair]) -> None:
    meant = [pair.keys for pair in holding(pairs)]
    for term, gloss in meant:
        assert not [
            other for other in meant if other != (term, gloss) and other[1] == gloss and other[0].endswith(term)
        ]


@pytest.mark.parametrize(
    "text",
    ["(" * 50_000, "((환각)" * 10_000, "환각(" + "a" * 50_000 + ")", "환각(a b)" * 5_000, "가" * 50_000 + "(RAG)"],
)
def test_long_and_unbalanced_texts_take_no_time(text: str) -> None:
    started = time.process_time()
    list(text_pairs(text))
    assert time.process_time() - started < 2


# -- the real archive ------------------------------------------------------------------------------------------------


@needs_archive
def test_the_archive_explains_its_terms_quickly() -> None:
    papers = {
        listing.paper.arxiv_id: listing.paper
        for path in sorted(ARCHIVE.glob("[0-9]*/[0-9]*/[0-9]*.md"))
        for listing in read_file(path).day.listings
    }
    started = time.process_time()
    seen: dict[Keys, Pair] = {}
    for one in papers.values():
        for keys, pair in paper_pairs(one).items():
            seen[keys] = Pair(pair.term, pair.gloss, seen[keys].papers + 1 if keys in seen else 1)
    held = holding(pair for pair in seen.values() if pair.papers > 1)
    assert time.process_time() - started < 2  # about 0.3 s; the machine may be busy
    assert len(held) > 400
    meant = {pair.keys for pair in held}
    assert {("환각", "hallucin"), ("검색증강생성", "rag"), ("retriev augment generat", "rag")} <= meant
    assert not {("생성", "rag"), ("모델", "llm"), ("언어모델", "llm")} & meant
