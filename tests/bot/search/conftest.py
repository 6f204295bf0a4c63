"""An FTS5 table as the library's migration makes it, and ways to ask it."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import pytest

from bot.papers import Paper
from bot.search.matcher import document_fields

TOKENIZE = "tokenize = 'unicode61 remove_diacritics 0'"


class Index:
    """A full-text index of papers in memory."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE paper_index USING fts5"
            f" (summary, title, authors, abstract, content = '', columnsize = 0, {TOKENIZE})"
        )

    def close(self) -> None:
        self._connection.close()

    def put(self, *papers: Paper, abstracts: Sequence[str] = ()) -> None:
        """Hold these papers with their abstracts and no others; the first is row 1."""
        self._connection.execute("INSERT INTO paper_index (paper_index) VALUES ('delete-all')")
        for row, paper in enumerate(papers, 1):
            fields = document_fields(paper, abstracts[row - 1] if abstracts else "")
            self._connection.execute(
                "INSERT INTO paper_index (rowid, title, authors, summary, abstract) VALUES (?, ?, ?, ?, ?)",
                (row, fields.title, fields.authors, fields.summary, fields.abstract),
            )

    def find(self, match: str) -> list[int]:
        """The rows that an expression finds."""
        found = self._connection.execute("SELECT rowid FROM paper_index WHERE paper_index MATCH ?", (match,))
        return sorted(row for (row,) in found)


def split(text: str) -> list[str]:
    """The tokens that FTS5 makes of a text."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (text, {TOKENIZE})")
        connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab (texts, 'instance')")
        connection.execute("INSERT INTO texts VALUES (?)", (text,))
        return [term for (term,) in connection.execute("SELECT term FROM vocabulary ORDER BY offset")]


@pytest.fixture(scope="module")
def fts5_split() -> Callable[[str], list[str]]:
    return split


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    opened = Index()
    yield opened
    opened.close()
