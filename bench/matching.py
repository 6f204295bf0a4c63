"""A day's papers against a hundred thousand saved queries: `python -m bench.matching` writes a table in docs/search.md.

The queries are made by rule from the archive's words: one to three words of one paper, as often as the archive has
them, where no more than a part of its papers hold each. Some are phrases, some are bound to the title, exclude a word
or name an author.
"""

import gc
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from bench import report
from bench.corpus import ARCHIVE, archive_days, papers_of
from bench.timing import Timing
from bench.words import Collection, Text, hangul, latin, stem
from bot.alerts.matching import Matcher, by_subscription
from bot.papers import Paper
from bot.search.matcher import Document, matches
from bot.search.query import Query, parse

SUBSCRIPTIONS = 100_000
PAPERS = 15
ASKED = {0.02: 10.0, 0.2: 16.0, 1.0: 16.0}
"""A word is asked for where at most this part of the papers hold it, and the milliseconds that a day may take then.

From a fifth on members are warned.
"""

SECTION = "subscriptions"
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
    whole: Timing
    pairs: int
    compared: int
    wrong: int

    def row(self) -> list[str]:
        """A line of the table."""
        return [
            f"{self.part:.0%}",
            f"{self.match.p50:.1f}",
            f"{ASKED[self.part]:g}",
            f"{self.match.slowest:.1f}",
            *(f"{one.p50:.1f} / {one.slowest:.1f}" for one in (self.after_add, self.whole)),
            *(f"{one.p50:.3f} / {one.slowest:.2f}" for one in (self.add, self.remove)),
            f"{self.build_s:.1f} s",
            f"{self.memory_mb:.0f} MB",
            f"{self.distinct:,}",
            f"{self.pairs:,}",
            f"{self.wrong} of {self.compared:,}",
        ]


HEAD = (
    "words of at most", "match 15", "asked", "slowest", "after an add", "analysed and by subscription", "add", "remove",
    "build", "memory", "distinct", "pairs a day", "unlike the oracle",
)  # fmt: skip


def measure(collection: Collection, papers: Sequence[Paper], part: float) -> Measured:
    """Build a matcher, match it, change it, and hold it against the oracle. Times are of the processor."""
    texts = saved_queries(collection, SUBSCRIPTIONS + _CHANGES, part)
    days = list(_days(papers))
    analysed = [_analysed(day) for day in days]
    start = time.thread_time()
    queries = list(map(parse, texts))
    saved, more = queries[:SUBSCRIPTIONS], list(enumerate(queries[SUBSCRIPTIONS:], SUBSCRIPTIONS))
    matcher = _built(saved)
    build = time.thread_time() - start
    gc.collect()
    matcher.match(analysed[0])
    add = [_timed(matcher.add, number, query) for number, query in more]
    remove = [_timed(matcher.remove, number, query) for number, query in more]
    matcher.match(analysed[0])
    match = [_timed(matcher.match, day) for _ in range(_RUNS) for day in analysed]
    after = []
    for day, (number, query) in zip(analysed, more, strict=False):
        matcher.add(number, query)
        after.append(_timed(matcher.match, day))
        matcher.remove(number, query)
    wrong, compared = _unlike_the_oracle(matcher, saved, analysed)
    return Measured(
        part=part,
        distinct=len(set(map(str, saved))),
        build_s=build,
        memory_mb=_memory(saved),
        add=Timing.of(add),
        remove=Timing.of(remove),
        match=Timing.of(match),
        after_add=Timing.of(after),
        whole=Timing.of([_timed(_as_a_planner, matcher, day) for _ in range(_RUNS) for day in days]),
        pairs=sum(len(group) * len(ids) for group, ids in matcher.match(analysed[0])),
        compared=compared,
        wrong=wrong,
    )


def _analysed(day: Sequence[Paper]) -> list[Document]:
    return [Document.from_paper(paper) for paper in day]


def _as_a_planner(matcher: Matcher, day: Sequence[Paper]) -> list[int]:
    """What a planner does before it reads the subscriptions that match."""
    return sorted(by_subscription(matcher.match(_analysed(day))))


def _built(saved: Sequence[Query]) -> Matcher:
    matcher = Matcher()
    for number, query in enumerate(saved):
        matcher.add(number, query)
    return matcher


def _days(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """The newest papers, fifteen a day."""
    newest = papers[-_DAYS * PAPERS :]
    return (newest[start : start + PAPERS] for start in range(0, len(newest), PAPERS))


def _timed(act: Callable[..., object], *arguments: object) -> float:
    start = time.thread_time()
    act(*arguments)
    return time.thread_time() - start


def _memory(saved: Sequence[Query]) -> float:
    """What Python holds of a matcher, in MB, its automata included."""
    gc.collect()
    tracemalloc.start()
    matcher = _built(saved)
    matcher.match([])
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return held / 1_000_000


def _unlike_the_oracle(matcher: Matcher, saved: Sequence[Query], days: Sequence[Sequence[Document]]) -> tuple[int, int]:
    """Of a sample of pairs, how many the two see differently, and how many pairs that were."""
    queries = {number: saved[number] for number in Random(_SEED).sample(range(len(saved)), _SAMPLE)}
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
    """Measure, print, and write; without the archive beside the project there is nothing to measure."""
    if not ARCHIVE.is_dir():
        print("The archive does not lie beside the project: nothing to measure.")
        return
    papers = papers_of(archive_days())
    collection = Collection(papers)
    rows = []
    for part in ASKED:
        print(f"words in up to {part:.0%} of the papers", file=sys.stderr, flush=True)
        rows.append(measure(collection, papers, part).row())
    text = f"{report.machine()}\n\n{SUBSCRIPTIONS:,} subscriptions, {PAPERS} papers.\n\n{report.table(HEAD, rows)}"
    print(text)
    report.write(SECTION, text, by="matching")


if __name__ == "__main__":
    main()
