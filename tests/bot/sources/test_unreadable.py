"""A day of the site that can't be read from the database or stored in it costs no other day."""

from datetime import datetime, timedelta

import pytest

from bot.sources.model import Reading
from bot.sources.whole import Closing, Taken
from tests.bot.sources.conftest import BULLETS, FRIDAY, Desks


async def test_a_day_that_can_not_be_stored_costs_no_other(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    take = desks.days.take

    async def take_others(reading: Reading, closing: Closing, now: datetime) -> Taken:
        if reading.day == FRIDAY - timedelta(days=1):
            raise ValueError("what is held can't be read")
        return await take(reading, closing, now)

    monkeypatch.setattr(desks.days, "take", take_others)
    desks.site.day(FRIDAY).add("2402.00001")
    for _ in range(2):
        await desks.poller.run()
    assert await desks.library.newest_day() == FRIDAY
    assert [record.getMessage() for record in caplog.records if record.exc_info] == ["day 2024-02-22 can't be stored"]


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE site_days SET read_at = 'noon'",
        "UPDATE summaries SET content = '{'",
        "UPDATE notes SET value = '{' WHERE name = 'site'",
    ],
)
async def test_what_can_not_be_read_of_a_day_does_not_keep_it_from_growing(desks: Desks, spoil: str) -> None:
    friday = desks.site.day(FRIDAY)
    friday.add("2402.00001")
    await desks.poller.run()
    await desks.make("2402.00001", BULLETS)
    async with desks.database.write() as tx:
        await tx.run(spoil)
    friday.add("2402.00002")
    await desks.poll_until(1)
    held = await desks.library.day(FRIDAY)
    assert held is not None
    assert "2402.00002" in {one.paper.arxiv_id for one in held.listings}


async def test_a_whole_day_that_can_not_be_read_keeps_no_other_from_being_written(desks: Desks) -> None:
    for day in (FRIDAY, FRIDAY - timedelta(days=1)):
        desks.site.day(day).add(f"2402.000{day:%d}")
    await desks.poller.run()
    async with desks.database.write() as tx:
        await tx.run("UPDATE site_days SET whole_at = read_at, whole_by = 'still'")
        await tx.run("UPDATE site_days SET read_at = 'noon' WHERE day = ?", ((FRIDAY - timedelta(days=1)).isoformat(),))
    assert [page.path.name for page in await desks.scribe.run()] == ["23.md"]
