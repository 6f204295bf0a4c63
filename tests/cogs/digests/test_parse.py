from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import RefusalError
from bot.locale import Language, catalogue
from cogs.digests.parse import parse_replay, parse_time, parse_weekdays, parse_zone

_TODAY = date(2024, 2, 23)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
@settings(max_examples=50)
def test_a_time_is_read_back(at: time) -> None:
    assert parse_time(f"{at:%H:%M}") == at


@pytest.mark.parametrize(("text", "at"), [("9:05", time(9, 5)), (" 18：30 ", time(18, 30))])
def test_a_time_may_be_written_a_little_differently(text: str, at: time) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize("text", ["", "9", "24:00", "09:60", "9am", "09:00:00", "오전 9시", "-1:00"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        parse_time(text)
    assert "09:00" in catalogue(Language.EN).say(refused.value.key, **refused.value.values)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("every day", "0123456"),
        ("매일", "0123456"),
        ("Weekdays", "01234"),
        ("평일", "01234"),
        ("weekend", "56"),
        ("주말", "56"),
        ("mon,wed,fri", "024"),
        ("Mon Wednesday", "02"),
        ("월,수,금", "024"),
        ("월수금", "024"),
        ("월요일, 일요일", "06"),
        ("mon-thu", "0123"),
        ("fri - mon", "0456"),
        ("월~금", "01234"),
        ("weekend, mon", "056"),
    ],
)
def test_weekdays(text: str, days: str) -> None:
    assert parse_weekdays(text) == frozenset(map(int, days))


@pytest.mark.parametrize("text", ["", ",", "foo", "mo", "mon,foo", "mon-foo", "월요", "1,2", "요일"])
def test_what_names_no_weekdays_is_refused(text: str) -> None:
    with pytest.raises(RefusalError):
        parse_weekdays(text)


@given(st.text(max_size=30))
@settings(max_examples=100)
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_time, parse_weekdays, parse_zone):
        with suppress(RefusalError):
            parse(text)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Asia/Seoul", "Asia/Seoul"),
        ("asia/seoul", "Asia/Seoul"),
        ("서울", "Asia/Seoul"),
        ("한국", "Asia/Seoul"),
        ("new york", "America/New_York"),
        ("뉴욕", "America/New_York"),
        ("utc", "UTC"),
        ("Asia/Calcutta", "Asia/Calcutta"),
    ],
)
def test_zones(text: str, zone: str) -> None:
    assert parse_zone(text) == zone


@pytest.mark.parametrize("text", ["", "Mars", "미국", "localtime", "Factory", "../etc/passwd"])
def test_what_is_no_zone_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        parse_zone(text)
    assert "Asia/Seoul" in catalogue(Language.KO).say(refused.value.key, **refused.value.values)


def test_a_date_to_replay_from() -> None:
    assert parse_replay("2024-01-05", _TODAY) == date(2024, 1, 5)
    assert parse_replay("2024-02-23", _TODAY) == _TODAY


def test_a_replay_can_not_begin_in_the_future() -> None:
    with pytest.raises(RefusalError) as refused:
        parse_replay("2024-02-24", _TODAY)
    assert refused.value.key == "error-replay-future"


@pytest.mark.parametrize("text", ["off", "OFF", "none", "끔"])
def test_the_replay_can_be_turned_off(text: str) -> None:
    assert parse_replay(text, _TODAY) is None


def test_what_is_no_date_is_refused_without_its_markup() -> None:
    with pytest.raises(RefusalError) as refused:
        parse_replay("**soon**", _TODAY)
    assert refused.value.values == {"value": r"\*\*soon\*\*", "example": "2024-02-23"}
