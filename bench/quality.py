"""How often the paper that somebody has in mind is among the first ten, and how near the top."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.queries import Kind, KnownItem

DEPTH = 10

Ask = Callable[[str], Awaitable[Sequence[str]]]
"""An engine: from a text to the arXiv ids that it finds, best first, at most `DEPTH` of them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the wanted paper stood among the answers, from 1; None where it was not."""

    item: KnownItem
    rank: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """Recall in the first ten and mean reciprocal rank (0 beyond the tenth), over so many queries."""

    queries: int
    recall: float
    mrr: float

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Score":
        """The score of some outcomes."""
        ranks = [outcome.rank for outcome in outcomes]
        found = [rank for rank in ranks if rank]
        count = max(len(ranks), 1)
        return cls(len(ranks), len(found) / count, sum(1 / rank for rank in found) / count)


async def outcomes(items: Iterable[KnownItem], ask: Ask) -> list[Outcome]:
    """Ask an engine everything."""
    found = []
    for item in items:
        answer = list(await ask(item.text))[:DEPTH]
        rank = answer.index(item.arxiv_id) + 1 if item.arxiv_id in answer else None
        found.append(Outcome(item, rank))
    return found


def by_kind(found: Sequence[Outcome]) -> dict[Kind, Score]:
    """The score of each kind of query."""
    return {kind: Score.of(each for each in found if each.item.kind is kind) for kind in Kind}
