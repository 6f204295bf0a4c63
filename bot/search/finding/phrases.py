"""The papers that contain the whole query as a phrase, among those with all its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.search.analysis import Phrase, is_cjk, stem, tokens
from bot.search.finding import fts
from bot.search.finding.strict import among, spelt
from bot.search.query import Field, Query, Term
from bot.search.shelf import Shelf, in_time
from bot.search.spellings import closed_up
from bot.search.typing.jamo import is_whole

FEW = 100
"""Up to this many papers, reading their texts is faster than asking the index for the phrase."""

_NAME = 4  # words of an author's name
# What may stand between two words: ASCII without letters, digits and END, and U+2000 to U+2FFF (“ ” …).
_BETWEEN = re.compile(rb"(?:[^0-9a-z\x1f\x80-\xff]|\xe2[\x80-\xbf]{2})*")
_REST = re.compile(rb"[0-9a-z]*")  # of a Latin word


def phrase_expression(query: Query, shelf: Shelf) -> str | None:
    """The FTS5 expression: the phrase, with Hangul also closed up, and a few Latin words also as a reversed name.

    None if the query is one word, or has words for a single field.
    """
    words = fts.wanted(query)
    texts = _words_of_phrase(words)
    if not texts:
        return None
    row = " ".join(texts)
    closed = row if any(" " in text for text in texts) else closed_up(row)  # spaces between quotes are meant
    asked = fts.any_of(_possible(_phrases(row, closed), shelf))
    if closed == row and len(texts) <= _NAME and not any(map(is_cjk, texts)):
        turned = _phrases(" ".join([*texts[1:], texts[0]]), " ".join([texts[-1], *texts[:-1]]))
        asked = f"({asked} OR {fts.in_field(Field.AUTHOR, turned)})"
    return fts.instead(query, [among(spelt(words, shelf), asked)])


def papers_with_phrase(query: Query, rows: Sequence[int], shelf: Shelf) -> list[int] | None:
    """Those of the papers that hold the phrase, Hangul closed up or not; None if the index has to be asked.

    That is so for more than FEW papers, and unless each word is Hangul only or ASCII letters and digits only.
    """
    texts = _words_of_phrase(fts.wanted(query))
    if not texts or len(rows) > FEW:
        return None
    words = [_Word.of(text) for text in texts]
    if not all(word.is_readable for word in words):
        return None
    is_name = len(words) <= _NAME and all(word.is_latin for word in words)
    turned = [words[1:] + words[:1], words[-1:] + words[:-1]] if is_name else []
    held = set()
    for found in in_time(shelf, shelf.read(rows)):
        stored = found.texts()
        authors = stored[1]
        if any(_stand_in(text, words) for text in stored) or any(_stand_in(authors, name) for name in turned):
            held.add(found.number)
    return [number for number in rows if number in held]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word to look for: Hangul as it is, a Latin word by the common beginning of all words of its stem."""

    stem: str
    begins: bytes
    is_readable: bool = True
    is_latin: bool = True

    @classmethod
    def of(cls, text: str) -> "_Word":
        if is_whole(text):
            return cls(text, text.encode(), is_latin=False)
        stemmed = stem(text)  # Snowball makes studi of study, and make of making
        begins = stemmed[:-1] if len(stemmed) > 1 and stemmed.endswith(("e", "i")) else stemmed
        return cls(stemmed, begins.encode(), is_readable=text.isascii() and text.isalnum())

    def end_in(self, text: bytes, start: int) -> int:
        """Where the word ends if it is at `start`, else -1."""
        if not text.startswith(self.begins, start):
            return -1
        if not self.is_latin:
            return start + len(self.begins)
        rest = _REST.match(text, start + len(self.begins))
        end = rest.end() if rest else start
        return end if stem(text[start:end].decode()) == self.stem else -1


def _stand_in(text: bytes, words: Sequence[_Word]) -> bool:
    """Whether a text contains the words as a phrase."""
    first = words[0]
    start = text.find(first.begins)
    while start >= 0:
        is_inside = first.is_latin and text[start - 1 : start].isalnum()  # of bytes: an ASCII letter or digit
        if not is_inside and _go_on_from(text, start, words):
            return True
        start = text.find(first.begins, start + 1)
    return False


def _go_on_from(text: bytes, start: int, words: Sequence[_Word]) -> bool:
    end = words[0].end_in(text, start)
    for before, after in pairwise(words):
        gap = _BETWEEN.match(text, end) if end >= 0 else None
        if gap is None or (gap.end() == end and before.is_latin and after.is_latin):
            return False
        end = after.end_in(text, gap.end())
    return end >= 0


def _words_of_phrase(words: Sequence[Term]) -> list[str]:
    """The words, if there are at least two and each may be in any field; else an empty list."""
    texts = [term.text for term in words if term.field is Field.ANY]
    return texts if 1 < len(texts) == len(words) else []


def _possible(phrases: Sequence[Phrase], shelf: Shelf) -> list[Phrase]:
    """The phrases of which every CJK pair occurs in some paper."""
    pairs = {token for phrase in phrases for token in phrase.tokens if is_cjk(token)}
    unknown = pairs - shelf.known(sorted(pairs)).keys()
    return [phrase for phrase in phrases if unknown.isdisjoint(phrase.tokens)]


def _phrases(*texts: str) -> list[Phrase]:
    return list(dict.fromkeys(Phrase(tuple(tokens(text))) for text in texts))
