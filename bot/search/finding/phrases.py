"""The papers that contain the whole query as a phrase, among those with all its words."""

from collections.abc import Sequence

from bot.search.analysis import Phrase, is_cjk, tokens
from bot.search.finding import fts
from bot.search.finding.strict import among, spelt
from bot.search.query import Field, Query, Term
from bot.search.shelf import Shelf
from bot.search.spellings import closed_up

_NAME = 4  # words of an author's name


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
