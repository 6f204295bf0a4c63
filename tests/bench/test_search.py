"""The benchmark from end to end, over a few papers."""

from pathlib import Path

import pytest

from bench import search
from bench.corpus import Loaded, build
from bench.search import OURS, SIZES, Bench, Effort, measured
from bench.words import Collection
from bot.papers import Day, Listing
from tests.builders import FRIDAY, paper

_NAMES = ["Falcon", "Heron", "Osprey", "Kestrel", "Sparrow", "Magpie", "Curlew", "Plover", "Dunlin", "Godwit"]
DAYS = [Day(FRIDAY, tuple(Listing(paper(n, title=f"{name} finds agents"), n) for n, name in enumerate(_NAMES)))]
PAPERS = [listing.paper for listing in DAYS[0].listings]


def test_without_the_archive_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(search, "ARCHIVE", tmp_path / "archive")
    monkeypatch.setattr("sys.argv", ["bench.search"])
    search.main()
    assert "Nothing measured: the archive that the benchmark reads is not at" in capsys.readouterr().out


async def test_all_tables_are_filled(tmp_path: Path) -> None:
    bench = Bench(DAYS, Collection(PAPERS), Effort(2, 2, 1), tmp_path)
    size = SIZES["archive"]
    loaded = await build(Loaded(tmp_path / "archive.db"), bench.days_of(size))
    text = await measured(bench, size, loaded)
    for said in ("10 papers", "**all**", f"| {OURS} |", "tantivy", "LIKE", "index, bytes a paper", "autocomplete"):
        assert said in text
