"""Known-item queries: what somebody might type who has one paper in mind. Made by rule from the papers alone.

A query is drawn from a paper at random, and kept if at most a few papers of the collection hold what it was made of
(`STRICT`; six times as many in the loose set), by the tokenisation of bench.words. No engine is asked.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from bench.inflection import others
from bench.typing_errors import mistyped
from bench.words import PARTICLES, Collection, Text, hangul, latin, particle, stem

STRICT = 3
"""So many papers, at most, hold what a query was made of."""

LOOSE = 6 * STRICT
TUNING, REPORTING = 20231101, 20241002
"""The seed to look at while an engine is built, and the one to report."""

_ATTEMPTS = 30
_LEAST_LATIN = 3
_LEAST_MISTYPED = {True: 3, False: 5}  # characters of a Hangul word, and of a Latin one
_LEAST_SPLIT = 2
_SPACED = re.compile(r"(?<!\S)[가-힣]+(?: [가-힣]+)+(?!\S)")
_FINALS, _FINAL_L = 28, 8  # of a Hangul syllable: how many (none is one), and ㄹ


class Kind(StrEnum):
    """What a query is made of."""

    PHRASE = "Korean phrase of one bullet"
    KOREAN = "two Korean words"
    PARTICLES = "other particles"
    SPACING = "other spacing"
    MIXED = "Korean and English word"
    TITLE = "two title words"
    INFLECTED = "inflected English word"
    TYPO = "one typing error"
    AUTHOR = "author, either order"
    HALF = "half-typed title"


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query, and the paper that whoever typed it has in mind."""

    kind: StrEnum
    text: str
    arxiv_id: str


def known_items(collection: Collection, seed: int, each: int, limit: int = STRICT) -> list[KnownItem]:
    """So many queries `each` kind, or as many as the collection gives; at most one a paper and kind."""
    return [item for kind in Kind for item in _of_kind(kind, collection, seed, each, limit)]


def _of_kind(kind: Kind, collection: Collection, seed: int, each: int, limit: int) -> list[KnownItem]:
    random = Random(f"{seed} {kind.name}")
    texts = random.sample(collection.texts, len(collection.texts))
    found: list[KnownItem] = []
    for text in texts:
        if len(found) == each:
            break
        for _ in range(_ATTEMPTS):
            drawn = _RULES[kind](text, collection, random)
            if drawn and 0 < drawn.holders <= limit:
                found.append(KnownItem(kind, drawn.text, text.paper.arxiv_id))
                break
    return found


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A query and how many papers hold what it was made of."""

    text: str
    holders: int


_Rule = Callable[[Text, Collection, Random], _Drawn | None]


def _phrase(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """Two to four Hangul words that follow one another with nothing but spaces between them."""
    runs = [run[0].split() for bullet in text.bullets for run in _SPACED.finditer(bullet)]
    if not runs:
        return None
    run = random.choice(runs)
    length = min(random.randint(2, 4), len(run))
    start = random.randint(0, len(run) - length)
    chosen = run[start : start + length]
    return _Drawn(" ".join(chosen), _holders(collection, chosen))


def _korean(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """Two Hangul words of the summary, as they stand there."""
    chosen = _two(filter(hangul, text.summary), random)
    return _Drawn(" ".join(chosen), _holders(collection, chosen)) if chosen else None


def _particles(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """Two Hangul words, one of them a noun whose particle is taken off, replaced, or added where there was none."""
    nouns = [word for word in text.summary if hangul(word) and collection.noun(word)]
    chosen = _two(filter(hangul, text.summary), random, first=nouns)
    if not chosen:
        return None
    noun, other = chosen
    bare = noun.removesuffix(particle(noun))
    forms = {bare} | {bare + each for each in PARTICLES if _fits(bare, each)}
    changed = random.choice(sorted(forms - {noun}))
    return _Drawn(" ".join(_shuffled([changed, other], random)), _holders(collection, chosen))


def _spacing(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """Two Hangul words in a row written as one, or one of four syllables or more as two; perhaps one word more."""
    pairs = [run[0].split() for bullet in text.bullets for run in _SPACED.finditer(bullet)]
    long = [[word] for word in text.summary if hangul(word) and len(stem(word)) >= 2 * _LEAST_SPLIT]
    candidates = random.choice((pairs, long))
    if not candidates:
        return None
    chosen = random.choice(candidates)
    start = random.randrange(max(len(chosen) - 1, 1))
    made_of = chosen[start : start + 2]
    changed = "".join(made_of) if len(made_of) > 1 else _split(made_of[0], random)
    more = [word for word in text.summary if hangul(word) and stem(word) not in map(stem, made_of)]
    if not more or random.random() < 1 / 2:
        return _Drawn(changed, _holders(collection, made_of))
    other = random.choice(more)
    return _Drawn(" ".join(_shuffled([changed, other], random)), _holders(collection, [*made_of, other]))


def _split(word: str, random: Random) -> str:
    at = random.randint(_LEAST_SPLIT, len(stem(word)) - _LEAST_SPLIT)
    return f"{word[:at]} {word[at:]}"


def _mixed(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """A Hangul and an English word of the summary."""
    korean, english = list(filter(hangul, text.summary)), list(filter(_english, text.summary))
    if not (korean and english):
        return None
    chosen = _shuffled([random.choice(korean), random.choice(english)], random)
    return _Drawn(" ".join(chosen), _holders(collection, chosen))


def _title(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """Two words of the title, in any order."""
    chosen = _two((word for word in text.title if _english(word) or hangul(word)), random)
    return _Drawn(" ".join(chosen), _holders(collection, chosen)) if chosen else None


def _inflected(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """An English word in another form, which other papers have and this one has not, and one word more."""
    everything = [*text.title, *text.summary]
    held = {word.casefold() for word in everything}
    chosen = _two((word for word in everything if _english(word) or hangul(word)), random)
    if not chosen:
        return None
    word, other = chosen
    family = others(word, collection)
    forms = [form for form in family if form not in held]
    if not forms or other.casefold() in family:
        return None
    query = _shuffled([random.choice(forms), other], random)
    return _Drawn(" ".join(query), collection.holders([word, *family], [other]))


def _typo(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """One or two words, one with a slip that makes it no word of the collection."""
    everything = [word for word in (*text.title, *text.summary) if word.isalpha() and (hangul(word) or _english(word))]
    long = [word for word in everything if len(stem(word)) >= _LEAST_MISTYPED[hangul(word)]]
    chosen = _two(everything, random, first=long)
    if not chosen:
        return None
    meant, other = chosen
    wrong = mistyped(meant, random)
    if wrong.casefold() == meant.casefold() or wrong in collection:
        return None
    if random.random() < 1 / 3:
        return _Drawn(wrong, _holders(collection, [meant]))
    return _Drawn(" ".join(_shuffled([wrong, other], random)), _holders(collection, chosen))


def _author(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """An author's name as it stands, or with its last word first."""
    names = [name for name in text.paper.authors if len(name.split()) > 1]
    if not names:
        return None
    name = random.choice(names)
    *given, family = name.split()
    return _Drawn(random.choice((name, " ".join([family, *given]))), collection.named(name))


