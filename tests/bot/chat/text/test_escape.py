import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.text.escape import (
    ALIKE,
    clean,
    count_lines,
    escape,
    escaped_len,
    first_sentence,
    link_text,
    shorten,
    utf16_len,
    width,
)
from tests.bot.chat.hostile import long_texts, texts
from tests.bot.chat.markup import read

KOREAN = "새로운 방법을 제안합니다. 실험 결과가 좋습니다. 코드는 e.g. 버전 1.5 이상에서만 잘 돌아갑니다."
ENGLISH = "We propose a method. It wins by 3.5 points in Fig. 2, e.g. on the long task. The code is there."


@given(texts)
def test_escaped_text_is_shown_as_it_is_and_is_no_markup(text: str) -> None:
    reading = read(escape(text))
    assert not reading.kinds
    assert reading.shown.replace("\u200b", "") == clean(text).replace("\u200b", "")


@given(texts)
def test_escaped_text_is_no_markup_within_ours(text: str) -> None:
    reading = read(f"- **{escape(text)}** [{link_text(text)}](https://a.bc)")
    assert set(reading.kinds) <= {"list", "bold", "masked"}
    assert set(reading.targets) == {"https://a.bc"}


def _told_apart(shown: str) -> str:
    """The text with look-alikes and their originals as one, without zero-width characters."""
    for character, alike in ALIKE.items():
        shown = shown.replace(alike, character)
    return shown.replace("\u200b", "")


@given(texts)
def test_the_text_of_a_link_is_shown_as_it_is_but_for_look_alikes_and_stays_one_link(text: str) -> None:
    for around in ("", "**"):
        reading = read(f"{around}[{link_text(text)}](https://a.bc){around}")
        assert reading.kinds == ["bold", "masked"][not around :]
        assert reading.targets == ["https://a.bc"]
        assert _told_apart(reading.shown) == _told_apart(clean(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Beyond A*", "Beyond A*"),
        ("A* and D*", "A∗ and D∗"),
        ("snake_case", "snake_case"),
        ("__init__", "ˍˍinitˍˍ"),
        ("[Re] Attention", "［Re］ Attention"),
        (r"C:\temp", "C:∖temp"),
        ("`code` and `", "ˋcodeˋ and ˋ"),
        ("~10x, 1~5", "~10x, 1~5"),
        ("~~no~~", "~\u200b~no~\u200b~"),
        ("a || b", "a |\u200b| b"),
        ("a < b, <@1>", "a < b, <\u200b@\u200b1>"),
        ("Title: https://a.bc", "Title: https∶//a.bc"),
        (":smile: 10:30", "∶smile: 10:30"),
        ("discord.gg/abc", "discord.gg∕abc"),
        ("@everyone", "@\u200beveryone"),
        ("# 1 > 2 - 3", "# 1 > 2 - 3"),
    ],
)
def test_the_text_of_a_link_has_no_backslash_and_a_look_alike_only_where_markup_would_be(text: str, shown: str) -> None:
    assert link_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "@everyone",
        "@here",
        "<@1>",
        "<@!1>",
        "<@&1>",
        "<#1>",
        "</x:1>",
        "<id:guide>",
        "<t:1>",
        "<a:x:1>",
        ":smile:",
        "https://a.bc",
        "discord.gg/abc",
        "discord.com/invite/a",
        "[a](b)",
        "# a",
        "-# a",
        "> a",
        "- a",
        "1. a",
        "2) a",
        "*a*",
        "**a**",
        "_a_",
        "__a__",
        "~~a~~",
        "||a||",
        "`a`",
        "```a```",
        "***a***",
        "<https://a.bc>",
    ],
)
def test_each_construct_of_discord_is_stopped(text: str) -> None:
    assert read(text).kinds
    assert not read(escape(text)).kinds
    assert read(f"[{link_text(text)}](https://a.bc)").kinds == ["masked"]


def test_the_archive_text_that_needs_no_escape_gets_none() -> None:
    assert escape("Title: Sub-title (v1.5) at 10:30, pass@1 & 50%") == "Title: Sub-title (v1.5) at 10:30, pass@1 & 50%"
    assert escape("A*") == r"A\*"


def test_unwanted_characters_go_and_lines_fold() -> None:
    assert clean("  a\x00\u202eb\r\n\tc\ud800\u2028d ") == "ab c d"


def test_utf16_counts_what_lies_beyond_the_basic_plane_twice() -> None:
    assert utf16_len("a가😀") == 4


@given(long_texts, st.integers(0, 400))
def test_shortened_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert escaped_len(short) <= limit
    assert clean(text).startswith(short.removesuffix("…").rstrip())
    if escaped_len(text) <= limit:
        assert short == clean(text)


@given(long_texts, st.integers(0, 400))
def test_shortening_never_cuts_a_grapheme(text: str, limit: int) -> None:
    short = shorten(text, limit).removesuffix("…").rstrip()
    edges = {0, *(found.end() for found in regex.finditer(r"\X", clean(text)))}
    assert len(short) in edges


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        (KOREAN, 30, "새로운 방법을 제안합니다. 실험 결과가 좋습니다. …"),
        (KOREAN, 20, "새로운 방법을 제안합니다. …"),
        (KOREAN, 12, "새로운 방법을…"),
        (KOREAN, 45, "새로운 방법을 제안합니다. 실험 결과가 좋습니다. …"),
        (ENGLISH, 40, "We propose a method. …"),
        (ENGLISH, 70, "We propose a method. It wins by 3.5 points in Fig. 2, e.g. on the…"),
        (ENGLISH, 17, "We propose a…"),
        ("가" * 10, 5, "가가가가…"),
        ("👨‍👩‍👧" * 3, 10, "👨‍👩‍👧…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_text_is_cut_where_a_reader_would_pause(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected


def test_a_measure_of_its_own_counts_plain_text() -> None:
    assert shorten("a*b*c", 5, utf16_len) == "a*b*c"
    assert shorten("a*b*c", 5) != "a*b*c"


def test_the_first_sentence() -> None:
    assert first_sentence(KOREAN) == "새로운 방법을 제안합니다."
    assert first_sentence("See e.g. this. And that.") == "See e.g. this."
    assert first_sentence("no end") == "no end"
    assert first_sentence("新しい手法を提案します。次の文です。") == "新しい手法を提案します。"
    assert first_sentence("「できた。」と言います。次の文です。") == "「できた。」と言います。"


def test_japanese_is_cut_after_a_sentence() -> None:
    assert shorten("新しい手法を提案します。次の文はとても長いです。", 20) == "新しい手法を提案します。 …"
    assert shorten("新しい手法、とても長い文です", 7) == "新しい手法…"


def test_shortening_a_long_text_is_quick_enough_to_be_exact() -> None:
    text = "*가 " * 20_000
    assert re.fullmatch(r"(\*가 ?)+…", shorten(text, 4096))


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("a card", 6), ("카드", 4), ("Ａ", 2), ("*a*", 5), ("🥇", 2), ("e\u0301", 2)]
)
def test_width(text: str, expected: int) -> None:
    assert width(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("aaaa bbbbb", 1),
        ("aaaa bbbbbb", 2),
        ("aaaa bbb cc dddd", 2),
        ("a" * 21, 3),
        ("aaaa 가나다라", 2),
        ("가나다 라마바 사아자 차", 3),
        ("가" * 10 + " bbbbbb ccc", 3),
    ],
)
def test_lines_break_between_words_and_within_korean_ones(text: str, expected: int) -> None:
    assert count_lines(text, 10) == expected
