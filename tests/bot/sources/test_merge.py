from datetime import date

from bot.papers import Bullet, Day, Details, Listing, Paper
from bot.sources.merge import merged, summarised
from bot.sources.model import Reading, SitePaper
from tests.builders import utc

DAY = date(2024, 2, 23)


def site_paper(arxiv_id: str, votes: int | None = 3, title: str = "A title") -> SitePaper:
    return SitePaper(Listing(Paper(arxiv_id, title), votes), Details(arxiv_id))


def reading(*papers: SitePaper, withdrawn: frozenset[str] = frozenset()) -> Reading:
    return Reading(DAY, utc(2024, 2, 23, 12), papers, withdrawn)


def ids(day: Day) -> list[str]:
    return [listing.paper.arxiv_id for listing in day.listings]


def test_what_was_read_before_stays_though_an_answer_lacks_it() -> None:
    held = merged(None, reading(site_paper("2402.00001"), site_paper("2402.00002")), {})
    day = merged(held, reading(site_paper("2402.00003"), site_paper("2402.00002", votes=9)), {})
    assert ids(day) == ["2402.00003", "2402.00002", "2402.00001"]
    assert [listing.votes for listing in day.listings] == [3, 9, 3]


def test_what_the_site_calls_withdrawn_goes() -> None:
    held = merged(None, reading(site_paper("2402.00001"), site_paper("2402.00002")), {})
    assert ids(merged(held, reading(withdrawn=frozenset({"2402.00001"})), {})) == ["2402.00002"]


def test_an_empty_day_is_a_day() -> None:
    assert merged(None, reading(), {}) == Day(DAY)


def test_summaries_are_kept_as_a_page_would_hold_them() -> None:
    bullets = (Bullet("**Careful**: a label, and\na line"), Bullet("", "Empty"))
    day = merged(None, reading(site_paper("2402.00001")), {"2402.00001": bullets})
    assert day.listings[0].paper.summary == (Bullet("a label, and a line", "Careful"), Bullet("", "Empty"))
    assert summarised(day, {}) == day


def test_a_summary_outlives_a_reading_that_knows_none() -> None:
    bullets = {"2402.00001": (Bullet("made"),)}
    held = merged(None, reading(site_paper("2402.00001")), bullets)
    assert merged(held, reading(site_paper("2402.00002")), {}).listings[1].paper.summary == bullets["2402.00001"]
