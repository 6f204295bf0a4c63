"""`python -m bench.foryou`: how well "For you" chooses, and how fast: tables into docs/foryou.md.

Readers are made by rule from the archive (see `readers`); no engine is asked what they would like. What a reader would
save in the next 60 days is the truth, and each engine ranks all papers of these days.
"""

import argparse
import asyncio
import math
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import mean, median, quantiles

from bench import report
from bench.corpus import ARCHIVE, ROOT, archive_days, cached, recombined
from bench.foryou_readers import Kind, Reader, Shelf, readers
from bot.foryou.choosing import Scope
from bot.foryou.model import MOST_SAVED, SHOWN, Kept, Member
from bot.foryou.service import ForYou
from bot.papers import Day
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library

PAGE = ROOT / "docs" / "foryou.md"
TUNING, REPORTING = 1, 20261128
"""The seed to look at while an engine is built, and the one to report."""

_EACH = 50
_LARGE = 100_000
_ROUNDS = 5
_WEEK, _YEAR = timedelta(days=7), 365

Engine = Callable[[Reader], Sequence[int]]
"""Ranks a reader's candidates, best first; ten are enough."""


@dataclass(frozen=True, slots=True)
class Score:
    """Means over readers: nDCG and recall in the first ten."""

    ndcg: float
    recall: float

    @classmethod
    def of(cls, ranks: Sequence[tuple[Sequence[int], frozenset[int]]]) -> "Score":
        """The score of rankings, each with what the reader saved."""
        return cls(mean(ndcg(*each) for each in ranks), mean(recall(*each) for each in ranks))


def ndcg(ranked: Sequence[int], truth: frozenset[int]) -> float:
    """The gain of the first ten, each discounted by its rank, by the greatest gain that there is."""
    gain = sum(1 / math.log2(place + 2) for place, one in enumerate(ranked[:SHOWN]) if one in truth)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(SHOWN, len(truth))))


def recall(ranked: Sequence[int], truth: frozenset[int]) -> float:
    """How many of the first ten are right, of as many as there could be."""
    return sum(one in truth for one in ranked[:SHOWN]) / min(SHOWN, len(truth))


# -- the engines -------------------------------------------------------------------------------------------------------


def by_votes(shelf: Shelf) -> Engine:
    """The most voted papers, the same for all readers."""
    return lambda reader: _best(reader, shelf.votes)


def _best(reader: Reader, scores: Sequence[float]) -> list[int]:
    return sorted(reader.candidates, key=lambda one: scores[one], reverse=True)[:SHOWN]


