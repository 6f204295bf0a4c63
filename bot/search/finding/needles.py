"""Counts a query's words in a text. A word exactly as typed counts most."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.search.analysis import fold, pieces, stem
from bot.search.query import Term

_MOST = 12
"""Occurrences of a word that are counted in one text, at most."""

_BEGINS, _WITHIN = 0.7, 0.2  # a Hangul word that goes on after the needle (its particle, often), or began before it
_OTHER_FORM, _OTHER_WORD = 0.9, 0.6  # models for modelling; generation for generators
_FIRST, _LAST, _SYLLABLE = "가".encode()[0], "힣".encode()[0], 3  # of a syllable's three bytes, the first
_ENDING = re.compile(r"(?<=[a-z]{3})(?:es|s|ed|ing|e)$")


class Needle(Protocol):
    """What to look for in a text: UTF-8 with ASCII in lower case, which is faster to scan than characters."""

    def weigh(self, text: bytes) -> float:
        """The number of occurrences; uncertain ones count less than 1."""
        ...


def needles(term: Term) -> Iterator[Needle]:
    """What to look for: CJK runs as they are, other words in any form."""
    for piece in pieces(fold(term.text)):
        yield from map(_Run.of if piece.is_cjk else _Word.of, piece.runs)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of Hangul or other CJK; if a text lacks it, the same run with one space in it."""

    run: bytes
    spaced: tuple[bytes, ...]

    @classmethod
    def of(cls, run: str) -> "_Run":
        return cls(run.encode(), tuple(f"{run[:at]} {run[at:]}".encode() for at in range(1, len(run))))

    def weigh(self, text: bytes) -> float:
        at = text.find(self.run)
        if at < 0:
            may = self.run[:_SYLLABLE] in text
            return _BEGINS * sum([text.count(spaced) for spaced in self.spaced]) if may else 0.0
        weight, places, size, length = 0.0, 1, len(self.run), len(text)
        while at >= 0 and places <= _MOST:
            end = at + size
            if at >= _SYLLABLE and _FIRST <= text[at - _SYLLABLE] <= _LAST:
                weight += _WITHIN
            elif end < length and _FIRST <= text[end] <= _LAST:
                weight += _BEGINS
            else:
                weight += 1.0
            places += 1
            at = text.find(self.run, end)
        return weight


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of another script, or a number: any word that begins with its stem counts."""

    word: bytes
    form: bytes
    stem: bytes

    @classmethod
    def of(cls, word: str) -> "_Word":
        stemmed = stem(word)
        # Snowball writes i for the y of study: what both words begin with is looked for.
        return cls(word.encode(), _ENDING.sub("", word).encode(), stemmed.removesuffix("i").encode())

    def weigh(self, text: bytes) -> float:
        weight, places, size = 0.0, 1, len(self.stem)
        at = text.find(self.stem)
        while at >= 0 and places <= _MOST:
            if not text[at - 1 : at].isalnum():  # of bytes: an ASCII letter or digit
                if text.startswith(self.word, at):
                    weight += 1.0
                else:
                    weight += _OTHER_FORM if text.startswith(self.form, at) else _OTHER_WORD
            places += 1
            at = text.find(self.stem, at + size)
        return weight
