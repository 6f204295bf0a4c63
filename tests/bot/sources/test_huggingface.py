import json
import logging
from datetime import date, timedelta
from typing import Any

import aiohttp
import pytest

from bot.errors import SourceError, SourceFault
from bot.sources.huggingface import ATTEMPTS, LIMIT, MOST_PAGES, HuggingFace
from bot.sources.model import Reading
from bot.sources.rates import LONGEST_WAIT
from sandbox import LocalSite
from tests.bot.sources.conftest import FRIDAY_NOON, Time

DAY = date(2024, 2, 23)


def ids(reading: Reading) -> list[str]:
    return [paper.listing.paper.arxiv_id for paper in reading.papers]


async def failing(client: HuggingFace) -> SourceError:
    with pytest.raises(SourceError) as caught:
        await client.read(DAY)
    return caught.value


async def test_a_day_in_the_sites_order_with_the_sites_time(client: HuggingFace, site: LocalSite) -> None:
    site.day(DAY).add("2402.00002", title="Second", votes=3)
    site.day(DAY).add("2402.00001", title="First", votes=1_000_000)
    reading = await client.read(DAY)
    assert ids(reading) == ["2402.00001", "2402.00002"]
    assert [paper.listing.votes for paper in reading.papers] == [1_000_000, 3]
    assert reading.at == FRIDAY_NOON
    assert await client.today() == DAY


async def test_a_day_without_papers_is_an_empty_reading(client: HuggingFace, site: LocalSite) -> None:
    reading = await client.read(DAY)
    assert (reading.papers, reading.skipped) == ((), 0)
    assert [asked.status for asked in site.asked] == [200]


async def test_all_pages_are_read(client: HuggingFace, site: LocalSite) -> None:
    for number in range(2 * LIMIT + 1):
        site.day(DAY).add(f"2402.{number:05}")
    assert len((await client.read(DAY)).papers) == 2 * LIMIT + 1
    assert [asked.query["p"] for asked in site.asked] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("status", [400, 404, 410, 422])
async def test_a_page_past_the_end_that_is_refused_ends_the_day_like_an_empty_list(
    client: HuggingFace, site: LocalSite, status: int
) -> None:
    site.past_the_end = status
    for number in range(LIMIT):
        site.day(DAY).add(f"2402.{number:05}")
    assert len((await client.read(DAY)).papers) == LIMIT
    assert [asked.status for asked in site.asked] == [200, status]


