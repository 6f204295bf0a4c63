"""The words of all papers, and how many papers have each: for half a word, a typing error, a spelling that can't be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from bot.search.analysis import IndexedWord
from bot.storage.database import Transaction

_MOST = 50_000
"""Words that are kept in memory, of those that stand in the table."""
_MOST_NOTED = 20_000
"""Words of which more is noted than this are written with the next page."""

PaperWords = frozenset[IndexedWord]
"""The words of one paper."""


@dataclass(frozen=True, slots=True)
class WordChanges:
    """What a transaction changed: the words that it wrote, and by how much others have to change."""

    written: frozenset[str]
    noted: Counter[str]


@dataclass(slots=True)
class Words:
    """Keeps the table of words up to date.

    That a word exists is written in the transaction of its paper, since search asks for no word that is unknown. How
    many papers have it only says which of several is the likelier. Of a word that is known to stand there this is
    noted, and written for many pages at once. A word that no paper has any more stays, with none.
    """

    _known: set[str] = field(default_factory=set)
    _noted: Counter[str] = field(default_factory=Counter)

    async def change(self, tx: Transaction, old: Iterable[PaperWords], new: Iterable[PaperWords]) -> WordChanges:
        """Count papers out and in, by their words. The answer is for `keep`, once the transaction is committed."""
        counts: Counter[IndexedWord] = Counter()
        for words in new:
            counts.update(words)
        for words in old:
            counts.subtract(words)
        rows: list[tuple[str, str | None, int]] = []
        noted: Counter[str] = Counter()
        for word, change in counts.items():
            written, token = (word, None) if isinstance(word, str) else word
            if written in self._known:
                noted[written] = change
            else:
                rows.append((written, token, change))
        if len(self._noted) > _MOST_NOTED:
            await self.tidy(tx)
        await tx.many(
            "INSERT INTO words (word, token, papers) VALUES (?, ?, ?)"
            " ON CONFLICT (word) DO UPDATE SET papers = papers + excluded.papers",
            sorted(rows, key=itemgetter(0)),
        )
        return WordChanges(frozenset(map(itemgetter(0), rows)), noted)

    def keep(self, changes: WordChanges) -> None:
        """What `change` wrote is committed."""
        if len(self._known) > _MOST:
            self._known.clear()
        self._known |= changes.written
        self._noted.update(changes.noted)

    async def tidy(self, tx: Transaction) -> None:
        """Write what was noted."""
        changes = sorted((word, change) for word, change in self._noted.items() if change)
        await tx.many("UPDATE words SET papers = papers + ?2 WHERE word = ?1", changes)
        self._noted.clear()

    def forget(self) -> None:
        """The table is made anew."""
        self._known.clear()
        self._noted.clear()
