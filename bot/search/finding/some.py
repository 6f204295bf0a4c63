"""The papers that have some of a query's words, in any field: the rarest words count most."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.search.analysis import Phrase
from bot.search.finding import fts
from bot.search.finding.wording import Wordings
from bot.search.model import Filters
from bot.search.query import Query, Term
from bot.search.shelf import Shelf

_NEWEST = 500
"""Papers of a word that are looked at, the newest. A word that more papers have is frequent."""

_PART = 0.5
"""What the parts of a word count together, beside the whole word."""


@dataclass(slots=True)
class Some:
    """Scores papers by the words that they have. `stopped`: the time was up, and not all words were looked up.

    `capped`: other papers have a word too.
    """

    shelf: Shelf
    query: Query
    filters: Filters
    wordings: Wordings
    scores: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    stopped: bool = False
    capped: bool = False

    def best(self) -> list[int]:
        """The numbers of the papers, best first."""
        try:
            for word in fts.wanted(self.query):
                self._look_up(word)
        except TimeoutError:
            self.stopped = True
        return sorted(self.scores, key=lambda row: (self.scores[row], row), reverse=True)

    def _look_up(self, word: Term) -> None:
        others = [phrase for term in self.wordings.get(word, ()) for phrase in term.spellings]
        self._count([*word.spellings, *others])
        parts = _parts(word)
        for part in parts:
            self._count([part], _PART / len(parts))

    def _count(self, phrases: Sequence[Phrase], share: float = 1.0) -> None:
        rows = self.shelf.rows(fts.instead(self.query, [fts.any_of(phrases)]), self.filters, _NEWEST)
        self.capped = self.capped or len(rows) == _NEWEST
        for row in rows:
            self.scores[row] += share * rarity(len(rows))


def rarity(papers: int) -> float:
    """What a word weighs that so many of the newest papers have."""
    return math.log(1 + 2 * _NEWEST / papers)


def _parts(word: Term) -> list[Phrase]:
    """The tokens of a word that has several."""
    first = word.spellings[0]
    return [Phrase((token,)) for token in dict.fromkeys(first.tokens)] if len(first.tokens) > 1 else []
