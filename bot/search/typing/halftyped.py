"""Completions of a text whose last word or last Hangul syllable is half typed."""

from collections.abc import Iterator

from bot.search.analysis import Phrase, Piece, pieces
from bot.search.shelf import Shelf
from bot.search.spellings import beginnings

_MOST = 32
"""Completions of one beginning, at most; the most frequent first."""

# Hangul syllables stand in the order of first consonant, vowel, and one of 28 finals, the first of them none:
# https://www.unicode.org/versions/latest/core-spec/chapter-3/, "Conjoining Jamo Behavior".
_FIRST, _LAST, _FINALS = "가", "힣", 28
_LONE_LETTERS = ("ㄱ", "ㅣ")
_DOUBLE_FINALS = {3: 1, 5: 4, 6: 4, 9: 8, 10: 8, 11: 8, 12: 8, 13: 8, 14: 8, 15: 8, 18: 17}
"""Finals of two consonants (ㄳ) and the final that is their first (ㄱ)."""


def goes_on(text: str, shelf: Shelf) -> list[Phrase]:
    """The tokens of a text, the last of them standing for each word that begins with the text's last word.

    A word in Hangul or other CJK goes on by itself, since its pairs say nothing of where it ends.
    """
    found = list(pieces(text))
    if not found or text[-1:].isspace():
        return []
    before = tuple(token for piece in found[:-1] for token in piece.tokens)
    return [Phrase((*before, *last.tokens), prefix=last.prefix) for last in _endings_of(found[-1], shelf)]


def retyped(text: str, shelf: Shelf) -> list[Phrase]:
    """The tokens of a text that ends in Hangul, once for each syllable that the last one may become."""
    phrases = [phrase for ending in endings(text) for phrase in goes_on(ending, shelf)]
    known = shelf.known([phrase.tokens[-1] for phrase in phrases if not phrase.prefix]) if phrases else {}
    return [phrase for phrase in phrases if phrase.prefix or phrase.tokens[-1] in known]


def _endings_of(piece: Piece, shelf: Shelf) -> Iterator[Phrase]:
    if piece.is_cjk:
        run = piece.runs[0]
        yield from (Phrase(tokens, prefix=len(run) == 1) for tokens in beginnings(run))
        return
    tokens = dict.fromkeys(word.token for word in shelf.beginning(piece.runs[-1], _MOST))
    yield from (Phrase((*piece.parts[:-1], token)) for token in tokens)


def endings(text: str) -> Iterator[str]:
    """The texts that a text may become if its last Hangul syllable is still being typed.

    하 may become 학. 핛 may be 학 and the beginning of 습, and 학 may be 하 and the beginning of 기.
    """
    before, last = text[:-1], text[-1:]
    if _LONE_LETTERS[0] <= last <= _LONE_LETTERS[1]:
        yield before
    if not _FIRST <= last <= _LAST:
        return
    final = (ord(last) - ord(_FIRST)) % _FINALS
    open_syllable = ord(last) - final
    others = [*range(1, _FINALS)] if final == 0 else [0, *_neighbours(final)]
    yield from (before + chr(open_syllable + other) for other in others)


def _neighbours(final: int) -> Iterator[int]:
    if final in _DOUBLE_FINALS:
        yield _DOUBLE_FINALS[final]
    yield from (double for double, single in _DOUBLE_FINALS.items() if single == final)
