"""Many phrases looked for in one text at once, with an Aho-Corasick automaton (pyahocorasick).

A text is its tokens with a space on either side of each. No token holds a space, so what stands there from one space
to another is whole tokens.
"""

from itertools import count

import ahocorasick

from bot.search.analysis import Phrase

_CHANGES = 2_000
"""So many phrases may come and go until the large automaton is finished anew."""


class Phrases:
    """Phrases, each with the numbers of the terms that it spells.

    An automaton has to be finished after each change, which takes tens of milliseconds for a hundred thousand phrases.
    So those that came last are in a small one, and one that went stays in the large one, a spelling of nothing.
    """

    def __init__(self) -> None:
        self._settled = _automaton()
        self._recent = _automaton()
        self._gone: list[str] = []
        self._fresh = count()
        self._numbers: dict[int, tuple[int, ...]] = {}
        """By what the automata hold of each phrase: a key of its own."""

    def add(self, phrase: Phrase, number: int) -> None:
        """Look for a phrase from now on."""
        sought = _sought(phrase)
        key = self._settled.get(sought, self._recent.get(sought, None))
        if key is None:
            key = next(self._fresh)
            self._recent.add_word(sought, key)
        self._numbers[key] = (*self._numbers.get(key, ()), number)

    def remove(self, phrase: Phrase, number: int) -> None:
        """Take back what was added."""
        sought = _sought(phrase)
        key = self._settled.get(sought, self._recent.get(sought, None))
        self._numbers[key] = tuple(each for each in self._numbers[key] if each != number)
        if not self._numbers[key]:
            del self._numbers[key]
            if not self._recent.remove_word(sought):
                self._gone.append(sought)

    def finish(self) -> None:
        """Make ready what came and went; `found` needs it after each change."""
        if len(self._recent) + len(self._gone) > _CHANGES:
            self._settle()
        for automaton in (self._settled, self._recent):
            automaton.make_automaton()

    def found(self, text: str) -> set[int]:
        """The numbers of the phrases that stand in a text, an analysed field of a paper."""
        sought = f" {text} "
        keys = {key for automaton in self._finished() for _, key in automaton.iter(sought)}
        return {number for key in keys for number in self._numbers.get(key, ())}

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