def by_others(shelf: Shelf) -> dict[str, Engine]:
    """The ways of arxiv-sanity-lite and zotero-arxiv-daily, over the same tf-idf vectors. Needs scikit-learn.

    The settings are those of arxiv-sanity-lite (compute.py, serve.py), but that words may be Hangul too.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  in the group bench only
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2),
        max_features=20_000,
        sublinear_tf=True,
        stop_words="english",
        token_pattern=r"(?u)\b[^\W\d]\w+\b",  # noqa: S106  a pattern of words
    )
    texts = [" ".join([one.title, *one.bullet_texts(), *one.authors]) for one in shelf.papers]
    vectors = vectorizer.fit_transform(texts)

    def svm(reader: Reader) -> Sequence[int]:
        rows = range(max(reader.candidates) + 1)  # all that there was by then
        saved = set(reader.saved)
        learned = LinearSVC(class_weight="balanced", max_iter=10_000, tol=1e-6, C=0.01, random_state=1)
        learned.fit(vectors[: len(rows)], [one in saved for one in rows])
        return _best(reader, [float(each) for each in learned.decision_function(vectors)])

    def similar(reader: Reader) -> Sequence[int]:
        newest_first = list(reversed(reader.saved))
        weights = [1 / (1 + math.log10(place + 1)) for place in range(len(newest_first))]
        scores = (vectors @ vectors[newest_first].T).toarray() @ [each / sum(weights) for each in weights]
        return _best(reader, [float(each) for each in scores])

    return {"tf-idf and a linear SVM": svm, "time-weighted similarity": similar}


@dataclass(slots=True)
class _One:
    """The one member of whom `ForYou` is asked."""

    held: Member

    async def member(self, _: int) -> Member:
        return self.held


def member_of(shelf: Shelf, reader: Reader) -> Member:
    """A reader as a member who saved each paper on its day."""
    return Member(tuple(Kept(shelf.papers[one].arxiv_id, _noon(shelf.days[one])) for one in reversed(reader.saved)))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


async def by_paperboy(path: Path, shelf: Shelf, everyone: Iterable[Reader]) -> dict[int, Sequence[int]]:
    """What Paperboy chooses for readers, by their identity."""
    numbers = {paper.arxiv_id: number for number, paper in enumerate(shelf.papers)}
    found: dict[int, Sequence[int]] = {}
    async with Database.open(path) as database:
        one = _One(Member(()))
        for_you = ForYou(Library(database), one, seconds=60)
        for reader in everyone:
            one.held = member_of(shelf, reader)
            scope = Scope(SHOWN, tuple(shelf.papers[each].arxiv_id for each in reader.candidates))
            picks = (await for_you.of(0, scope)).picks
            found[id(reader)] = [numbers[pick.appearance.listing.paper.arxiv_id] for pick in picks]
    return found


# -- the tables --------------------------------------------------------------------------------------------------------


def quality(days: Sequence[Day], folder: Path, seed: int) -> str:
    """The tables of nDCG and recall."""
    shelf = Shelf.of(days)
    everyone = readers(shelf, seed, _EACH)
    chosen = asyncio.run(by_paperboy(cached(folder, "archive", lambda: iter(days)).path, shelf, everyone))
    engines: Mapping[str, Engine] = {
        "Paperboy": lambda reader: chosen[id(reader)],
        "votes": by_votes(shelf),
        **by_others(shelf),
    }
    ranks = {name: {id(reader): engine(reader) for reader in everyone} for name, engine in engines.items()}

    def of(name: str, kind: Kind | None) -> Score:
        those = [reader for reader in everyone if kind in {None, reader.kind}]
        return Score.of([(ranks[name][id(reader)], reader.truth) for reader in those])

    rows = {kind: {name: of(name, kind) for name in engines} for kind in (*Kind, None)}
    saved, wanted = (mean(map(len, sets)) for sets in zip(*((r.saved, r.truth) for r in everyone), strict=True))
    offered = mean(len(reader.candidates) for reader in everyone)
    heading = f"{len(shelf.papers):,} papers; {len(everyone)} readers, seed {seed}. On average a reader saved"
    heading += f" {saved:.0f} papers, and would save {wanted:.0f} of the {offered:.0f} of the next 60 days."
    tables = (
        ("nDCG in the first ten.", lambda score: f"{score.ndcg:.3f}"),
        ("Recall in the first ten.", lambda score: f"{score.recall:.1%}"),
    )
    return "\n\n".join([heading, *(f"{title}\n\n{_table(engines, rows, shown)}" for title, shown in tables)])


def _table(
    engines: Iterable[str], rows: Mapping[Kind | None, Mapping[str, Score]], shown: Callable[[Score], str]
) -> str:
    body = [[kind or "**all**", *(shown(score) for score in scores.values())] for kind, scores in rows.items()]
    return report.table(["saved", *engines], body)


async def _times(path: Path, shelf: Shelf, everyone: Sequence[Reader]) -> tuple[list[float], list[float]]:
    """Seconds of processor time for each reader: asked first, and again (the median of the rounds)."""
    first, again = list[float](), list[float]()
    async with Database.open(path) as database:
        one = _One(member_of(shelf, everyone[0]))
        for_you = ForYou(Library(database), one, seconds=60)
        await for_you.of(0, Scope(SHOWN))
        for reader in everyone:
            one.held = member_of(shelf, reader)
            taken = []
            for _ in range(_ROUNDS + 1):
                start = time.process_time()
                await for_you.of(0, Scope(SHOWN))
                taken.append(time.process_time() - start)
            first.append(taken[0])
            again.append(median(taken[1:]))
    return first, again


def speed(days: Sequence[Day], folder: Path, seed: int) -> str:
    """The table of times at 100,000 papers: readers of the same kinds, who saved papers of the last year."""
    path = cached(folder, "100k", lambda: recombined(days, _LARGE)).path
    shelf = Shelf.of(list(recombined(days, _LARGE))[-_YEAR:])
    everyone = readers(shelf, seed, _EACH // 5, on=shelf.days[-1] - _WEEK)
    first, again = asyncio.run(_times(path, shelf, everyone))
    rows = [
        [name, *(f"{1000 * each:.1f}" for each in (median(taken), quantiles(taken, n=10)[-1], max(taken)))]
        for name, taken in (("asked again", again), ("asked first", first))
    ]
    saved = mean(min(len(reader.saved), MOST_SAVED) for reader in everyone)
    heading = (
        f"{_LARGE:,} papers; {len(everyone)} readers of whose saved papers {saved:.0f} count on average. Milliseconds"
    )
    heading += " of processor time to choose and explain ten papers of the newest seven days; asked: 20."
    return f"{heading}\n\n{report.table(['', 'median', 'p90', 'slowest'], rows)}"


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.foryou", description=__doc__)
    parser.add_argument("--seed", type=int, default=REPORTING, help="other readers of the same kinds")
    parser.add_argument("--dry", action="store_true", help="docs/foryou.md stays as it is")
    cache = Path(tempfile.gettempdir()) / "paperboy-bench"
    parser.add_argument("--cache", type=Path, default=cache, help=f"where the databases are kept ({cache})")
    options = parser.parse_args()
    if not ARCHIVE.is_dir():
        print(f"Nothing measured: the archive that the benchmark reads is not at {ARCHIVE}.")
        return
    options.cache.mkdir(parents=True, exist_ok=True)
    days = archive_days()
    for section, measure in (("quality", quality), ("speed", speed)):
        text = f"{report.machine()}\n\n{measure(days, options.cache, options.seed)}"
        print(text)
        if not options.dry:
            report.write(section, text, PAGE, by="foryou")


if __name__ == "__main__":
    main()
