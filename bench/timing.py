"""How long questions take: medians over several rounds, so that what else the machine does falls out."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from bench.quality import Ask


@dataclass(frozen=True, slots=True)
class Timing:
    """The middle and the slow end of many questions, in milliseconds."""

    p50: float
    p99: float
    slowest: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Timing":
        """The timing of so many questions."""
        milliseconds = [each * 1_000 for each in seconds]
        p99 = quantiles(milliseconds, n=100, method="inclusive")[98] if len(milliseconds) > 1 else milliseconds[0]
        return cls(median(milliseconds), p99, max(milliseconds))


@dataclass(frozen=True, slots=True)
class Course:
    """An engine and what it is asked."""

    ask: Ask
    texts: Sequence[str]


async def timed(courses: Mapping[str, Course], rounds: int) -> dict[str, list[float]]:
    """Ask all engines everything, once to warm up and then in rounds, one engine after the other in each.

    Each question's median over the rounds, in seconds.
    """
    seen: dict[str, list[list[float]]] = {name: [[] for _ in course.texts] for name, course in courses.items()}
    for number in range(rounds + 1):
        for name, course in courses.items():
            for text, taken in zip(course.texts, seen[name], strict=True):
                start = time.perf_counter()
                await course.ask(text)
                if number:
                    taken.append(time.perf_counter() - start)
    return {name: [median(taken) for taken in each] for name, each in seen.items()}
