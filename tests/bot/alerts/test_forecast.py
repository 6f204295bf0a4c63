from datetime import timedelta

import pytest

from bot.alerts.forecast import Forecast, Forecaster
from bot.alerts.model import PREVIEW_DAYS
from bot.papers import Appearance, Day, Listing
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, day, paper, utc

NOW = utc(2024, 2, 23, 8)


@pytest.fixture
async def forecaster(library: Library) -> Forecaster:
    """Ten papers of the last month, the newest about cooking, and an older one."""
    await library.store_page("new", "hash", Day(FRIDAY, (Listing(paper(50, title="Cooking"), 2),)), NOW)
    await library.store_page("days", "hash", day(FRIDAY - timedelta(days=PREVIEW_DAYS - 1), votes=range(1, 10)), NOW)
    old = Day(FRIDAY - timedelta(days=PREVIEW_DAYS), (Listing(paper(60, title="Cooking of old"), 9),))
    await library.store_page("old", "hash", old, NOW)
    return Forecaster(library)


def ids(forecast: Forecast) -> list[str]:
    return [each.listing.paper.arxiv_id for each in forecast.papers]


async def test_a_forecast_counts_the_papers_of_the_last_month(forecaster: Forecaster) -> None:
    forecast = await forecaster.of("cooking", 0, limit=3)
    assert (forecast.count, forecast.of, ids(forecast)) == (1, 10, ["2402.00050"])
    assert not forecast.is_broad


async def test_a_page_of_many_is_read_newest_first(forecaster: Forecaster) -> None:
    forecast = await forecaster.of("강화학습", 0, limit=1)
    assert (forecast.count, ids(forecast)) == (10, ["2402.00050"])
    assert forecast.is_broad
    assert len((await forecaster.of("강화학습", 0, limit=5, offset=8)).papers) == 2
    assert (await forecaster.of("강화학습", 0, limit=5, offset=20)).papers == ()


async def test_votes_and_exclusions_count(forecaster: Forecaster) -> None:
    assert (await forecaster.of("강화학습", 5, limit=1)).count == 5
    assert (await forecaster.of("강화학습 -cooking", 0, limit=1)).count == 9


async def test_what_the_member_muted_does_not_count(forecaster: Forecaster) -> None:
    mutes = ["-cooking", '-author:"no one"']
    assert (await forecaster.of("강화학습", 0, mutes, limit=1)).count == 9
    assert (await forecaster.of("2402.00050", 0, mutes, limit=1)).count == 0
    assert (await forecaster.of("2402.00050", 0, mutes[1:], limit=1)).count == 1


@pytest.mark.parametrize(
    ("arxiv_id", "votes", "count"), [("2402.00050", 2, 1), ("2402.00050", 3, 0), ("2402.00060", 0, 0)]
)
async def test_an_arxiv_id_is_one_paper(forecaster: Forecaster, arxiv_id: str, votes: int, count: int) -> None:
    assert (await forecaster.of(arxiv_id, votes, limit=5)).count == count


async def test_an_empty_archive_has_nothing_to_say(library: Library) -> None:
    assert await Forecaster(library).of("x", 0, limit=3) == Forecast(0, 0, ())


@pytest.mark.parametrize(("count", "of", "broad"), [(20, 100, False), (21, 100, True), (0, 0, False), (1, 4, True)])
def test_more_than_one_in_five_is_broad(count: int, of: int, broad: bool) -> None:  # noqa: FBT001  # a column of a table
    papers: tuple[Appearance, ...] = ()
    assert Forecast(count, of, papers).is_broad is broad
