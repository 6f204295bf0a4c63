"""What a summary is asked from and made of."""

from dataclasses import dataclass
from typing import Protocol

from bot.papers import Bullet


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be summarised: plain text of a stranger's."""

    arxiv_id: str
    title: str
    abstract: str


@dataclass(frozen=True, slots=True)
class Made:
    """A summary, and what it cost: requests to the model and tokens, both ways together."""

    bullets: tuple[Bullet, ...]
    calls: int
    tokens: int


class Summariser(Protocol):
    """Makes summaries in one language."""

    @property
    def name(self) -> str:
        """What is kept of who made a summary: the model's name."""
        ...

    async def summarise(self, source: Source) -> Made:
        """A summary that passed every check. SummaryError, which says what it cost, where there is none."""
        ...
