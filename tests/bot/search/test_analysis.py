import sys
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.latex import readable
from bot.search.analysis import BRIDGE, indexed, joined, stem, tokens

ANY_TEXT = st.text(st.characters())  # lone surrogates and NUL too
ALL_CHARACTERS = "".join(map(chr, range(sys.maxunicode + 1)))


def column_of(*segments: str) -> str:
    return joined(map(indexed, segments))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("강화학습", ["강화", f"{BRIDGE}화학", "학습"]),
        ("심층강화학습을", ["심층", f"{BRIDGE}층강", "강화", f"{BRIDGE}화학", "학습", "습을"]),
        ("화학을", ["화학", "학을"]),
        ("강화 학습", ["강화", "학습"]),
        ("쌀", ["쌀"]),
        ("GPT를", ["gpt", "를"]),
        ("GPT-4", ["gpt", "4", "gpt4"]),
        ("GPT-4o mini", ["gpt", "4o", "gpt4o", "mini"]),
        ("LLaMA-2를", ["llama", "2", "llama2", "를"]),
        ("2번째", ["2", "번째"]),
        ("Attention Is All You Need", ["attent", "is", "all", "you", "need"]),
        ("Self-Discover, self-discovering", ["self", "discov", "selfdiscov"] * 2),
        ("Łukasz Müller, Søren Ðorđe", ["lukasz", "muller", "soren", "dord"]),
        ("STRASSE Straße", ["strass", "strass"]),
        ("İstanbul ısı", ["istanbul", "isi"]),
        ("ＲＡＧ ﬁne １２", ["rag", "fine", "12"]),
        ("snake_case", ["snake", "case", "snakecas"]),
        ("soft\u00adly zero\u200bwidth", ["soft", "zero", "width"]),
        ("機械学習", ["機械", "械学", "学習"]),
        ("がか", ["がか"]),
        ("C++ C# A*", ["c", "cplusplus", "c", "csharp", "a", "astar"]),
        ("C++17 RRT*를", ["c", "cplusplus", "17", "rrt", "rrtstar", "를"]),
        ("**Fast** *a* *search* 10+", ["fast", "a", "search", "10"]),
        ("3.5% 35", ["3", "5", "3p5", "35"]),
        ("a-b-c-d-e-f-g", ["a", "b", "c", "d", "e", "f", "g"]),
        ("한국어English中文", ["한국", "국어", "english", "中文"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("🤗 👩🏽‍🔬 $ -- \x00 \ud800", []),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["MVD2", "MVD²", "MVD$^2$", "MVD^2", "MVD$^{2}$", "MVD_2", "mvd₂"])
def test_raised_and_lowered_figures_are_read_in_one_way(text: str) -> None:
    assert tokens(text) == ["mvd2"]


def test_figures_are_raised_inside_of_names_too() -> None:
    assert tokens("M$^{2}$UGen") == ["m2ugen"]
    assert tokens("$VILA^2$: VILA") == ["vila2", "vila"]
    assert tokens("$A^*$, A$^*$") == ["a", "astar"] * 2
    assert tokens(r"$\sim$20") == ["sim", "20"]


@pytest.mark.parametrize("text", ["강화학습을 위한 GPT", "Müller", "がぎぐ", "각ㄱㅏ"])
def test_composed_and_decomposed_text_have_the_same_tokens(text: str) -> None:
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(unicodedata.normalize("NFC", text))


@given(ANY_TEXT)
def test_case_makes_no_difference(text: str) -> None:
    assert tokens(text.casefold()) == tokens(text)


@pytest.mark.parametrize("length", [pytest.param(1, marks=pytest.mark.thorough), 50])
def test_fts5_splits_every_character_as_we_do(fts5_split: Callable[[str], list[str]], length: int) -> None:
    parts = [ALL_CHARACTERS[start : start + length] for start in range(0, len(ALL_CHARACTERS), length)]
    column = column_of(" ".join(parts))
    assert fts5_split(column) == column.split(" ")


@given(text=ANY_TEXT)
def test_fts5_splits_any_text_as_we_do(fts5_split: Callable[[str], list[str]], text: str) -> None:
    assert fts5_split(column_of(text)) == tokens(readable(text))


def test_parts_are_kept_apart(fts5_split: Callable[[str], list[str]]) -> None:
    column = column_of("Kaiming He", "🤗", "Ross Girshick")
    assert column == "kaim he \ue000 ross girshick"
    assert len(fts5_split(column)) == 5
    assert tokens("\ue000") == []
    assert column_of() == column_of("", "…") == ""


def test_words_of_one_stem_are_one_token() -> None:
    assert len({stem(word) for word in ("generate", "generated", "generating", "generation", "generative")}) == 1
    assert stem("4o") == "4o"
    assert stem("학습") == "학습"


def test_the_words_of_a_text_come_with_their_tokens() -> None:
    running, gpt, rest = indexed("Running GPT-4, 강화학습을:C++")
    assert running == ("run", (("running", "run"),))
    assert gpt == ("gpt 4 gpt4", ("gpt", "4", "gpt4"))
    assert rest.text == f"강화 {BRIDGE}화학 학습 습을 c cplusplus"
    assert set(rest.words) == {"강화", "화학", f"{BRIDGE}화학", "학습", "습을", "c", "cplusplus"}


@given(st.text(max_size=60))
def test_the_parts_of_a_text_have_the_tokens_of_the_whole(text: str) -> None:
    assert [token for part in indexed(text) for token in part.text.split()] == tokens(readable(text))


@pytest.mark.parametrize("text", ["가" * 4000, "a" * 4000, "\u0301" * 4000, "a\u0301" * 4000, "ﷺ" * 4000, "^" * 4000])
def test_long_text_is_analysed(text: str) -> None:
    assert tokens(text) == tokens(text)
    assert "\ue000" not in column_of(text)
