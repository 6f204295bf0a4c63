"""A reading list as RIS, which Zotero and other reference managers read.

The tags are those of https://en.wikipedia.org/wiki/RIS_(file_format); the DOI is the one that arXiv registers for each
paper: https://info.arxiv.org/help/doi.html.
"""

from collections.abc import Iterator, Sequence

from bot.latex import readable
from bot.papers.authors import given_and_family, names_of
from bot.reading.bibtex import MOST_AUTHORS, year_of
from bot.reading.model import SavedPaper
from bot.reading.plain import one_line

_DOI = "10.48550/arXiv."


def to_ris(saved: Sequence[SavedPaper]) -> str:
    """A record for each paper: an unpublished work with its authors, title, year and links, and the note on it."""
    return "".join(f"{line}\r\n" for each in saved for line in _record(each))


def _record(saved: SavedPaper) -> Iterator[str]:
    paper = saved.paper
    yield _line("TY", "UNPB")
    yield from (_line("AU", name) for each in names_of(paper)[:MOST_AUTHORS] if (name := _inverted(one_line(each))))
    yield _line("TI", one_line(readable(paper.title)) or paper.arxiv_id)
    if year := year_of(paper.arxiv_id):
        yield _line("PY", year)
    yield _line("UR", paper.url)
    yield _line("DO", f"{_DOI}{paper.arxiv_id}")
    if note := one_line(saved.mark.note):
        yield _line("N1", note)
    yield _line("ER", "")


def _line(tag: str, value: str) -> str:
    return f"{tag}  - {value}"


def _inverted(name: str) -> str:
    """The name as "Last, First"; one word as it is."""
    given, family = given_and_family(name)
    return ", ".join(part for part in (family, given) if part)
