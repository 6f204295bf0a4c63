"""What the index costs: bytes on disk, memory, and the time to add a day."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from bench.corpus import LAST_DAY, PAPERS_A_DAY, ROOT, append, recombined
from bench.engine import Engine
from bot.papers import Day
from bot.storage.engine.database import Database, Transaction

_NOT_SEARCH = frozenset(
    [
        "pages",
        "appearances",
        "papers",
        "arrivals",
        "digests",
        "editions",
        "members",
        "subscriptions",
        "alerts",
        "alerted",
        "deliveries",
        "notes",
        "searches",
        "migrations",
        "sqlite_schema",
    ]
)
_DAYS = 30


@dataclass(frozen=True, slots=True)
class Bytes:
    """What a paper takes on disk: in the tables that only search needs, and in all."""

    index: float
    whole: float
    tables: dict[str, float]


def bytes_per_paper(path: Path) -> Bytes:
    """What each paper takes, counted in SQLite's pages (its dbstat table), by table with its indices."""
    with closing(sqlite3.connect(path)) as connection:
        papers = connection.execute("SELECT count(*) FROM papers").fetchone()[0]
        sizes = connection.execute(
            "SELECT coalesce(s.tbl_name, d.name) AS name, sum(d.pgsize) FROM dbstat d"
            " LEFT JOIN sqlite_schema s ON s.name = d.name GROUP BY 1 ORDER BY 1"
        ).fetchall()
    each = {name: size / papers for name, size in sizes}
    search = {name: size for name, size in each.items() if name not in _NOT_SEARCH}
    return Bytes(sum(search.values()), sum(each.values()), search)


@dataclass(frozen=True, slots=True)
class Appended:
    """What adding days took, in seconds: all of it, the longest transaction, and the tidying that follows."""

    storing: list[float]
    holding: list[float]
    tidying: list[float]


async def appending(engine: Engine, days: Sequence[Day]) -> Appended:
    """Add days of thirty papers after the last, one by one, and take them out again."""
    last = LAST_DAY + timedelta(days=_DAYS)
    new = list(recombined(days, _DAYS * PAPERS_A_DAY, last, seed=Random(1).randrange(2**32)))
    taken = Appended([], [], [])
    held = _timing_transactions(engine.database)
    for day in new:
        held.clear()
        taken.storing.append(await append(engine.library, day))
        taken.holding.append(max(held))
        start = time.perf_counter()
        await engine.library.tidy()
        taken.tidying.append(time.perf_counter() - start)
    for day in new:
        await append(engine.library, Day(day.date))
    await engine.library.tidy()
    return taken


def _timing_transactions(database: Database) -> list[float]:
    """A list to which each transaction from now on adds the seconds for which other writes wait for it."""
    held: list[float] = []
    write = database.write

    @asynccontextmanager
    async def timed() -> AsyncIterator[Transaction]:
        start = time.perf_counter()
        async with write() as tx:
            yield tx
        held.append(time.perf_counter() - start)

    database.write = timed  # type: ignore[method-assign]
    return held


def memory_of_search(path: Path, texts: Sequence[str]) -> tuple[float, float]:
    """How much a process grows by searching, in MB: the resident set, and its part that is not files (see memory)."""
    command = [sys.executable, "-m", "bench.memory", str(path)]
    answer = subprocess.run(command, input=json.dumps(texts), capture_output=True, check=True, text=True, cwd=ROOT)
    resident, anonymous = map(float, answer.stdout.split())
    return resident, anonymous
