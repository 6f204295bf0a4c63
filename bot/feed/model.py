"""What a feed is asked for, and what is in it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from bot.errors import UsageError
from bot.locale import Language
from bot.search.query import MAX_QUERY, MAX_TERMS, parse

PAPERS = "/feed.atom"
DAYS = "/days.atom"
"""Where the running bot serves the feed of papers, and that of days."""
TOO_LONG = "query: it takes too long; write fewer words, or rarer ones"


@dataclass(frozen=True, slots=True)
class Asked:
    """A feed as it is asked for: of days, of the papers that match a query, or without one of all papers.

    `query` is in its canonical form, as `read_query` returns it.
    """

    language: Language = Language.EN
    query: str = ""
    by_day: bool = False

    @property
    def address(self) -> str:
        """The path and parameters, the same for all ways to ask for the same feed."""
        given = {"query": self.query} if self.query else {}
        return f"{DAYS if self.by_day else PAPERS}?{urlencode(given | {'language': self.language})}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper or a day in a feed. Texts are plain but `content`, which is HTML. `updated` is in UTC."""

    id: str
    title: str
    link: str
    updated: datetime
    content: str
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title, as plain text, and its entries, newest first. `id` does not depend on where it is served."""

    id: str
    title: str
    language: Language
    entries: tuple[Entry, ...]


def read_query(text: str) -> str:
    """The canonical form of a query. Raises UsageError if it is too long or has nothing to look for."""
    query = parse(text)
    if query.cut:
        raise UsageError(f"query: too long; write at most {MAX_QUERY} characters and {MAX_TERMS} words")
    if query.is_empty:
        raise UsageError("query: nothing to look for; write a word, or leave the query out for all papers")
    return str(query)


def read_language(text: str) -> Language:
    """A language by its tag. Raises UsageError for one that Paperboy lacks."""
    if text not in set(Language):
        raise UsageError(f"language: not known; write one of {', '.join(Language)}")
    return Language(text)
