"""A day's papers against a hundred thousand saved queries: `python -m bench.matching` prints the table.

The queries are made by rule from the archive's words: one to three words of one paper, as often as the archive has
them, where no more than a part of its papers hold each. Some are phrases, some are bound to the title, exclude a word
or name an author.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from bench.corpus import ARCHIVE, archive_days, papers_of
from bench.report import machine, table
from bench.timing import Timing
from bench.words import Collection, Text, hangul, latin, stem
from bot.alerts.matching import Matcher
from bot.papers import Paper
from bot.search.matcher import Document, matches
from bot.search.query import Query, parse

SUBSCRIPTIONS = 100_000
PAPERS = 15
PARTS = (0.02, 0.2, 1.0)
"""A word is asked for where at most this part of the papers hold it. From a fifth on members are warned."""

_SEED = 20240223
_DAYS, _RUNS, _CHANGES = 20, 5, 1_000
_SAMPLE = 2_000
_LEAST_LATIN = 3


def saved_queries(collection: Collection, count: int, part: float, seed: int = _SEED) -> list[str]:
    """So many queries as members might save them, some alike; no word is in more than this part of the papers."""
    random = Random(f"{seed} {part}")
    most = part * len(collection.texts)
    useful = cache(lambda word: collection.holders([word]) <= most)
    sources = [source for text in collection.texts if len((source := _Source.of(text, useful)).words) > 1]
    return [_drawn(random.choice(sources), random.choice(sources), random) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class _Source:
    """A paper's words that a query may ask for, in their order, and its authors."""

    title: Sequence[str]
    words: Sequence[str]
    authors: Sequence[str]

    @classmethod
    def of(cls, text: Text, useful: Callable[[str], bool]) -> "_Source":
        title = list(filter(useful, _words(text.title)))
        words = [*title, *filter(useful, _words(text.summary))]
        return cls(title or words, words, text.paper.authors or ("Kim",))


def _drawn(source: _Source, other: _Source, random: Random) -> str:
    """A query that matches a paper, or would but for a word of another that it excludes."""
    words, author, place = source.words, random.choice(source.authors), random.randrange(len(source.words) - 1)
    asked = " ".join(random.sample(words, min(len(words), random.choice((1, 1, 2, 2, 3)))))
    kinds = {
        asked: 45,
        f"{asked} -{random.choice(other.words)}": 15,
        f'"{words[place]} {words[place + 1]}"': 15,
        f"title:{random.choice(source.title)}": 10,
        f'{random.choice(words)} author:"{author}"': 10,
        f"author:{random.choice(author.split())}": 5,
    }
    return random.choices(list(kinds), list(kinds.values()))[0]


def _words(words: Sequence[str]) -> list[str]:
    return [stem(word) if hangul(word) else word for word in words if hangul(word) or _is_name(word)]


def _is_name(word: str) -> bool:
    return latin(word) and len(word) >= _LEAST_LATIN


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured with the queries of one part: milliseconds, or as its name says."""

    part: float
    distinct: int
    build_s: float
    memory_mb: float
    add: Timing
    remove: Timing
    match: Timing
    after_add: Timing
    pairs: int
    compared: int
    wrong: int

    def row(self) -> list[str]:
        """A line of the table."""
        return [
            f"{self.part:.0%}",
            f"{self.distinct:,}",
            f"{self.build_s:.1f} s",
            f"{self.memory_mb:.0f} MB",
            *(f"{one.p50:.3f} / {one.slowest:.2f} ms" for one in (self.add, self.remove)),
            *(f"{one.p50:.1f} / {one.slowest:.1f} ms" for one in (self.match, self.after_add)),
            f"{self.pairs:,}",
            f"{self.wrong} of {self.compared:,}",
        ]


HEAD = (
    "words of at most", "distinct", "build", "memory", "add", "remove", "match 15", "match after an add", "pairs a day",
    "unlike the oracle",
)  # fmt: skip


def measure(collection: Collection, papers: Sequence[Paper], part: float) -> Measured:
    """Build a matcher, match it, change it, and hold it against the oracle. Times are medians and worst."""
    texts = saved_queries(collection, SUBSCRIPTIONS + _CHANGES, part)
    saved, more = texts[:SUBSCRIPTIONS], [parse(text) for text in texts[SUBSCRIPTIONS:]]
    days = [[Document.from_paper(paper) for paper in day] for day in _days(papers)]
    start = time.perf_counter()
    matcher = _built(saved)
    build = time.perf_counter() - start
    gc.collect()
    matcher.match(days[0])
    add = [_timed(matcher.add, SUBSCRIPTIONS + number, query) for number, query in enumerate(more)]
    remove = [_timed(matcher.remove, SUBSCRIPTIONS + number, query) for number, query in enumerate(more)]
    matcher.match(days[0])
    match = [_timed(matcher.match, day) for _ in range(_RUNS) for day in days]
    after = []
    for number, query in enumerate(more[:_DAYS]):
        matcher.add(SUBSCRIPTIONS + number, query)
        after.append(_timed(matcher.match, days[number]))
        matcher.remove(SUBSCRIPTIONS + number, query)
    wrong, compared = _unlike_the_oracle(matcher, saved, days)
    return Measured(
        part=part,
        distinct=len(set(map(str, map(parse, saved)))),
        build_s=build,
        memory_mb=_memory(saved),
        add=Timing.of(add),
        remove=Timing.of(remove),
        match=Timing.of(match),
        after_add=Timing.of(after),
        pairs=sum(len(group) * len(ids) for group, ids in matcher.match(days[0])),
        compared=compared,
        wrong=wrong,
    )


def _built(saved: Sequence[str]) -> Matcher:
    matcher = Matcher()
    for number, text in enumerate(saved):
        matcher.add(number, parse(text))
    return matcher


def _days(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """The newest papers, fifteen a day."""
    newest = papers[-_DAYS * PAPERS :]
    return (newest[start : start + PAPERS] for start in range(0, len(newest), PAPERS))


def _timed(act: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - start


def _memory(saved: Sequence[str]) -> float:
    """What Python holds of a matcher, in MB, its automata included."""
    gc.collect()
    tracemalloc.start()
    matcher = _built(saved)
    matcher.match([])
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return held / 1_000_000


def _unlike_the_oracle(matcher: Matcher, saved: Sequence[str], days: Sequence[Sequence[Document]]) -> tuple[int, int]:
    """Of a sample of pairs, how many the two see differently, and how many pairs that were."""
    chosen = Random(_SEED).sample(range(len(saved)), _SAMPLE)
    queries: dict[int, Query] = {number: parse(saved[number]) for number in chosen}
    wrong = 0
    for day in days[:2]:
        told = {(one, paper.arxiv_id) for group, ids in matcher.match(day) for one in ids for paper in group}
        wrong += sum(
            matches(query, paper) is not ((number, paper.arxiv_id) in told)
            for number, query in queries.items()
            for paper in day
        )
    return wrong, len(queries) * sum(map(len, days[:2]))


def main() -> None:
    """Print the table; without the archive beside the project there is nothing to measure."""
    if not ARCHIVE.is_dir():
        print("The archive does not lie beside the project: nothing to measure.")
        return
    papers = papers_of(archive_days())
    collection = Collection(papers)
    print(table(HEAD, [measure(collection, papers, part).row() for part in PARTS]))
    print(f"\nMedian / slowest. {machine()}")


if __name__ == "__main__":
    main()
