"""Other engines over the same papers: tantivy, SQLite's own tokenizers, and LIKE. Each answers the best ten.

All are asked fairly: their default analysis, title over authors over summary as here, all words first and any of them
where that finds fewer than ten (trigram: every word as a part of the text; it can't see words of fewer than three
characters and leaves them out).
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import tantivy

from bench.quality import DEPTH
from bench.words import bullet_texts
from bot.papers import Paper

Row = tuple[str, str, str, str]
"""arXiv id, title, authors, summary."""

_WORD = re.compile(r"\w+")
_TRIGRAM = 3
_HEAP = 128_000_000
_BATCH = 2_000
_WEIGHTS = (10.0, 4.0, 1.0)
_COLUMNS = ("title", "authors", "summary")


class Peer(Protocol):
    """Another engine."""

    name: str

    def ask(self, text: str) -> list[str]:
        """The arXiv ids of the best ten."""
        ...

    def close(self) -> None:
        """Let go of its files."""
        ...


def row_of(paper: Paper) -> Row:
    """A paper as plain text."""
    return paper.arxiv_id, paper.title, ", ".join(paper.authors), "\n".join(bullet_texts(paper.summary))


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


@dataclass(slots=True)
class Tantivy:
    """tantivy's default tokenizer (words, lower case); with `bigrams`, its ngram tokenizer of two characters."""

    name: str
    _index: Any
    _searcher: Any

    @classmethod
    def build(cls, folder: Path, rows: Iterable[Row], *, bigrams: bool = False) -> "Tantivy":
        """Index the papers in one thread and merge what that left."""
        folder.mkdir()
        tokenizer = "bigrams" if bigrams else "default"
        schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
        for column in _COLUMNS:
            schema = schema.add_text_field(column, tokenizer_name=tokenizer)
        index = tantivy.Index(schema.build(), path=str(folder))
        if bigrams:
            analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2)).filter(tantivy.Filter.lowercase())
            index.register_tokenizer(tokenizer, analyser.build())
        writer = index.writer(_HEAP, 1)
        for identifier, title, authors, summary in rows:
            writer.add_document(tantivy.Document(id=identifier, title=title, authors=authors, summary=summary))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls("tantivy, bigrams" if bigrams else "tantivy", index, index.searcher())

    def ask(self, text: str) -> list[str]:
        """Words ANDed; where that finds fewer than ten, ORed."""
        words = " ".join(_WORD.findall(text))
        found = self._best(words, every=True)
        return found if len(found) == DEPTH else list(dict.fromkeys([*found, *self._best(words, every=False)]))[:DEPTH]

    def _best(self, words: str, *, every: bool) -> list[str]:
        boosts = dict(zip(_COLUMNS, _WEIGHTS, strict=True))
        query, _ = self._index.parse_query_lenient(
            words, list(_COLUMNS), field_boosts=boosts, conjunction_by_default=every
        )
        hits = self._searcher.search(query, DEPTH, count=False).hits
        return [self._searcher.doc(address)["id"][0] for _, address in hits]

    def close(self) -> None:
        """Let go of the index."""
        self._searcher = self._index = None


@dataclass(slots=True)
class Fts5:
    """An FTS5 table with a stock tokenizer."""

    name: str
    _connection: sqlite3.Connection
    _least: int

    @classmethod
    def build(cls, path: Path, rows: Iterable[Row], tokenizer: str) -> "Fts5":
        """Index the papers; the text itself is not kept in the index."""
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, arxiv_id TEXT)")
        connection.execute(
            f"CREATE VIRTUAL TABLE found USING fts5 ({', '.join(_COLUMNS)}, content = '', tokenize = '{tokenizer}')"
        )
        number = 0
        for batch in _batches(rows):
            numbered: list[tuple[int, str, str, str, str]] = [
                (number + offset, *row) for offset, row in enumerate(batch, 1)
            ]
            number += len(batch)
            connection.executemany("INSERT INTO papers VALUES (?, ?)", [row[:2] for row in numbered])
            connection.executemany(
                f"INSERT INTO found (rowid, {', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?)",
                [(row[0], *row[2:]) for row in numbered],
            )
        connection.commit()
        return cls(f"FTS5 {tokenizer}", connection, _TRIGRAM if tokenizer == "trigram" else 1)

    def ask(self, text: str) -> list[str]:
        """Words ANDed; where that finds fewer than ten, ORed."""
        split = text.split() if self._least > 1 else _WORD.findall(text)
        words = [f'"{word}"' for word in (word.replace('"', "") for word in split) if len(word) >= self._least]
        if not words:
            return []
        found = self._best(" AND ".join(words))
        return found if len(found) == DEPTH else list(dict.fromkeys([*found, *self._best(" OR ".join(words))]))[:DEPTH]

    def _best(self, match: str) -> list[str]:
        rows = self._connection.execute(
            "SELECT arxiv_id FROM (SELECT rowid AS id, rank FROM found WHERE found MATCH ?"
            " AND rank MATCH 'bm25(10.0, 4.0, 1.0)' ORDER BY rank LIMIT ?) JOIN papers USING (id) ORDER BY rank",
            (match, DEPTH),
        )
        return [row[0] for row in rows]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


@dataclass(slots=True)
class Like:
    """No index: each word somewhere in the text, newest papers first."""

    _connection: sqlite3.Connection
    name: str = "LIKE"

    @classmethod
    def build(cls, path: Path, rows: Iterable[Row]) -> "Like":
        """Keep the text as it is."""
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, arxiv_id TEXT, whole TEXT)")
        for batch in _batches(rows):
            values = [(row[0], "\n".join(row[1:])) for row in batch]
            connection.executemany("INSERT INTO papers (arxiv_id, whole) VALUES (?, ?)", values)
        connection.commit()
        return cls(connection)

    def ask(self, text: str) -> list[str]:
        """All words, the newest papers first."""
        words = [f"%{word}%" for word in _WORD.findall(text)]
        where = " AND ".join(["whole LIKE ?"] * len(words)) or "0"
        rows = self._connection.execute(
            f"SELECT arxiv_id FROM papers WHERE {where} ORDER BY id DESC LIMIT ?", (*words, DEPTH)
        )
        return [row[0] for row in rows]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


@contextmanager
def peers(folder: Path, papers: Callable[[], Iterable[Paper]], names: Iterable[str]) -> Iterator[list[Peer]]:
    """The named engines (see `ALL`) with the papers in them, built below a folder that is there; closed at the end.

    `papers` is called once for each engine.
    """
    found: list[Peer] = []
    try:
        found.extend(_built(name, folder, map(row_of, papers())) for name in names)
        yield found
    finally:
        for peer in found:
            peer.close()


ALL = ("tantivy", "tantivy, bigrams", "unicode61", "trigram", "like")
"""The engines that `peers` can build."""


def _built(name: str, folder: Path, rows: Iterable[Row]) -> Peer:
    place = folder / re.sub(r"\W+", "-", name)
    match name:
        case "tantivy" | "tantivy, bigrams":
            return Tantivy.build(place, rows, bigrams=name != "tantivy")
        case "like":
            return Like.build(place, rows)
        case _:
            return Fts5.build(place, rows, name)
