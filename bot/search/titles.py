"""Papers whose titles a person is typing: half a word is enough, and half a Korean syllable."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from bot.papers import Appearance, Day, ranked
from bot.search.analysis import phrase
from bot.search.model import Filters
from bot.search.query import parse

MAX_TEXT = 100
"""Characters of what is typed that count."""

# Hangul syllables stand in the order of first consonant, vowel, and one of 28 finals, the first of them none:
# https://www.unicode.org/versions/latest/core-spec/chapter-3/, "Conjoining Jamo Behavior".
_FIRST, _LAST, _FINALS = "가", "힣", 28
_LONE_LETTERS = ("ㄱ", "ㅣ")
_DOUBLE_FINALS = {3: 1, 5: 4, 6: 4, 9: 8, 10: 8, 11: 8, 12: 8, 13: 8, 14: 8, 15: 8, 18: 17}
"""Finals of two consonants (ㄳ) and the final that is their first (ㄱ)."""


class TitleLibrary(Protocol):
    """The library, as far as titles are asked."""

    async def find(self, match: str, filters: Filters, limit: int, offset: int) -> tuple[int, tuple[Appearance, ...]]:
        """The papers that an FTS5 expression finds: how many in all, and one page of them."""
        ...

    async def appearance(self, arxiv_id: str) -> Appearance | None:
        """A paper with the newest day that lists it."""
        ...

    async def newest_day(self) -> date | None:
        """The newest date that has papers."""
        ...

    async def day(self, when: date) -> Day | None:
        """The papers listed on a date."""
        ...


async def complete(library: TitleLibrary, text: str, limit: int) -> tuple[Appearance, ...]:
    """At most `limit` papers that a text may mean, likeliest first.

    An arXiv id or link means its paper, and no text the best of the newest day. Otherwise all words must be there, the
    last perhaps half typed: first come the papers whose titles begin so, then those that have the words in their
    titles, then anywhere.
    """
    identifier = parse(text).arxiv_id
    if identifier is not None:
        paper = await library.appearance(identifier)
        return () if paper is None else (paper,)
    words = unicodedata.normalize("NFC", text)[:MAX_TEXT].split()
    if not words:
        return await _newest(library, limit)
    found: dict[str, Appearance] = {}
    for match in _expressions(words):
        if len(found) < limit:
            _, papers = await library.find(match, Filters(), limit, 0)
            for paper in papers:
                found.setdefault(paper.listing.paper.arxiv_id, paper)
    return tuple(found.values())[:limit]


async def _newest(library: TitleLibrary, limit: int) -> tuple[Appearance, ...]:
    newest = await library.newest_day()
    day = await library.day(newest) if newest else None
    return tuple(Appearance(day.date, listing) for listing in ranked(day)[:limit]) if day else ()


def _expressions(words: Sequence[str]) -> Iterator[str]:
    """What to ask FTS5, the likeliest first: a title's beginning, its words, words half typed, then anywhere."""
    whole, endings = words[:-1], list(_endings(words[-1]))
    if beginning := _any_of([" ".join([*whole, ending]) for ending in endings], '^"'):
        yield f"title : ({beginning})"
    as_typed = _all_of(whole, endings[:1])
    if as_typed:
        yield f"title : ({as_typed})"
    if len(endings) > 1 and (half_typed := _all_of(whole, endings[1:])):
        yield f"title : ({half_typed})"
    if as_typed:
        yield as_typed


def _all_of(whole: Sequence[str], endings: Sequence[str]) -> str:
    """The words, each of them, and a word that begins with one of the endings."""
    phrases = [phrase(word) for word in whole]
    asked = [f'"{each.words}"{"*" * each.prefix}' for each in phrases if each.words]
    begun = _any_of(endings, '"')
    return " AND ".join([*asked, f"({begun})"] if begun else asked)


def _any_of(texts: Sequence[str], opening: str) -> str:
    return " OR ".join(f'{opening}{words}"*' for text in texts if (words := phrase(text).words))


def _endings(word: str) -> Iterator[str]:
    """The word itself, and what it may be about to become if its last Hangul syllable is being typed.

    하 may become 학. 핛 may be 학 and the beginning of 습, and 학 may be 하 and the beginning of 기.
    """
    yield word
    before, last = word[:-1], word[-1]
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
