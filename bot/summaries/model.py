"""What a summary is asked from and made of."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.papers import Bullet

CALLS = 2
"""The most answers that a model is asked for over one paper: one, and one after a complaint."""


class SummaryLanguage(StrEnum):
    """The languages that summaries are written in."""

    KO = "ko"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be summarised: plain text of a stranger's."""

    arxiv_id: str
    title: str
    abstract: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests to a model, and tokens, both ways together."""

    calls: int = 0
    tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.calls + other.calls, self.tokens + other.tokens)

    def __sub__(self, other: "Usage") -> "Usage":
        return Usage(self.calls - other.calls, self.tokens - other.tokens)

    @property
    def allows_a_call(self) -> bool:
        """Whether there is anything left of both, where it is what is left."""
        return self.calls > 0 and self.tokens > 0


@dataclass(frozen=True, slots=True)
class Made:
    """A summary, and what it cost."""

    bullets: tuple[Bullet, ...]
    cost: Usage


class Summariser(Protocol):
    """Makes summaries in one language."""

    @property
    def name(self) -> str:
        """What is kept of who made a summary: the model's name."""
        ...

    async def summarise(self, source: Source, left: Usage) -> Made:
        """A summary that passed every check. SummaryError, which says what it cost, where there is none.

        No call is begun beyond what is `left`, which allows one at least; the last may take more tokens than that.
        """
        ...


class Result(StrEnum):
    """What became of a paper that a model was asked about."""

    MADE = "made"
    REFUSED = "refused"
    GIVEN_BACK = "given-back"


Told = Callable[[Result, Usage], None]
"""Hears what became of each paper, and what it cost."""
