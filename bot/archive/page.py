"""A page as read from a file, and the totals of several pages."""

import os
from dataclasses import dataclass
from pathlib import Path

from bot.papers import Day


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark about a page that was read nevertheless; `line` counts from 1."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its day, and the remarks in the order of their lines."""

    day: Day
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """An error or remark about a file; `line` is None if it is about the whole file."""

    file: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        place = path_text(self.file)
        return f"{place}: {self.message}" if self.line is None else f"{place}:{self.line}: {self.message}"


def path_text(path: Path) -> str:
    """The path with "/", safe to print and store: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path.as_posix()).decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of some pages.

    `papers` counts distinct papers. The others are sums over all appearances: `with_votes` those with a number of
    votes, `authors` all names, repeated ones too, `with_video` those with a video.
    """

    papers: int = 0
    appearances: int = 0
    with_votes: int = 0
    votes: int = 0
    authors: int = 0
    with_video: int = 0