@pytest.mark.parametrize("status", [401, 403])
async def test_a_later_page_that_is_refused_for_another_reason_ends_no_day(
    client: HuggingFace, site: LocalSite, status: int
) -> None:
    site.past_the_end = status
    site.day(DAY).add("2402.00001")
    assert (await failing(client)).fault is SourceFault.REFUSED


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/?date=2024-02-23",
        "https://evil.example/secret",
        "http://localhost/secret",
        "http://127.0.0.1:1/secret",
        "//evil.example/secret",
        "file:///etc/secret",
        "javascript:secret",
        "http://[::1",
        "http://me:secret@127.0.0.1/",
    ],
)
async def test_no_redirect_to_another_host_is_followed_and_nothing_of_it_is_told(
    client: HuggingFace, site: LocalSite, location: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    site.fault(status=302, headers={"Location": location}, body=b"secret")
    error = await failing(client)
    assert error.fault is SourceFault.REFUSED
    for word in ("secret", "169.254", "evil"):
        assert word not in str(error) + caplog.text
    assert len(site.asked) == 1


async def test_a_redirect_within_the_host_is_followed_in_its_turn(
    client: HuggingFace, site: LocalSite, time: Time
) -> None:
    site.day(DAY).add("2402.00001")
    site.fault(status=308, headers={"Location": f"/api/daily_papers?date={DAY}&p=0&moved=1"})
    assert ids(await client.read(DAY)) == ["2402.00001"]
    assert site.asked[1].query["moved"] == "1"
    assert time.seconds >= 2


async def test_redirects_in_a_circle_end(client: HuggingFace, site: LocalSite) -> None:
    site.fault(status=302, headers={"Location": "/api/daily_papers"}, times=100)
    assert (await failing(client)).fault is SourceFault.REFUSED
    assert len(site.asked) <= 11


async def test_of_a_redirect_to_nowhere_nothing_is_told(client: HuggingFace, site: LocalSite) -> None:
    site.fault(status=302, body=b"secret")
    assert "secret" not in str(await failing(client))


async def test_what_comes_twice_over_pages_counts_once(client: HuggingFace, site: LocalSite) -> None:
    """A paper that is added meanwhile moves the others on to the next page."""
    for number in range(LIMIT):
        site.day(DAY).add(f"2402.{number:05}")
    site.fault()
    site.fault(repeat=True)
    assert len((await client.read(DAY)).papers) == LIMIT


async def test_a_day_grows_while_it_is_read_again(client: HuggingFace, site: LocalSite) -> None:
    site.day(DAY).add("2402.00001", votes=1)
    await client.read(DAY)
    site.day(DAY).paper("2402.00001")["paper"]["upvotes"] = 7
    site.day(DAY).add("2402.00002")
    reading = await client.read(DAY)
    assert (ids(reading), reading.papers[0].listing.votes) == (["2402.00001", "2402.00002"], 7)


async def test_what_has_not_changed_is_not_sent_again(client: HuggingFace, site: LocalSite, time: Time) -> None:
    site.day(DAY).add("2402.00001", votes=1)
    first = await client.read(DAY)
    time.advance(timedelta(minutes=30))
    second = await client.read(DAY)
    assert [asked.status for asked in site.asked] == [200, 200, 304, 304]
    assert second.papers == first.papers
    assert second.at >= first.at + timedelta(minutes=30)


async def test_a_withdrawn_paper_is_named_and_left_out(client: HuggingFace, site: LocalSite) -> None:
    site.day(DAY).add("2402.00001", withdrawnAt="2024-02-23T10:00:00.000Z")
    site.day(DAY).add("2402.00002")
    reading = await client.read(DAY)
    assert (ids(reading), reading.withdrawn) == (["2402.00002"], frozenset({"2402.00001"}))


async def test_no_two_requests_within_a_second(client: HuggingFace, site: LocalSite, time: Time) -> None:
    for _ in range(4):
        await client.read(DAY)
    assert len(site.asked) == 4
    assert time.seconds == 3.0
    assert time.waits == [1.0] * 3


@pytest.mark.parametrize(
    ("fault", "met"),
    [
        ({"status": 500, "body": b"oops"}, SourceFault.BROKEN),
        ({"status": 503, "body": b"<html>"}, SourceFault.BROKEN),
        ({"cut": True}, SourceFault.UNREADABLE),
        ({"body": b"<!doctype html><html>maintenance</html>"}, SourceFault.UNREADABLE),
        ({"body": b"[" * 100_000}, SourceFault.UNREADABLE),
        ({"disconnect": True}, SourceFault.UNREACHABLE),
    ],
    ids=["500", "503", "cut short", "HTML", "nested", "cut off"],
)
async def test_what_passes_is_tried_again_and_named_where_it_does_not(
    client: HuggingFace, site: LocalSite, time: Time, fault: dict[str, object], met: SourceFault
) -> None:
    site.day(DAY).add("2402.00001")
    site.fault(**fault)
    assert ids(await client.read(DAY)) == ["2402.00001"]
    asked = len(site.asked)
    site.fault(**fault, times=2 * ATTEMPTS)
    assert (await failing(client)).fault is met
    # aiohttp asks once more by itself where a connection is lost: in its turn, too.
    assert asked + ATTEMPTS <= len(site.asked) <= asked + 2 * ATTEMPTS
    assert time.seconds >= len(site.asked) - 1


async def test_a_site_that_does_not_answer_in_time_is_named(client: HuggingFace, site: LocalSite) -> None:
    client._client._session._timeout = aiohttp.ClientTimeout(total=0.05)
    site.fault(delay=3600, times=2 * ATTEMPTS)
    assert (await failing(client)).fault is SourceFault.TIMEOUT
    assert len(site.asked) == 0


async def test_an_answer_that_is_no_list_is_named_at_once(client: HuggingFace, site: LocalSite) -> None:
    site.fault(body=b'{"error": "moved"}')
    assert (await failing(client)).fault is SourceFault.UNREADABLE


async def test_what_the_site_refuses_is_not_asked_again(client: HuggingFace, site: LocalSite) -> None:
    site.fault(status=400, body=b'{"error": "\\"date\\" must be a valid date"}')
    error = await failing(client)
    assert error.fault is SourceFault.REFUSED
    assert "must be a valid date" in str(error)
    assert len(site.asked) == 1


async def test_a_short_wait_is_waited_for(client: HuggingFace, site: LocalSite, time: Time) -> None:
    site.day(DAY).add("2402.00001")
    site.fault(status=429, headers={"Retry-After": "20"})
    assert ids(await client.read(DAY)) == ["2402.00001"]
    assert time.seconds >= 20


async def test_a_long_wait_ends_the_round_and_asks_no_more(client: HuggingFace, site: LocalSite, time: Time) -> None:
    site.fault(status=429, headers={"Retry-After": "240"})
    assert (await failing(client)).fault is SourceFault.RATE_LIMITED
    assert (await failing(client)).fault is SourceFault.RATE_LIMITED
    assert len(site.asked) == 1
    time.advance(timedelta(seconds=240 - LONGEST_WAIT))
    await client.read(DAY)


async def test_a_site_that_is_out_of_order_says_when_to_come_again(
    client: HuggingFace, site: LocalSite, time: Time
) -> None:
    site.fault(status=503, headers={"Retry-After": "40"})
    await client.read(DAY)
    assert 40 <= time.seconds < 50


async def test_a_number_of_thousands_of_digits_costs_no_paper(client: HuggingFace, site: LocalSite) -> None:
    site.day(DAY).add("2402.00001", votes=12345)
    site.day(DAY).add("2402.00002", votes=2)
    body = json.dumps(site.day(DAY).records).replace("12345", "9" * 5000)
    site.fault(body=body.encode())
    reading = await client.read(DAY)
    assert [paper.listing.votes for paper in reading.papers] == [None, 2]


async def test_the_sites_own_count_is_kept_to(time: Time, site: LocalSite, client: HuggingFace) -> None:
    """With none left, the next request waits; so no answer of 429 is ever earned."""
    site._limit = 3
    for minutes in (2, 2, 0.5, 0.5):
        await client.read(DAY)
        time.advance(timedelta(minutes=minutes))
    assert (await failing(client)).fault is SourceFault.RATE_LIMITED
    assert {asked.status for asked in site.asked} == {200, 304}


async def test_an_answer_without_a_date_counts_by_our_clock(client: HuggingFace, site: LocalSite) -> None:
    site.fault(headers={"Date": "soon"}, times=2)
    assert (await client.read(DAY)).at == FRIDAY_NOON - timedelta(days=365)


async def test_a_page_that_repeats_the_one_before_ends_the_day(client: HuggingFace, site: LocalSite) -> None:
    """As where a page number past the end, or any page number, is passed over."""
    site.day(DAY).add("2402.00001")
    site.fault(repeat=True, times=1_000)
    assert ids(await client.read(DAY)) == ["2402.00001"]
    assert len(site.asked) == 2


async def test_a_day_that_goes_on_without_end_is_cut(
    client: HuggingFace, site: LocalSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sources.huggingface.LIMIT", 1)
    for number in range(MOST_PAGES + 1):
        site.day(DAY).add(f"2402.{number:05}")
    assert len((await client.read(DAY)).papers) == len(site.asked) == MOST_PAGES


async def test_a_paper_of_any_day_or_none(client: HuggingFace, site: LocalSite) -> None:
    site.day(DAY).add("2402.00001", title="Listed")
    site.add_paper("1706.03762", title="Attention", summary="An abstract.", authors=[{"name": "Noam Shazeer"}])
    paper = await client.paper("1706.03762")
    assert paper is not None
    assert (paper.listing.paper.title, paper.listing.paper.authors) == ("Attention", ("Noam Shazeer",))
    assert paper.listing.paper.ordered
    assert paper.details.abstract == "An abstract."
    listed = await client.paper("2402.00001")
    assert listed is not None
    assert listed.listing.paper.title == "Listed"


async def test_a_paper_that_the_site_does_not_know_or_withdrew_is_none(client: HuggingFace, site: LocalSite) -> None:
    site.add_paper("2402.00002", withdrawnAt="2024-02-23T00:00:00Z")
    site.add_paper("2402.00003", title="")
    site.papers["2402.00004"] = {"id": "2402.00009", "title": "Another"}
    for arxiv_id in ("2402.00001", "2402.00002", "2402.00003", "2402.00004", "hep-th/9901001"):
        assert await client.paper(arxiv_id) is None, arxiv_id


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"status": 500}, SourceFault.BROKEN),
        ({"status": 403}, SourceFault.REFUSED),
        ({"body": b"<html>"}, SourceFault.UNREADABLE),
        ({"disconnect": True}, SourceFault.UNREACHABLE),
    ],
)
async def test_a_paper_is_asked_for_once(
    client: HuggingFace, site: LocalSite, fault: dict[str, Any], told: SourceFault
) -> None:
    site.add_paper("1706.03762")
    site.fault(**fault, times=9)
    with pytest.raises(SourceError) as caught:
        await client.paper("1706.03762")
    assert caught.value.fault is told
