"""What a member reads page by page: a day, the best of a time, a search. Each has a key by which a button finds it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.alerts.model import PREVIEW_DAYS
from bot.chat.cards import paper_view
from bot.chat.lists import papers_list
from bot.chat.message import Message
from bot.chat.questions import Question, advice, filters_text, quoted
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.papers import Appearance, Listing, ranked
from bot.services import Services

PAGE = 5


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and in which language."""

    services: Services
    user_id: int
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list as it is shown: the listings from `offset` on, of `total`.

    `share_as` is the list to share it from, if it may be shared; `others` are lists to go to, with their names.
    """

    message: Message
    listings: tuple[Listing, ...] = ()
    offset: int = 0
    total: int = 0
    share_as: "PaperList | None" = None
    others: tuple[tuple[str, "PaperList"], ...] = ()


class PaperList(ABC):
    """Something to read, page by page."""

    @property
    @abstractmethod
    def key(self) -> str:
        """What `list_of` knows it by: a word, a dot and what the list needs; at most 60 characters, no colon."""

    @abstractmethod
    async def sheet(self, reader: Reader, offset: int) -> Sheet:
        """The page from `offset` on; the last one where the list has become shorter. May raise RefusalError."""


@dataclass(frozen=True, slots=True)
class OnePaper(PaperList):
    """One paper in full."""

    arxiv_id: str

    @property
    def key(self) -> str:
        """The paper's arXiv id."""
        return f"paper.{self.arxiv_id}"

    async def sheet(self, reader: Reader, offset: int) -> Sheet:  # noqa: ARG002  # a paper has one page
        """The paper; RefusalError where it is gone."""
        paper = await reader.services.library.appearance(self.arxiv_id)
        if paper is None:
            raise RefusalError("error-paper-gone")
        return Sheet(paper_view(paper, reader.catalogue), share_as=self)


@dataclass(frozen=True, slots=True)
class RandomPaper(PaperList):
    """Any paper of the archive, another each time."""

    @property
    def key(self) -> str:
        """The word alone."""
        return "random"

    async def sheet(self, reader: Reader, offset: int) -> Sheet:
        """A paper, and the way to another one."""
        say = reader.catalogue.say
        paper = await reader.services.library.random()
        if paper is None:
            return Sheet(Message(say("archive-empty")))
        sheet = await OnePaper(paper.listing.paper.arxiv_id).sheet(reader, offset)
        return replace(sheet, others=((say("random-another"), self),))


@dataclass(frozen=True, slots=True)
class DayList(PaperList):
    """The papers of a day, best first."""

    day: date

    @property
    def key(self) -> str:
        """The date."""
        return f"day.{self.day.isoformat()}"

    async def sheet(self, reader: Reader, offset: int) -> Sheet:
        """A page of the day; where there is no such day, what days there are."""
        day = await reader.services.library.day(self.day)
        if day is None:
            return await _no_such_day(reader, self.day)
        papers = [Appearance(self.day, listing) for listing in ranked(day)]
        heading = reader.catalogue.say("day-heading", date=reader.catalogue.date(self.day), count=len(papers))
        return replace(_slice(papers, reader, offset, heading, with_day=False), share_as=self)


@dataclass(frozen=True, slots=True)
class TopList(PaperList):
    """The papers with the most votes: of all days, or of those from `since` on.

    `until` is today, or the newest day where the site is ahead of the server's clock.
    """

    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        """The dates, or "all"."""
        return f"top.{self.since}.{self.until}" if self.since else "top.all"

    async def sheet(self, reader: Reader, offset: int) -> Sheet:
        """A page of the best; where there are none, the newest day to go to."""
        library = reader.services.library
        total, papers = await library.top(self.since, PAGE, offset)
        if offset and not papers:
            return await self.sheet(reader, _last_offset(total))
        if not papers:
            return await self._nothing(reader)
        sheet = _sheet(papers, total, reader, offset, self._heading(reader.catalogue, total))
        return replace(sheet, share_as=self)

    def _heading(self, catalogue: Catalogue, total: int) -> str:
        if self.since is None:
            return catalogue.say("top-heading-all", total=total)
        return catalogue.say("top-heading", since=str(self.since), until=str(self.until), total=total)

    async def _nothing(self, reader: Reader) -> Sheet:
        say, newest = reader.catalogue.say, await reader.services.library.newest_day()
        if newest is None or self.since is None:
            return Sheet(Message(say("archive-empty")))
        text = say("top-nothing", since=str(self.since), until=str(self.until), newest=str(newest))
        return Sheet(Message(text), others=((say("top-go-all"), TopList()), _go_to_day(newest)))


