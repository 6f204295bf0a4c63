"""The lists of the archive: one paper, a random one, a day, the most voted, the server's favourites."""

from dataclasses import dataclass, replace
from datetime import date

from bot.chat.papers.buttons_likes import LikeButton
from bot.chat.papers.buttons_notes import note_text
from bot.chat.papers.buttons_reading import paper_controls
from bot.chat.papers.following import follow_menu
from bot.chat.papers.lists.found import SimilarList
from bot.chat.papers.pages import PAGE, Look, PaperList, Reader, Sheet, page_sheet, slice_sheet
from bot.chat.papers.paper import paper_view
from bot.chat.papers.questions import missing_paper
from bot.chat.papers.rows import opening
from bot.chat.text.escape import join_given
from bot.chat.text.limits import Message
from bot.clock import latest_date
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.papers import Appearance, ranked


@dataclass(frozen=True, slots=True)
class OnePaper(PaperList):
    """One paper in full."""

    arxiv_id: str

    @property
    def key(self) -> str:
        """The paper's arXiv id."""
        return f"paper.{self.arxiv_id}"

    async def _page(self, reader: Reader, offset: int) -> Sheet:  # noqa: ARG002  # a paper has one page
        """The paper; if the archive lacks it, where to read it instead."""
        library = reader.services.library
        paper = await library.appearance(self.arxiv_id)
        if paper is None:
            return Sheet(Message(missing_paper(self.arxiv_id, await library.coverage(), reader.catalogue)))
        details = await reader.services.details.of(self.arxiv_id)
        mark = await reader.services.saved.mark(reader.user_id, self.arxiv_id)
        more = ((reader.catalogue.say("similar-more"), SimilarList(self.arxiv_id)),)
        controls = paper_controls(paper.listing.paper, details, reader.catalogue, mark)
        if reader.guild_id is not None:
            liking = await reader.services.likes.of(reader.guild_id, reader.user_id, self.arxiv_id)
            controls = (*controls, LikeButton.of(self.arxiv_id, liking, reader.catalogue))
        note = note_text(mark.note, reader.catalogue) if mark and not reader.for_all else ""
        message = Message(note, paper_view(paper, reader.catalogue, details).embeds)
        below = tuple(follow_menu(paper.listing.paper, reader.catalogue))
        return Sheet(message, share_as=self, more=more, controls=controls, below=below)


@dataclass(frozen=True, slots=True)
class RandomPaper(PaperList):
    """A random paper of the archive."""

    @property
    def key(self) -> str:
        """Just the word."""
        return "random"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A paper, with a button for another one."""
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

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of the day; if the archive lacks the day, which days it has."""
        day = await reader.services.library.day(self.day)
        if day is None:
            return await _no_such_day(reader, self.day)
        papers = [Appearance(self.day, listing) for listing in ranked(day)]
        date = reader.catalogue.date(self.day)
        if self.day in await reader.services.library.half_days():
            date = reader.catalogue.say("date-so-far", date=date)
        heading = reader.catalogue.say("day-heading", date=date, count=len(papers))
        return replace(slice_sheet(papers, reader, offset, Look(heading, with_day=False)), share_as=self)


@dataclass(frozen=True, slots=True)
class TopList(PaperList):
    """The papers with the most votes, of all days or of those from `since` to `until`."""

    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        """The dates, or "all"."""
        return f"top.{self.since}.{self.until}" if self.since else "top.all"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of the list; if it is empty, a button to the newest day."""
        library = reader.services.library
        total, papers = await library.top(self.since, PAGE, offset, self.until)
        if not papers and not offset:
            return await self._nothing(reader)
        sheet = page_sheet(papers, total, reader, offset, Look(self._heading(reader.catalogue, total)))
        return replace(sheet, share_as=self)

    def _heading(self, catalogue: Catalogue, total: int) -> str:
        if self.since is None:
            return catalogue.say("top-heading-all", total=total)
        return catalogue.say("top-heading", since=str(self.since), until=str(self.until), total=total)

    async def _nothing(self, reader: Reader) -> Sheet:
        say, newest = reader.catalogue.say, await reader.services.library.newest_day()
        if newest is None or self.since is None:
            return Sheet(Message(say("archive-empty")))
        text = say("top-nothing", since=str(self.since), until=str(self.until))
        return Sheet(Message(text), others=((say("top-go-all"), TopList()), _go_to_day(newest, reader.catalogue)))


@dataclass(frozen=True, slots=True)
class FavouriteList(PaperList):
    """The papers that most members of the server like, of all days or of those from `since` to `until`."""

    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        """The dates, or "all". The server is the one where the list is read."""
        return f"liked.{self.since}.{self.until}" if self.since else "liked.all"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of the list; if it is empty, how to like a paper. Raises RefusalError outside a server."""
        if reader.guild_id is None:
            raise RefusalError("error-server-only")
        total, liked = await reader.services.likes.top(reader.guild_id, self.since, self.until, PAGE, offset)
        say = reader.catalogue.say
        if not liked and not offset:
            return Sheet(Message(say("favourites-none")))
        heading = say("favourites-heading-all", total=total)
        if self.since is not None:
            heading = say("favourites-heading", since=str(self.since), until=str(self.until), total=total)
        counts = {each.found.listing.paper.arxiv_id: each.count for each in liked}

        def words(found: Appearance) -> str:
            return join_given(say("liked-by", count=counts[found.listing.paper.arxiv_id]), opening(found))

        sheet = page_sheet([each.found for each in liked], total, reader, offset, Look(heading, words=words))
        return replace(sheet, share_as=self)


async def _no_such_day(reader: Reader, day: date) -> Sheet:
    catalogue, library, now = reader.catalogue, reader.services.library, reader.services.clock.now()
    coverage, nearest = await library.coverage(), await library.nearest_day(day)
    if nearest is None:
        return Sheet(Message(catalogue.say("archive-empty")))
    others = (_go_to_day(nearest, catalogue),)
    if day > latest_date(now):
        return Sheet(Message(catalogue.say("day-future", day=catalogue.date(day))), others=others)
    if await library.still_gathers(day, now):
        return Sheet(Message(catalogue.say("day-gathering", day=catalogue.date(day))), others=others)
    text = catalogue.say("day-nothing", day=catalogue.date(day), first=str(coverage.first), newest=str(coverage.newest))
    return Sheet(Message(text), others=others)


def _go_to_day(day: date, catalogue: Catalogue) -> tuple[str, PaperList]:
    return catalogue.date(day), DayList(day)
