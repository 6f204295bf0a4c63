"""Finds many phrases in a text at once, with an Aho-Corasick automaton (pyahocorasick).

A text is its tokens with a space on either side of each. Tokens hold no spaces, so matches between spaces are whole
tokens.
"""

from itertools import chain, count

import ahocorasick

from bot.search.analysis import Phrase

_CHANGES = 2_000
"""After so many added or removed phrases the large automaton is rebuilt."""


class Phrases:
    """Phrases, each with the numbers of the terms that it spells.

    Rebuilding an automaton takes tens of milliseconds for a hundred thousand phrases. So new phrases go to a small one,
    and removed phrases stay in the large one as spellings of no term.
    """

    def __init__(self) -> None:
        self._settled = _automaton()
        self._recent = _automaton()
        self._gone: list[str] = []
        self._fresh = count()
        self._numbers: dict[int, tuple[int, ...]] = {}
        """A key for each phrase, by its text in the automata."""

    def add(self, phrase: Phrase, number: int) -> None:
        """Add a phrase to look for."""
        sought = _sought(phrase)
        key = self._settled.get(sought, self._recent.get(sought, None))
        if key is None:
            key = next(self._fresh)
            self._recent.add_word(sought, key)
        self._numbers[key] = (*self._numbers.get(key, ()), number)

    def remove(self, phrase: Phrase, number: int) -> None:
        """Remove a phrase that was added."""
        sought = _sought(phrase)
        key = self._settled.get(sought, self._recent.get(sought, None))
        self._numbers[key] = tuple(each for each in self._numbers[key] if each != number)
        if not self._numbers[key]:
            del self._numbers[key]
            if not self._recent.remove_word(sought):
                self._gone.append(sought)

    def finish(self) -> None:
        """Apply additions and removals; call it after each change, before `found`."""
        if len(self._recent) + len(self._gone) > _CHANGES:
            self._settle()
        for automaton in (self._settled, self._recent):
            automaton.make_automaton()

    def found(self, text: str) -> set[int]:
        """The numbers of the phrases in a text, an analysed field of a paper."""
        sought = f" {text} "
        keys = {key for automaton in self._finished() for _, key in automaton.iter(sought)}
        return set(chain.from_iterable(filter(None, map(self._numbers.get, keys))))

    def _finished(self) -> list[ahocorasick.Automaton]:
        return [automaton for automaton in (self._settled, self._recent) if len(automaton)]

    def _settle(self) -> None:
        small, large = sorted((self._settled, self._recent), key=len)
        for sought, key in small.items():
            large.add_word(sought, key)
        for sought in self._gone:
            if large.get(sought, None) not in self._numbers:
                large.remove_word(sought)
        self._settled, self._recent, self._gone = large, _automaton(), []


def _automaton() -> ahocorasick.Automaton:
    return ahocorasick.Automaton(ahocorasick.STORE_INTS)


def _sought(phrase: Phrase) -> str:
    return f" {phrase}" if phrase.prefix else f" {phrase} "
