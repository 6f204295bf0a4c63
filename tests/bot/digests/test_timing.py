from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.model import Order
from bot.digests.timing import moment_of, next_alarm, next_run, runs_after
from tests.builders import utc

NEW_YORK = ZoneInfo("America/New_York")
ZONES = ["Asia/Seoul", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"]


def order(at: time, timezone: str = "America/New_York", weekdays: frozenset[int] = frozenset(range(7))) -> Order:
    return Order(channel_id=1, time=at, timezone=timezone, weekdays=weekdays)


def test_a_time_is_that_of_the_wall_in_its_zone() -> None:
    assert moment_of(date(2024, 2, 23), time(9), ZoneInfo("Asia/Seoul")) == datetime(2024, 2, 23, 0, 0, tzinfo=UTC)


def test_a_time_that_does_not_exist_is_moved_on_with_the_clocks() -> None:
    moment = moment_of(date(2024, 3, 10), time(2, 30), NEW_YORK)
    assert moment.astimezone(NEW_YORK).time() == time(3, 30)


def test_a_time_that_comes_twice_is_its_first_coming() -> None:
    assert moment_of(date(2024, 11, 3), time(1, 30), NEW_YORK) == datetime(2024, 11, 3, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2024, 3, 9), date(2024, 11, 2)])
def test_a_digest_runs_once_a_date_over_a_change_of_clocks(day: date) -> None:
    start = datetime.combine(day, time(0), NEW_YORK)
    for at in (time(1, 30), time(2, 30)):
        runs = list(islice(runs_after(order(at), start), 4))
        assert [on for on, _ in runs] == [day + timedelta(days=offset) for offset in range(4)]


def test_weekdays_not_chosen_are_passed_over() -> None:
    friday = datetime(2024, 2, 23, 0, 1, tzinfo=UTC)
    monday = next_run(order(time(9), "Asia/Seoul", frozenset({0})), friday)
    assert monday == datetime(2024, 2, 26, 0, 0, tzinfo=UTC)


def test_a_run_is_later_than_the_moment_asked_of() -> None:
    due = datetime(2024, 2, 23, 0, 0, tzinfo=UTC)
    assert next_run(order(time(9), "Asia/Seoul"), due) == due + timedelta(days=1)
    assert next_run(order(time(9), "Asia/Seoul"), due - timedelta(microseconds=1)) == due


def test_a_date_that_a_zone_jumps_over_makes_no_second_run() -> None:
    start = datetime(2011, 12, 28, 20, tzinfo=UTC)
    moments = [moment for _, moment in islice(runs_after(order(time(9), "Pacific/Apia"), start), 4)]
    assert moments == [datetime(2011, 12, 29 + offset, 19, tzinfo=UTC) for offset in range(3)] + [
        datetime(2012, 1, 1, 19, tzinfo=UTC)
    ]


@given(
    after=st.integers(0, 20 * 365 * 24 * 60).map(lambda minutes: utc(2010, 1, 1) + timedelta(minutes=minutes)),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
def test_runs_are_in_order_and_a_date_has_one(after: datetime, at: time, zone: str, weekdays: frozenset[int]) -> None:
    runs = list(islice(runs_after(order(at, zone, weekdays), after), 12))
    moments = [moment for _, moment in runs]
    assert moments == sorted(set(moments))
    assert moments[0] > after
    assert len({on for on, _ in runs}) == len(runs)
    assert all(on.weekday() in weekdays for on, _ in runs)
    assert next_alarm(zone, at, after) <= moments[0]
