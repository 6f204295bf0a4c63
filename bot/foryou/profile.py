"""What saved papers have in common, and how well other papers fit that.

A term, such as a word or an author, counts as much as it is surprising that so many of the saved papers have it. The
model and how it was chosen: docs/adr/017-for-you.md.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

_HALF_LIFE = 180.0
"""Days after which a saved paper counts half as much as the newest one."""
_CLOSE = 6.5
"""A paper is close that has one term of this surprise, or several of less."""
_CLOSE_AMONG_FEW = 0.84
"""In a small archive nothing is so surprising. There it is so much of what a single paper could cause."""
_SUBSCRIBED = 3.0
"""A subscription counts like a term of so many of the newest saved papers."""


def recency(saved: Sequence[datetime]) -> list[float]:
    """How much each saved paper counts by its age: 1 for the newest, half of that for one that is _HALF_LIFE older."""
    newest = max(saved)
    return [0.5 ** ((newest - each).total_seconds() / 86_400 / _HALF_LIFE) for each in saved]


def surprise(seen: float, of: float, rate: float) -> float:
    """How surprising it is that `seen` of `of` papers have what `rate` (0 to 1) of all papers have, in nats.

    0 if it is not more than expected. It is the log-likelihood ratio of two Poisson distributions: T. Dunning,
    "Accurate Methods for the Statistics of Surprise and Coincidence", 1993.
    """
    expected = of * rate
    return seen * math.log(seen / expected) - seen + expected if seen > expected else 0.0


@dataclass(frozen=True, slots=True)
class Profile:
    """The surprise of each term of saved papers that count `weight` together, among `held` papers."""

    surprises: Mapping[str, float]
    weight: float
    held: int

    @classmethod
    def of(
        cls, saved: Sequence[AbstractSet[str]], counts: Sequence[float], papers: Mapping[str, int], held: int
    ) -> "Profile":
        """The profile of papers with these terms, each of which counts as `counts` says.

        `papers` is how many of the `held` papers have a term; others are ignored.
        """
        seen: defaultdict[str, float] = defaultdict(float)
        for terms, count in zip(saved, counts, strict=True):
            for term in terms & papers.keys():
                seen[term] += count
        weight = sum(counts)
        found = {term: surprise(much, weight, max(papers[term], much) / held) for term, much in seen.items()}
        return cls({term: much for term, much in found.items() if much}, weight, held)

    def score(self, terms: AbstractSet[str], matched: Iterable[float] = ()) -> float:
        """How well a paper with these terms fits: the sum of the squared surprises, so that the greatest counts most.

        `matched` is, for each subscription that matches the paper, the share of the papers that it matches.
        """
        mine = (self.surprises[term] for term in terms & self.surprises.keys())
        return sum(much * much for much in chain(mine, map(self.of_subscription, matched)))

    def of_subscription(self, rate: float) -> float:
        """The surprise of a subscription that matches `rate` (0 to 1) of the papers."""
        return surprise(_SUBSCRIBED, max(self.weight, _SUBSCRIBED), rate)

    def is_close(self, score: float) -> bool:
        """Whether a score is of a paper that the member may well want to see."""
        return score >= min(_CLOSE, _CLOSE_AMONG_FEW * math.log(max(self.held, 2))) ** 2

    def telling(self, terms: AbstractSet[str]) -> list[str]:
        """The terms that count, most surprising first."""
        return sorted(terms & self.surprises.keys(), key=lambda term: (-self.surprises[term], term))
