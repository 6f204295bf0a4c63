from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.sources.whole import (
    APART,
    CLOSES_AT,
    LAST_DAYS,
    MOST_MISSED,
    Closing,
    DayState,
    WholeBy,
    after_reading,
    closing_of,
    days_to_read,
    end_of,
)
from tests.builders import utc

DAY = date(2024, 2, 23)
END = utc(2024, 2, 24, 0)
LIMIT = timedelta(hours=12)
RULE = Closing(CLOSES_AT, LIMIT)
CLOSING = utc(2024, 2, 23, 22, 30)


def seen(at: datetime, papers: int = 5) -> DayState:
    return DayState(DAY, at, papers)


def read(*readings: tuple[datetime, int]) -> DayState:
    """The state after readings at moments that each added so many papers."""
    state, papers = None, 0
    for at, added in readings:
        papers += added
        state = after_reading(state, seen(at, papers), added, RULE)
    assert state is not None
    return state


def test_a_day_ends_at_midnight_at_the_site() -> None:
    assert end_of(DAY) == END


def test_the_first_reading_from_the_closing_time_on_closes_a_day_and_no_later_one_does() -> None:
    assert closing_of(DAY, CLOSES_AT) == CLOSING
    assert read((CLOSING - timedelta(seconds=1), 5)).closed_at is None
    for at in (CLOSING, CLOSING + timedelta(minutes=7), END + timedelta(days=3)):
        closed = read((CLOSING - timedelta(hours=9), 5), (at, 0))
        assert closed.closed_at == at
        assert read((at, 5), (at + timedelta(hours=1), 1), (at + timedelta(hours=5), 0)).closed_at == at


def test_a_closed_day_is_not_whole_before_it_ends_and_a_whole_day_is_closed() -> None:
    assert read((CLOSING, 5), (END - timedelta(minutes=1), 0)).whole_at is None
    whole = read((END + timedelta(days=4), 30))
    assert (whole.closed_at, whole.whole_at) == (whole.read_at, whole.read_at)


def test_a_day_is_not_whole_before_its_end_however_still_it_is() -> None:
    state = read((END - timedelta(hours=9), 1), (END - timedelta(hours=8), 0), (END - timedelta(minutes=1), 0))
    assert state.whole_at is None
    assert state.still_since is None


def test_two_readings_an_hour_apart_after_the_end_that_add_nothing_make_a_day_whole() -> None:
    first, second = END + timedelta(minutes=10), END + timedelta(minutes=70)
    assert read((END - timedelta(hours=1), 9), (first, 0), (second - timedelta(minutes=1), 0)).whole_at is None
    state = read((END - timedelta(hours=1), 9), (first, 0), (second, 0))
    assert (state.whole_at, state.whole_by) == (second, WholeBy.STILL)


def test_a_paper_that_comes_late_begins_the_hour_anew() -> None:
    at = [END + timedelta(minutes=30 * count) for count in range(6)]
    assert read((at[0], 0), (at[1], 1), (at[2], 0), (at[3], 0)).whole_at is None
    assert read((at[0], 0), (at[1], 1), (at[2], 0), (at[3], 0), (at[4], 0)).whole_at == at[4]


def test_a_day_that_goes_on_growing_is_whole_at_its_limit() -> None:
    hours = [(END + timedelta(hours=hour), 1) for hour in range(12)]
    assert read(*hours).whole_at is None
    state = read(*hours, (END + LIMIT, 1))
    assert (state.whole_at, state.whole_by) == (END + LIMIT, WholeBy.LIMIT)


def test_the_limit_needs_a_reading_from_after_the_end() -> None:
    """A day read at noon, when the site was then away: half of it is not posted for lack of anything better."""
    assert read((END - timedelta(hours=12), 1)).whole_at is None


def test_a_day_that_was_missed_is_whole_at_its_first_reading() -> None:
    assert read((END + timedelta(days=4), 30)).whole_by is WholeBy.LIMIT


def test_a_whole_day_stays_whole_and_takes_what_still_comes() -> None:
    whole = read((END + timedelta(days=1), 3))
    later = after_reading(whole, seen(END + timedelta(days=2), 4), 1, RULE)
    assert later == replace(whole, read_at=END + timedelta(days=2), papers=4)


def test_an_older_reading_changes_nothing() -> None:
    state = read((END + timedelta(hours=1), 3))
    assert after_reading(state, seen(END, 9), 6, RULE) == state


def test_an_empty_day_is_whole_an_hour_after_its_end() -> None:
    assert read((END, 0), (END + APART, 0)).whole_at == END + APART
    assert read((END, 0)).whole_at is None


@given(st.lists(st.tuples(st.integers(0, 40 * 60), st.integers(0, 2)), min_size=1, max_size=30))
def test_a_day_is_never_whole_within_an_hour_of_a_new_paper_but_for_the_limit(steps: list[tuple[int, int]]) -> None:
    readings = sorted((END - timedelta(hours=20) + timedelta(minutes=minutes), added) for minutes, added in steps)
    state, papers = None, 0
    last_added = END - timedelta(hours=20)
    for at, added in readings:
        papers += added
        last_added = at if added else last_added
        state = after_reading(state, seen(at, papers), added, RULE)
        if state.whole_at == at:
            assert at >= END
            assert state.whole_by is WholeBy.LIMIT or at - last_added >= APART
            assert (state.whole_by is WholeBy.LIMIT) <= (at >= END + LIMIT)
            return


# -- which days are read ----------------------------------------------------------------------------------------------

TODAY = date(2024, 3, 1)


def known(*days: tuple[date, bool]) -> dict[date, DayState]:
    at = utc(2024, 3, 1, 0)
    return {day: replace(seen(at), day=day, whole_at=at if whole else None) for day, whole in days}


def test_at_first_the_last_days_are_read() -> None:
    assert days_to_read(TODAY, {}) == [date(2024, 2, 28), date(2024, 2, 29), TODAY]
    assert len(days_to_read(TODAY, {})) == LAST_DAYS


def test_after_a_week_without_the_site_the_week_is_read() -> None:
    days = days_to_read(TODAY, known((date(2024, 2, 20), True), (date(2024, 2, 22), False)))
    assert days == [date(2024, 2, 21) + timedelta(days=later) for later in range(10)]


def test_what_is_whole_is_read_for_its_votes_while_it_is_young() -> None:
    whole = known(*((TODAY - timedelta(days=back), True) for back in range(1, 9)))
    assert days_to_read(TODAY, whole) == [date(2024, 2, 28), date(2024, 2, 29), TODAY]


def test_a_long_absence_is_not_made_up_for_without_end() -> None:
    assert len(days_to_read(TODAY, known((date(2020, 1, 1), True)))) == MOST_MISSED
