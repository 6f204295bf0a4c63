"""The tokens of a text with their positions, for marking what was found.

A token is folded and stemmed, so its characters differ from those of the text. No token spans white space, so each
word is analysed separately. A token's position is the smallest part of its word that still yields the token.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.search.analysis import is_cjk, plain, tokens

_WORD = re.compile(r"\S+")
_LONG = 64
"""A longer word is marked as a whole, to save time: it is text without spaces, or no word."""


@dataclass(frozen=True, slots=True)
class Located:
    """A token: the `index`th of the word that begins at `at`."""

    token: str
    word: str
    index: int
    at: int

    @property
    def start(self) -> int:
        """The position of its first character in the text."""
        return self.at + _span(self.word, self.index)[0]

    @property
    def end(self) -> int:
        """The position after its last character. For a Latin word, the end of the word, not of its stem."""
        return self.at + _span(self.word, self.index)[1]


def located(text: str) -> list[Located]:
    """The tokens of a text as `tokens` gives them, with their places."""
    return [
        Located(token, word[0], index, word.start())
        for word in _WORD.finditer(text)
        for index, token in enumerate(_tokens(word[0]))
    ]


@lru_cache(maxsize=8192)
def _tokens(word: str) -> Sequence[str]:
    return tuple(tokens(word))


@lru_cache(maxsize=8192)
def _span(word: str, index: int) -> tuple[int, int]:
    if len(word) > _LONG:
        return 0, len(word)
    whole = _plain(word)
    known = whole[: index + 1]
    end = next(end for end in range(1, len(word) + 1) if _plain(word[:end])[: index + 1] == known)
    start = next(start for start in range(end - 1, -1, -1) if whole[index] in _plain(word[start:end]))
    return _word_start(word, start), _word_end(word, end)


def _plain(word: str) -> list[str]:
    return list(map(plain, tokens(word)))


def _word_start(word: str, start: int) -> int:
    while start and _goes_on(word[start - 1], word[start]):
        start -= 1
    return start


def _word_end(word: str, end: int) -> int:
    while end < len(word) and _goes_on(word[end - 1], word[end]):
        end += 1
    return end


def _goes_on(left: str, right: str) -> bool:
    """Whether two characters stand in one Latin word, or the right one is a mark on the left."""
    if unicodedata.combining(right):
        return True
    return left.isalnum() and right.isalnum() and not is_cjk(left) and not is_cjk(right)
