"""A reading list as a file: BibTeX, RIS, Markdown or CSV."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC
from enum import StrEnum

import regex

from bot.latex import readable
from bot.papers import Paper
from bot.papers.authors import names_of
from bot.reading.bibtex import MOST_AUTHORS, bibliography
from bot.reading.model import SavedPaper
from bot.reading.plain import one_line
from bot.reading.ris import to_ris

COLUMNS = ("arxiv_id", "title", "authors", "day", "votes", "link", "saved_at", "read", "note")
_NAMES = 3
_BOM = "\ufeff"  # without it Excel assumes a legacy encoding, and garbles Korean
_MARKUP = regex.compile(r"[\\`*_\[\]<>&~|$#:@]")
_FORMULA = tuple("=+-@＝＋－＠")
"""Starts of cells that spreadsheets evaluate: https://owasp.org/www-community/attacks/CSV_Injection."""


class Format(StrEnum):
    """The file formats, by their words in a custom_id."""

    BIBTEX = "bibtex"
    RIS = "ris"
    MARKDOWN = "markdown"
    CSV = "csv"

    @property
    def label(self) -> str:
        """The format's name, the same in every language."""
        return {Format.BIBTEX: "BibTeX", Format.RIS: "RIS", Format.MARKDOWN: "Markdown", Format.CSV: "CSV"}[self]

    @property
    def suffix(self) -> str:
        """The file name's suffix."""
        return {Format.BIBTEX: "bib", Format.RIS: "ris", Format.MARKDOWN: "md", Format.CSV: "csv"}[self]

    @property
    def names_first_author(self) -> bool:
        """Whether programs that read it take the first author to be the paper's first."""
        return self in {Format.BIBTEX, Format.RIS}


def export(saved: Sequence[SavedPaper], kind: Format) -> bytes:
    """The list as a file in UTF-8, in the given order."""
    write = {Format.BIBTEX: to_bibtex, Format.RIS: to_ris, Format.MARKDOWN: to_markdown, Format.CSV: to_csv}[kind]
    return write(saved).encode()


def to_bibtex(saved: Sequence[SavedPaper]) -> str:
    """An entry for each paper."""
    return bibliography(each.paper for each in saved)


def to_markdown(saved: Sequence[SavedPaper]) -> str:
    """A list with a line for each paper: link, authors, day."""
    return "".join(f"- {_line(each)}\n" for each in saved)


def to_csv(saved: Sequence[SavedPaper]) -> str:
    """A table as in RFC 4180, with COLUMNS as its header and a byte order mark for Excel.

    Cells that a spreadsheet would evaluate start with an apostrophe. Times are UTC.
    """
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    rows.writerows([_cell(value) for value in _row(each)] for each in saved)
    return _BOM + file.getvalue()


def _line(saved: SavedPaper) -> str:
    paper = saved.paper
    names = _names(paper)
    more = paper.more_authors or len(names) > _NAMES
    authors = ", ".join(names[:_NAMES]) + " et al." * bool(names and more)
    link = f"[{_escape(one_line(readable(paper.title)) or paper.arxiv_id)}]({paper.url})"
    day = saved.found.dated if saved.found else ""
    return " · ".join(
        part for part in (link, _escape(authors) if names else "", f"arXiv {paper.arxiv_id}", day) if part
    )


def _names(paper: Paper) -> list[str]:
    return [name for each in names_of(paper) if (name := one_line(each))]


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _row(saved: SavedPaper) -> tuple[str, ...]:
    paper, found = saved.paper, saved.found
    names = _names(paper)
    more = ["et al."] if names and (paper.more_authors or len(names) > MOST_AUTHORS) else []
    votes = found.listing.votes if found else None
    return (
        paper.arxiv_id,
        one_line(readable(paper.title)),
        "; ".join([*names[:MOST_AUTHORS], *more]),
        found.dated if found else "",
        "" if votes is None else str(votes),
        paper.url,
        saved.saved_at.astimezone(UTC).isoformat(timespec="seconds"),
        "yes" if saved.mark.read else "no",
        one_line(saved.mark.note),
    )


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
