from datetime import date
from pathlib import Path

import pytest

import bot.locale
from bot.locale import Catalogue, Language, catalogue, language_of

KO, EN = catalogue(Language.KO), catalogue(Language.EN)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "en").mkdir()
    monkeypatch.setattr(bot.locale, "FOLDER", tmp_path)
    return tmp_path / "en"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ko", Language.KO), ("ko-KR", Language.KO), ("KO", Language.KO), ("ja", Language.JA)]
    + [(tag, Language.EN) for tag in ("en", "en-GB", "fr", "kok", "", None)],
)
def test_the_language_of_a_tag(tag: str | None, expected: Language) -> None:
    assert language_of(tag) is expected


def test_a_catalogue_is_read_once() -> None:
    assert catalogue(Language.KO) is catalogue(Language.KO)


def test_numbers_are_written_as_the_language_does_and_values_as_they_are() -> None:
    assert EN.say("votes", votes=1234) == "1,234 votes"
    assert EN.say("votes", votes=1) == "1 vote"
    assert KO.say("votes", votes=1234) == "추천 1,234"
    assert EN.say("authors-open", names="{ $x } <b>") == "{ $x } <b> and others"


@pytest.mark.parametrize("key", ["no-such-key", "votes"])
def test_an_unknown_key_or_a_missing_value_is_an_error(key: str) -> None:
    with pytest.raises(KeyError, match=key):
        EN.say(key)


def test_a_query_stands_in_the_quotation_marks_of_the_language() -> None:
    assert [catalogue(language).quote("LLM") for language in Language] == ["“LLM”", "“LLM”", "「LLM」"]
    assert KO.say("subscription-resumed", query="LLM") == "▶️ “LLM” 구독을 다시 시작했어요."


@pytest.mark.parametrize("text", ['author:"Kaiming He"', '"quantum memory" model', "Say “No”", "「はい」", '-"a b"'])
def test_no_quotation_marks_stand_around_others(text: str) -> None:
    for language in Language:
        assert catalogue(language).quote(text) == text
        said = catalogue(language).say("search-nothing", query=text)
        assert text in said
        assert f"“{text}" not in said
        assert f"「{text}" not in said


def test_a_list_has_the_comma_of_the_language() -> None:
    assert [catalogue(language).listed(["A", "B"]) for language in Language] == ["A, B", "A, B", "A、B"]


def test_dates_have_their_weekday() -> None:
    assert KO.date(date(2024, 2, 23)) == "2024년 2월 23일 금요일"
    assert EN.date(date(2024, 2, 23)) == "Friday, 23 February 2024"
    assert catalogue(Language.JA).date(date(2024, 2, 23)) == "2024年2月23日金曜日"


def test_languages_have_names_in_each_other() -> None:
    assert [KO.name_of(language) for language in ("ko", "en")] == ["한국어", "영어"]
    assert EN.name_of("ko") == "Korean"
    assert catalogue(Language.JA).name_of("ko") == "韓国語"


def test_a_file_that_cannot_be_read_is_an_error(folder: Path) -> None:
    (folder / "a.ftl").write_text("good = yes\nbad { = no\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.ftl: can't be read"):
        Catalogue(Language.EN)


def test_a_key_in_two_files_is_an_error(folder: Path) -> None:
    (folder / "a.ftl").write_text("key = one\n", encoding="utf-8")
    (folder / "b.ftl").write_text("key = two\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"b\.ftl: key is there already"):
        Catalogue(Language.EN)
