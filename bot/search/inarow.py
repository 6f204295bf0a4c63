"""Search: the papers that hold the whole query in a row, among those that have all its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.search import fts
from bot.search.analysis import Phrase, is_cjk, stem, tokens
from bot.search.jamo import is_whole
from bot.search.query import Field, Query, Term
from bot.search.shelf import Shelf
from bot.search.spellings import closed_up
from bot.search.strict import among, spelt

FEW = 100
"""Papers that are read, at most, to see whether they hold Hangul in a row: for so many that is quicker than to ask."""

_NAME = 4  # words of an author's name
# In UTF-8 and JSON, what is no letter or digit, nor the end of a text; “ ” … too.
_BETWEEN = rb"(?:\\\"|[^0-9a-z\"\x80-\xff]|\xe2[\x80-\xbf]{2})"
_REST = rb"([0-9a-z]*)"  # of a Latin word


def asked_in_a_row(query: Query, shelf: Shelf) -> str | None:
    """FTS5's expression for it: a phrase, its Hangul also closed up, a few Latin words also as a name turned round.

    None where the query is one word, or has words for one field.
    """
    words = fts.wanted(query)
    texts = _in_a_row(words)
    if not texts:
        return None
    row = " ".join(texts)
    closed = row if any(" " in text for text in texts) else closed_up(row)  # spaces between quotes are meant
    asked = fts.any_of(_possible(_phrases(row, closed), shelf))
    if closed == row and len(texts) <= _NAME and not any(map(is_cjk, texts)):
        turned = _phrases(" ".join([*texts[1:], texts[0]]), " ".join([texts[-1], *texts[:-1]]))
        asked = f"({asked} OR {fts.in_field(Field.AUTHOR, turned)})"
    return fts.instead(query, [among(spelt(words, shelf), asked)])


def read_in_a_row(query: Query, rows: Sequence[int], shelf: Shelf) -> list[int] | None:
    """Those of a few papers that hold the words in a row, Hangul closed up or not; None where it is to be asked.

    Words are read that are Hangul alone, or Latin letters and digits alone.
    """
    texts = _in_a_row(fts.wanted(query))
    if not texts or len(rows) > FEW:
        return None
    words = [_Word.of(text) for text in texts]
    if not all(word.is_readable for word in words):
        return None
    anywhere, turned = _Row.of(words), [_Row.of(words[1:] + words[:1]), _Row.of(words[-1:] + words[:-1])]
    is_name = len(words) <= _NAME and all(word.stem for word in words)
    held = set()
    for found in shelf.read(rows):
        title, authors, summary = found.texts()
        if any(map(anywhere.stands_in, (title, summary, authors))) or (
            is_name and any(row.stands_in(authors) for row in turned)
        ):
            held.add(found.number)
    return [number for number in rows if number in held]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is looked for: Hangul as it is, a Latin one by what all words of its stem begin with."""

    text: str
    stem: str
    is_readable: bool

    @classmethod
    def of(cls, text: str) -> "_Word":
        if is_whole(text):
            return cls(text, "", is_readable=True)
        return cls(text, stem(text), is_readable=text.isascii() and text.isalnum())

    @property
    def begins(self) -> str:
        """What words of a stem begin with: Snowball makes studi of study, and make of making."""
        return self.stem[:-1] if self.stem.endswith(("e", "i")) else self.stem

    @property
    def pattern(self) -> bytes:
        """It as a regular expression."""
        return self.begins.encode() + _REST if self.stem else self.text.encode()


@dataclass(frozen=True, slots=True)
class _Row:
    """Words in a row."""

    pattern: re.Pattern[bytes]
    latin: tuple[_Word, ...]
    begins_latin: bool

    @classmethod
    def of(cls, words: Sequence[_Word]) -> "_Row":
        pattern = words[0].pattern
        for before, after in pairwise(words):  # two Latin words without anything between would be one
            pattern += _BETWEEN + (b"+" if before.stem and after.stem else b"*") + after.pattern
        return cls(re.compile(pattern), tuple(word for word in words if word.stem), bool(words[0].stem))

    def stands_in(self, text: bytes) -> bool:
        """Whether a text holds them so."""
        return any(map(self._is_meant, self.pattern.finditer(text)))

    def _is_meant(self, found: re.Match[bytes]) -> bool:
        if self.begins_latin and found.string[found.start() - 1 : found.start()].isalnum():
            return False
        rests = zip(self.latin, found.groups(), strict=True)
        return all(stem(word.begins + rest.decode()) == word.stem for word, rest in rests)


def _in_a_row(words: Sequence[Term]) -> list[str]:
    """Two words or more, none of which is for one field."""
    texts = [term.text for term in words if term.field is Field.ANY]
    return texts if 1 < len(texts) == len(words) else []


def _possible(phrases: Sequence[Phrase], shelf: Shelf) -> list[Phrase]:
    """Those of some phrases whose pairs of signs some paper has."""
    pairs = {token for phrase in phrases for token in phrase.tokens if is_cjk(token)}
    unknown = pairs - shelf.known(sorted(pairs)).keys()
    return [phrase for phrase in phrases if unknown.isdisjoint(phrase.tokens)]


def _phrases(*texts: str) -> list[Phrase]:
    return list(dict.fromkeys(Phrase(tuple(tokens(text))) for text in texts))
