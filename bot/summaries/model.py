"""The types of summaries: sources, costs, and the Summariser."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.papers import Bullet

CALLS = 2
"""A model is asked at most so often about a paper: once, and again after a complaint."""


class SummaryLanguage(StrEnum):
    """The languages in which summaries are written and can be checked."""

    KO = "ko"
    EN = "en"
    JA = "ja"

    @property
    def english_name(self) -> str:
        """The language's name, as a model is told it."""
        return _ENGLISH_NAMES[self]


_ENGLISH_NAMES = {SummaryLanguage.KO: "Korean", SummaryLanguage.EN: "English", SummaryLanguage.JA: "Japanese"}


@dataclass(frozen=True, slots=True)
class Source:
    """What to summarise: plain text by a stranger."""

    arxiv_id: str
    title: str
    abstract: str
    lacking: tuple[SummaryLanguage, ...] = tuple(SummaryLanguage)
    """The languages in which there is no summary, neither a page's nor a model's."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests to a model, and tokens of both directions together."""

    calls: int = 0
    tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.calls + other.calls, self.tokens + other.tokens)

    def __sub__(self, other: "Usage") -> "Usage":
        return Usage(self.calls - other.calls, self.tokens - other.tokens)

    @property
    def allows_a_call(self) -> bool:
        """Whether both are positive, if this is what is left."""
        return self.calls > 0 and self.tokens > 0


@dataclass(frozen=True, slots=True)
class Made:
    """The summaries by language, what they cost, and why others that were asked for are not among them."""

    texts: Mapping[SummaryLanguage, tuple[Bullet, ...]]
    cost: Usage
    fault: str = ""


class Summariser(Protocol):
    """Makes summaries."""

    @property
    def name(self) -> str:
        """The model's name, which is stored with its summaries."""
        ...

    async def summarise(self, source: Source, languages: Sequence[SummaryLanguage], left: Usage) -> Made:
        """Summaries in these languages, as far as they passed every check.

        Raises SummaryError, which has the cost, if none did.

        No call is started beyond what is `left`, which allows at least one; the last call may exceed its tokens.
        """
        ...


class Result(StrEnum):
    """The outcome of asking a model about a paper."""

    MADE = "made"
    REFUSED = "refused"
    GIVEN_BACK = "given-back"


Told = Callable[[Result, Usage], None]
"""Called with the outcome and cost of each paper."""
