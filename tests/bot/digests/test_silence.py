"""Why a date has no edition, from what is set and recorded."""

from dataclasses import replace
from datetime import date, timedelta

from bot.digests.model import Digest, Pause, Reason, Why
from bot.digests.service import moment_on, silence
from tests.builders import FRIDAY, order, utc

MADE = utc(2024, 2, 19)  # a Monday, nine o'clock in Seoul
NOW = utc(2024, 2, 23, 12)
DIGEST = Digest(1, 1, 1, order(), None, 5, MADE, MADE)
WEEKLY = replace(DIGEST, order=order(weekdays=frozenset({4})))
TUESDAY = date(2024, 2, 20)


def why(digest: Digest, on: date, pause: Pause | None = None) -> Reason:
    return silence(digest, on, pause, NOW)


def test_the_moment_is_that_of_the_zone() -> None:
    assert moment_on(DIGEST, TUESDAY) == utc(2024, 2, 20)


def test_a_weekday_that_was_not_chosen_is_the_reason_in_the_past_and_in_the_future() -> None:
    for on in (TUESDAY, TUESDAY + timedelta(days=7)):
        assert why(WEEKLY, on) == Reason(Why.WEEKDAY, {"weekdays": "4"})


def test_before_the_digest_was_made_there_was_none() -> None:
    assert why(DIGEST, date(2024, 2, 18)) == Reason(Why.NOT_YET_MADE, {"since": MADE.isoformat()})


def test_what_is_yet_to_come_says_when() -> None:
    assert why(DIGEST, FRIDAY + timedelta(days=1)) == Reason(Why.NOT_YET_DUE, {"due": utc(2024, 2, 24).isoformat()})


def test_a_pause_says_since_when_and_who() -> None:
    began, ended = utc(2024, 2, 19, 12), utc(2024, 2, 21)
    facts: dict[str, str | int] = {"since": began.isoformat(), "by": "admin"}
    assert why(DIGEST, TUESDAY, Pause(began)) == Reason(Why.PAUSED, facts)
    gone = Reason(Why.CHANNEL_GONE, {})
    over = why(DIGEST, TUESDAY, Pause(began, ended, gone))
    assert over == Reason(Why.WAS_PAUSED, facts | {"by": "paperboy", "until": ended.isoformat()})


def test_by_earlier_settings_nothing_more_is_known() -> None:
    timed = replace(WEEKLY, timed_at=utc(2024, 2, 21))
    assert why(timed, TUESDAY) == Reason(Why.TIMED_ANEW, {"since": utc(2024, 2, 21).isoformat()})
    assert why(timed, date(2024, 2, 22)).why is Why.WEEKDAY


def test_what_was_due_and_left_no_trace_is_said_to_be_unknown() -> None:
    assert why(DIGEST, TUESDAY) == Reason(Why.NOT_RECORDED, {"due": utc(2024, 2, 20).isoformat()})