@dataclass(frozen=True, slots=True)
class SearchList(PaperList):
    """What a member's search found."""

    search_id: int

    @property
    def key(self) -> str:
        """The id under which the question is kept."""
        return f"search.{self.search_id}"

    async def sheet(self, reader: Reader, offset: int) -> Sheet:
        """A page of results; RefusalError where the search is no longer kept, or is another member's."""
        kept = await reader.services.desk.search(self.search_id, reader.user_id)
        if kept is None:
            raise RefusalError("error-search-gone")
        question = Question.from_json(kept)
        search = reader.services.search
        page = await search.search(question.text, question.filters, limit=PAGE, offset=offset)
        if offset and not page.results:
            return await self.sheet(reader, _last_offset(page.total))
        if not page.results:
            return Sheet(Message(await advice(question, page.query, reader.services, reader.catalogue)))
        heading = reader.catalogue.say("search-heading", query=question.text, total=page.total)
        facts = filters_text(question.filters, reader.catalogue)
        return replace(_sheet(page.results, page.total, reader, offset, heading, facts), share_as=self)


@dataclass(frozen=True, slots=True)
class PreviewList(PaperList):
    """What a member's subscription would have matched in the archive's last days."""

    subscription_id: int

    @property
    def key(self) -> str:
        """The subscription's id."""
        return f"preview.{self.subscription_id}"

    async def sheet(self, reader: Reader, offset: int) -> Sheet:
        """A page of matches; RefusalError where the subscription is gone."""
        service, say = reader.services.subscriptions, reader.catalogue.say
        subscription = await service.get(reader.user_id, self.subscription_id)
        papers = await service.preview(subscription)
        if not papers:
            text = say("preview-nothing", query=quoted(subscription.query), days=PREVIEW_DAYS)
            return Sheet(Message(text))
        heading = say("preview-heading", query=subscription.query, count=len(papers), days=PREVIEW_DAYS)
        return _slice(papers, reader, offset, heading)


async def _no_such_day(reader: Reader, day: date) -> Sheet:
    say, library = reader.catalogue.say, reader.services.library
    coverage, nearest = await library.coverage(), await library.nearest_day(day)
    if nearest is None:
        return Sheet(Message(say("archive-empty")))
    text = say("day-nothing", day=str(day), first=str(coverage.first), newest=str(coverage.newest))
    return Sheet(Message(text), others=(_go_to_day(nearest),))


def _go_to_day(day: date) -> tuple[str, PaperList]:
    return day.isoformat(), DayList(day)


def _slice(papers: Sequence[Appearance], reader: Reader, offset: int, heading: str, *, with_day: bool = True) -> Sheet:
    offset = min(offset, _last_offset(len(papers)))
    shown = papers[offset : offset + PAGE]
    return _sheet(shown, len(papers), reader, offset, heading, with_day=with_day)


def _sheet(
    papers: Sequence[Appearance],
    total: int,
    reader: Reader,
    offset: int,
    heading: str,
    facts: str = "",
    *,
    with_day: bool = True,
) -> Sheet:
    place = reader.catalogue.say("list-place", first=offset + 1, last=offset + len(papers), total=total)
    footer = " · ".join(part for part in (place if total > PAGE else "", facts) if part)
    message = papers_list(papers, reader.catalogue, heading=heading, offset=offset, with_day=with_day, footer=footer)
    return Sheet(message, tuple(paper.listing for paper in papers), offset, total)


def _last_offset(total: int) -> int:
    return max(total - 1, 0) // PAGE * PAGE


_LISTS: dict[str, Callable[[str], PaperList]] = {
    "paper": OnePaper,
    "random": lambda _: RandomPaper(),
    "day": lambda rest: DayList(date.fromisoformat(rest)),
    "top": lambda rest: TopList(*(date.fromisoformat(part) for part in rest.split(".") if rest != "all")),
    "search": lambda rest: SearchList(int(rest)),
    "preview": lambda rest: PreviewList(int(rest)),
}


def list_of(key: str) -> PaperList:
    """The list that bears a key. Raises KeyError or ValueError for what is no key."""
    word, _, rest = key.partition(".")
    return _LISTS[word](rest)
