"""Autocomplete: papers whose titles a person is typing. Half a word or half a Korean syllable is enough."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol, TypeVar

from bot.papers import Appearance, Day, ranked
from bot.search.analysis import Phrase
from bot.search.finding import rank
from bot.search.finding.fts import any_of, quoted
from bot.search.model import Filters, Sort, Tier
from bot.search.query import parse
from bot.search.shelf import Shelf
from bot.search.spellings import spellings
from bot.search.typing.halftyped import goes_on, retyped

MAX_TEXT = 100
"""Characters of the typed text that are used."""

_SECONDS = 0.1
_READING = 2.0
_MOST = 200  # papers that one way of asking gives, the newest

T = TypeVar("T")


class TitleLibrary(Protocol):
    """What autocomplete needs from the library."""

    async def search(self, work: Callable[[Shelf], T]) -> T:
        """Do a whole search, away from the event loop."""
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
    typed = parse(f'"{unicodedata.normalize("NFC", text)[:MAX_TEXT].replace(chr(34), " ")}"').terms
    if not text.strip():
        return await _newest(library, limit)
    return await library.search(lambda shelf: _found(shelf, typed[0].text, limit)) if typed else ()


async def _newest(library: TitleLibrary, limit: int) -> tuple[Appearance, ...]:
    newest = await library.newest_day()
    day = await library.day(newest) if newest else None
    return tuple(Appearance(day.date, listing) for listing in ranked(day)[:limit]) if day else ()


def _found(shelf: Shelf, text: str, limit: int) -> tuple[Appearance, ...]:
    shelf.allow(_SECONDS)
    query = parse(text)
    chosen: dict[int, rank.Ranked] = {}
    try:
        for match in _expressions(shelf, text):
            if len(chosen) < limit and (rows := shelf.rows(match, Filters(), _MOST)):
                for one in rank.ranked(shelf, rank.Group(Tier.PREFIX, query, rows), Sort.RELEVANCE, limit):
                    chosen.setdefault(one.number, one)
    except TimeoutError:
        pass  # what was found until now will do
    shelf.allow(_READING)
    best = list(chosen.values())[:limit]
    read = {found.number: found for found in shelf.read([one.number for one in best if one.found is None])}
    shown = (found.appearance() for one in best if (found := one.found or read.get(one.number)))
    return tuple(each for each in shown if each)


def _expressions(shelf: Shelf, text: str) -> Iterator[str]:
    """FTS5 expressions, the most likely first: a title's beginning, its words, half-typed words, then any field."""
    words = text.split()
    if beginnings := [*goes_on(text, shelf), *retyped(text, shelf)]:
        yield f"title : ({_begins_with(beginnings)})"
    as_typed = _all_of(words[:-1], goes_on(words[-1], shelf))
    if as_typed:
        yield f"title : ({as_typed})"
    if half_typed := retyped(words[-1], shelf):
        yield f"title : ({_all_of(words[:-1], half_typed)})"
    if as_typed:
        yield as_typed


def _begins_with(phrases: Sequence[Phrase]) -> str:
    """An expression for a title's beginning. If phrases differ in the last word only, the rest is looked up once."""
    whole = {phrase.tokens[:-1] for phrase in phrases}
    if len(phrases) > 1 and len(whole) == 1 and whole != {()}:
        last = (Phrase(phrase.tokens[-1:], prefix=phrase.prefix) for phrase in phrases)
        return f"^{quoted(Phrase(next(iter(whole))))} AND {any_of(last)}"
    return " OR ".join(f"^{quoted(phrase)}" for phrase in phrases)


def _all_of(whole: Sequence[str], last: Sequence[Phrase]) -> str:
    """The words, each of them, and one of the endings of the last."""
    asked = [any_of(found) for word in whole if (found := spellings(word))]
    return " AND ".join([*asked, any_of(last)] if last else asked)
