"""Reads the records that the site's API answers, tolerating whatever is missing.

The fields are those of Hugging Face's `GET /api/daily_papers` and `GET /api/papers/ID`. Any may be missing, null or
wrong, and others may be added. A record without an arXiv id or a title is skipped; any other wrong value counts as
unknown.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError, WrapValidator

from bot.archive.text import UNSTORABLE, one_line
from bot.errors import SourceError, SourceFault
from bot.papers import Details, Listing, Paper, encoded, is_picture, is_video
from bot.papers.arxiv import arxiv_id_of
from bot.sources.model import SitePaper

_LONGEST_TEXT, _LONGEST_TITLE, _LONGEST_NAME, _LONGEST_LINK = 20_000, 1_000, 200, 2_000
_MOST_AUTHORS, _MOST_KEYWORDS, _MOST_MEDIA = 3_000, 50, 20
_MOST_RECORDS = 1_000
_MOST = 999_999_999


@dataclass(frozen=True, slots=True)
class Records:
    """A page of the answer: its papers, each once, those withdrawn, and the numbers of all and of skipped records."""

    papers: tuple[SitePaper, ...]
    withdrawn: frozenset[str]
    count: int
    skipped: int


def read_records(answer: object) -> Records:
    """Read the records of an answer's JSON. Raises SourceError if it is not a list; no single record raises.

    Records beyond a thousand, ten times what is requested, are skipped.
    """
    if not isinstance(answer, list):
        raise SourceError(SourceFault.UNREADABLE, "the site's answer is not a list of papers")
    records = [record for one in answer[:_MOST_RECORDS] if (record := _record(one)) is not None]
    withdrawn = frozenset(record.paper.id for record in records if record.paper.withdrawn)
    papers = {record.paper.id: record.site_paper() for record in records if record.paper.id not in withdrawn}
    return Records(tuple(papers.values()), withdrawn, len(answer), len(answer) - len(records))


def read_paper(answer: object) -> SitePaper | None:
    """Read the answer about a single paper, whose fields are those of a record's `paper`; None if it can't be read."""
    record = _record({"paper": answer})
    return None if record is None or record.paper.withdrawn else record.site_paper()


def _record(one: object) -> "_Record | None":
    try:
        record = _Record.model_validate(one)
    except (ValidationError, RecursionError):
        return None
    return record if record.paper.withdrawn or record.name else None


# -- fields ------------------------------------------------------------------------------------------------------------


def _cleaner(longest: int) -> AfterValidator:
    """Text in the archive's form, of limited length, without invisible characters."""
    return AfterValidator(lambda text: one_line(UNSTORABLE.sub("", text[: 2 * longest]))[:longest].strip())


def _unknown_instead(value: Any, read: Any) -> Any:  # noqa: ANN401  as pydantic calls it
    try:
        return read(value)
    except (ValueError, OverflowError):  # includes ValidationError
        return None


def _first(most: int) -> BeforeValidator:
    """A list cut to `most` items; a text becomes a list of one, anything else an empty list."""

    def listed(value: object) -> list[object]:
        return value[:most] if isinstance(value, list) else [value] if isinstance(value, str) else []

    return BeforeValidator(listed)


def _id(text: str) -> str:
    found = arxiv_id_of(text)
    if found is None:
        raise ValueError("no arXiv id")
    return found


def _web_link(text: str) -> str:
    link = encoded(text)
    parts = urlsplit(link)
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(link) > _LONGEST_LINK:
        raise ValueError("no web address")
    return link


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_Unknown = WrapValidator(_unknown_instead)
_Text = Annotated[Annotated[str, _cleaner(_LONGEST_TEXT)] | None, _Unknown]
_Title = Annotated[Annotated[str, _cleaner(_LONGEST_TITLE)] | None, _Unknown]
_Name = Annotated[Annotated[str, _cleaner(_LONGEST_NAME)] | None, _Unknown]
_Link = Annotated[Annotated[str, AfterValidator(_web_link)] | None, _Unknown]
_Count = Annotated[Annotated[int, Field(strict=True, ge=0, le=_MOST)] | None, _Unknown]
_Moment = Annotated[Annotated[datetime, AfterValidator(_in_utc)] | None, _Unknown]


class _Author(BaseModel):
    name: _Name = None
    hidden: object = False


class _Organisation(BaseModel):
    fullname: _Name = None
    name: _Name = None


_Names = Annotated[list[Annotated[_Author | None, _Unknown]], _first(_MOST_AUTHORS)]
_Links = Annotated[list[_Link], _first(_MOST_MEDIA)]


class _Paper(BaseModel):
    id: Annotated[str, AfterValidator(_id)]
    title: _Title = None
    summary: _Text = None
    published: _Moment = Field(None, alias="publishedAt")
    upvotes: _Count = None
    authors: _Names = []
    digest: _Text = Field(None, alias="ai_summary")
    keywords: Annotated[list[_Name], _first(_MOST_KEYWORDS)] = Field([], alias="ai_keywords")
    code: _Link = Field(None, alias="githubRepo")
    stars: _Count = Field(None, alias="githubStars")
    project: _Link = Field(None, alias="projectPage")
    media: _Links = Field([], alias="mediaUrls")
    one_medium: _Links = Field([], alias="mediaUrl")  # the records of May and June 2024
    organisation: Annotated[_Organisation | None, _Unknown] = Field(None, alias="organization")
    withdrawn: _Moment = Field(None, alias="withdrawnAt")


class _Record(BaseModel):
    paper: _Paper
    title: _Title = None
    summary: _Text = None
    thumbnail: _Link = None
    comments: _Count = Field(None, alias="numComments")
    published: _Moment = Field(None, alias="publishedAt")
    media: _Links = Field([], alias="mediaUrls")
    one_medium: _Links = Field([], alias="mediaUrl")

    @property
    def name(self) -> str | None:
        return self.paper.title or self.title

    def site_paper(self) -> SitePaper:
        media = (*self.media, *self.one_medium, *self.paper.media, *self.paper.one_medium, self.thumbnail)
        links = [link for link in media if link]
        authors = tuple(one.name for one in self.paper.authors if one and one.name and not one.hidden)
        paper = Paper(
            arxiv_id=self.paper.id,
            title=self.name or "",
            authors=authors,
            image=next(filter(is_picture, links), None),
            video=next(filter(is_video, links), None),
            ordered=0 < len(authors) == len(self.paper.authors) < _MOST_AUTHORS,  # the site lists all, in order
        )
        return SitePaper(Listing(paper, self.paper.upvotes), self._details())

    def _details(self) -> Details:
        organisation = self.paper.organisation
        return Details(
            arxiv_id=self.paper.id,
            abstract=self.paper.summary or self.summary or "",
            digest=self.paper.digest or "",
            keywords=tuple(word for word in self.paper.keywords if word),
            published=self.paper.published or self.published,
            code=self.paper.code,
            stars=self.paper.stars,
            project=self.paper.project,
            comments=self.comments,
            organisation=(organisation.fullname or organisation.name) if organisation else None,
        )
