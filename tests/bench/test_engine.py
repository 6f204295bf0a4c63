"""The clock by which the benchmark's searches are limited."""

from itertools import count
from pathlib import Path

import pytest

from bench.corpus import Loaded, build
from bench.engine import open_engine, stopped_clock
from bot.papers import Day, Listing
from bot.storage.engine.searchers import Clock
from tests.builders import FRIDAY, paper


@pytest.mark.parametrize(("clock", "stopped"), [(stopped_clock, False), (count().__next__, True)])
async def test_with_a_stopped_clock_no_search_runs_out_of_time(tmp_path: Path, clock: Clock, *, stopped: bool) -> None:
    day = Day(FRIDAY, (Listing(paper(1, title="Falcon finds agents"), 1),))
    loaded = await build(Loaded(tmp_path / "archive.db"), iter([day]))
    async with open_engine(loaded.path, clock) as engine:
        assert (await engine.search.search("falcon", limit=5)).stopped is stopped
