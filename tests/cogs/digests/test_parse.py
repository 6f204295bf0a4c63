from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.digests.zones import find_zones
from bot.errors import RefusalError
from bot.locale import Language, catalogue
from cogs.digests.parse import parse_mention, parse_replay, parse_time, parse_weekdays, parse_zone

_TODAY = date(2024, 2, 23)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_is_read_back(at: time) -> None:
    assert parse_time(f"{at:%H:%M}") == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9:05", time(9, 5)),
        (" 18：30 ", time(18, 30)),
        ("9", time(9)),
        ("0900", time(9)),
        ("9am", time(9)),
        ("9:00 AM", time(9)),
        ("9 p.m.", time(21)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("9시", time(9)),
        ("오전 9시 30분", time(9, 30)),
        ("오후 9시 반", time(21, 30)),
        ("오전 12시", time(0)),
        ("오후 7:30", time(19, 30)),
        ("자정", time(0)),
    ],
)
def test_a_time_may_be_written_as_people_write_it(text: str, at: time) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize(
    "text", ["", "24:00", "2460", "09:60", "13am", "오전 13시", "09:00:00", "9am pm", "시", "-1:00"]
)
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        parse_time(text)
    assert "09:00" in catalogue(Language.EN).say(refused.value.key, **refused.value.values)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_is_read_back_from_every_way_to_write_it(at: time) -> None:
    twelve, half, korean = at.hour % 12 or 12, "pm" if at.hour >= 12 else "am", "오후" if at.hour >= 12 else "오전"
    ways = [f"{at:%H%M}", f"{twelve}:{at:%M} {half}", f"{twelve}:{at:%M}{half.upper()}", f"{at.hour}시 {at.minute}분"]
    ways += [f"{korean} {twelve}시 {at.minute}분", f"{korean}{twelve}시{at:%M}분", f"{korean} {twelve}:{at:%M}"]
    assert {parse_time(way) for way in ways} == {at}


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
        ("EST", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("jst", "Asia/Tokyo"),
        ("UTC+9", "Asia/Seoul"),
        ("gmt+5:30", "Asia/Kolkata"),
        ("UTC+0", "UTC"),
        ("Beijing", "Asia/Shanghai"),
        ("베이징", "Asia/Shanghai"),
        ("Busan", "Asia/Seoul"),
        ("Mumbai", "Asia/Kolkata"),
        ("San Francisco", "America/Los_Angeles"),
        ("샌프란시스코", "America/Los_Angeles"),
    ],
)
def test_zones(text: str, zone: str) -> None:
    assert parse_zone(text) == zone


@pytest.mark.parametrize(
    "text", ["", "Mars", "미국", "localtime", "Factory", "../etc/passwd", "EST5EDT", "UTC+99", "UTC+"]
)
def test_what_is_no_zone_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        parse_zone(text)
    said = catalogue(Language.KO).say(refused.value.key, **refused.value.values)
    assert "서울" in said


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
        ("IST", {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}),
        ("Etc/GMT+9", {"Asia/Seoul", "Pacific/Gambier"}),
        ("UTC-5", {"America/New_York", "America/Chicago", "America/Atikokan"}),
    ],
)
def test_a_zone_that_is_ambiguous_or_turned_round_is_asked_about(text: str, readings: set[str]) -> None:
    with pytest.raises(RefusalError) as refused:
        parse_zone(text)
    assert refused.value.key == "error-timezone-ambiguous"
    assert set(str(refused.value.values["readings"]).split(" / ")) == readings
    for language in Language:
        assert "/" in catalogue(language).say(refused.value.key, **refused.value.values)


@given(st.integers(-12, 14))
def test_a_whole_offset_from_utc_is_a_zone_of_that_offset_or_asked_about(hours: int) -> None:
    offsets = [
        {
            at.astimezone(ZoneInfo(name)).utcoffset()
            for at in (datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 7, 1, tzinfo=UTC))
        }
        for name in find_zones(f"UTC{hours:+d}")
    ]
    assert all(timedelta(hours=hours) in found for found in offsets)
    assert len(offsets) != 1 or len(offsets[0]) == 1


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


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("off", None),
        ("끔", None),
        ("@everyone", "everyone"),
        (" HERE ", "here"),
        ("읽는 사람들", "1" * 18),
        ("@읽는  사람들", "1" * 18),
        (f"<@&{'1' * 18}>", "1" * 18),
    ],
)
def test_a_mention_is_read(text: str, mention: str | None) -> None:
    assert parse_mention(text, {"1" * 18: "읽는 사람들"}) == mention


@pytest.mark.parametrize("text", ["", "@", f"<@&{'2' * 18}>", "2" * 18, "<@1>", "사람들"])
def test_what_is_no_role_is_no_mention(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        parse_mention(text, {"1" * 18: "읽는 사람들"})
    assert refused.value.key == "error-mention"
