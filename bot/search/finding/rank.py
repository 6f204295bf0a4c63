"""The order of a tier's papers: by score; nearly equal scores by votes, then by date."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from bot.search.finding.needles import needles
from bot.search.finding.wording import Wordings
from bot.search.model import Sort, Tier
from bot.search.query import Query, Term
from bot.search.shelf import DayVotes, Found, Shelf, Texts, in_time
from bot.search.spellings import closed_up

WEIGHED = 60
"""If at most this many papers were found, the text of each is scored."""

WEIGHED_OF_MORE, WEIGHED_AS_TYPED = 40, 20
"""If more were found, only the texts of the newest papers; of those that have every word as typed, fewer."""

_TITLE, _AUTHORS, _ABSTRACT = 8.0, 4.0, 0.5  # of a word in the summary: 1
_USUAL = 2750  # bytes of a summary
_ROW_IN_TITLE, _ROW_IN_SUMMARY, _ROW_IN_ABSTRACT = 1.0, 0.4, 0.2  # of an author's name as of a title
_STEPS = 25  # scores that round to the same step of so many are a tie


@dataclass(frozen=True, slots=True)
class Ranked:
    """A paper and its score. `found` is set if its text was scored."""

    number: int
    score: float = 0.0
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Papers that were found in one way: their numbers, newest first unless they have `scores`; and the query.

    `wordings` are the other words by which they may have been found, `scores` what they weigh beside their texts.
    """

    tier: Tier
    query: Query
    rows: list[int]
    wordings: Wordings = field(default_factory=dict)
    scores: Mapping[int, float] = field(default_factory=dict)


def ranked(shelf: Shelf, group: Group, sort: Sort, end: int) -> list[Ranked]:
    """The first `end` papers of a group, sorted."""
    rows = group.rows
    if sort is not Sort.RELEVANCE:
        return [Ranked(number) for number in in_order(shelf, rows, sort)[:end]]
    weigh = _Weights(group.query, group.wordings)
    of_more = WEIGHED_AS_TYPED if group.tier.is_as_typed else WEIGHED_OF_MORE
    count = len(rows) if len(rows) <= WEIGHED else of_more
    weighed = [
        Ranked(found.number, weigh(found) + group.scores.get(found.number, 0.0), found)
        for found in in_time(shelf, shelf.read(rows[:count]))
    ]
    weighed.sort(key=_place, reverse=True)
    return weighed[:end] + [Ranked(number, group.scores.get(number, 0.0)) for number in rows[count:end]]


def in_order(shelf: Shelf, rows: Sequence[int], sort: Sort) -> list[int]:
    """Papers by votes, then day, for Sort.VOTES; else by day, then votes."""
    key = _votes_first if sort is Sort.VOTES else _day_first
    return [one.number for one in sorted(shelf.day_votes(rows), key=key, reverse=True)]


def _place(one: Ranked) -> tuple[int, int, int]:
    votes = one.found.votes if one.found and one.found.votes is not None else -1
    return round(one.score * _STEPS), votes, one.number


def _votes_first(one: DayVotes) -> tuple[int, int]:
    return one.votes, one.number


def _day_first(one: DayVotes) -> tuple[str, int, int]:
    return one.day, one.votes, one.number


def _weighing(term: Term, others: Sequence[Term]) -> Iterator[Callable[[bytes], float]]:
    """The scoring functions of a term's words. A term with other wordings has one function for all of them."""
    each = [needle.weigh for one in (term, *others) for needle in needles(one)]
    if others:
        yield lambda text: sum([weigh(text) for weigh in each])
    else:
        yield from each


class _Weights:
    """Scores texts by how often and where they contain a query's words, and whether neighbouring words are adjacent."""

    def __init__(self, query: Query, wordings: Wordings) -> None:
        asked = [term for term in query.terms if not term.excluded]
        self._weigh = [weigh for term in asked for weigh in _weighing(term, wordings.get(term, ()))]
        neighbours = [_Row.of(*pair, wordings=wordings) for pair in pairwise(asked)]
        self._rows = neighbours or [_Row.of(term) for term in asked]

    def __call__(self, found: Found) -> float:
        texts = title, authors, summary, abstract = found.texts()
        usual = 0.4 + 0.6 * len(summary) / _USUAL
        score = in_a_row = 0.0
        for weigh in self._weigh:
            often = _TITLE * weigh(title) + _AUTHORS * weigh(authors) + weigh(summary) / usual
            often += _ABSTRACT * weigh(abstract)
            score += often / (often + 1.0)
        for row in self._rows:
            in_a_row += row.weigh(texts)
        return score / max(1, len(self._weigh)) + in_a_row / max(1, len(self._rows))


@dataclass(frozen=True, slots=True)
class _Row:
    """A word, or two neighbours as a text may have them: with a space, joined (Hangul), or reversed (a name).

    `either` are all the words that may stand for each of the two, if any may beside its own.
    """

    texts: tuple[bytes, ...]
    names: tuple[bytes, ...]
    either: tuple[tuple[bytes, ...], ...] = ()

    @classmethod
    def of(cls, *terms: Term, wordings: Wordings | None = None) -> "_Row":
        spaced = " ".join(term.text for term in terms)
        turned = " ".join(term.text for term in reversed(terms))
        either: tuple[tuple[bytes, ...], ...] = ()
        if wordings and any(term in wordings for term in terms):
            either = tuple(tuple(one.text.encode() for one in (term, *wordings.get(term, ()))) for term in terms)
        texts = dict.fromkeys((spaced.encode(), closed_up(spaced).encode()))
        return cls(tuple(texts), (spaced.encode(), turned.encode()), either)

    def weigh(self, texts: Texts) -> float:
        title, authors, summary, abstract = texts
        if self._stands_in(title):
            return _ROW_IN_TITLE
        for name in self.names:
            if name in authors:
                return _ROW_IN_TITLE
        if self._stands_in(summary):
            return _ROW_IN_SUMMARY
        return _ROW_IN_ABSTRACT if self._stands_in(abstract) else 0.0

    def _stands_in(self, text: bytes) -> bool:
        for each in self.texts:
            if each in text:
                return True
        if not self.either:
            return False
        held = [[word for word in words if word in text] for words in self.either]
        return any(b" ".join(chosen) in text for order in (held, held[::-1]) for chosen in product(*order))
