"""What the local site of `paperboy try` lists as time passes."""

from datetime import timedelta

from bot.demo.listing import Listed
from sandbox import LocalSite
from tests.builders import FRIDAY, day, utc


def listed_at(hours: float) -> list[str]:
    site = LocalSite(lambda: utc(2024, 2, 25))
    Listed(site, [day(votes=(9, 7, 5, 3))]).come(utc(2024, 2, 23) + timedelta(hours=hours))
    return [record["paper"]["id"][-1] for record in site.day(FRIDAY).records]


def test_papers_come_through_the_day_and_the_second_best_after_its_end() -> None:
    assert listed_at(0) == []
    assert listed_at(7) == ["1", "3"]
    assert listed_at(24) == ["1", "3", "4"]
    assert listed_at(24.5) == ["1", "3", "4", "2"]


def test_a_day_of_one_paper_lists_it() -> None:
    site = LocalSite(lambda: utc(2024, 2, 25))
    Listed(site, [day(votes=(9,))]).come(utc(2024, 2, 23, 20))
    assert len(site.day(FRIDAY).records) == 1
