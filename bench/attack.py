"""`python -m bench.attack`: the worst questions that a hunter finds, and what a search beside them notices of them."""

import argparse
import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median

from bench import report
from bench.corpus import ARCHIVE, archive_days, papers_of
from bench.engine import Engine, open_engine
from bench.hunter import Attack, Words, attacks
from bench.queries import REPORTING, known_items
from bench.words import Collection
from bot.archive.loader import load
from bot.clock import SystemClock
from bot.papers import Paper
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library

PAGE, SECTION = "attack", "attack"
_EACH, _PLAIN, _SHOWN, _CHOICES = 12, 10, 5, 25
_ROUNDS, _AT_ONCE = 3, 2
"""Rounds, and attackers, each with one question after another."""


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.attack", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="other questions of the same kinds")
    parser.add_argument("--dry", action="store_true", help="docs/search.md stays as it is")
    options = parser.parse_args()
    if not ARCHIVE.is_dir():
        print(f"Nothing measured: the archive that the benchmark reads is not at {ARCHIVE}.")
        return
    with tempfile.TemporaryDirectory() as folder:
        text = asyncio.run(_measured(Path(folder) / "attack.db", options.seed))
    print(text)
    if not options.dry:
        report.write(SECTION, text, by=PAGE)


async def _measured(path: Path, seed: int) -> str:
    async with Database.open(path, durable=False) as database:
        await load(ARCHIVE, Library(database), now=SystemClock().now())
    papers = papers_of(archive_days())
    questions = attacks(Words.of(papers), seed, _EACH)
    async with open_engine(path) as engine:
        alone = await _alone(engine, questions)
        beside = await _beside(engine, papers, questions)
    return "\n\n".join([report.machine(), _worst(questions, alone), _slowed(beside)])


@dataclass(frozen=True, slots=True)
class Taken:
    """What a question took, in seconds: as a search, and as what is typed for a title."""

    search: float
    titles: float


async def _alone(engine: Engine, questions: Sequence[Attack]) -> list[Taken]:
    await _seconds(engine.search.search("warm", limit=_SHOWN))
    return [
        Taken(
            await _seconds(engine.search.search(each.text, each.filters, limit=_SHOWN)),
            await _seconds(engine.complete(each.text)),
        )
        for each in questions
    ]


async def _beside(engine: Engine, papers: Iterable[Paper], questions: Sequence[Attack]) -> dict[str, list[float]]:
    """What plain searches take, by how many ask beside them, in rounds: what else the machine does falls on all."""
    plain = [item.text for item in known_items(Collection(list(papers)), REPORTING, _PLAIN)]
    found: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(_ROUNDS):
        for count in range(_AT_ONCE + 1):
            attackers = [asyncio.create_task(_attack(engine, questions[start::count])) for start in range(count)]
            found[f"{count} others ask"] += await _plain(engine, plain)
            for attacker in attackers:
                attacker.cancel()
            await asyncio.gather(*attackers, return_exceptions=True)
    return found


async def _attack(engine: Engine, questions: Sequence[Attack]) -> None:
    for each in cycle(questions):
        await engine.search.search(each.text, each.filters, limit=_SHOWN)


async def _plain(engine: Engine, texts: Sequence[str]) -> list[float]:
    found = []
    for text in texts:
        found.append(await _seconds(engine.search.search(text, limit=_SHOWN)))
        await asyncio.sleep(0.005)  # members are not in a hurry: attackers get their turns
    return found


async def _seconds(asked: Awaitable[object]) -> float:
    start = time.perf_counter()
    await asked
    return time.perf_counter() - start


def _worst(questions: Sequence[Attack], taken: Sequence[Taken]) -> str:
    kinds: defaultdict[str, list[Taken]] = defaultdict(list)
    for question, each in zip(questions, taken, strict=True):
        kinds[question.kind.removesuffix(", filtered")].append(each)

    def slowest(found: Sequence[Taken], of: Callable[[Taken], float]) -> str:
        return f"{1_000 * max(map(of, found)):.0f}"

    rows = [
        [kind, slowest(found, lambda each: each.search), slowest(found, lambda each: each.titles)]
        for kind, found in [*kinds.items(), ("**all**", taken)]
    ]
    head = f"The slowest of {len(questions)} questions, milliseconds; asked of search: 500."
    return head + "\n\n" + report.table(["question", "search", "autocomplete"], rows)


def _slowed(beside: dict[str, list[float]]) -> str:
    usual = median(next(iter(beside.values())))
    rows = [
        [who, f"{1_000 * median(found):.2f}", f"{1_000 * max(found):.0f}", f"{median(found) / usual:.1f}"]
        for who, found in beside.items()
    ]
    head = "Plain searches while others ask such questions, milliseconds; asked: twice the time at most."
    return head + "\n\n" + report.table(["", "p50", "slowest", "times as long"], rows)


if __name__ == "__main__":
    main()
