"""The papers that are searched: the archive beside the project, and large collections made by recombining it."""

import asyncio
import dataclasses
import hashlib
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.papers import Bullet, Day, Listing, Paper
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library

ROOT = Path(__file__).resolve().parents[1]
ARCHIVE = ROOT.parent / "shared" / "archive"
"""Where the archive lies; what needs it is left out where it does not."""

PAPERS_A_DAY = 30
LAST_DAY = date(2024, 12, 31)
MEASURED = 5_000
"""So many papers' loading is timed."""

_SEED = 500_000
_NOW = datetime(2025, 1, 1, tzinfo=UTC)
_INDEXING = (
    "bot/latex/__init__.py",
    "bot/latex/reader.py",
    "bot/latex/symbols.py",
    "bot/search/analysis.py",
    "bot/search/matcher.py",
    "bot/search/nouns.py",
    "bot/search/pairs.py",
    "bot/storage/papers/library.py",
    "bot/storage/papers/index.py",
    "bot/storage/papers/numbers.py",
    "bot/storage/papers/words.py",
    "bot/storage/migrations/0001_library.sql",
    "bot/storage/migrations/0006_search.sql",
    "bot/storage/migrations/0007_pairs.sql",
    "bot/storage/migrations/0014_abstracts.sql",
    "bot/storage/migrations/0026_close_ids.sql",
    "bot/storage/migrations/0029_uncounted.sql",
    "bench/corpus.py",
)
"""What says how papers are stored and indexed: where it is as before, a database from the cache still serves."""


def archive_days(root: Path = ARCHIVE) -> list[Day]:
    """The days of the archive, oldest first."""
    days = [read_file(file.path).day for file in find_pages(root).pages]
    return sorted(days, key=lambda day: day.date)


def papers_of(days: Sequence[Day]) -> list[Paper]:
    """Each paper once, with the text of the newest day that lists it."""
    newest = {listing.paper.arxiv_id: listing.paper for day in days for listing in day.listings}
    return list(newest.values())


def recombined(days: Sequence[Day], count: int, last: date = LAST_DAY, seed: int = _SEED) -> Iterator[Day]:
    """So many papers on days in a row up to `last`, thirty a day, made of the parts of others.

    A title is the beginning of one and the end of another, each bullet is one paper's, as are two halves of the
    authors and the votes. Identifiers are unique, and numbered within their month, as arXiv's are.
    """
    random = Random(f"{seed} {count}")
    parts = _Parts.of(days)
    number, month = 0, ""
    for index in range(-(-count // PAPERS_A_DAY)):
        when = last - timedelta(days=-(-count // PAPERS_A_DAY) - 1 - index)
        if f"{when:%y%m}" != month:
            number, month = 0, f"{when:%y%m}"
        listings = []
        for _ in range(min(PAPERS_A_DAY, count - index * PAPERS_A_DAY)):
            number += 1
            listings.append(parts.listing(f"{month}.{number:05d}", random))
        yield Day(when, tuple(listings))


@dataclass(frozen=True, slots=True)
class _Parts:
    papers: Sequence[Paper]
    bullets: Sequence[Bullet]
    votes: Sequence[int | None]

    @classmethod
    def of(cls, days: Sequence[Day]) -> "_Parts":
        papers = papers_of(days)
        bullets = [bullet for paper in papers for bullet in paper.summary]
        return cls(papers, bullets, [listing.votes for day in days for listing in day.listings])

    def listing(self, arxiv_id: str, random: Random) -> Listing:
        pick = random.choice
        begin, end = pick(self.papers).title.split(), pick(self.papers).title.split()
        some, more = pick(self.papers).authors, pick(self.papers).authors
        paper = replace(
            pick(self.papers),
            arxiv_id=arxiv_id,
            title=" ".join([*begin[: -(-len(begin) // 2)], *end[len(end) // 2 :]]),
            authors=tuple(dict.fromkeys((*some[::2], *more[1::2]))),
            summary=tuple(pick(self.bullets) for _ in range(len(pick(self.papers).summary))),
        )
        return Listing(paper, pick(self.votes))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A database that was built: its file, and how long its first papers and all of them took, in seconds.

    `whole` says that no papers are missing.
    """

    path: Path
    papers: int = 0
    first: float = 0.0
    total: float = 0.0
    whole: bool = False


async def build(loaded: Loaded, days: Iterator[Day], seconds: float = math.inf) -> Loaded:
    """Load the days that a database lacks, each as a page of its own, as the archive's loader does.

    It ends after `seconds` at the latest, and the next call goes on.
    """
    papers, first, start = 0, loaded.first, time.perf_counter() - loaded.total
    end = time.perf_counter() + seconds
    async with Database.open(loaded.path) as database:
        library = Library(database)
        for day in days:
            papers += len(day.listings)
            if papers <= loaded.papers:
                continue
            await _store(library, day)
            if not first and papers >= MEASURED:
                first = time.perf_counter() - start
            if time.perf_counter() > end:
                return Loaded(loaded.path, papers, first, time.perf_counter() - start)
        await library.tidy()
    total = time.perf_counter() - start
    return Loaded(loaded.path, papers, first or total, total, whole=True)


def cached(folder: Path, name: str, days: Callable[[], Iterator[Day]], seconds: float = math.inf) -> Loaded:
    """The database of that name, from the folder as far as the same program built it there before.

    What is missing is loaded, for at most `seconds`.
    """
    path = folder / f"{name}-{_fingerprint()}.db"
    notes = path.with_suffix(".json")
    loaded = Loaded(path)
    if notes.exists() and path.exists():
        loaded = Loaded(**(json.loads(notes.read_text(encoding="utf-8")) | {"path": path}))
    else:
        for old in folder.glob(f"{name}-*"):
            old.unlink()
    if loaded.whole:
        return loaded
    loaded = asyncio.run(build(loaded, days(), seconds))
    figures = dataclasses.asdict(loaded) | {"path": path.name}
    notes.write_text(json.dumps(figures), encoding="utf-8")
    return loaded


def _fingerprint() -> str:
    hashed = hashlib.sha256()
    for place in _INDEXING:
        files = sorted(file for end in ("py", "sql") for file in (ROOT / place).rglob(f"*.{end}"))
        for file in files or [ROOT / place]:
            hashed.update(file.read_bytes() if file.exists() else b"")
    return hashed.hexdigest()[:12]


async def append(library: Library, day: Day) -> float:
    """Load one day more; the seconds that took."""
    start = time.perf_counter()
    await _store(library, day)
    return time.perf_counter() - start


async def _store(library: Library, day: Day) -> None:
    key = f"{day.date:%Y/%m/%d}.md"
    await library.store_page(key, hashlib.sha256(key.encode()).hexdigest(), day, _NOW)
