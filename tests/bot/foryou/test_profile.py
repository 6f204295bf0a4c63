from datetime import timedelta

import pytest

from bot.foryou.profile import Profile, recency, surprise
from tests.builders import utc

NOW = utc(2024, 2, 23)


def test_nothing_surprises_that_is_as_frequent_as_expected() -> None:
    assert surprise(3, 10, 0.3) == 0
    assert surprise(1, 10, 0.5) == 0


def test_the_rarer_and_the_more_often_seen_the_greater_the_surprise() -> None:
    assert surprise(3, 10, 0.01) > surprise(2, 10, 0.01) > surprise(2, 10, 0.1) > 0


def test_the_newest_saved_paper_counts_most_whenever_that_was() -> None:
    old = recency([NOW, NOW - timedelta(days=180), NOW - timedelta(days=360)])
    assert old == pytest.approx([1, 0.5, 0.25])
    assert recency([NOW - timedelta(days=700)]) == [1]


def profile(*saved: str, counts: tuple[float, ...] = ()) -> Profile:
    papers = {"common": 500, "rare": 5, "other": 5, "name": 5}
    terms = [set(each.split()) for each in saved]
    return Profile.of(terms, counts or [1.0] * len(saved), papers, 1_000)


def test_a_paper_fits_by_what_several_saved_papers_share() -> None:
    mine = profile("common rare", "common rare", "common other")
    shared, single, usual = mine.score({"rare", "new"}), mine.score({"other"}), mine.score({"common"})
    assert shared > single > usual
    assert mine.is_close(shared)
    assert not mine.is_close(usual)
    assert mine.telling({"common", "other", "rare", "new"}) == ["rare", "other", "common"]


def test_what_was_saved_lately_counts_more() -> None:
    mine = profile("rare", "rare", "other", "other", counts=(1.0, 1.0, 0.25, 0.25))
    assert mine.score({"rare"}) > mine.score({"other"})


def test_a_subscription_counts_the_more_the_fewer_papers_it_matches() -> None:
    mine = profile("rare", "other", "name")
    narrow, broad = mine.score(set(), [0.01]), mine.score(set(), [0.5])
    assert mine.is_close(narrow)
    assert not mine.is_close(broad)
    assert mine.score({"rare"}, [0.01]) == pytest.approx(mine.score({"rare"}) + narrow)


def test_a_profile_of_one_paper_in_an_archive_of_one_does_not_fail() -> None:
    assert Profile.of([{"only"}], [1.0], {"only": 1}, 1).score({"only"}) == 0


@pytest.mark.parametrize("held", [2_500, 100_000])
def test_what_is_close_is_so_in_an_archive_of_any_size(held: int) -> None:
    papers = {"subject": held // 200, "usual": held // 10}
    mine = Profile.of([{"subject", "usual"}, {"subject", "usual"}, {"usual"}], [1.0] * 3, papers, held)
    assert mine.is_close(mine.score({"subject"}))
    assert not mine.is_close(mine.score({"usual"}))
