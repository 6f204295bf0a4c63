"""An order as JSON: what a database holds of it."""

import json

import pytest

from bot.digests.model import EVERY_DAY, read_order, write_order
from tests.builders import order


def settings(**changes: object) -> str:
    """The JSON of an order, of which some settings are others; `...` takes one away."""
    held = json.loads(write_order(order())) | changes
    return json.dumps({name: value for name, value in held.items() if value is not ...})


def test_an_order_is_written_as_one_flat_object() -> None:
    assert json.loads(write_order(order(weekdays=frozenset({4, 0})))) == {
        "channel": "10",
        "time": "09:00",
        "timezone": "Asia/Seoul",
        "weekdays": ["mon", "fri"],
        "count": 5,
        "min_votes": 0,
        "style": "cards",
        "language": None,
        "replay_from": None,
        "early": False,
        "weekly": False,
        "query": None,
        "mention": None,
        "tags": [],
        "publish": False,
        "discuss": False,
    }


def test_a_setting_that_was_stored_before_its_option_existed_has_its_default() -> None:
    required = {"channel", "time", "timezone"}
    left_out = dict.fromkeys(json.loads(write_order(order())).keys() - required, ...)
    assert read_order(settings(**left_out)) == (order(), "")


@pytest.mark.parametrize(
    ("changes", "unreadable"),
    [
        ({"style": "poster"}, "style: poster"),
        ({"count": 11}, "count: 11"),
        ({"count": True}, "count: True"),
        ({"weekdays": ["mon", "mon"]}, "weekdays: ['mon', 'mon']"),
        ({"early": "yes"}, "early: yes"),
        ({"query": "-"}, "query: -"),
        ({"mention": "@everyone"}, "mention: @everyone"),
        ({"colour": "red"}, "colour: red"),
        ({"style": "poster", "language": "tlh", "colour": 1}, "style: poster, language: tlh, colour: 1"),
    ],
)
def test_a_setting_that_can_not_be_read_has_its_default_and_is_named(
    changes: dict[str, object], unreadable: str
) -> None:
    assert read_order(settings(**changes)) == (order(), unreadable)


def test_a_zone_that_is_not_known_keeps_its_name() -> None:
    assert read_order(settings(timezone="US/Pacific-New")) == (
        order(timezone="US/Pacific-New"),
        "timezone: US/Pacific-New",
    )


def test_settings_without_a_default_that_are_missing_are_named() -> None:
    found, unreadable = read_order("{}")
    assert unreadable == "channel: None, time: None, timezone: None"
    assert found.weekdays == EVERY_DAY
