"""A tokenisation of the benchmark's own, so that no engine has a say in what a query may ask.

A word is a run of Hangul, or a run of other letters and digits in which single - ' . + may stand between two of them,
in NFKC and case folded; a link is no word. A Hangul word's stem is what remains when the longest particle of
`PARTICLES` is taken off its end, as long as two syllables remain. Nothing else is known here of either language.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.papers import Bullet, Paper

PARTICLES = (
    *("에서는", "으로는"),
    *("에서", "에게", "에는", "에도", "으로", "로는", "까지", "부터", "보다", "처럼"),
    *("은", "는", "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만"),
)
"""Particles that follow a noun, longest first."""

_LEAST_STEM = 2
_HANGUL = "가-힣"
_WORD = re.compile(rf"[{_HANGUL}]+|[^\W_{_HANGUL}]+(?:[-'’.+][^\W_{_HANGUL}]+)*")
_LINK = re.compile(r"https?://[^\s)]*")
_IS_HANGUL = re.compile(rf"[{_HANGUL}]+")
_IS_LATIN = re.compile(r"[a-z][a-z0-9'.+-]*", re.IGNORECASE | re.ASCII)


def words(text: str) -> list[str]:
    """The words of a text as it has them, but for compatibility forms."""
    return _WORD.findall(_LINK.sub(" ", unicodedata.normalize("NFKC", text)))


def hangul(word: str) -> bool:
    """Whether a word is Hangul alone, and more than one syllable that could be a particle."""
    return len(word) >= _LEAST_STEM and word not in PARTICLES and _IS_HANGUL.fullmatch(word) is not None


def latin(word: str) -> bool:
    """Whether a word begins with a letter of the English alphabet and has no other letters."""
    return _IS_LATIN.fullmatch(word) is not None


def particle(word: str) -> str:
    """The particle that a Hangul word ends in, or nothing."""
    if _IS_HANGUL.fullmatch(word):
        for each in PARTICLES:
            if word.endswith(each) and len(word) - len(each) >= _LEAST_STEM:
                return each
    return ""


def stem(word: str) -> str:
    """A word, case folded, without its particle."""
    return word.casefold().removesuffix(particle(word))


def bullet_texts(bullets: Iterable[Bullet]) -> Iterator[str]:
    """The text of each bullet and of those below it."""
    for bullet in bullets:
        yield bullet.text
        yield from bullet_texts(bullet.children)


@dataclass(frozen=True)
class Text:
    """A paper and the words in it."""

    paper: Paper

    @cached_property
    def title(self) -> list[str]:
        """The words of the title."""
        return words(self.paper.title)

    @cached_property
    def bullets(self) -> list[str]:
        """The bullets' texts."""
        return list(bullet_texts(self.paper.summary))

    @cached_property
    def summary(self) -> list[str]:
        """The words of the bullets."""
        return [word for text in self.bullets for word in words(text)]


class Collection:
    """Papers, and which of them hold a word: what makes a query distinctive."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.texts = [Text(paper) for paper in papers]
        self._holders: dict[str, set[int]] = defaultdict(set)
        self._names: dict[frozenset[str], set[int]] = defaultdict(set)
        self._particles: dict[str, set[str]] = defaultdict(set)
        self._titles = [" ".join(paper.title.casefold().split()) for paper in papers]
        for index, text in enumerate(self.texts):
            for word in (*text.title, *text.summary):
                self._holders[stem(word)].add(index)
                if ending := particle(word):
                    self._particles[stem(word)].add(ending)
            for name in text.paper.authors:
                self._names[name_key(name)].add(index)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and stem(word) in self._holders

    def holders(self, *parts: Iterable[str]) -> int:
        """How many papers hold a word of each part, whatever their particles."""
        held = [set().union(*(self._holders.get(stem(word), ()) for word in part)) for part in parts]
        return len(set[int].intersection(*held))

    def named(self, name: str) -> int:
        """How many papers have an author of this name, in whatever order its words stand."""
        return len(self._names[name_key(name)])

    def begun(self, beginning: str) -> int:
        """How many titles begin so."""
        begun = beginning.casefold()
        return sum(title.startswith(begun) for title in self._titles)

    def noun(self, word: str) -> bool:
        """Whether a Hangul word's stem is seen with two particles, and ends in none: that makes it a noun here."""
        bare = stem(word)
        return len(self._particles.get(bare, ())) > 1 and not particle(bare)


def name_key(name: str) -> frozenset[str]:
    """A name's words in no order."""
    return frozenset(words(name.casefold()))
