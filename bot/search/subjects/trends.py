"""Trends: which topics the titles of some months name more often than before, and how often given terms are named."""

import asyncio
import math
import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from bot.search.finding.fts import term_expression
from bot.search.model import Filters
from bot.search.query import Field, Term
from bot.search.shelf import Headline, Shelf, in_time
from bot.search.subjects.topics import is_shaped_as_name, topics

T = TypeVar("T")

MOST_LINES = 5
"""Terms of one answer."""
MIN_MONTHS, MAX_MONTHS, MONTHS = 2, 24, 6
ENOUGH = 100
"""Papers that each of two spans needs to be compared."""

_SECONDS = 8.0
_COUNTS_FROM = 15  # the day of a month from which on it is shown
_WEEKS, _BEFORE = timedelta(weeks=4), timedelta(weeks=12)  # what a recap compares
_LEAST, _LEAST_SHARE = 4, 0.005  # papers of the newer span that name a topic
_SUREST = 1.0  # the least z score
_LOOKED_AT = 60  # topics whose other spellings are counted, too
_TOGETHER = 1.0  # the least pointwise mutual information of a phrase's words, for each joint
_SAME = 0.6  # of the papers of the rarer of two topics: with more in common, they are one
_READ = 20  # papers read to see how a word is written in running text
_ALL = 1_000_000
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Line:
    """A term and the papers of each month with it in their title."""

    term: str
    papers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """Some months (their first days), how many papers each has, and lines of terms."""

    months: tuple[date, ...]
    totals: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def are_enough(self) -> bool:
        """Whether either half has enough papers to be compared."""
        newer = sum(self.totals[-(len(self.months) // 2) :])
        return min(newer, sum(self.totals) - newer) >= ENOUGH

    def shares(self, line: Line) -> tuple[float | None, ...]:
        """A line as shares of the months' papers, from 0 to 1; None for a month without papers."""
        return tuple(part / total if total else None for part, total in zip(line.papers, self.totals, strict=True))

    def halves(self, line: Line) -> tuple[float, float]:
        """A line's shares of the papers of the older months and of the newer half."""
        newer = len(self.months) // 2
        return (
            _share(sum(line.papers[:-newer]), sum(self.totals[:-newer])),
            _share(sum(line.papers[-newer:]), sum(self.totals[-newer:])),
        )


@dataclass(frozen=True, slots=True)
class _Span:
    first: date
    last: date


class Library(Protocol):
    """The papers and their index."""

    async def search(self, work: Callable[[Shelf], T], *, is_long: bool = False) -> T:
        """Do a whole search, away from the event loop."""
        ...

    async def newest_day(self) -> date | None:
        """The newest date with papers."""
        ...

    async def count_since(self, since: date) -> int:
        """How many papers have their newest day on or after a date."""
        ...


class TrendService:
    """Tells of trends. An answer is kept until the archive has other papers. Raises TimeoutError after some seconds."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: OrderedDict[tuple[object, ...], object] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def rising(self, months: int = MONTHS) -> Trends:
        """The topics whose share of the papers rose most from the older months to the newer half, surest first."""

        def find(shelf: Shelf, shown: tuple[date, ...]) -> Trends:
            half = shown[-(len(shown) // 2)]
            older, newer = _Span(shown[0], half - timedelta(days=1)), _Span(half, _end(shown[-1]))
            return _trends(shelf, shown, _risen(shelf, older, newer))

        return await self._of_months(months, find, ())

    async def of(self, terms: Sequence[str], months: int = MONTHS) -> Trends:
        """The lines of some terms, as a member typed them."""
        return await self._of_months(
            months, lambda shelf, shown: _trends(shelf, shown, {term: (term,) for term in terms}), tuple(terms)
        )

    async def rising_until(self, last: date) -> tuple[str, ...]:
        """The topics whose share rose most in the four weeks up to a day, against the twelve weeks before."""
        newer = _Span(last - _WEEKS + timedelta(days=1), last)
        older = _Span(newer.first - _BEFORE, newer.first - timedelta(days=1))
        return await self._keeping(("until", last), lambda shelf: tuple(_risen(shelf, older, newer)))

    async def _of_months(
        self, months: int, find: Callable[[Shelf, tuple[date, ...]], Trends], key: tuple[str, ...]
    ) -> Trends:
        newest = await self._library.newest_day()
        if newest is None:
            return Trends((), (), ())
        shown = _months(newest, months)
        return await self._keeping(("months", months, *key), lambda shelf: find(shelf, shown))

    async def _keeping(self, key: tuple[object, ...], find: Callable[[Shelf], T]) -> T:
        held = (*key, await self._library.newest_day(), await self._library.count_since(date.min))
        async with self._one_at_a_time:  # many recaps ask for the same
            if held not in self._kept:
                self._kept[held] = await self._library.search(lambda shelf: _allowed(shelf, find), is_long=True)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(held)
            return self._kept[held]  # type: ignore[return-value]  # what `find` returned for this key


def _allowed(shelf: Shelf, find: Callable[[Shelf], T]) -> T:
    shelf.allow(_SECONDS)
    return find(shelf)


def _months(newest: date, count: int) -> tuple[date, ...]:
    """The first days of the last months, oldest first; the running one if at least half of it is there."""
    last = newest.replace(day=1)
    if newest.day < _COUNTS_FROM:
        last = (last - timedelta(days=1)).replace(day=1)
    months = last.year * 12 + last.month - 1
    return tuple(date((months - ago) // 12, (months - ago) % 12 + 1, 1) for ago in reversed(range(count)))


def _end(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _share(part: int, total: int) -> float:
    return part / total if total else 0.0


# -- lines -----------------------------------------------------------------------------------------------------------


def _trends(shelf: Shelf, months: tuple[date, ...], terms: Mapping[str, Collection[str]]) -> Trends:
    """The lines of terms, each with the texts that count as it."""
    first, last = months[0], _end(months[-1])
    lines = []
    for term, texts in in_time(shelf, terms.items()):
        found = shelf.day_votes(list(_naming(shelf, texts, first, last)))
        counts = Counter(each.day[: len("2024-02")] for each in found)
        lines.append(Line(term, tuple(counts[f"{month:%Y-%m}"] for month in months)))
    totals = shelf.per_month(first, last)
    return Trends(months, tuple(totals.get(month, 0) for month in months), tuple(lines))


def _naming(shelf: Shelf, texts: Collection[str], first: date, last: date) -> set[int]:
    """The papers of some days with one of the texts in their title, or a translation of one."""
    said = dict.fromkeys(text.casefold() for text in texts)
    for text in texts:
        said |= dict.fromkeys(_translations(shelf, text))
    terms = [term for text in said if (term := Term(text, Field.TITLE)).spellings]
    if not terms:
        return set()
    return set(shelf.rows(" OR ".join(map(term_expression, terms)), Filters(first, last), _ALL))


def _translations(shelf: Shelf, text: str) -> list[str]:
    """Other ways to say a whole text."""
    words = text.casefold().split()
    return [other.text.casefold() for other in shelf.translations(words) if (other.start, other.end) == (0, len(words))]


# -- what rose -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic: as titles write it, the papers that name it, and how surely its share rose."""

    written: str
    papers: frozenset[int]
    z: float

    def says_more_than(self, other: "_Topic") -> bool:
        """Whether it is a longer phrase with most of the other's papers: "Gaussian Splatting" and "Gaussian"."""
        common = len(self.papers & other.papers)
        return len(self.written.split()) > len(other.written.split()) and common >= _SAME * len(other.papers)


class _Titles:
    """The titles of two spans, and which topics they name."""

    def __init__(self, shelf: Shelf, older: _Span, newer: _Span) -> None:
        self._shelf = shelf
        self._span = _Span(older.first, newer.last)
        headlines = shelf.titles(older.first, newer.last)
        self._newer = {headline.number for headline in headlines if headline.day >= newer.first}
        self._all = len(headlines)
        named = Counter[str]()
        for headline in in_time(shelf, headlines):
            if headline.number in self._newer:
                named.update({tokens for tokens, _ in topics(headline.title)})
        least = max(_LEAST, math.ceil(_LEAST_SHARE * len(self._newer)))
        self._papers: dict[str, set[int]] = {tokens: set() for tokens, count in named.items() if count >= least}
        self._written: dict[str, Counter[str]] = {tokens: Counter() for tokens in self._papers}
        self._words = Counter[str]()
        for headline in in_time(shelf, headlines):
            self._note(headline)

    def _note(self, headline: Headline) -> None:
        words = set()
        for tokens, written in topics(headline.title):
            words.update(tokens.split())
            if tokens in self._papers:
                self._papers[tokens].add(headline.number)
                self._written[tokens][written] += 1
        self._words.update(words)

    @property
    def are_enough(self) -> bool:
        """Whether either span has enough papers."""
        return min(len(self._newer), self._all - len(self._newer)) >= ENOUGH

    def risen(self) -> Iterator[_Topic]:
        """The topics that rose, surest first, with the papers of all their spellings."""
        likely = sorted(self._papers, key=lambda tokens: (-self._z(self._papers[tokens]), tokens))
        names = (tokens for tokens in likely if self._z(self._papers[tokens]) >= _SUREST and self._is_topic(tokens))
        found = [self._topic(tokens) for tokens, _ in zip(in_time(self._shelf, names), range(_LOOKED_AT), strict=False)]
        yield from sorted(found, key=lambda topic: -topic.z)

    def _topic(self, tokens: str) -> _Topic:
        [(written, _)] = self._written[tokens].most_common(1)
        papers = _naming(self._shelf, [written], self._span.first, self._span.last)
        return _Topic(written, frozenset(papers), self._z(papers))

    def _z(self, papers: Collection[int]) -> float:
        """How surely the share of papers rose: the z score of two proportions, with one paper more of either kind."""
        newer, older = len(self._newer), self._all - len(self._newer)
        here = len(self._newer.intersection(papers))
        both = (len(papers) + 1) / (self._all + 2)
        rise = here / newer - (len(papers) - here) / older
        return rise / math.sqrt(both * (1 - both) * (1 / newer + 1 / older))

    def _is_topic(self, tokens: str) -> bool:
        [(written, _)] = self._written[tokens].most_common(1)
        words = written.split()
        if len(words) == 1:
            return is_shaped_as_name(written) or bool(_translations(self._shelf, written)) or self._is_name(tokens)
        return bool(_translations(self._shelf, written)) or self._stand_together(tokens)

    def _stand_together(self, tokens: str) -> bool:
        """Whether the words stand together more often than by chance: by pointwise mutual information."""
        parts = [self._words[token] for token in tokens.split()]
        joints = len(parts) - 1
        chance = math.prod(part / self._all for part in parts if part)
        return joints > 0 and math.log(len(self._papers[tokens]) / self._all / chance) / joints >= _TOGETHER

    def _is_name(self, tokens: str) -> bool:
        """Whether papers write a word with a capital in running text, where titles write nearly all words so."""
        [(written, _)] = self._written[tokens].most_common(1)
        as_name, as_word = (re.compile(rf"(?<![\w-]){re.escape(w)}(?![\w-])") for w in (written, written.lower()))
        names = words = 0
        for found in self._shelf.read(sorted(self._papers[tokens])[-_READ:]):
            paper = found.paper()
            text = "\n".join((*paper.bullet_texts(), found.abstract)) if paper else ""
            names += as_name.search(text) is not None
            words += as_word.search(text) is not None
        return written != written.lower() and names >= _LEAST - 1 and names > _LEAST * words


def _risen(shelf: Shelf, older: _Span, newer: _Span) -> dict[str, tuple[str]]:
    """The topics that rose most, surest first; of topics with mostly the same papers, the surest."""
    titles = _Titles(shelf, older, newer)
    chosen: list[_Topic] = []
    for topic in titles.risen() if titles.are_enough else ():
        if topic.z < _SUREST:
            break
        same = next((at for at, other in enumerate(chosen) if _are_one(topic, other)), None)
        if same is None:
            chosen.append(topic)
        elif topic.says_more_than(chosen[same]):
            chosen[same] = topic
    return {topic.written: (topic.written,) for topic in chosen[:MOST_LINES]}


def _are_one(one: _Topic, other: _Topic) -> bool:
    return len(one.papers & other.papers) >= _SAME * min(len(one.papers), len(other.papers))
