"""The ways in which a paper may spell what a query says: with a space or without, as parts or as one name."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from bot.search.analysis import BRIDGE, Phrase, Piece, pieces, run_tokens
from bot.search.nouns import may_divide

_MOST = 24
"""A term gets at most this many spellings, the likeliest first."""

_BETWEEN_HANGUL = re.compile(r"(?<=[가-힣]) (?=[가-힣])")

_Tokens = tuple[str, ...]


@lru_cache(maxsize=1024)
def spellings(text: str, after: str = "") -> tuple[Phrase, ...]:
    """The spellings that a word or a quoted phrase matches, each once. Empty if the text has no token.

    A Latin name such as gpt-4 may be written as its parts or as one word; C++ only as it is. A Korean, Chinese or
    Japanese word may be written as two, and the paper's word may go on: 강화학습 finds 강화 학습을. A single character
    that ends the text matches the beginning of a word, or is written together with the word `after` before it.
    """
    found = list(pieces(text))
    if len(found) == 1 and found[0].is_cjk:
        run = found[0].runs[0]
        return _distinct((*_of_run(run), *(map(Phrase, beginnings(after + run)) if after else ())))
    ways = [_ways(piece, index, len(found)) for index, piece in enumerate(found)]
    prefix = " " in text.strip() and _ends_in_single_character(found)
    joined = (tuple(token for part in choice for token in part) for choice in islice(product(*ways), _MOST))
    return _distinct(Phrase(tokens, prefix=prefix) for tokens in joined if tokens)


def _distinct(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Each phrase once: 하하하하하 gives the same pairs wherever it is divided."""
    return tuple(dict.fromkeys(phrases))


def beginnings(run: str) -> Iterator[_Tokens]:
    """The tokens that a word which goes on may have where it is written so: 평가지 may be a part of 평가|지표."""
    found = run_tokens(run)
    yield found
    if may_divide(run):
        yield (*found[:-1], BRIDGE + found[-1])


def closed_up(text: str) -> str:
    """A text without spaces between Hangul words: 강화 학습 RL is 강화학습 RL."""
    return _BETWEEN_HANGUL.sub("", text)


def halves(run: str) -> Iterator[tuple[str, str]]:
    """The ways to write a Korean, Chinese or Japanese word as two; none if it has more than `_MOST` characters.

    It is not divided between equal characters, unless one half is a single character: 결합합니다 as 결합 합니다 has the
    same pairs as other words that end in 결합니다, such as 해결합니다.
    """
    for middle in range(1, len(run) if len(run) <= _MOST else 0):
        if run[middle - 1] != run[middle] or middle in {1, len(run) - 1}:  # a character alone is a token of its own
            yield run[:middle], run[middle:]


def _of_run(run: str) -> Iterator[Phrase]:
    yield from (Phrase(tokens, prefix=len(run) == 1) for tokens in beginnings(run))
    for first, last in halves(run):
        yield from (Phrase((*run_tokens(first), *tokens)) for tokens in beginnings(last))


def _ways(piece: Piece, index: int, count: int) -> tuple[_Tokens, ...]:
    """The tokens that a piece may have in the index, directly after those of the piece before it."""
    if piece.is_cjk and index == count - 1:
        return tuple(beginnings(piece.runs[0]))
    if piece.joined is None:
        return (piece.parts,)
    whole = piece.tokens
    if piece.has_symbol:
        return (whole[-1:],) if index == 0 else (whole,)
    if 0 < index < count - 1:
        return whole, piece.parts, whole[-1:]
    return piece.parts, whole[-1:]


def _ends_in_single_character(found: list[Piece]) -> bool:
    return bool(found) and found[-1].is_cjk and len(found[-1].runs[0]) == 1
