"""`python -m bench.search`: how right and how fast search is, beside other engines, as tables in docs/search.md."""

import argparse
import asyncio
import math
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from bench import report
from bench.corpus import ARCHIVE, MEASURED, PAPERS_A_DAY, Loaded, archive_days, cached, papers_of, recombined
from bench.engine import Engine, open_engine, stopped_clock
from bench.peers import ALL, Peer, peers
from bench.quality import Ask, Outcome, Score, by_kind, outcomes
from bench.queries import LOOSE, REPORTING, STRICT, TUNING, Kind, KnownItem, known_items
from bench.store import Appended, appending, bytes_per_paper, memory_of_search
from bench.timing import Course, Timing, timed
from bench.words import Collection
from bot.papers import Day, Paper
from bot.search.model import Filters

OURS = "Paperboy"
_BROAD = (
    "모델",
    "학",
    "데이터",
    "model",
    "a",
    "the",
    "언어 모델",
    "large language models",
    "diffusion model",
    "모델 -이미지",
)
_MIN_VOTES = 5
_BROAD_ASKED = 2.0


@dataclass(frozen=True, slots=True)
class Size:
    """A collection, who is measured beside Paperboy on it, and what is asked of it.

    `p50` and `p99` are multiples of what tantivy takes when a bot awaits it and reads the papers.
    """

    name: str
    papers: int | None
    peers: tuple[str, ...]
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: queries of each kind, for quality and for time, and rounds of the latter."""

    quality: int
    time: int
    rounds: int


SIZES = {
    size.name: size
    for size in (
        Size("archive", None, ALL, 1.0, 4.0),
        Size("100k", 100_000, ("tantivy", "unicode61", "trigram"), 3.0, 6.0),
        Size("500k", 500_000, ("tantivy", "unicode61"), 4.0, 5.0),
    )
}
FULL, QUICK = Effort(300, 60, 5), Effort(40, 15, 2)


@dataclass(frozen=True, slots=True)
class Bench:
    """What all measurements need."""

    days: Sequence[Day]
    collection: Collection
    effort: Effort
    cache: Path

    def items(self, seed: int, limit: int = STRICT) -> list[KnownItem]:
        """The queries for quality."""
        return known_items(self.collection, seed, self.effort.quality, limit)

    def days_of(self, size: Size) -> Iterator[Day]:
        """The days of a collection."""
        return iter(self.days) if size.papers is None else recombined(self.days, size.papers)

    def papers_of(self, size: Size) -> Iterable[Paper]:
        """Its papers, each once."""
        if size.papers is None:
            return papers_of(self.days)
        return (listing.paper for day in self.days_of(size) for listing in day.listings)


def main() -> None:
    """Measure, print, and write."""
    options = _options().parse_args()
    if not ARCHIVE.is_dir():
        print(f"Nothing measured: the archive that the benchmark reads is not at {ARCHIVE}.")
        return
    options.cache.mkdir(parents=True, exist_ok=True)
    days = archive_days()
    effort = QUICK if options.quick else FULL
    bench = Bench(days, Collection(papers_of(days)), effort, options.cache)
    chosen = options.size or ("archive" if options.quick else "all")
    for name in SIZES if chosen == "all" else [chosen]:
        size = SIZES[name]
        _say(f"{name}: loading, unless that was done before")
        loaded = cached(bench.cache, name, partial(bench.days_of, size), options.load or math.inf)
        if options.load:
            _say(f"{name}: {loaded.papers:,} papers are loaded" + ("" if loaded.whole else "; the next run goes on"))
            continue
        text = asyncio.run(measured(bench, size, loaded))
        print(f"\n## {name}\n\n{text}", flush=True)
        if not options.quick:
            report.write(name, text)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--size", choices=[*SIZES, "all"], help="what is searched (all; with --quick, the archive)")
    parser.add_argument("--quick", action="store_true", help="fewer queries and rounds; docs/search.md stays as it is")
    parser.add_argument("--load", type=float, metavar="SECONDS", help="only load, for at most so long")
    cache = Path(tempfile.gettempdir()) / "paperboy-bench"
    parser.add_argument("--cache", type=Path, default=cache, help=f"where large databases are kept ({cache})")
    return parser


async def measured(bench: Bench, size: Size, loaded: Loaded) -> str:
    """All tables of a size."""
    texts = [item.text for item in known_items(bench.collection, REPORTING, bench.effort.time)]
    memory = memory_of_search(loaded.path, texts)
    with tempfile.TemporaryDirectory(dir=bench.cache) as folder:
        _say(f"{size.name}: building {', '.join(size.peers)}")
        with peers(Path(folder), partial(bench.papers_of, size), size.peers) as others:
            parts = [report.machine(), f"{loaded.papers:,} papers."]
            if size.papers is None:
                async with open_engine(loaded.path, stopped_clock) as engine:
                    parts += await _quality(bench, engine, others)
            async with open_engine(loaded.path) as engine:
                parts += await _time(bench, size, engine, others)
                taken = await appending(engine, bench.days)
    parts.append(_store(loaded, taken, memory))
    return "\n\n".join(parts)


async def _quality(bench: Bench, engine: Engine, others: Sequence[Peer]) -> list[str]:
    _say("quality")
    asks = {OURS: engine.asking()} | {peer.name: _asking(peer) for peer in others}
    strict, loose = bench.items(REPORTING), bench.items(REPORTING, LOOSE)
    found = {name: await outcomes(strict, ask) for name, ask in asks.items()}
    looser = {name: await outcomes(loose, ask) for name, ask in asks.items()}
    tuning = await outcomes(bench.items(TUNING), asks[OURS])
    return [
        f"Recall in the first ten, {len(strict):,} queries, seed {REPORTING}; asked: 99% over all, 97% of each kind.",
        _scores(found, lambda score: f"{score.recall:.1%}"),
        "Mean reciprocal rank, the same queries; asked: 0.85 over all.",
        _scores(found, lambda score: f"{score.mrr:.3f}"),
        f"Recall on the looser set ({len(loose):,} queries, at most {LOOSE} papers); asked: 95% over all.",
        _scores(looser, lambda score: f"{score.recall:.1%}"),
        f"On the seed that was looked at while tuning ({TUNING}), {OURS} has {_in_words(Score.of(tuning))}.",
    ]


def _scores(found: dict[str, list[Outcome]], show: Callable[[Score], str]) -> str:
    kinds = {name: by_kind(each) for name, each in found.items()}
    rows = [[kind, *(show(scores[kind]) for scores in kinds.values())] for kind in Kind]
    rows.append(["**all**", *(f"**{show(Score.of(each))}**" for each in found.values())])
    return report.table(["query", *found], rows)


def _in_words(score: Score) -> str:
    return f"recall {score.recall:.1%} and MRR {score.mrr:.3f}"


async def _time(bench: Bench, size: Size, engine: Engine, others: Sequence[Peer]) -> list[str]:
    _say(f"{size.name}: time")
    items = known_items(bench.collection, REPORTING, bench.effort.time)
    texts = [item.text for item in items]
    halves = [item.text for item in items if item.kind is Kind.HALF]
    ids = [paper.arxiv_id for paper, _ in zip(bench.papers_of(size), texts, strict=False)]
    ours = {
        _UNIT: Course(engine.one_row, ids),
        OURS: Course(engine.asking(), texts),
        _FILTERED: Course(engine.asking(await _filters(engine)), texts),
        _BROAD_ROW: Course(engine.asking(), _BROAD),
        _COMPLETE: Course(engine.complete, halves),
    }
    theirs = {peer.name: Course(_asking(peer), texts) for peer in others}
    theirs[_AS_A_BOT] = Course(_as_a_bot(engine, next(peer for peer in others if peer.name == "tantivy")), texts)
    seconds = await timed(ours | theirs, bench.effort.rounds)
    timings = {name: Timing.of(each) for name, each in seconds.items()}
    by_itself = {
        kind: Timing.of([each for item, each in zip(items, seconds[OURS], strict=True) if item.kind is kind])
        for kind in dict.fromkeys(item.kind for item in items)
    }
    unit, awaited = timings[_UNIT], timings[_AS_A_BOT]
    rows = [
        [
            name,
            f"{each.p50:.2f}",
            f"{each.p99:.2f}",
            f"{each.p50 / unit.p50:.1f}",
            f"{each.p50 / awaited.p50:.1f}",
            f"{each.p99 / awaited.p99:.1f}",
        ]
        for name, each in timings.items()
    ]
    kinds = [[kind, f"{each.p50:.2f}", f"{each.p99:.2f}", f"{each.slowest:.2f}"] for kind, each in by_itself.items()]
    return [
        f"Milliseconds; {len(texts)} queries, the median of {bench.effort.rounds} rounds each. Asked: {_asked(size)}.",
        report.table(["", "p50", "p99", "p50 in SELECTs", "p50 to tantivy", "p99 to tantivy"], rows),
        f"{OURS} by kind of query, milliseconds.",
        report.table(["query", "p50", "p99", "slowest"], kinds),
    ]


_UNIT = "one row by an index, same connection"
_FILTERED = f"{OURS}, filtered by days and votes"
_BROAD_ROW = f"{OURS}, {len(_BROAD)} queries that much of the collection matches"
_COMPLETE = f"{OURS}, autocomplete of a half-typed title"
_AS_A_BOT = "tantivy, awaited in a thread, and the papers read"


def _asked(size: Size) -> str:
    return (
        f"p50 {size.p50:g} and p99 {size.p99:g} times those of tantivy, awaited; for what much of it matches,"
        f" p50 {_BROAD_ASKED:g} times"
    )


async def _filters(engine: Engine) -> Filters:
    """The middle half of the days, and some votes."""
    held = await engine.library.coverage()
    if held.first is None or held.newest is None:
        return Filters()
    first, newest = held.first.toordinal(), held.newest.toordinal()
    quarter = (newest - first) // 4
    return Filters(date.fromordinal(first + quarter), date.fromordinal(newest - quarter), _MIN_VOTES)


def _store(loaded: Loaded, taken: Appended, memory: tuple[float, float]) -> str:
    size = bytes_per_paper(loaded.path)
    storing, holding, tidying = (
        [each * 1_000 for each in part] for part in (taken.storing, taken.holding, taken.tidying)
    )
    rows = [
        [f"loading the first {min(loaded.papers, MEASURED):,} papers", f"{loaded.first:.1f} s", "10 s"],
        ["loading all of them", f"{loaded.total:.1f} s", ""],
        [f"a day of {PAPERS_A_DAY} papers more, median of {len(storing)}", f"{median(storing):.1f} ms", ""],
        ["its longest transaction, for which other writes wait, median", f"{median(holding):.1f} ms", "15 ms"],
        ["the longest of them", f"{max(holding):.1f} ms", ""],
        ["tidying after each, median", f"{median(tidying):.1f} ms", ""],
        ["index, bytes a paper", f"{size.index:,.0f}", "1,400"],
        ["whole database, bytes a paper", f"{size.whole:,.0f}", ""],
        ["memory that searching adds, resident", f"{memory[0]:.1f} MB", "60 MB"],
        ["of that not files", f"{memory[1]:.1f} MB", ""],
    ]
    parts = ", ".join(f"{name} {each:,.0f}" for name, each in size.tables.items())
    return report.table(["", "measured", "asked at most"], rows) + f"\n\nIndex by table, bytes a paper: {parts}."


def _asking(peer: Peer) -> Ask:
    async def ask(text: str) -> Sequence[str]:
        return peer.ask(text)

    return ask


def _as_a_bot(engine: Engine, peer: Peer) -> Ask:
    async def ask(text: str) -> Sequence[str]:
        return list(await engine.library.appearances(await asyncio.to_thread(peer.ask, text)))

    return ask


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
