from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot import __version__
from bot.errors import SourceError, SourceFault
from bot.settings import ArxivSettings
from bot.sources.arxiv import MOST_PAPERS, Arxiv, open_arxiv
from bot.sources.rates import Turns
from sandbox import LocalSite
from tests.bot.sources.conftest import Time

ONE, OTHER, OLD = "2402.14658", "2402.00002", "hep-th/9901001"
NAMES = ("Tianyu Zheng", "Ge Zhang & Sons", "Tianhao Shen")


@pytest.fixture
async def arxiv(site: LocalSite, time: Time) -> AsyncIterator[Arxiv]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        yield Arxiv(session, site.url, Turns(3.0, time.monotonic, "arXiv"), time.sleep)


async def failing(arxiv: Arxiv) -> SourceError:
    with pytest.raises(SourceError) as caught:
        await arxiv.authors([ONE])
    return caught.value


async def test_authors_come_in_the_papers_order_in_one_request(arxiv: Arxiv, site: LocalSite) -> None:
    site.authors |= {ONE: NAMES, OLD: ("Ada",), OTHER: ()}
    assert await arxiv.authors([OLD, ONE, OTHER, "2402.99999"]) == {OLD: ("Ada",), ONE: NAMES}
    (asked,) = site.asked
    assert asked.query == {"id_list": f"{OLD},{ONE},{OTHER},2402.99999", "max_results": "4"}


async def test_no_more_papers_are_asked_about_than_one_request_holds(arxiv: Arxiv, site: LocalSite) -> None:
    await arxiv.authors([f"2402.{number:05}" for number in range(MOST_PAPERS + 1)])
    assert site.asked[0].query["id_list"].count(",") == MOST_PAPERS - 1


async def test_requests_keep_their_distance(arxiv: Arxiv, site: LocalSite, time: Time) -> None:
    for _ in range(3):
        await arxiv.authors([ONE])
    assert time.waits == [3.0, 3.0]
    assert len(site.asked) == 3


async def test_it_says_who_asks(site: LocalSite) -> None:
    async with open_arxiv(ArxivSettings(url=site.url), "Club", 0) as arxiv:
        await arxiv.authors([ONE])
    assert site.asked[0].headers["User-Agent"] == f"Club/{__version__}"


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        ({"status": 503}, SourceFault.BROKEN),
        ({"status": 429, "headers": {"Retry-After": "30"}}, SourceFault.RATE_LIMITED),
        ({"status": 400}, SourceFault.REFUSED),
        ({"status": 302, "headers": {"Location": "http://169.254.169.254/"}}, SourceFault.REFUSED),
        ({"cut": True}, SourceFault.UNREADABLE),
        ({"body": b""}, SourceFault.UNREADABLE),
        ({"body": b"<html/>"}, SourceFault.UNREADABLE),
        ({"body": b"\xff"}, SourceFault.UNREADABLE),
        (
            {"body": b'<!DOCTYPE x []><feed xmlns="http://www.w3.org/2005/Atom"/>'},
            SourceFault.UNREADABLE,
        ),
        ({"body": b"x" * (8 * 2**20 + 1)}, SourceFault.UNREADABLE),
        ({"disconnect": True, "times": 9}, SourceFault.UNREACHABLE),
    ],
)
async def test_every_failure_is_told_and_not_tried_again(
    arxiv: Arxiv, site: LocalSite, fault: dict[str, object], what: SourceFault
) -> None:
    site.authors[ONE] = NAMES
    site.fault(**fault)
    error = await failing(arxiv)
    assert error.fault is what
    assert "arXiv" in str(error)
    assert len(site.asked) <= 2  # aiohttp itself repeats a request on a lost connection


async def test_while_arxiv_wants_no_requests_none_is_made(arxiv: Arxiv, site: LocalSite) -> None:
    site.fault(status=429, headers={"Retry-After": "90"})
    await failing(arxiv)
    assert str(await failing(arxiv)).startswith("arXiv asked for no requests for another")
    assert len(site.asked) == 1


async def test_names_are_cleaned(arxiv: Arxiv, site: LocalSite) -> None:
    site.authors[ONE] = ("  Ada\n Lovelace ", "\u202e", "", "x" * 1000)
    names = (await arxiv.authors([ONE]))[ONE]
    assert names[0] == "Ada Lovelace"
    assert len(names[-1]) == 200
    assert "" not in names
