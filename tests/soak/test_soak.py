"""Many days in little time: every edition and alert exactly once, and nothing that grows."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.courier import AT_ONCE
from bot.storage.engine import database
from sandbox import Sandbox
from tests.conftest import House
from tests.soak.soak import Sample, Soak

_WARM = 50  # days
_MORE_MEMORY = 12  # MiB
_SOCKETS = 2 * (AT_ONCE + 16)  # of each connection both ends are here: one for each of the courier's hands, and some
_BOUNDS = {"arrivals": 0, "searches": 3, "notes": 8}  # one search a day, and two days of them


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A house beside a Discord whose traffic nobody looks at, and a bot that is not held to Discord's pace.

    SQLite's cache of the writing connection fills as the ledger grows, up to 16 MiB in some 200 days. Here it is full
    within the first days, so that what grows later is something else.
    """
    monkeypatch.setattr(database, "WRITER_CACHE_KIB", 1024)
    async with Sandbox() as discord:
        house = House(discord, tmp_path)
        unpaced = house.settings.discord.model_copy(update={"requests_per_second": 10_000})
        house.settings = house.settings.model_copy(update={"discord": unpaced})
        yield house


async def test_some_days_bring_each_edition_and_alert_once(house: House) -> None:
    soak = Soak(house, house.discord, servers=9, days=16)
    town = await soak.run()
    assert town.problems == []
    assert min(town.came[kind] for kind in ("cards", "headline", "paper", "alert")) > 0


@pytest.mark.soak
async def test_four_hundred_days_with_two_hundred_servers(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    soak = Soak(house, house.discord, servers=200, days=400)
    town = await soak.run()
    with capsys.disabled():
        for sample in soak.samples:
            print(_line(sample))  # noqa: T201  the figures are what it is run for
        print(dict(town.came))  # noqa: T201  the same
    assert town.problems == []
    warm = [sample for sample in soak.samples if sample.day >= _WARM]
    assert warm[-1].memory - warm[0].memory < _MORE_MEMORY
    assert {sample.files for sample in warm} == {warm[0].files}
    assert max(sample.sockets for sample in warm) <= _SOCKETS
    assert [sample.rows for sample in warm if any(sample.rows[table] > most for table, most in _BOUNDS.items())] == []


def _line(sample: Sample) -> str:
    return f"day {sample.day}: {sample.memory:.1f} MiB, {sample.files} files, {sample.sockets} sockets, {sample.rows}"
