"""What was probably meant by a word that no paper has: it without its particle, or without a typing error."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice

from bot.search.analysis import is_cjk, pairs
from bot.search.shelf import Word
from bot.search.typing.jamo import composed, is_whole, keys
from bot.search.typing.keyboard import Slip, meant

MOST = 8
"""Corrections of one text, at most."""

Known = Callable[[Sequence[str]], dict[str, Word]]
"""Returns those of the words (for Hangul, pairs of characters) that some paper has."""

_Likely = tuple[str, float, int]
"""A word, how likely it was meant, and the most papers that can have it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that may have been meant, and how likely it is that it was mistyped as it was."""

    text: str
    likelihood: float


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
_LONGEST = 5  # syllables of a word that is written together with others
_SYLLABLES_SWAPPED, _SYLLABLE_PUT_IN = 0.02, 0.005  # how likely that is, beside a key's slips
_SHORTEST = 3  # Latin letters: any shorter word is one edit from all others
_MOST_CHARACTERS = 24  # a longer run has thousands of candidates


def bare(text: str) -> str:
    """A word without the particle at its end; the word itself if it has none or too little would be left."""
    found = _PARTICLE.search(text)
    if found is None:
        return text
    rest = text[: found.start()]
    return rest if len(rest) >= _LEAST or not is_cjk(rest) else text


def mended(text: str, known: Known, check: Callable[[], None]) -> list[Correction]:
    """The text with one typing error corrected, likeliest correction first; at most MOST.

    `check` is called for each candidate. It raises an exception if the search takes too long.
    """
    found: list[tuple[float, Correction]] = []
    for run in _RUN.findall(text):
        if len(run) > _MOST_CHARACTERS:
            continue
        ways = _Ways(run, known, check)
        for word, likelihood, papers in ways.latin() if run.isascii() else ways.hangul():
            found.append((likelihood * math.sqrt(papers), Correction(text.replace(run, word, 1), likelihood)))
    found.sort(key=lambda one: (-one[0], one[1].text))
    return [correction for _, correction in found[:MOST]]


def respaced(text: str) -> list[Correction]:
    """The ways to split a Hangul run into three words. Two words are a spelling of the run already."""
    if not is_whole(text):
        return []
    ends = combinations(range(_LEAST, len(text) - _LEAST + 1), 2)
    apart = ((text[:first], text[first:last], text[last:]) for first, last in ends if last - first >= _LEAST)
    likely = (words for words in apart if max(map(len, words)) <= _LONGEST)
    return [Correction(" ".join(words), 1.0) for words in islice(likely, MOST)]


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways in which a word may have been mistyped."""

    word: str
    known: Known
    check: Callable[[], None]

    def latin(self) -> Iterator[_Likely]:
        """Latin words that some paper has."""
        if len(self.word) < _SHORTEST:
            return
        slips = self._likeliest(meant(self.word))
        for each in self.known(list(slips)).values():
            yield each.word, slips[each.word], each.papers

    def hangul(self) -> Iterator[_Likely]:
        """Words whose pairs all occur in papers. No more papers have the word than have its rarest pair."""
        if len(self.word) < _LEAST:
            return
        slips = self._likeliest(chain(_swapped(self.word), self._retyped()))
        pairs_of = {each: pairs(each) for each in slips if len(each) >= _LEAST}
        held = self.known(list(set(chain.from_iterable(pairs_of.values()))))
        for each, needed in pairs_of.items():
            if held.keys() >= set(needed):
                yield each, slips[each], min([held[pair].papers for pair in needed])

    def _likeliest(self, slips: Iterable[Slip]) -> dict[str, float]:
        found: dict[str, float] = {}
        for each, likelihood in slips:
            self.check()
            if likelihood > found.get(each, 0.0):
                found[each] = likelihood
        found.pop(self.word, None)
        return found

    def _retyped(self) -> Iterator[Slip]:
        """Words that differ in one key. If some pairs are unknown, only these are changed: the error is in one."""
        word, held = self.word, self.known(pairs(self.word))
        wrong = [at for at, pair in enumerate(pairs(word)) if pair not in held]
        start, end = (wrong[0], wrong[-1] + 2) if wrong else (0, len(word))
        before, middle, after = word[:start], word[start : end + 1], word[end + 1 :]
        if is_whole(before + after):
            for typed, likelihood in meant(keys(middle)):
                if changed := composed(typed):
                    yield before + changed + after, likelihood


def _swapped(word: str) -> Iterator[Slip]:
    """Two syllables swapped, or one too many."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :], _SYLLABLE_PUT_IN
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :], _SYLLABLES_SWAPPED
