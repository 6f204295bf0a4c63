"""Reads a page line by line, in any of the archive's three styles of summary.

A line is the day's heading, a paper's heading, a fact about the paper (vote, authors, picture, video), a bullet, or a
continuation of the bullet above. Anything else that can't be read raises PageError with its line: a page is read
completely or not at all.
"""

import re
from datetime import date
from pathlib import Path

from bot.archive.draft import Draft
from bot.archive.files import read_bytes
from bot.archive.page import Page, Remark
from bot.archive.text import UNSTORABLE, nfc, one_line, split_lines
from bot.errors import PageError
from bot.papers import Day, Listing
from bot.papers.arxiv import ARXIV_ID

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+|(?=\[))(.*)$")
_DAY_LEVEL, _PAPER_LEVEL = 2, 3
_MOST_HEADING = 10_000  # characters; a link is searched for at each of them
_DATE = re.compile(r"(?<![0-9])([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?![0-9])")
_DAY_WORDS = "daily papers"
_PAPER_LINK = re.compile(
    rf"""\]\(\s*
    https?://(?: (?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html) | (?:www\.)?(?:huggingface|hf)\.co/papers )/
    (?P<id> {ARXIV_ID.pattern} )
    (?:v[0-9]+)? (?:\.pdf)? /? (?:[?\#][^\s)]*)? \s*\)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*$")
_PATH_DATE = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})\.md$")


def read_file(path: Path) -> Page:
    """Read a page's file (UTF-8, with or without a byte order mark).

    If the path ends in YYYY/MM/DD.md with another date than the day's heading, the heading wins and a remark says so.
    Raises PageError if it can't be read as a page, OSError if it can't be opened, is not a file or is too long.
    """
    return read_page(decode(read_bytes(path)), expected=path_date(path))


def read_page(text: str, *, expected: date | None = None) -> Page:
    """Read a page's text; `expected` is the date in its path. Raises PageError, nothing else."""
    reader = _PageReader()
    for number, line in enumerate(split_lines(nfc(text)), 1):
        if UNSTORABLE.search(line):
            raise PageError(number, "the line holds a NUL or half a surrogate pair: is this a text file?")
        reader.take(number, line)
    return reader.finish(expected)


def decode(content: bytes) -> str:
    """Decode a file's content as UTF-8. Raises PageError with the line of the first invalid byte."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(split_lines(content[: error.start].decode("utf-8")))
        raise PageError(line, f"the file is not UTF-8: byte 0x{content[error.start]:02x}") from error


def is_page(text: str) -> bool:
    """Whether a text's first heading is a day's heading with a date, valid or not."""
    for line in split_lines(text):
        if heading := _HEADING.match(line):
            return _is_day_heading(heading) and _DATE.search(heading[2]) is not None
    return False


def path_date(path: Path) -> date | None:
    """The date in a path that ends in YYYY/MM/DD.md; None for any other path."""
    found = _PATH_DATE.search(path.absolute().as_posix())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


class _PageReader:
    """A page while its lines are read."""

    def __init__(self) -> None:
        self._date: date | None = None
        self._date_line = 0
        self._listings: dict[str, Listing] = {}
        self._remarks: list[Remark] = []
        self._draft: Draft | None = None
        self._open_heading: tuple[int, str] | None = None  # a paper's title that continues in the next line

    def take(self, number: int, line: str) -> None:
        if self._open_heading:
            self._close_heading(*self._open_heading, line)
        elif not line.strip() or _RULE.match(line):
            if self._draft:
                self._draft.gap()
        elif not self._take_heading(number, line):
            self._take_line(number, line)

    def finish(self, expected: date | None) -> Page:
        if self._open_heading:
            raise _no_link(self._open_heading[0])
        self._close_draft()
        if self._date is None:
            raise PageError(1, "the page has no day's heading: expected '## Daily Papers (YYYY-MM-DD)'")
        if expected not in (None, self._date):
            self._remark(self._date_line, f"the path says {expected}, the heading {self._date}: the heading wins")
        self._remarks.sort(key=lambda remark: remark.line)
        return Page(Day(self._date, tuple(self._listings.values())), tuple(self._remarks))

    def _remark(self, number: int, message: str) -> None:
        self._remarks.append(Remark(number, message))

    def _take_line(self, number: int, line: str) -> None:
        if self._draft is None:
            self._remark(number, "left out: the line stands before the first paper")
        elif message := self._draft.take(number, line):
            self._remark(number, message)

    def _take_heading(self, number: int, line: str) -> bool:
        heading = _HEADING.match(line)
        if heading is None:
            return False
        _check_length(number, line)
        linked = heading[2].startswith("[") and _PAPER_LINK.search(heading[2])
        if linked or len(heading[1]) == _PAPER_LEVEL:
            self._take_paper(number, heading[2])
        elif _is_day_heading(heading):
            self._take_day(number, heading[2])
        else:
            return False
        return True

    def _take_day(self, number: int, heading: str) -> None:
        found = _DATE.search(heading)
        if found is None:
            raise PageError(number, "the day's heading has no date: expected '## Daily Papers (YYYY-MM-DD)'")
        try:
            day = date(*map(int, found.groups()))
        except ValueError as error:
            raise PageError(number, f"the date {found[0]} does not exist") from error
        if self._date not in (None, day):
            raise PageError(number, f"two dates on one page: {self._date} (line {self._date_line}) and {day}")
        self._close_draft()
        if self._date is None:
            self._date, self._date_line = day, number

    def _take_paper(self, number: int, heading: str) -> None:
        if self._date is None:
            raise PageError(number, "a paper stands before the day's heading '## Daily Papers (YYYY-MM-DD)'")
        self._close_draft()
        _check_length(number, heading)
        links = list(_PAPER_LINK.finditer(heading))
        if not links and heading.startswith("[") and "](" not in heading:
            self._open_heading = (number, heading)
            return
        if not links or not heading.startswith("["):
            raise _no_link(number)
        # The last link is the paper's: titles may hold brackets and links, too.
        link = links[-1]
        title = one_line(heading[1 : link.start()])
        if not title:
            raise PageError(number, "the paper has no title")
        if heading[link.end() :].strip():
            self._remark(number, "left out: what follows the link in the paper's heading")
        self._draft = Draft(number, link["id"], title)

    def _close_heading(self, number: int, heading: str, line: str) -> None:
        if not line.strip() or _HEADING.match(line):
            raise _no_link(number)
        self._open_heading = None
        self._take_paper(number, f"{heading.rstrip()} {line.strip()}")

    def _close_draft(self) -> None:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        if draft.arxiv_id in self._listings:
            self._remark(draft.line, f"left out: {draft.arxiv_id} is listed twice on this page, the first counts")
            return
        self._listings[draft.arxiv_id] = draft.listing()


def _check_length(number: int, heading: str) -> None:
    if len(heading) > _MOST_HEADING:
        raise PageError(number, f"the heading has more than {_MOST_HEADING:,} characters")


def _is_day_heading(heading: re.Match[str]) -> bool:
    level, words = len(heading[1]), heading[2].strip()
    found, named = _DATE.search(words), _DAY_WORDS in words.lower()
    if found is None:
        return named and level == _DAY_LEVEL  # "# Daily Papers" alone is the title of a README
    return level <= _DAY_LEVEL and (named or words.endswith(f"({found[0]})"))


def _no_link(number: int) -> PageError:
    return PageError(
        number, "the paper's heading has no link to arXiv: expected '### [Title](https://arxiv.org/abs/ID)'"
    )
