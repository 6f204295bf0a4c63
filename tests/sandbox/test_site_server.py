"""The local site as the real one answers."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox import LocalSite
from tests.builders import FRIDAY, utc


@pytest.fixture
async def site() -> AsyncIterator[LocalSite]:
    async with LocalSite(lambda: utc(2024, 2, 23, 23, 59)) as site:
        yield site


async def ask(site: LocalSite, **query: object) -> tuple[int, Any]:
    words = {key: str(value) for key, value in query.items()}
    async with aiohttp.ClientSession() as session, session.get(f"{site.url}/api/daily_papers", params=words) as answer:
        return answer.status, await answer.json(content_type=None)


async def test_a_date_to_come_is_refused(site: LocalSite) -> None:
    site.day(FRIDAY + timedelta(days=1)).add("2402.00001")
    assert (await ask(site, date=FRIDAY))[0] == 200
    status, told = await ask(site, date=FRIDAY + timedelta(days=1))
    assert (status, list(told)) == (400, ["error"])


async def test_a_days_papers_come_in_the_order_of_their_votes(site: LocalSite) -> None:
    for number, votes in enumerate((3, 9, 1, 9)):
        site.day(FRIDAY).add(f"2402.0000{number}", votes=votes)
    listed = [await ask(site, date=FRIDAY, limit=2, p=page) for page in range(3)]
    assert [[record["paper"]["id"][-1] for record in records] for _, records in listed] == [["1", "3"], ["0", "2"], []]
    site.day(FRIDAY).paper("2402.00002")["paper"]["upvotes"] = 99
    assert (await ask(site, date=FRIDAY))[1][0]["paper"]["id"] == "2402.00002"


async def test_a_paper_is_told_of_whether_a_day_lists_it_or_not(site: LocalSite) -> None:
    site.day(FRIDAY).add("2402.00001", title="Listed")
    site.add_paper("1706.03762", title="Attention")
    async with aiohttp.ClientSession() as session:
        for arxiv_id, title in (("2402.00001", "Listed"), ("1706.03762", "Attention")):
            async with session.get(f"{site.url}/api/papers/{arxiv_id}") as answer:
                assert (await answer.json(content_type=None))["title"] == title
        async with session.get(f"{site.url}/api/papers/2402.99999") as answer:
            assert answer.status == 404
