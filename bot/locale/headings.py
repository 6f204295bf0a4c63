"""The headings of a summary ("What's New") in the reader's language."""

from functools import cache

import regex

from bot.locale import Catalogue, Language, catalogue

HEADINGS = (
    "news",
    "details",
    "results",
    "limitations",
    "ethics",
    "related",
    "data",
    "evaluation",
    "applications",
)
"""Headings that pages use, as the catalogue's `heading-...`. Nearly all summaries have the first three."""
_NEWS = HEADINGS[0]
_OTHER_WORDS = {"What is new": "news", "Performance Highlight": "results", "Dataset": "data", "New Datasets": "data"}
_PARTS = regex.compile(r" [-–—] ")
_NO_LETTER = regex.compile(r"[^\p{L}]")


def translated(heading: str, reader: Catalogue) -> str:
    """A heading, which is plain text: in the reader's language if it is a usual one, else as written.

    Both parts of a heading such as "What's New - Related Work" are translated.
    """
    parts = [(part, _usual().get(_folded(part))) for part in _PARTS.split(heading)]
    return " – ".join(reader.say(f"heading-{key}") if key else part for part, key in parts)


def tells_news(heading: str | None) -> bool:
    """Whether the text under a heading tells what is new in the paper."""
    return _usual().get(_folded(heading or "")) == _NEWS


@cache
def _usual() -> dict[str, str]:
    """The usual headings in every language, folded."""
    written = {catalogue(language).say(f"heading-{key}"): key for key in HEADINGS for language in Language}
    return {_folded(words): key for words, key in (written | _OTHER_WORDS).items()}


def _folded(heading: str) -> str:
    return _NO_LETTER.sub("", heading).casefold()
