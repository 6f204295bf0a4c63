"""Typing errors, and how likely each is. QWERTY and the Korean two-set keyboard share their keys."""

from collections.abc import Iterator
from itertools import product

from bot.search.typing.jamo import CONSONANT_KEYS, VOWEL_KEYS

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROWS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"),
)
_SHIFTED = dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "ㅂㅈㄷㄱㅅㅐㅔ", strict=True))
_REACH = 1.2  # keys between the middles of a key and the farthest of its neighbours
_STAGGER = 0.35  # keys by which each row stands to the right of the one above

# How likely a slip is, given the word that was meant. A key left out leaves one wrong word, a wrong key very many.
_LEFT_OUT, _SWAPPED = 1.0, 1.0
_SHIFT, _DOUBLED, _BESIDE, _ANYWHERE = 0.5, 0.4, 0.2, 0.06

Slip = tuple[str, float]
"""What may have been meant, as keys, and how likely that is."""


def meant(typed: str) -> Iterator[Slip]:
    """The keys that may have been meant, if one was left out, added, replaced, or swapped with the next."""
    letters = _LATIN if typed.isascii() else VOWEL_KEYS + CONSONANT_KEYS
    for at in range(len(typed) + 1):
        head, tail = typed[:at], typed[at:]
        yield from ((head + letter + tail, _LEFT_OUT) for letter in letters)
        if tail:
            yield head + tail[1:], _put_in(tail[0], head[-1:] + tail[1:2])
            yield from ((head + letter + tail[1:], _REPLACED.get((tail[0], letter), _ANYWHERE)) for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:], _SWAPPED


def _put_in(key: str, around: str) -> float:
    return _DOUBLED if key in around else max(_REPLACED.get((key, each), _ANYWHERE) for each in around or key)


def _places() -> dict[str, tuple[float, float]]:
    return {key: (x + y * _STAGGER, y) for rows in _ROWS for y, row in enumerate(rows) for x, key in enumerate(row)}


def _replaced() -> dict[tuple[str, str], float]:
    places = _places()
    found = {
        (one, other): _BESIDE
        for one, other in product(places, repeat=2)
        if one.isascii() is other.isascii() and 0 < _distance(places[one], places[other]) <= _REACH
    }
    for shifted, plain in _SHIFTED.items():
        found |= {(shifted, other): _BESIDE for other in places if (plain, other) in found}
        found |= {(other, shifted): _BESIDE for other in places if (other, plain) in found}
        found |= {(shifted, plain): _SHIFT, (plain, shifted): _SHIFT}
    return found


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(complex(*one) - complex(*other))


_REPLACED = _replaced()
