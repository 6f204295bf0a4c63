"""The papers most similar to one, by the rare words that they share."""

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol, TypeVar

from bot.latex import readable
from bot.papers import Appearance, Paper
from bot.search.analysis import Phrase, Piece, pieces, run_tokens, tokens
from bot.search.finding.fts import quoted
from bot.search.model import Filters
from bot.search.passage import Spellings, texts_of
from bot.search.shelf import Shelf
from bot.search.typing.mend import bare

T = TypeVar("T")

NEAREST = 10
RARE = 400
"""A word in more papers than this, or in most of them, says little about a paper's subject."""
_ASKED = 20
"""Words of a paper that are looked up."""
_SPREAD = 8
"""How much more frequent than a Hangul word the rarest pair of its characters may be."""
_SECONDS = 1.0
_SHORTEST = 3
_TITLE = 4
"""A word of the title counts as often as so many in the summary."""
_COMMON = frozenset(
    tokens(
        "all and any are before beyond both but can does each for from how into its more not now one only our out over"
        " than that the their them these they this through toward towards two under using via what when where which"
        " while who why will with within without you your http https www"
    )
)
# Korean verbs and adjectives of summaries (제시합니다, 향상시켰으며, 효과적인) say nothing about a subject.
_VERBAL = re.compile(
    r"다$|[하되](?:는|여|고|며|게|지|면|던|기|려|므로|도록)|면서$|으며$|거나$|도록$|[었았였했됐켰냈렸졌]|적인?$|시키|스러운|로운|뛰어|우수|다양"
    r"|려는|[있없같많좋높낮]은?는?$"
)


@dataclass(frozen=True, slots=True)
class Similar:
    """Papers like another, the nearest first, and the rare words by which they were found."""

    appearances: tuple[Appearance, ...]
    shared: tuple[Spellings, ...]


@dataclass(frozen=True, slots=True)
class Clue:
    """A word that may show a paper's subject: its phrase in the index, its written form, and its weight."""

    phrase: Phrase
    written: tuple[str, ...]
    weight: float


class Library(Protocol):
    """The papers and their index."""

    async def search(self, work: Callable[[Shelf], T], *, is_long: bool = False) -> T:
        """Do a whole search, away from the event loop."""
        ...

    async def count_since(self, since: date) -> int:
        """How many papers have their newest day on or after a date."""
        ...


class Neighbours:
    """Finds papers that are like another."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def of(self, paper: Paper) -> Similar:
        """At most NEAREST papers, those first that share the rarest words and most of them; the newer of two equals.

        Raises TimeoutError where they can't be found in a second.
        """
        held = await self._library.count_since(date.min)
        return await self._library.search(lambda shelf: _nearest(shelf, paper, held), is_long=True)


def _nearest(shelf: Shelf, paper: Paper, held: int) -> Similar:
    shelf.allow(_SECONDS)
    most = min(RARE, held // 2 + 1)
    scores: defaultdict[int, float] = defaultdict(float)
    shared: list[Spellings] = []
    for clue in _rarest(shelf, clues_of(paper), held):
        papers = shelf.rows(quoted(clue.phrase), Filters(), most + 1)
        if 0 < len(papers) <= most:  # of one alone too: the paper itself may be a stray, which is in no index
            shared.append((clue.phrase,))
            for number in papers:
                scores[number] += clue.weight * _rarity(len(papers), held)
    # The paper itself is its own nearest neighbour.
    best = heapq.nlargest(NEAREST + 1, scores, key=lambda number: (scores[number], number))
    found = {one.number: appearance for one in shelf.read(best) if (appearance := one.appearance())}
    near = [found[number] for number in best if number in found]
    others = [each for each in near if each.listing.paper.arxiv_id != paper.arxiv_id]
    return Similar(tuple(others[:NEAREST]), tuple(shared))


def _rarest(shelf: Shelf, clues: Sequence[Clue], held: int) -> list[Clue]:
    """The clues that say most. A clue is in no more papers than its rarest part is."""
    known = shelf.known(list({word for clue in clues for word in clue.written}))

    def papers(clue: Clue) -> int:
        return min((known[word].papers for word in clue.written if word in known), default=1)

    rare = [clue for clue in clues if papers(clue) <= RARE * (_SPREAD if len(clue.written) > 1 else 1)]
    return heapq.nlargest(_ASKED, rare, key=lambda clue: clue.weight * _rarity(papers(clue), held))


def _rarity(papers: int, held: int) -> float:
    return math.log(1 + held / papers) ** 2


def clues_of(paper: Paper) -> tuple[Clue, ...]:
    """Words that may show a paper's subject, in the order of the text."""
    titled = list(_words(readable(paper.title)))
    words = titled * _TITLE + [word for text in texts_of(paper, "") for word in _words(text)]
    counts = Counter(phrase for phrase, _ in words)
    written = dict(reversed(words))
    return tuple(Clue(phrase, written[phrase], math.sqrt(count)) for phrase, count in counts.items())


def _words(text: str) -> Iterator[tuple[Phrase, tuple[str, ...]]]:
    return (word for piece in pieces(text) if (word := _word(piece)))


@lru_cache(16_384)
def _word(piece: Piece) -> tuple[Phrase, tuple[str, ...]] | None:
    """A word as it is looked up and as it is written: a name as one, a Hangul run without its particle as its pairs."""
    if piece.is_cjk:
        run = bare(piece.runs[0])
        parts = run_tokens(run)
        return (Phrase(parts), parts) if len(run) >= _SHORTEST and not _VERBAL.search(run) else None
    token, written = piece.tokens[-1], piece.joined or piece.runs[-1]
    is_telling = len(token) >= _SHORTEST and token not in _COMMON and not token.isdigit()
    return (Phrase((token,)), (written,)) if is_telling else None
