"""What a search asks of the index and the papers, as short statements on one connection."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from bot.latex import readable, readable_paper
from bot.papers import Appearance, Listing, Paper
from bot.search.finding.rank import in_order
from bot.search.model import Filters
from bot.search.pairs import Translation
from bot.search.shelf import END, DayVotes, Headline, Texts, Word
from bot.storage.engine.codec import decode, paper_texts, texts
from bot.storage.engine.rows import attempt
from bot.storage.engine.rows import readable as readable_rows
from bot.storage.engine.searchers import Searcher
from bot.storage.papers.authors import ORDERED, with_order
from bot.storage.papers.details import ABSTRACT, MADE, ORGANISATION, TOLD, bullets_of, with_texts
from bot.storage.papers.index import UNINDEXED
from bot.storage.papers.numbers import day_of, spans, turned
from bot.storage.papers.pairs import translations

# Most of what is read is never decoded.
_PAPER = (
    f"p.id, p.arxiv_id, p.day, p.votes, CAST(a.content AS BLOB), CAST({ABSTRACT} AS BLOB), {ORDERED}, {MADE}, {TOLD},"
    f" {ORGANISATION}"
)
_JOINED = "JOIN appearances a ON a.id = p.appearance_id LEFT JOIN details d ON d.arxiv_id = p.arxiv_id"
_ENTITY = re.compile(rb"&[#A-Za-z][0-9A-Za-z]{1,30};")
_LAST_SIGN = "\U0010ffff"
_PATIENCE = 1.0  # seconds for queries that count all matches
_ALL = 1_000_000


@dataclass(slots=True)
class Row:
    """A paper that was found, as it is stored."""

    number: int
    arxiv_id: str
    day: str
    votes: int | None
    content: bytes
    encoded_abstract: bytes = b""
    ordered: str | None = None
    made: str = "[]"
    told: str | None = None
    organisation: str | None = None
    _texts: Texts | None = None

    @property
    def version(self) -> int:
        """A number that is another one once its texts change, within one process."""
        return hash((self.content, self.made, self.told))

    @property
    def abstract(self) -> str:
        """Its abstract; "" where none is known."""
        return self.encoded_abstract.decode()

    def texts(self) -> Texts:
        """Its texts as they are indexed: without LaTeX and headings of bullets; empty if it can't be read."""
        if self._texts is None:  # several steps of a search ask for them
            self._texts = attempt(self._read_texts, f"paper {self.arxiv_id}") or (b"", b"", b"", b"")
        return self._texts

    def paper(self) -> Paper | None:
        """The paper as it is indexed, with its page's authors; None if it can't be read."""
        return attempt(self._indexed, f"paper {self.arxiv_id}")

    def appearance(self) -> Appearance | None:
        """The paper with its newest day, and its authors in order if that is known; None if it can't be read."""
        return attempt(self._appearance, f"paper {self.arxiv_id}")

    def _read_texts(self) -> Texts:
        title, authors, summary = texts(self.content, END)
        if any(map(_may_have_latex, (title, authors, summary))):
            title, authors, summary = paper_texts(readable_paper(self._decoded()), END)
        rest = END.join(text.encode().replace(END, b" ") for text in self._other_texts())
        return title.lower(), authors.lower(), summary.lower(), rest.lower()

    def _other_texts(self) -> Iterator[str]:
        """The abstract and the bullets of the texts beside the summary, each once."""
        for text in dict.fromkeys((self.abstract, *bullets_of(self.arxiv_id, self.made, self.told))):
            yield readable(text) if _may_have_latex(text.encode()) else text

    def _indexed(self) -> Paper:
        return with_texts(self._decoded(), self.made, self.told, self.organisation)

    def _decoded(self) -> Paper:
        return decode(self.arxiv_id, self.content)

    def _appearance(self) -> Appearance:
        paper = with_order(self._indexed(), self.ordered)
        return Appearance(date.fromisoformat(self.day), Listing(paper, self.votes), self.abstract)


def _may_have_latex(text: bytes) -> bool:
    return b"\\" in text or b"$" in text or b"``" in text or (b"&" in text and _ENTITY.search(text) is not None)


