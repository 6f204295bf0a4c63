"""Questions that a hunter would ask to hold a search up, drawn from the texts of papers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from bot.papers import Paper
from bot.search.model import Filters, Sort
from bot.search.passage import summary_texts
from bot.search.query import MAX_QUERY

_FREQUENT = 60
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㅏㅑㅓㅕㅗㅛㅜㅠㅡㅣ"


@dataclass(frozen=True, slots=True)
class Attack:
    """A question, and of what kind it is."""

    kind: str
    text: str
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Words:
    """What many papers have: words of Hangul, Latin words, syllables, and names of authors."""

    hangul: Sequence[str]
    latin: Sequence[str]
    syllables: Sequence[str]
    authors: Sequence[str]

    @classmethod
    def of(cls, papers: Iterable[Paper]) -> "Words":
        """The most frequent of some papers."""
        words, authors = Counter[str](), Counter[str]()
        for paper in papers:
            words.update({word for text in (paper.title, *summary_texts(paper)) for word in _WORD.findall(text)})
            authors.update(name for author in paper.authors for name in author.split())
        hangul = Counter({word: count for word, count in words.items() if "가" <= word[0] <= "힣"})
        syllables = Counter[str]()
        for word, count in hangul.items():
            syllables.update(dict.fromkeys(word, count))
        latin = Counter({word: count for word, count in words.items() if word.isascii()})
        return cls(*(_most(each) for each in (hangul, latin, syllables, authors)))


def attacks(words: Words, seed: int, each: int) -> list[Attack]:
    """So many questions of each kind."""
    random = Random(f"attacks {seed}")
    found = [Attack(kind, make(words, random)[:MAX_QUERY]) for kind, make in _KINDS.items() for _ in range(each)]
    return [*found, *_filtered(found, random)]


def _filtered(found: Sequence[Attack], random: Random) -> Iterator[Attack]:
    """Some of the questions again, between dates, with votes, in another order."""
    since, until = date(2023, 1, 1), date(2024, 12, 31)
    for attack in random.sample(found, len(found) // 4):
        filters = random.choice(
            (Filters(since, until), Filters(since, sort=Sort.VOTES), Filters(None, until, 1), Filters(until=since))
        )
        yield Attack(f"{attack.kind}, filtered", attack.text, filters)


def _most(counts: Counter[str]) -> list[str]:
    return [word for word, _ in counts.most_common(_FREQUENT)] or ["x"]


def _joined(draw: Callable[[], str], apart: str = " ") -> str:
    """As many as fit in a question."""
    text = draw()
    while len(text) < MAX_QUERY:
        text += apart + draw()
    return text


def _pick(random: Random, words: Sequence[str]) -> Callable[[], str]:
    return lambda: random.choice(words)


def _jamo(words: Words, random: Random) -> str:
    return _joined(lambda: random.choice(words.hangul) + random.choice(_JAMO), random.choice((" ", "")))


def _misspelt(words: Words, random: Random) -> str:
    def draw() -> str:
        word = random.choice([*words.hangul, *words.latin])
        at = random.randrange(len(word))
        return word[:at] + random.choice("ㅎqz뷁") + word[at + 1 :]

    return _joined(draw)


def _half(words: Words, random: Random) -> str:
    return _joined(lambda: (word := random.choice(words.latin))[: random.randint(1, 3)] or word)


def _excluded(words: Words, random: Random) -> str:
    return _joined(lambda: f"{random.choice(words.hangul)} -{random.choice([*words.syllables, *words.latin])}")


def _names(words: Words, random: Random) -> str:
    return _joined(lambda: "-".join(random.choices(words.latin, k=3)))


def _quoted(words: Words, random: Random) -> str:
    def draw() -> str:
        return f'"{" ".join(random.choices([*words.hangul, *words.syllables], k=random.randint(1, 6)))}"'

    return _joined(draw)


def _fields(words: Words, random: Random) -> str:
    def draw() -> str:
        return random.choice(("author:", "title:", "-author:", "")) + random.choice(
            [*words.syllables, *words.authors, *words.latin]
        )

    return _joined(draw)


_KINDS: dict[str, Callable[[Words, Random], str]] = {
    "one syllable again and again": lambda words, random: random.choice(words.syllables) * MAX_QUERY,
    "a few syllables again and again": lambda words, random: (
        "".join(random.sample(list(words.syllables), 3)) * MAX_QUERY
    ),
    "syllables without a space": lambda words, random: _joined(_pick(random, words.syllables), ""),
    "words without a space": lambda words, random: _joined(_pick(random, words.hangul), ""),
    "a long word": lambda words, random: "".join(random.choices(words.syllables, k=random.randint(8, 40))),
    "frequent words": lambda words, random: _joined(_pick(random, words.hangul)),
    "frequent Latin words": lambda words, random: _joined(_pick(random, words.latin)),
    "signs alone": lambda words, random: _joined(_pick(random, words.syllables)),
    "signs and a word": lambda words, random: (
        random.choice(words.hangul) + " " + _joined(_pick(random, words.syllables))
    ),
    "exclusions": _excluded,
    "exclusions of signs": lambda words, random: (
        random.choice(words.hangul) + " -" + _joined(_pick(random, words.syllables), " -")
    ),
    "quotes": _quoted,
    "one long quotation": lambda words, random: '"' + _joined(_pick(random, [*words.hangul, *words.syllables])),
    "names of parts": _names,
    "half words": _half,
    "jamo": _jamo,
    "jamo alone": lambda _, random: "".join(random.choices(_JAMO, k=MAX_QUERY)),
    "fields": _fields,
    "a long Latin word": lambda words, random: _joined(_pick(random, words.latin), ""),
    "typing errors": _misspelt,
}
