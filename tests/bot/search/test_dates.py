from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RefusalError
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
        "20240223",
        "2024-W08-5",
        "24-2-23",
        "٢٠٢٤-٠٢-٢٣",
        "\ud800",
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RefusalError) as refusal:
        parse_date(text, TODAY)
    assert (refusal.value.key, refusal.value.values) == ("error-date", {"example": "2024-03-01"})


@given(st.dates())
def test_every_date_reads_back(day: date) -> None:
    assert parse_date(day.isoformat(), TODAY) == day
