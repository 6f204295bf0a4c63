"""The benchmark of hours: what its digests choose from."""

from pathlib import Path

from bench.hours import COUNT, HOURS, simulate
from bench.listed import made_up_days


async def test_no_digest_takes_papers_away_from_another(tmp_path: Path) -> None:
    told, late = await simulate(made_up_days(count=1), tmp_path, closes_when_whole=False)
    held = {name: one.best for (name, *_), one in zip(HOURS, told, strict=True)}
    assert held["18:00 in Seoul"] == held["09:00 in Berlin"]  # nothing is read between these two
    assert all(best <= COUNT for [best] in held.values())
    assert late == 2