class SqlShelf:
    """The index and the papers, for one search. Every method may raise TimeoutError."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._looked_up: dict[str, Word | None] = {}
        self._read: dict[int, Row] = {}

    def allow(self, seconds: float) -> None:
        """Give what is asked from now on so much time."""
        self._searcher.allow(seconds)

    def limited(self, seconds: float) -> AbstractContextManager[None]:
        """Limit what is asked within a block to `seconds`, and to what is left of the allowed time."""
        return self._searcher.limited(seconds)

    def check(self) -> None:
        """Raise TimeoutError once the time is up."""
        self._searcher.check()

    def rows(self, match: str, filters: Filters, limit: int) -> list[int]:
        """The numbers of the newest papers that an FTS5 expression finds, newest first."""
        if not (filters.since or filters.until):
            return self._rows(match, filters, limit)
        found: list[int] = []
        for span in spans(filters):
            if len(found) < limit and (span[0] >= 0 or self._has_more()):
                found += self._rows(match, filters, limit - len(found), span)
        return found

    def _rows(self, match: str, filters: Filters, limit: int, span: tuple[int, int] | None = None) -> list[int]:
        source, where = "paper_index", "paper_index MATCH ?"
        values: list[str | int] = [match]
        if span:
            where += " AND paper_index.rowid BETWEEN ? AND ?"
            values += [turned(span[1]), turned(span[0])]
        if filters.min_votes:
            source += f" CROSS JOIN papers p ON p.id = {turned(0)} - paper_index.rowid"
            where += " AND p.votes >= ?"
            values.append(filters.min_votes)
        sql = f"SELECT paper_index.rowid FROM {source} WHERE {where} ORDER BY paper_index.rowid LIMIT ?"
        return [turned(row[0]) for row in self._searcher.rows(sql, (*values, limit))]

    def _has_more(self) -> bool:
        """Whether a day has more papers than ids of its own."""
        return bool(self._searcher.rows("SELECT 1 FROM papers WHERE id < 0 LIMIT 1", ()))

    def is_whole(self) -> bool:
        """Whether all papers are in the index."""
        return not self._searcher.rows("SELECT 1 FROM notes WHERE name = ?", (UNINDEXED,))

    def newest_day(self) -> date:
        """The newest day of any paper; the last of all where there are none."""
        newest = self._searcher.rows("SELECT max(id) FROM papers", ())[0][0]
        return date.max if newest is None else day_of(newest)

    def day_votes(self, rows: Sequence[int]) -> list[DayVotes]:
        """The days and votes of the papers with these numbers, in no order."""
        source = "json_each(?) CROSS JOIN papers p ON p.id = json_each.value"
        found = self._searcher.rows(f"SELECT p.id, p.day, coalesce(p.votes, -1) FROM {source}", (json.dumps(rows),))
        return [DayVotes(*row) for row in found]

    def per_month(self, since: date, until: date) -> dict[date, int]:
        """How many papers have their newest day in each month, by its first day, between two dates."""
        found = self._searcher.rows(
            "SELECT substr(day, 1, 7) || '-01' AS month, count(*) FROM papers WHERE day BETWEEN ? AND ? GROUP BY month",
            (since.isoformat(), until.isoformat()),
        )
        return dict(readable_rows(found, lambda row: (date.fromisoformat(row[0]), row[1]), "month"))

    def titles(self, since: date, until: date) -> list[Headline]:
        """The titles of the papers whose newest day is between two dates; without those that can't be read."""
        found = self._searcher.rows(
            "SELECT p.id, p.day, a.content ->> 'title' FROM papers p JOIN appearances a ON a.id = p.appearance_id"
            " WHERE p.day BETWEEN ? AND ? AND json_valid(a.content)",
            (since.isoformat(), until.isoformat()),
        )
        return readable_rows(found, lambda row: Headline(row[0], date.fromisoformat(row[1]), str(row[2])), "paper")

    def read(self, rows: Sequence[int]) -> list[Row]:
        """The papers with these numbers, in no order."""
        if new := [row for row in rows if row not in self._read]:
            source = "json_each(?) CROSS JOIN papers p ON p.id = json_each.value"
            found = self._papers(f"{source} {_JOINED}", json.dumps(new))
            self._read.update((row.number, row) for row in found)
        return [self._read[row] for row in rows if row in self._read]

    def paper(self, arxiv_id: str) -> Row | None:
        """A paper by its arXiv id."""
        return next(iter(self._papers(f"papers p {_JOINED} WHERE p.arxiv_id = ?", arxiv_id)), None)

    def named(self, arxiv_ids: Sequence[str]) -> list[Row]:
        """Those of some papers that the library has, by their arXiv ids, in no order."""
        source = "json_each(?) CROSS JOIN papers p ON p.arxiv_id = json_each.value"
        return self._papers(f"{source} {_JOINED}", json.dumps(list(arxiv_ids)))

    def since(self, day: date) -> list[int]:
        """The numbers of the papers whose newest day is a date or later, in no order."""
        return [row[0] for row in self._searcher.rows("SELECT id FROM papers WHERE day >= ?", (day.isoformat(),))]

    def beginning(self, letters: str, limit: int) -> list[Word]:
        """The words that begin so, those first that most papers have."""
        sql = (
            "SELECT word, coalesce(token, word), papers FROM words WHERE word BETWEEN ? AND ?"
            " ORDER BY papers DESC, word LIMIT ?"
        )
        return [Word(*row) for row in self._searcher.rows(sql, (letters, letters + _LAST_SIGN, limit))]

    def known(self, words: Sequence[str]) -> dict[str, Word]:
        """Those among some words that any paper has."""
        self._searcher.check()
        if new := [word for word in words if word not in self._looked_up]:
            sql = (
                "SELECT w.word, coalesce(w.token, w.word), w.papers"
                " FROM json_each(?) CROSS JOIN words w ON w.word = json_each.value"
            )
            self._looked_up.update(dict.fromkeys(new))
            self._looked_up.update((row[0], Word(*row)) for row in self._searcher.rows(sql, (json.dumps(new),)))
        return {word: found for word in words if (found := self._looked_up[word])}

    def translations(self, words: Sequence[str]) -> tuple[Translation, ...]:
        """Other ways to say a question's words, one by one and neighbours together."""
        return translations(self._searcher.rows, words)

    def _papers(self, source: str, value: str) -> list[Row]:
        return [Row(*row) for row in self._searcher.rows(f"SELECT {_PAPER} FROM {source}", (value,))]


def find_page(shelf: SqlShelf, match: str, filters: Filters, page: slice) -> tuple[int, tuple[Appearance, ...]]:
    """How many papers an expression finds, and a slice of them in the order that the filters ask for."""
    shelf.allow(_PATIENCE)
    rows = in_order(shelf, shelf.rows(match, filters, _ALL), filters.sort)
    found = {row.number: row for row in shelf.read(rows[page])}
    shown = (found[number].appearance() for number in rows[page] if number in found)
    return len(rows), tuple(each for each in shown if each)
