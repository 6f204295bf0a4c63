import logging

import pytest

from bot.chat.delivery.invalid import STOP, WINDOW_SECONDS, InvalidRequests
from bot.errors import DeliveryError, Fault


class Watch:
    """A clock that the test moves, in seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_only_answers_that_discord_counts_are_counted() -> None:
    invalid = InvalidRequests(Watch())
    for status in (200, 204, 400, 404, 500, 401, 403, 429):
        invalid.note(status)
    invalid.note(429, "shared")
    invalid.note(429, "user")
    assert invalid.recent == 4


def test_sending_stops_near_the_limit_and_goes_on_ten_minutes_later(caplog: pytest.LogCaptureFixture) -> None:
    watch = Watch()
    invalid = InvalidRequests(watch)
    for _ in range(STOP - 1):
        invalid.note(403)
    invalid.check()
    watch.now = 1.0
    invalid.note(403)
    with caplog.at_level(logging.ERROR), pytest.raises(DeliveryError) as stopped:
        invalid.check()
    assert stopped.value.fault is Fault.RATE_LIMITED
    watch.now = WINDOW_SECONDS
    invalid.check()
    assert invalid.recent == 1


def test_the_log_says_why_once_each_time(caplog: pytest.LogCaptureFixture) -> None:
    watch = Watch()
    invalid = InvalidRequests(watch)
    for _ in range(2):
        for _ in range(STOP):
            invalid.note(403)
        for _ in range(3):
            with pytest.raises(DeliveryError):
                invalid.check()
        watch.now += WINDOW_SECONDS
        invalid.check()
    assert len(caplog.records) == 2
