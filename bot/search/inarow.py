"""Search: the papers that hold the whole query in a row, among those that have all its words."""

import re
from collections.abc import Sequence

from bot.search import fts
from bot.search.analysis import Phrase, is_cjk, tokens
from bot.search.jamo import is_whole
from bot.search.query import Field, Query, Term
from bot.search.shelf import Shelf
from bot.search.spellings import closed_up
from bot.search.strict import among, spelt

FEW = 100
"""Papers that are read, at most, to see whether they hold Hangul in a row: for so many that is quicker than to ask."""

_NAME = 4  # words of an author's name
_BETWEEN = rb"(?:[^0-9a-z\x80-\xff]|\xe2[\x80-\xbf]{2})*"  # in UTF-8: what is no letter or digit; “ ” … too


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
    """Those of a few papers that hold words of Hangul in a row, closed up or not; None where it is to be asked."""
    texts = _in_a_row(fts.wanted(query))
    if not texts or len(rows) > FEW or not all(map(is_whole, texts)):
        return None
    row = re.compile(_BETWEEN.join(text.encode() for text in texts))
    held = {found.number for found in shelf.read(rows) if any(map(row.search, found.texts()))}
    return [number for number in rows if number in held]


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
