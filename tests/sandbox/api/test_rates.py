"""Limits of rates as Discord holds them. The clock is the test's."""

from typing import Any

import pytest

from sandbox import GLOBAL_RATE, ROUTE_LIMITS, Sandbox
from sandbox.api.rates import Rates
from sandbox.api.routing import DONE, Route
from tests.sandbox.conftest import Clock
from tests.sandbox.rest import Rest

POST = Route("POST", "/channels/{channel_id}/messages", lambda _: DONE)
GET = Route("GET", "/users/@me", lambda _: DONE)


@pytest.fixture
def rates(clock: Clock) -> Rates:
    return Rates(GLOBAL_RATE, ROUTE_LIMITS, clock)


def test_no_more_than_fifty_pass_in_any_second(rates: Rates, clock: Clock) -> None:
    began = clock.now
    for number in range(GLOBAL_RATE):
        clock.now = began + number * 0.01
        assert rates.passage(GET, {}).wait is None
    clock.now = began + 0.9
    refused = rates.passage(GET, {})
    assert refused.wait == pytest.approx(0.1)
    assert refused.is_global
    clock.now = began + 1.0
    assert rates.passage(GET, {}).wait is None
    assert rates.passage(GET, {}).wait == pytest.approx(0.01)


def test_a_channel_takes_five_messages_in_five_seconds_and_tells_so(rates: Rates, clock: Clock) -> None:
    told = []
    for _ in range(5):
        passage = rates.passage(POST, {"channel_id": "1"})
        assert passage.wait is None
        told.append((passage.headers["X-RateLimit-Remaining"], passage.headers["X-RateLimit-Reset-After"]))
        clock.now += 0.5
    assert told == [("4", "5.000"), ("3", "4.500"), ("2", "4.000"), ("1", "3.500"), ("0", "3.000")]
    refused = rates.passage(POST, {"channel_id": "1"})
    assert (refused.wait, refused.is_global) == (2.5, False)
    assert rates.passage(POST, {"channel_id": "2"}).wait is None
    clock.now += 2.5
    assert rates.passage(POST, {"channel_id": "1"}).headers["X-RateLimit-Remaining"] == "4"


async def test_who_goes_over_a_routes_limit_is_answered_as_discord_does() -> None:
    async with Sandbox(route_limits=ROUTE_LIMITS) as world, Rest(world) as rest:
        channel = world.add_server("x").add_channel("y")
        answers: list[Any] = [await rest.post(channel, content=str(number)) for number in range(6)]
        assert [answer.status for answer in answers] == [200] * 5 + [429]
        assert len({answer.headers["X-RateLimit-Bucket"] for answer in answers}) == 1
        assert answers[0].headers["X-RateLimit-Limit"] == "5"
        assert answers[5].headers["X-RateLimit-Scope"] == "user"
        assert answers[5].headers["Via"]
        assert not answers[5].body["global"]
        assert 0 < answers[5].body["retry_after"] <= 5
        assert len(channel.messages) == 5
