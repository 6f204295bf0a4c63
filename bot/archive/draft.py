"""A paper while its lines are read: facts, bullets, and other lines."""

import re

from bot.archive.authors import read_authors
from bot.archive.summary import Marker, SummaryBuilder, marker_of
from bot.archive.text import first_word
from bot.errors import PageError
from bot.papers import Listing, Paper

_VOTE = re.compile(r"Votes?\s*:\s*(.*)$")
_COUNT = re.compile(r"[0-9]{1,9}$")
_NO_VOTE = ("", "-", "–", "—")
_AUTHORS = re.compile(r"Authors?\s*:\s*(.*)$")
_IMAGE = re.compile(r"!\[.*?\]\(\s*(\S*?)\)?(?:\s.*)?$")
_VIDEO = re.compile(r"\[Watch Video\]\s*\(?\s*(\S*?)\)?(?:\s.*)?$", re.IGNORECASE)
_TAG = re.compile(
    r"""(?:<div[^>]*>\s*)?<(?P<tag>video|source|img)\b[^>]*?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"!\[|\[Watch Video\]|</?(?:div|video|source|img|p|br|a|iframe)\b", re.IGNORECASE)
_QUOTE_LENGTH = 60


class Draft:
    """A paper, starting at its heading in line `line`.

    Only the first vote, author line, picture and video count; others are treated as text.
    """

    def __init__(self, line: int, arxiv_id: str, title: str) -> None:
        self.line = line
        self.arxiv_id = arxiv_id
        self._title = title
        self._votes: int | None = None
        self._authors: tuple[str, ...] = ()
        self._more_authors = False
        self._image: str | None = None
        self._video: str | None = None
        self._summary = SummaryBuilder()
        self._after_gap = False

    def gap(self) -> None:
        """Handle an empty line."""
        self._after_gap = True

    def take(self, number: int, line: str) -> str | None:
        """Handle a non-empty line; return a remark about it, or None.

        Raises PageError if a vote is not a number.
        """
        after_gap, self._after_gap = self._after_gap, False
        marker = marker_of(line)
        if marker is not None:
            self._summary.add(marker)
            return None
        text = line.strip()
        # Below a bullet, an indented line belongs to its text, whatever it looks like.
        may_be_fact = not self._summary or not line[0].isspace()
        if may_be_fact and (self._take_vote(number, text) or self._take_authors(text) or self._take_media(text)):
            return None
        return self._take_text(text, after_gap=after_gap)

    def listing(self) -> Listing:
        """The paper and its votes, as read so far."""
        paper = Paper(
            self.arxiv_id,
            self._title,
            self._authors,
            self._more_authors,
            self._image,
            self._video,
            self._summary.build(),
        )
        return Listing(paper, self._votes)

    def _take_vote(self, number: int, text: str) -> bool:
        found = _VOTE.match(text)
        if found is None or self._votes is not None:
            return False
        value = found[1].strip()
        if _COUNT.match(value):
            self._votes = int(value)
        elif value not in _NO_VOTE:
            raise PageError(number, f"the vote is not a number: {_quoted(value)}; expected 'Vote: 12' or 'Vote: -'")
        return True

    def _take_authors(self, text: str) -> bool:
        found = _AUTHORS.match(text)
        if found is None or self._authors or self._more_authors:
            return False
        self._authors, self._more_authors = read_authors(found[1].strip())
        return True

    def _take_media(self, text: str) -> bool:
        if found := _IMAGE.match(text):
            return self._take_image(first_word(found[1]))
        if found := _VIDEO.match(text):
            return self._take_video(first_word(found[1]))
        if found := _TAG.match(text):
            link = first_word(found[2] or found[3] or found[4] or "")
            return self._take_image(link) if found["tag"].lower() == "img" else self._take_video(link)
        return False

    def _take_image(self, link: str | None) -> bool:
        self._image = self._image or link
        return link in (None, self._image)

    def _take_video(self, link: str | None) -> bool:
        # A video usually has two lines, a link and a tag with the same link.
        self._video = self._video or link
        return link in (None, self._video)

    def _take_text(self, text: str, *, after_gap: bool) -> str | None:
        if _MARKUP.match(text):
            return f"left out, not a line of a page: {_quoted(text)}"
        if not self._summary:
            self._summary.add(Marker(0, None, text))
            return f"kept as a bullet of its own: {_quoted(text)}"
        self._summary.wrap(text)
        return f"kept as part of the bullet above: {_quoted(text)}" if after_gap else None


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _QUOTE_LENGTH else text[: _QUOTE_LENGTH - 1] + "…")
