"""Readers for `bench.foryou`, made by rule from the papers alone, with the tokenisation of bench.words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from bench.words import Text, latin, name_key, stem
from bot.papers import Day, Paper

AHEAD = timedelta(days=60)
"""What a reader would save in this time is the truth."""

_LEAST_SAVED = 3
_LEAST_LETTERS = 3
_LEAST_NAMES = 2
_MOST_SHARE = 0.03
"""A rare term is in at most so much of all papers."""
_FIRST = timedelta(days=100)
"""Readers begin to be asked so long after the first day."""


class Kind(StrEnum):
    """What a reader is interested in."""

    TERM = "a rare term"
    AUTHOR = "an author"
    MIX = "two of them"
    TERM_NOISE = "a rare term, and a third of noise"
    AUTHOR_NOISE = "an author, and a third of noise"
    MIX_NOISE = "two of them, and a third of noise"

    @property
    def is_noisy(self) -> bool:
        """Whether the reader also saved papers at random."""
        return self in {Kind.TERM_NOISE, Kind.AUTHOR_NOISE, Kind.MIX_NOISE}

    @property
    def interests(self) -> tuple[str, ...]:
        """The rules by which the reader's interests are drawn."""
        if self in {Kind.MIX, Kind.MIX_NOISE}:
            return ("either", "term")
        return ("author",) if self in {Kind.AUTHOR, Kind.AUTHOR_NOISE} else ("term",)


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """What was saved, oldest first, and which of the candidates the reader would save; papers by their numbers."""

    kind: Kind
    saved: tuple[int, ...]
    truth: frozenset[int]
    candidates: tuple[int, ...]


class Shelf:
    """The papers in the order of their newest days, and which of them share a word or an author."""

    def __init__(self, papers: Sequence[tuple[date, Paper, int]]) -> None:
        self.days = [day for day, _, _ in papers]
        self.papers = [paper for _, paper, _ in papers]
        self.votes = [votes for *_, votes in papers]
        self.texts = [Text(paper) for paper in self.papers]
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        self._authors: defaultdict[frozenset[str], list[int]] = defaultdict(list)
        for number, text in enumerate(self.texts):
            for word in {stem(word) for word in (*text.title, *text.summary)}:
                self._holders[word].append(number)
            for name in {name_key(author) for author in text.paper.authors}:
                self._authors[name].append(number)

    @classmethod
    def of(cls, days: Sequence[Day]) -> "Shelf":
        """The papers of some days, each once."""
        newest = {one.paper.arxiv_id: (day.date, one.paper, one.votes or 0) for day in days for one in day.listings}
        return cls(sorted(newest.values(), key=lambda each: (each[0], each[1].arxiv_id)))

    def sharing(self, rule: str, number: int, random: Random) -> list[int]:
        """The papers that share a rare word of a paper's title with it, or an author; those with most are left out."""
        if rule == "either":
            rule = random.choice(["term", "author"])
        if rule == "author":
            names = [key for each in self.papers[number].authors if len(key := name_key(each)) >= _LEAST_NAMES]
            return self._authors[random.choice(names)] if names else []
        terms = [stem(word) for word in self.texts[number].title if latin(word) and len(word) >= _LEAST_LETTERS]
        found = self._holders[random.choice(terms)] if terms else []
        return found if len(found) <= _MOST_SHARE * len(self.papers) else []


def readers(shelf: Shelf, seed: int, each: int, on: date | None = None) -> list[Reader]:
    """So many readers of each kind, each asked on a day of their own, or all on `on`."""
    return [reader for kind in Kind for reader in _of_kind(shelf, kind, Random(f"{seed} {kind}"), each, on)]


def _of_kind(shelf: Shelf, kind: Kind, random: Random, each: int, on: date | None) -> list[Reader]:
    found: list[Reader] = []
    begin, end = shelf.days[0] + _FIRST, shelf.days[-1] - AHEAD
    while len(found) < each:
        when = on or begin + timedelta(days=random.randrange((end - begin).days))
        if reader := _reader(shelf, kind, random, when):
            found.append(reader)
    return found


def _reader(shelf: Shelf, kind: Kind, random: Random, on: date) -> Reader | None:
    """One reader; None if what was drawn is not enough for one."""
    saved, truth = set[int](), set[int]()
    for rule in kind.interests:
        alike = shelf.sharing(rule, random.randrange(len(shelf.papers)), random)
        before = {one for one in alike if shelf.days[one] < on}
        after = {one for one in alike if on <= shelf.days[one] < on + AHEAD}
        if len(before) < _LEAST_SAVED or not after:
            return None
        saved |= before
        truth |= after
    if kind.is_noisy:
        others = [one for one, day in enumerate(shelf.days) if day < on and one not in saved]
        saved |= set(random.sample(others, max(1, len(saved) // 2)))
    candidates = tuple(one for one, day in enumerate(shelf.days) if on <= day < on + AHEAD)
    return Reader(kind, tuple(sorted(saved)), frozenset(truth), candidates)
