from datetime import timedelta

import pytest

from bot.papers import Details
from bot.storage.engine.database import Database
from bot.storage.papers.details import DetailsStore, put_details
from tests.builders import utc

NOON = utc(2024, 2, 23, 12)
FULL = Details(
    "2402.00001",
    abstract="초록 “a”",
    digest="One line.",
    keywords=("rl", "강화학습"),
    published=utc(2024, 2, 22, 17, 59),
    code="https://github.com/a/b",
    stars=1234,
    project="https://a.b",
    comments=0,
    organisation="Lab",
)


async def put(database: Database, details: Details, after: timedelta = timedelta()) -> None:
    async with database.write() as tx:
        await put_details(tx, details, NOON + after)


async def test_details_come_back_as_they_were(database: Database) -> None:
    store = DetailsStore(database)
    assert await store.of("2402.00001") is None
    for details in (FULL, Details("2402.00002")):
        await put(database, details)
        assert await store.of(details.arxiv_id) == details


async def test_the_newest_reading_counts_whichever_came_last(database: Database) -> None:
    store = DetailsStore(database)
    newer, older = Details("2402.00001", stars=7), Details("2402.00001", stars=5)
    await put(database, newer, timedelta(hours=1))
    await put(database, older)
    assert await store.of("2402.00001") == newer
    await put(database, FULL, timedelta(hours=2))
    assert await store.of("2402.00001") == FULL


@pytest.mark.parametrize("content", ["{", "[]", '{"abstract": "a"}', '{"published": "yesterday"}'])
async def test_details_that_can_not_be_read_are_as_none(
    database: Database, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    await put(database, FULL)
    async with database.write() as tx:
        await tx.run("UPDATE details SET content = ?", (content,))
    assert await DetailsStore(database).of(FULL.arxiv_id) is None
    assert f"details of paper {FULL.arxiv_id} can't be read" in caplog.text
