"""The words of all papers, with how many papers have each: for completion, typing errors and other spellings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from bot.search.analysis import IndexedWord
from bot.storage.engine.database import Transaction

_MOST = 50_000
"""Known words kept in memory."""
_MOST_NOTED = 2_000
"""Papers whose words are collected before the counts are written with the next page."""

PaperWords = frozenset[IndexedWord]
"""The words of one paper."""


@dataclass(slots=True)
class Words:
    """Keeps the table of words up to date.

    A new word is written as soon as its paper is stored, since searches skip unknown words. Counts only rank words, so
    those of known words are collected and written for many pages at once. A word that no paper has any more stays, with
    count 0.
    """

    _known: set[IndexedWord] = field(default_factory=set)
    _came: list[PaperWords] = field(default_factory=list)
    _went: list[PaperWords] = field(default_factory=list)

    async def add(self, tx: Transaction, papers: Sequence[PaperWords]) -> list[PaperWords]:
        """Write the new words of papers; return the others. Call `keep` with both once the transaction is committed."""
        if len(self._came) + len(self._went) > _MOST_NOTED:
            await self.tidy(tx)
        known = [words & self._known for words in papers]
        counts = _counted([words - self._known for words in papers], ())
        await tx.many(
            "INSERT INTO words (word, token, papers) VALUES (?, ?, ?)"
            " ON CONFLICT (word) DO UPDATE SET papers = papers + excluded.papers",
            sorted(((*_named(word), count) for word, count in counts.items()), key=itemgetter(0)),
        )
        return known

    def keep(self, papers: Sequence[PaperWords], known: Iterable[PaperWords]) -> None:
        """Know the words that `add` wrote, and collect those that it left out."""
        self._came += known
        if len(self._known) > _MOST:
            self._known.clear()
        self._known.update(*papers)

    def remove(self, papers: Iterable[PaperWords]) -> None:
        """Collect the words of papers that the index does not hold any more."""
        self._went += papers

    async def tidy(self, tx: Transaction) -> None:
        """Write the collected counts."""
        counts = _counted(self._came, self._went)
        changes = sorted((_named(word)[0], count) for word, count in counts.items() if count)
        await tx.many("UPDATE words SET papers = papers + ?2 WHERE word = ?1", changes)
        self._came.clear()
        self._went.clear()

    def forget(self) -> None:
        """Forget all words, as the table is being rebuilt."""
        self._known.clear()
        self._came.clear()
        self._went.clear()


def _counted(came: Iterable[PaperWords], went: Iterable[PaperWords]) -> Counter[IndexedWord]:
    counts: Counter[IndexedWord] = Counter()
    for words in came:
        counts.update(words)
    for words in went:
        counts.subtract(words)
    return counts


def _named(word: IndexedWord) -> tuple[str, str | None]:
    """A word's written form, and its token if that differs."""
    return (word, None) if isinstance(word, str) else word
