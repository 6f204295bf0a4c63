"""Search: what may have been meant by a word that no paper has: without its particle, or without a typing error."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from bot.search.analysis import is_cjk, pairs
from bot.search.jamo import CONSONANT_KEYS, VOWEL_KEYS, composed, is_whole, keys
from bot.search.shelf import Word

MOST = 12
"""Words that are proposed for one."""

Known = Callable[[Sequence[str]], dict[str, Word]]
"""Tells which words (pairs of signs, of Hangul) any paper has."""

_PARTICLES = (
    *(
        "에서는",
        "으로는",
        "이라는",
        "에서의",
        "으로의",
        "으로써",
        "으로서",
        "하기",
        "하는",
        "되는",
        "하고",
        "하며",
        "하여",
    ),
    *("에서", "에게", "에는", "에도", "으로", "로는", "로의", "로써", "로서", "까지", "부터", "보다", "처럼", "라는"),
    *(
        "이나",
        "이란",
        "이며",
        "이고",
        "들을",
        "들은",
        "들이",
        "들의",
        "했다",
        "한다",
        "하다",
        "되고",
        "하면",
        "과의",
        "와의",
    ),
    *("을", "를", "은", "는", "이", "가", "의", "에", "로", "와", "과", "도", "만", "란", "나", "들", "한", "된", "할"),
)
_PARTICLE = re.compile(rf"(?<=[가-힣a-z0-9+*#])(?:{'|'.join(_PARTICLES)})$")
_RUN = re.compile("[가-힣ㄱ-ㅣ]+|[a-z0-9]+")
_LEAST = 2  # syllables that must be left
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 3  # Latin letters: any shorter word is one edit from all others


def bare(text: str) -> str:
    """A word without the particle at its end; the word itself where it has none, or nothing would be left."""
    found = _PARTICLE.search(text)
    if found is None:
        return text
    rest = text[: found.start()]
    return rest if len(rest) >= _LEAST or not is_cjk(rest) else text


def mended(text: str, known: Known) -> list[str]:
    """What a text may be but for one typing error in one of its words, likeliest first; at most MOST."""
    found: list[str] = []
    for run in _RUN.findall(text):
        words = _latin(run, known) if run.isascii() else _hangul(run, known)
        found += [text.replace(run, word, 1) for word in words]
    return found[:MOST]


def _latin(word: str, known: Known) -> list[str]:
    if len(word) < _SHORTEST:
        return []
    found = known(list(dict.fromkeys(_edits(word, _LETTERS))))
    return [each.word for each in sorted(found.values(), key=lambda each: (-each.papers, each.word))]


def _hangul(word: str, known: Known) -> list[str]:
    """Words of which every pair stands in some paper, those first whose rarest pair is most frequent."""
    if len(word) < _LEAST:
        return []
    candidates = [each for each in dict.fromkeys(chain(_swapped(word), _retyped(word, known))) if each != word]
    held = known(list({pair for each in candidates for pair in pairs(each)}))
    likely = [(min(held[pair].papers for pair in pairs(each)), each) for each in candidates if _all_held(each, held)]
    return [each for _, each in sorted(likely, key=lambda one: -one[0])]


def _all_held(word: str, held: dict[str, Word]) -> bool:
    return len(word) >= _LEAST and all(pair in held for pair in pairs(word))


def _swapped(word: str) -> Iterator[str]:
    """Two syllables the other way round, or one too many."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _retyped(word: str, known: Known) -> Iterator[str]:
    """One key otherwise. Where pairs of syllables are unknown, the error is in one of them: only these are retyped."""
    held = known(pairs(word))
    wrong = [at for at, pair in enumerate(pairs(word)) if pair not in held]
    start, end = (wrong[0], wrong[-1] + 2) if wrong else (0, len(word))
    before, middle, after = word[:start], word[start:end], word[end:]
    for typed in _edits(keys(middle + after[:1]), VOWEL_KEYS + CONSONANT_KEYS):
        changed = before + composed(typed) + after[1:]
        if is_whole(changed):
            yield changed


def _edits(word: str, letters: str) -> Iterator[str]:
    """The word with one letter less, more, replaced or swapped with the next."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
            yield head + tail[1:2] + tail[0] + tail[2:]
