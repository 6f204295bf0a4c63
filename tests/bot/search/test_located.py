import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.search.analysis import plain, tokens
from bot.search.located import located

WORDS = [
    *("강화학습을", "강", "GPT-4", "GPT-4o를", "C++", "A*", "F#", "LLaMA-2를", "MVD$^2$", "M$^{2}$UGen", "running"),
    *("e\u0301te\u0301", "été", "ﬁne", "ＡＢＣ", "Self-Discover", "**bold**", "*a*", "\u1112\u1161\u11ab"),
    *("東京タワー", "a-b-c-d-e-f-g-h", "a.b/c_d'e"),
    *("가" * 100, " ", "\n", "\u200b", "\u00ad", "\x00", "\ud800", "👍", "ㄱ", "½", "¨"),
]
texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=12).map("".join)


@given(texts)
@example("GPT-4 GPT-4")
def test_the_tokens_are_those_of_the_analysis_and_lie_in_the_text(text: str) -> None:
    found = located(text)
    assert [each.token for each in found] == tokens(text)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        assert plain(each.token) in map(plain, tokens(text[each.start : each.end]))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("강화학습을", ["강화", "화학", "학습", "습을"]),
        ("Running models", ["Running", "models"]),
        ("(GPT-4를)", ["GPT", "4", "GPT-4", "를"]),
        ("a Self-Discovered way", ["a", "Self", "Discovered", "Self-Discovered", "way"]),
        ("use C++, A*.", ["use", "C", "C++", "A", "A*"]),
        ("ＡＢＣ도", ["ＡＢＣ", "도"]),
        ("e\u0301te\u0301 x", ["e\u0301te\u0301", "x"]),
        ("MVD$^2$", ["MVD$^2$"]),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", ["\u1112\u1161\u11ab\u1100\u1173\u11af"]),
    ],
)
def test_each_token_lies_where_it_was_written(text: str, places: list[str]) -> None:
    assert [text[each.start : each.end] for each in located(text)] == places
