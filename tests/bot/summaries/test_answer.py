import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.summary import marker_of, split_heading
from bot.chat.text.escape import escape
from bot.papers import Bullet
from bot.summaries.answer import HEADINGS, LEAST, MOST, Complaint, plain, read_answer
from bot.summaries.model import SummaryLanguage
from tests.bot.chat.markup import read as read_markup
from tests.bot.summaries.papers import answer, source

NEW = "Otter는 비디오에서 수영을 배우는 새로운 모델을 제안합니다."


def read(text: str, language: SummaryLanguage = SummaryLanguage.KO) -> tuple[Bullet, ...]:
    return read_answer(text, source(), language)


def complaint(text: str, language: SummaryLanguage = SummaryLanguage.KO) -> str:
    with pytest.raises(Complaint) as found:
        read(text, language)
    return str(found.value)


def test_a_right_answer_is_three_bullets_under_the_archives_headings() -> None:
    bullets = read(answer())
    assert [each.heading for each in bullets] == ["What's New", "Technical Details", "Performance Highlights"]
    assert bullets[0].text.startswith("Otter는")


def test_a_paper_without_results_has_no_bullet_for_them() -> None:
    assert len(read(answer(performance_highlights="  "))) == 2


@pytest.mark.parametrize("before", ["```json\n", "<think>Let me see.</think>\n", "Here it is: "])
def test_what_models_put_around_json_is_passed_over(before: str) -> None:
    assert read(f"{before}{answer()}\n```") == read(answer())


@pytest.mark.parametrize(
    "text",
    [
        f'<think>{{a}} and {{"whats_new": 1}}</think>{answer()}',
        f"<think>So {answer(whats_new=NEW)} or not?</think>\n{answer()}",
        f"{answer()}\nNote: {{x}} is a set, and so is {{}}.",
        f'{answer()} {{"x": {{"y": 1}}}}',
        f"<think>{'{' * 5000}</think>{answer()}",
        answer(whats_new="Otter는 비디오에서 수영을 배우는\n새로운 모델(model)을 제안합니다.").replace("\\n", "\n"),
    ],
)
def test_the_last_json_object_that_fits_the_schema_is_taken(text: str) -> None:
    assert read(text) == read(answer())


@given(*[st.text(st.sampled_from('{}[]"\\:,1a \n<>/'), max_size=60)] * 2)
def test_whatever_stands_around_an_answer_loses_none(before: str, after: str) -> None:
    assert read(before + answer() + after) == read(answer())


def test_braces_in_a_text_of_the_answer_begin_no_object() -> None:
    set_of = answer(technical_details='모델은 집합 {a, b}와 {"whats_new": "x"}을 씁니다. 나머지는 그대로 둡니다.')
    assert "집합 {a, b}" in read(f"<think>{answer()}</think>{set_of}")[1].text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "}{",
        answer()[:60],
        "[]",
        json.dumps({"whats_new": NEW}),
        answer(more="x"),
        answer().replace('"Otter', '["Otter'),
        json.dumps(dict.fromkeys(HEADINGS, 5)),
        json.dumps(dict.fromkeys(HEADINGS)),
        answer(whats_new="가" * 10_000),
        '{"a":' * 10_000 + "}",
    ],
)
def test_what_is_not_the_schema_is_refused(text: str) -> None:
    assert "must be" in complaint(text)


def test_lengths_are_limited() -> None:
    assert f"{LEAST} to {MOST}" in complaint(answer(whats_new="짧습니다."))
    assert f"{LEAST} to {MOST}" in complaint(answer(technical_details="길" * (MOST + 1)))
    assert read(answer(technical_details="길" * MOST))


def test_numbers_must_be_the_papers() -> None:
    assert complaint(answer(performance_highlights="CIFAR-10에서 92.5%를 달성하며 8배 빠릅니다.")).endswith(": 92.5, 8")


def test_the_wrong_language_is_refused() -> None:
    assert complaint(answer(), SummaryLanguage.EN) == "whats_new must be written in English"
    english = answer(technical_details="It is trained on many hours of video.")
    assert complaint(english) == "technical_details must be written in Korean"
    assert complaint(answer(), SummaryLanguage.JA) == "whats_new must be written in Japanese"


def test_a_japanese_answer_passes_every_check_with_the_papers_numbers_in_units_of_its_own() -> None:
    japanese = {
        "whats_new": "動画から泳ぎ方を学ぶ新しいモデル、Otterを提案します。",
        "technical_details": "70億個のパラメータを持つモデルを、1200時間の動画で2段階に分けて学習します。",
        "performance_highlights": "CIFAR-10で90.5%を達成し、GPT-4より3.5倍速く動きます。",
    }
    assert [bullet.text for bullet in read(answer(**japanese), SummaryLanguage.JA)] == list(japanese.values())
    wrong = japanese | {"technical_details": "7億個のパラメータを持つモデルを、1200時間の動画で学習します。"}
    assert complaint(answer(**wrong), SummaryLanguage.JA).endswith(": 7億")


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/login",
        "[여기](https://evil.example)",
        "![그림](http://evil.example/x.png)",
        "<https://evil.example>",
        "htt`ps:`//evil.example",
        "discord.gg/evil",
        "www.evil.example",
        "evil.com/login",
        "mailto:eve@evil.example",
        "eve@evil.example",
        "[여기](javascript:alert)",
    ],
)
def test_addresses_are_refused(text: str) -> None:
    assert complaint(answer(whats_new=f"{NEW} {text}")) == "whats_new holds a web address"


@pytest.mark.parametrize(
    "text", ["@everyone", "@here", "@EVERYONE", "<@1>", "<@!1>", "<@&1>", "<#1>", "<:x:1>", "<t:1>", "@every``one"]
)
def test_mentions_are_refused(text: str) -> None:
    assert complaint(answer(whats_new=f"{NEW} {text}")) == "whats_new holds a mention"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("# 제목\n\n본문", "제목 본문"),
        ("**굵게** __밑줄__ ~~취소~~ ||숨김|| `코드`", "굵게 밑줄 취소 숨김 코드"),
        ("- 하나\n- 둘", "하나 - 둘"),
        ("1. 하나", "하나"),
        ("[글](other.md)", "글"),
        ("[[글](a.md)](b.md)", "글"),
        ("글 ](a.md)", "글 ](a.md)"),
        ("<script>x</script>", "‹script›x‹/script›"),
        ("<`b`r>", "‹br›"),
        ("p < 0.05 > q", "p < 0.05 > q"),
        ("가\u202e나\x00다\u200b라", "가 나 다 라"),
        ("한", "한"),
    ],
)
def test_markup_is_taken_out(text: str, left: str) -> None:
    assert plain(text) == left


@given(st.text(st.sampled_from("가나 \n@<>#*_`[]()!-+.1aeynorv:/|~\u200b\ud800"), max_size=60))
def test_whatever_a_model_writes_is_shown_as_text(text: str) -> None:
    try:
        bullets = read(answer(whats_new=f"{NEW} {text}"))
    except Complaint:
        return
    said = bullets[0].text
    assert "\n" not in said
    assert not re.search(r"@(everyone|here)\b|<[@#][!&]?\d|\[[^\[\]]*\]\([^()]*\)|\*\*|`", said)
    assert split_heading(said) == (None, said)
    assert marker_of(said) is None
    assert read_markup(escape(said)).kinds == []
