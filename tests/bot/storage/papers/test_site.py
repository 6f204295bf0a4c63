"""Days of the site: a row that can't be read costs no other."""

from datetime import date

import pytest

from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.summaries.model import SummaryLanguage

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