def _half(text: Text, collection: Collection, random: Random) -> _Drawn | None:
    """The beginning of the title, from two to seven tenths of it, cut within a word."""
    title = " ".join(text.paper.title.split())
    end = int(len(title) * random.uniform(0.2, 0.7))
    beginning = title[:end]
    within = beginning[-1:].isalnum() and title[end : end + 1].isalnum()
    return _Drawn(beginning, collection.begun(beginning)) if within else None


_RULES: dict[Kind, _Rule] = {
    Kind.PHRASE: _phrase,
    Kind.KOREAN: _korean,
    Kind.PARTICLES: _particles,
    Kind.SPACING: _spacing,
    Kind.MIXED: _mixed,
    Kind.TITLE: _title,
    Kind.INFLECTED: _inflected,
    Kind.TYPO: _typo,
    Kind.AUTHOR: _author,
    Kind.HALF: _half,
}


def _holders(collection: Collection, chosen: list[str]) -> int:
    return collection.holders(*([word] for word in chosen))


def _english(word: str) -> bool:
    return len(word) >= _LEAST_LATIN and latin(word)


def _two(words: Iterator[str] | list[str], random: Random, first: list[str] | None = None) -> list[str]:
    """Two words whose stems differ, the first of them from `first` if that is given; none where there are not two."""
    candidates = list(words)
    first = candidates if first is None else first
    if not first:
        return []
    one = random.choice(first)
    rest = [word for word in candidates if stem(word) != stem(one)]
    return [one, random.choice(rest)] if rest else []


def _shuffled(parts: list[str], random: Random) -> list[str]:
    return random.sample(parts, len(parts))


def _fits(bare: str, each: str) -> bool:
    """Whether a particle may follow a noun: 은 이 을 과 으로 after a consonant, 는 가 를 와 로 after a vowel."""
    final = (ord(bare[-1]) - ord("가")) % _FINALS
    if each in {"은", "이", "을", "과"}:
        return final != 0
    if each in {"는", "가", "를", "와"}:
        return final == 0
    if each.startswith("으로"):
        return final not in {0, _FINAL_L}
    if each.startswith("로"):
        return final in {0, _FINAL_L}
    return True
