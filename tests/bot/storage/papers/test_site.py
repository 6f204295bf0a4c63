"""Days of the site: a row that can't be read costs no other."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.papers import Details, Listing
from bot.search import matcher
from bot.search.analysis import IndexedPart, indexed
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing
from bot.storage.engine.database import Database, Transaction
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.summaries.model import SummaryLanguage
from tests.builders import FRIDAY, paper, utc

_CLOSING = Closing(CLOSES_AT, timedelta(hours=12))
_NOW = utc(2024, 2, 23, 12)
_DAY = "INSERT INTO site_days (day, read_at, papers) VALUES (?, ?, 3)"


async def test_a_day_that_can_not_be_read_costs_no_other(
    library: Library, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.write() as tx:
        await tx.run(_DAY, ("2024-02-22", "2024-02-22T09:00:00+00:00"))
        await tx.run(_DAY, ("2024-02-3x", "2024-02-23T09:00:00+00:00"))
        await tx.run(_DAY, ("2024-02-24", "yesterday"))
    states = await SiteDays(database, library, (SummaryLanguage.KO,)).states(date(2024, 2, 1))
    assert list(states) == [date(2024, 2, 22)]
    assert [record.message.split(" can't")[0] for record in caplog.records] == [
        "the site's day 2024-02-24",
        "the site's day 2024-02-3x",
    ]


async def test_new_papers_of_a_reading_are_analysed_before_their_transaction(
    library: Library, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    put = library.put

    def noted(segment: str) -> list[IndexedPart]:
        events.append("analysed")
        return indexed(segment)

    async def put_noted(tx: Transaction, *values: Any) -> Any:
        events.append("transaction")
        return await put(tx, *values)

    monkeypatch.setattr(matcher, "indexed", noted)
    monkeypatch.setattr(library, "put", put_noted)
    details = Details("2402.00001", "An abstract of it.", digest="A line.")
    reading = Reading(FRIDAY, _NOW, (SitePaper(Listing(paper(1, summary=()), 3), details),))
    await SiteDays(database, library, (SummaryLanguage.KO,)).take(reading, _CLOSING, _NOW)
    assert events[0] == "analysed"
    assert events[-1] == "transaction"
