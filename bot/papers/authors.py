"""A paper's authors as they are named: each once, and in the paper's own order where that is known."""

import unicodedata
from collections.abc import Sequence
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


def given_and_family(name: str) -> tuple[str, str]:
    """A name's given names and its family name: "Laurens", "van der Maaten". One of them may be "".

    Before a comma is the family name; otherwise it is the last word, with the small words before it; or the first word,
    if only initials follow it.
    """
    family, comma, given = name.partition(",")
    if comma:
        return " ".join(given.replace(",", " ").split()), " ".join(family.split())
    words = name.split()
    at = _family_at(words)
    if len(words) > 1 and not _is_initials(words[0]) and all(map(_is_initials, words[1:])):
        return " ".join(words[1:]), words[0]
    return " ".join(words[:at]), " ".join(words[at:])


def _family_at(words: Sequence[str]) -> int:
    """The place of the first small word after the given names, as "van"; else of the last word."""
    last = max(0, len(words) - 1)
    return next((at for at in range(1, last) if words[at].islower()), last)


def _is_initials(word: str) -> bool:
    letters = [part for part in word.replace("-", ".").split(".") if part]
    return bool(letters) and all(len(part) == 1 and part.isalpha() and part.isupper() for part in letters)
