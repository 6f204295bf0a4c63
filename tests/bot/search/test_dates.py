from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RefusalError
from bot.locale import Language, catalogue
from bot.search.dates import parse_date

TODAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-02-23", date(2024, 2, 23)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("today", TODAY),
        ("Today", TODAY),
        ("오늘", TODAY),
        ("yesterday", date(2024, 2, 29)),
        ("어제", date(2024, 2, 29)),
        ("그저께", date(2024, 2, 28)),
        ("2024/02/23", date(2024, 2, 23)),
        ("2024.02.23", date(2024, 2, 23)),
        ("2024. 2. 23.", date(2024, 2, 23)),
        ("20240223", date(2024, 2, 23)),
        ("2월 23일", date(2024, 2, 23)),
        ("2024년 2월 23일 금요일", date(2024, 2, 23)),
        ("23 Feb", date(2024, 2, 23)),
        ("Feb 23rd, 2024", date(2024, 2, 23)),
        ("Friday, 23 February 2024", date(2024, 2, 23)),
        ("23/02/2024", date(2024, 2, 23)),
        ("12월 30일", date(2023, 12, 30)),
        ("29 Feb", date(2024, 2, 29)),
        ("2 Mar", date(2023, 3, 2)),
    ],
)
def test_a_date_is_read(text: str, expected: date) -> None:
    assert parse_date(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2023-02-29",
        "2024-13-01",
        "0000-01-01",
        "20240230",
        "2024.02/23",
        "Foo 3",
        "31 Jun",
        "13월 1일",
        "32/13",
        "1" * 5000,
        "2024-W08-5",
        "٢٠٢٤-٠٢-٢٣",
        "\ud800",
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RefusalError) as refusal:
        parse_date(text, TODAY)
    assert (refusal.value.key, refusal.value.values) == ("error-date", {"example": "2024-03-01"})


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("02/03/2024", "2024-03-02 / 2024-02-03"),
        ("2.3", "2023-03-02 / 2024-02-03"),
        ("24-2-23", "2024-02-23 / 2023-02-24"),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_refused_with_both(text: str, readings: str) -> None:
    with pytest.raises(RefusalError) as refusal:
        parse_date(text, TODAY)
    assert refusal.value.key == "error-date-ambiguous"
    assert sorted(str(refusal.value.values["readings"]).split(" / ")) == sorted(readings.split(" / "))
    assert all("2024-0" in catalogue(each).say(refusal.value.key, **refusal.value.values) for each in Language)


@given(st.dates(date(1000, 1, 1), TODAY))
def test_a_date_in_words_reads_back_in_either_language(day: date) -> None:
    english = f"{day.day} {day:%B} {day:%Y}"
    for text in (english, f"{day:%b} {day.day}, {day:%Y}", f"{day:%Y}년 {day.month}월 {day.day}일", f"{day:%Y/%m/%d}"):
        assert parse_date(text, TODAY) == day


@given(st.dates(min_value=date(2016, 3, 1), max_value=TODAY))
def test_a_date_without_a_year_is_the_last_one_up_to_today(day: date) -> None:
    for text in (f"{day.month}월 {day.day}일", f"{day.day} {day:%b}"):
        found = parse_date(text, TODAY)
        assert (found.month, found.day) == (day.month, day.day)
        assert day <= found <= TODAY


@given(st.text(max_size=30), st.dates())
def test_any_text_is_a_date_or_refused(text: str, today: date) -> None:
    with suppress(RefusalError):
        parse_date(text, today)


@given(st.dates())
def test_every_date_reads_back(day: date) -> None:
    assert parse_date(day.isoformat(), TODAY) == day
