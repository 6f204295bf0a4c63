from zoneinfo import ZoneInfo

import pytest

from bot.chat.digests.zones import find_zones, suggest_zones
from bot.locale import Language


def _suggested(text: str) -> list[str]:
    return [zone.name for zone in suggest_zones(text, 25)]


def test_common_zones_are_offered_before_anything_is_typed() -> None:
    assert {"Asia/Seoul", "UTC", "America/New_York"} <= set(_suggested(""))


@pytest.mark.parametrize(
    ("text", "zone"),
    [("서", "Asia/Seoul"), ("seo", "Asia/Seoul"), ("asia/se", "Asia/Seoul"), ("독일", "Europe/Berlin")],
)
def test_zones_are_found_by_city_and_country_in_either_language(text: str, zone: str) -> None:
    assert zone in _suggested(text)


@pytest.mark.parametrize(("text", "zone"), [("s", "Asia/Seoul"), ("a", "Asia/Seoul"), ("e", "Europe/London")])
def test_of_many_zones_the_common_ones_come_first(text: str, zone: str) -> None:
    assert _suggested(text)[0] == zone


@pytest.mark.parametrize("text", ["", "a", "아", "america"])
def test_no_more_are_offered_than_discord_takes(text: str) -> None:
    assert len(_suggested(text)) <= 25
    assert len(set(_suggested(text))) == len(_suggested(text))


def test_each_zone_that_is_offered_is_one() -> None:
    for zone in suggest_zones("/", 1000):
        assert ZoneInfo(zone.name).key == zone.name
        assert find_zones(zone.name) == [zone.name]
        assert all(len(zone.label(language)) <= 100 for language in Language)


@pytest.mark.parametrize(
    ("text", "zone"),
    [("EST", "America/New_York"), ("utc+9", "Asia/Seoul"), ("부산", "Asia/Seoul"), ("cst", "Asia/Shanghai")],
)
def test_what_an_abbreviation_an_offset_or_a_city_means_is_offered_first(text: str, zone: str) -> None:
    assert _suggested(text)[0] == zone


def test_a_korean_sees_the_citys_korean_name() -> None:
    [zone] = suggest_zones("서울", 25)
    assert zone.label(Language.KO) == "Asia/Seoul · 서울"
    assert zone.label(Language.EN) == "Asia/Seoul"
