"""A paper's authors as they are named: each once, and in the paper's own order where that is known."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.latex import readable
from bot.papers import Paper

_COMPARED = 200


class Authority(StrEnum):
    """Who told the order of a paper's authors."""

    SITE = "site"
    ARXIV = "arxiv"


@dataclass(frozen=True, slots=True)
class Record:
    """A paper's authors in the paper's own order, as read at `read_at` (UTC). No names: arXiv has no record of it."""

    names: tuple[str, ...]
    read_at: datetime


def names_of(paper: Paper) -> tuple[str, ...]:
    """The authors' names without LaTeX, each once. Names that differ only in case or spacing are the same."""
    names: dict[str, str] = {}
    for author in paper.authors:
        if name := " ".join(readable(author).split()):
            names.setdefault(_compared(name), name)
    return tuple(names.values())


def _compared(name: str) -> str:
    """What is the same for names that are the same. To normalise takes time with the square of the length."""
    return unicodedata.normalize("NFKC", name).casefold() if len(name) <= _COMPARED else name


def is_ordered(paper: Paper) -> bool:
    """Whether the authors are known to be in the paper's own order. A single author is."""
    return paper.ordered or (len(names_of(paper)) == 1 and not paper.more_authors)
