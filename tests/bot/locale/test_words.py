"""What people may type in each language: every language can be read as its own catalogue writes it."""

from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from babel import Locale
from babel.dates import get_day_names

import bot.locale.words
from bot.digests.model import EVERY_DAY, WEEKDAYS, WEEKEND
from bot.locale import Language, catalogue
from bot.locale.words import words_of
from bot.search.dates import parse_date, read_dates
from cogs.digests.parse import parse_replay, parse_time, parse_weekdays, parse_zone

TODAY = date(2024, 3, 1)

each_language = pytest.mark.parametrize("language", Language)


@each_language
def test_a_date_is_read_as_the_catalogue_writes_it(language: Language) -> None:
    for ago in range(400):
        day = TODAY - timedelta(days=ago)
        assert read_dates(catalogue(language).date(day), TODAY) == [day]


@each_language
def test_recent_days_have_words(language: Language) -> None:
    for ago, ways in enumerate(words_of(language).days_ago):
        assert [parse_date(way, TODAY) for way in ways] == [TODAY - timedelta(days=ago)] * len(ways)
    assert len(words_of(language).days_ago) == 3


@each_language
def test_weekdays_are_read_by_the_names_that_are_shown(language: Language) -> None:
    for names in (get_day_names("wide", locale=language), get_day_names("abbreviated", locale=language)):
        for day in range(7):
            assert parse_weekdays(names[day]) == {day}
            assert parse_weekdays(f"{names[day]}, {names[(day + 2) % 7]}") == {day, (day + 2) % 7}


@each_language
def test_weekdays_have_words_for_the_usual_groups(language: Language) -> None:
    words = words_of(language)
    for ways, days in ((words.every_day, EVERY_DAY), (words.working_days, WEEKDAYS), (words.weekend, WEEKEND)):
        assert ways
        assert {parse_weekdays(way) for way in ways} == {days}


@each_language
def test_times_are_read_with_the_halves_of_the_day(language: Language) -> None:
    words = words_of(language)
    for half, hour in ((words.before_noon, 6), (words.after_noon, 18)):
        assert half
        for way in half:
            assert parse_time(f"{way} 6:30") == parse_time(f"6:30{way}") == time(hour, 30)
    assert {parse_time(word) for word in words.hours} == {time(0), time(12)}


@each_language
def test_cities_are_read_in_the_language(language: Language) -> None:
    for zone in ("Asia/Seoul", "Asia/Tokyo", "Europe/Berlin"):
        city = Locale(language).time_zones.get(zone, {}).get("city", zone.partition("/")[2])
        assert parse_zone(city) == zone
    for zone in words_of(language).zones:
        assert zone in available_timezones()


@each_language
def test_a_replay_is_turned_off_in_the_language(language: Language) -> None:
    off = words_of(language).off
    assert off
    assert [parse_replay(word, TODAY) for word in off] == [None] * len(off)
    assert parse_replay(catalogue(language).say("choice-replay-off"), TODAY) is None


@each_language
def test_words_are_written_as_they_are_compared(language: Language) -> None:
    words = words_of(language)
    lists = (words.off, words.every_day, words.working_days, words.weekend, words.before_noon, words.after_noon)
    flat = [word for ways in (*lists, *words.days_ago, *words.weekdays) for word in ways]
    assert [word for word in (*flat, *words.months, *words.hours, *words.numbers) if word != word.casefold()] == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("아홉 시", time(9)),
        ("오후 여섯 시 반", time(18, 30)),
        ("열두시 이십오분", time(12, 25)),
        ("9 o'clock", time(9)),
        ("nine o'clock", time(9)),
        ("午後六時半", time(18, 30)),
        ("九時三十分", time(9, 30)),
    ],
)
def test_times_may_have_numbers_in_words(text: str, at: time) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("이월 이십삼일", date(2024, 2, 23)),
        ("2023년 시월 십일", date(2023, 10, 10)),
        ("二月二十三日", date(2024, 2, 23)),
    ],
)
def test_dates_may_have_numbers_in_words(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


def test_japanese_is_read_as_people_write_it() -> None:
    assert parse_date("2024年2月23日(金)", TODAY) == parse_date("2月23日", TODAY) == date(2024, 2, 23)
    assert [parse_time(text) for text in ("9時", "午前9時30分", "午後 9:05", "正午")] == [
        time(9),
        time(9, 30),
        time(21, 5),
        time(12),
    ]
    assert parse_weekdays("月水金") == parse_weekdays("月・水・金") == parse_weekdays("月曜、水曜、金曜") == {0, 2, 4}
    assert parse_weekdays("月〜金") == parse_weekdays("平日") == WEEKDAYS
    assert [parse_zone(text) for text in ("東京", "大阪", "ソウル", "釜山", "ニューヨーク")] == [
        "Asia/Tokyo",
        "Asia/Tokyo",
        "Asia/Seoul",
        "Asia/Seoul",
        "America/New_York",
    ]


@pytest.mark.parametrize("text", ["off = ", 'off = ["off"]', "strange = 1"])
def test_a_file_that_cannot_be_read_is_an_error(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en/words.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(bot.locale.words, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"en/words\.toml: can't be read"):
        words_of.__wrapped__(Language.EN)
