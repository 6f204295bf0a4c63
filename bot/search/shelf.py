"""What a search needs from the library, on its own connection and thread."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from bot.papers import Appearance, Paper
from bot.search.model import Filters
from bot.search.pairs import Translation

T = TypeVar("T")

Texts = tuple[bytes, bytes, bytes, bytes]
"""Title, authors, summary and abstract in UTF-8, ASCII in lower case; END stands between authors and bullets."""

END = b"\x1f"
"""A byte that no text contains."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as papers write it, its token in the index, and how many papers have it."""

    word: str
    token: str
    papers: int


@dataclass(frozen=True, slots=True)
class DayVotes:
    """A paper's newest day (ISO 8601) and its votes on it, -1 where the page gives none."""

    number: int
    day: str
    votes: int


@dataclass(frozen=True, slots=True)
class Headline:
    """A paper's title, as its page has it, and its newest day."""

    number: int
    day: date
    title: str


class Found(Protocol):
    """A paper that was found. Papers are numbered in the order of their days."""

    @property
    def number(self) -> int:
        """Its number."""
        ...

    @property
    def arxiv_id(self) -> str:
        """Its arXiv id."""
        ...

    @property
    def day(self) -> str:
        """Its newest day (ISO 8601)."""
        ...

    @property
    def version(self) -> int:
        """A number that is another one once its texts change, within one process."""
        ...

    @property
    def votes(self) -> int | None:
        """Its votes on its newest day."""
        ...

    @property
    def abstract(self) -> str:
        """Its abstract; "" where none is known."""
        ...

    def texts(self) -> Texts:
        """Its texts as they are indexed: without LaTeX and headings of bullets; empty if it can't be read."""
        ...

    def paper(self) -> Paper | None:
        """The paper itself; None if it can't be read."""
        ...

    def appearance(self) -> Appearance | None:
        """The paper with its newest day; None if it can't be read."""
        ...


class Shelf(Protocol):
    """The index and the papers. Each method raises TimeoutError after the allowed time."""

    def allow(self, seconds: float) -> None:
        """Limit what is asked from now on to `seconds`."""
        ...

    def limited(self, seconds: float) -> AbstractContextManager[None]:
        """Limit what is asked within a block to `seconds`, and to what is left of the allowed time."""
        ...

    def check(self) -> None:
        """Raise TimeoutError if the time is up: for long work between queries."""
        ...

    def rows(self, match: str, filters: Filters, limit: int) -> list[int]:
        """The numbers of the newest papers that an FTS5 expression finds, newest first."""
        ...

    def is_whole(self) -> bool:
        """Whether all papers are in the index. After an upgrade it is rebuilt, newest papers first."""
        ...

    def newest_day(self) -> date:
        """The newest day of any paper; date.max if there are none."""
        ...

    def day_votes(self, rows: Sequence[int]) -> list[DayVotes]:
        """The days and votes of the papers with these numbers, in no order."""
        ...

    def per_month(self, since: date, until: date) -> dict[date, int]:
        """How many papers have their newest day in each month, by its first day, between two dates, both included."""
        ...

    def titles(self, since: date, until: date) -> list[Headline]:
        """The titles of the papers whose newest day is between two dates, both included."""
        ...

    def read(self, rows: Sequence[int]) -> Sequence[Found]:
        """The papers with these numbers, in no order."""
        ...

    def paper(self, arxiv_id: str) -> Found | None:
        """A paper by its arXiv id."""
        ...

    def named(self, arxiv_ids: Sequence[str]) -> Sequence[Found]:
        """Those of some papers that the library has, by their arXiv ids, in no order."""
        ...

    def since(self, day: date) -> list[int]:
        """The numbers of the papers whose newest day is a date or later, in no order."""
        ...

    def beginning(self, letters: str, limit: int) -> list[Word]:
        """At most `limit` words that begin with `letters`, the most frequent first."""
        ...

    def known(self, words: Sequence[str]) -> dict[str, Word]:
        """Those of the words that occur in some paper."""
        ...

    def translations(self, words: Sequence[str]) -> Sequence[Translation]:
        """Other ways to say a question's words, one by one and neighbours together."""
        ...


class Shelves(Protocol):
    """Lends a Shelf to a search."""

    async def search(self, work: Callable[[Shelf], T], *, is_long: bool = False) -> T:
        """Run a whole search off the event loop. Long searches only delay other long ones."""
        ...


def in_time(shelf: Shelf, things: Iterable[T]) -> Iterator[T]:
    """Yield the things; raises TimeoutError once the shelf's time is up."""
    for thing in things:
        shelf.check()
        yield thing
