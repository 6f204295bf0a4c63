"""What the archive's room gives to the others: a page as it was read, and what a set of pages adds up to."""

import os
from dataclasses import dataclass
from pathlib import Path

from bot.papers import Day


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth saying about a page that did not stop it; `line` counts from 1."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read: its day, and the remarks in the order of their lines."""

    day: Day
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, or worth saying, about a file; `line` is None where it is about the whole file."""

    file: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        place = path_text(self.file)
        return f"{place}: {self.message}" if self.line is None else f"{place}:{self.line}: {self.message}"


def path_text(path: Path) -> str:
    """The path with "/", fit to be printed and stored: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path.as_posix()).decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Totals:
    """What some pages add up to.

    `papers` counts a paper once however many days list it. All others are sums over the appearances:
    `with_votes` those whose page gives a number, `authors` every name on them (repeated ones too),
    `with_video` those with a video.
    """

    papers: int = 0
    appearances: int = 0
    with_votes: int = 0
    votes: int = 0
    authors: int = 0
    with_video: int = 0
