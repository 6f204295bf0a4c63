"""The ways in which a paper may spell what a query says: with a space or without, as parts or as one name."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from bot.search.analysis import Phrase, Piece, pairs, pieces

_MOST = 24
"""Spellings of a term. A term of many names has more; the likeliest come first."""

_BETWEEN_HANGUL = re.compile(r"(?<=[가-힣]) (?=[가-힣])")

_Tokens = tuple[str, ...]


@lru_cache(maxsize=1024)
def spellings(text: str, after: str = "") -> tuple[Phrase, ...]:
    """The spellings that a word or a quoted phrase matches, each once. Empty if the text has no token.

    A name may be written as its parts or as one word; C++ as itself alone. One run of Hangul or CJK may be written as
    two, and goes on in the paper: 강화학습 finds 강화 학습을. A character alone at the end is the beginning of a word,
    or with `after` the end of one.
    """
    found = list(pieces(text))
    if len(found) == 1 and found[0].is_cjk:
        run = found[0].runs[0]
        return _distinct((*_of_run(run), *([Phrase(tuple(pairs(after + run)))] if after else [])))
    ways = [_ways(piece, index, len(found)) for index, piece in enumerate(found)]
    prefix = " " in text.strip() and _ends_in_lone_sign(found)
    joined = (tuple(token for part in choice for token in part) for choice in islice(product(*ways), _MOST))
    return _distinct(Phrase(tokens, prefix=prefix) for tokens in joined if tokens)


def _distinct(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """하하하하하 parts at several places into the same two words."""
    return tuple(dict.fromkeys(phrases))


def closed_up(text: str) -> str:
    """A text without spaces between Hangul words: 강화 학습 RL is 강화학습 RL."""
    return _BETWEEN_HANGUL.sub("", text)


def halves(run: str) -> Iterator[tuple[str, str]]:
    """The ways to write a run of CJK as two words; none if it is too long for that.

    It is never split between equal characters: the pairs of 결합 합니다 are also those of the end of 해결합니다.
    """
    for middle in range(1, len(run) if len(run) <= _MOST else 0):
        if run[middle - 1] != run[middle] or middle in {1, len(run) - 1}:  # a character alone is a token of its own
            yield run[:middle], run[middle:]


def _of_run(run: str) -> Iterator[Phrase]:
    yield Phrase(tuple(pairs(run)), prefix=len(run) == 1)
    yield from (Phrase((*pairs(first), *pairs(last))) for first, last in halves(run))


def _ways(piece: Piece, index: int, count: int) -> tuple[_Tokens, ...]:
    """The tokens that a piece may have in the index, directly after those of the piece before it."""
    if piece.joined is None:
        return (piece.parts,)
    whole = piece.tokens
    if piece.has_sign:
        return (whole[-1:],) if index == 0 else (whole,)
    if 0 < index < count - 1:
        return whole, piece.parts, whole[-1:]
    return piece.parts, whole[-1:]


def _ends_in_lone_sign(found: list[Piece]) -> bool:
    return bool(found) and found[-1].is_cjk and len(found[-1].runs[0]) == 1
