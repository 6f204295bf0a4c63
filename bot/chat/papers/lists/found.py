"""The lists of papers that were found: by a search, as similar, by a subscription's preview, in alerts."""

from dataclasses import dataclass, replace
from functools import partial

from bot.alerts.model import PREVIEW_DAYS
from bot.alerts.sections import in_order
from bot.chat.papers.pages import PAGE, Look, PaperList, Reader, Sheet, page_sheet, slice_sheet
from bot.chat.papers.questions import Question, advice, filters_text, quoted, remarks
from bot.chat.papers.rows import passage_text
from bot.chat.text import limits
from bot.chat.text.escape import escape, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.chat.text.prose import title
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.papers import Appearance
from bot.search.model import SearchPage
from bot.search.passage import asked_of
from bot.search.query import parse

_NAME = 100
_MISSED = 200  # papers


@dataclass(frozen=True, slots=True)
class SearchList(PaperList):
    """What a member's search found."""

    search_id: int

    @property
    def key(self) -> str:
        """The id of the stored question."""
        return f"search.{self.search_id}"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of results. Raises RefusalError if the question is not stored any more or is another member's."""
        kept = await reader.services.desk.search(self.search_id, reader.user_id)
        if kept is None:
            raise RefusalError("error-search-gone")
        question = Question.from_json(kept)
        search = reader.services.search
        page = await search.search(question.text, question.filters, limit=PAGE, offset=offset)
        if not page.results and not offset:
            return Sheet(Message(await advice(question, page, reader.services, reader.catalogue)))
        look = _look(question, page, reader.catalogue)
        return replace(page_sheet(page.appearances, page.total, reader, offset, look), share_as=self)


@dataclass(frozen=True, slots=True)
class SimilarList(PaperList):
    """The papers most similar to one."""

    arxiv_id: str

    @property
    def key(self) -> str:
        """The paper's arXiv id."""
        return f"similar.{self.arxiv_id}"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of them, shared words in bold. Raises RefusalError if the paper is gone."""
        paper = await reader.services.library.appearance(self.arxiv_id)
        if paper is None:
            raise RefusalError("error-paper-gone")
        name = shorten(title(paper.listing.paper, limits.TITLE), _NAME, utf16_len)
        found = await reader.services.similar.of(paper.listing.paper)
        if not found.appearances:
            return Sheet(Message(reader.catalogue.say("similar-nothing", title=escape(name))))
        heading = reader.catalogue.say("similar-heading", title=name, count=len(found.appearances))
        look = Look(heading, words=partial(passage_text, asked=found.shared))
        return replace(slice_sheet(found.appearances, reader, offset, look), share_as=self)


@dataclass(frozen=True, slots=True)
class PreviewList(PaperList):
    """What a member's subscription would have matched in the archive's last days."""

    subscription_id: int

    @property
    def key(self) -> str:
        """The subscription's id."""
        return f"preview.{self.subscription_id}"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of matches. Raises RefusalError if the subscription is gone."""
        say = reader.catalogue.say
        subscription = await reader.services.subscriptions.get(reader.user_id, self.subscription_id)
        query, typed = subscription.query, subscription.shown
        mutes = [mute.query for mute in await reader.services.changes.mutes(reader.user_id)]
        forecast = await reader.services.forecasts.of(query, subscription.min_votes, mutes, limit=PAGE, offset=offset)
        if not forecast.papers and not offset:
            return Sheet(Message(say("preview-nothing", query=quoted(typed), days=PREVIEW_DAYS)))
        look = Look(
            say("preview-heading", query=typed, count=forecast.count, days=PREVIEW_DAYS),
            note=say("forecast-broad") if forecast.is_broad else "",
            words=partial(passage_text, asked=asked_of(parse(query).terms)),
        )
        return page_sheet(forecast.papers, forecast.count, reader, offset, look)


@dataclass(frozen=True, slots=True)
class AlertList(PaperList):
    """All papers of an alert, numbered as there. Private to its owner and to those who see it in its channel."""

    delivery_id: int

    @property
    def key(self) -> str:
        """The number of the alert's delivery."""
        return f"alert.{self.delivery_id}"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of the papers. Raises RefusalError if the alert is gone or the reader may not see it."""
        alert = await reader.services.alerts.seen_by(self.delivery_id, reader.user_id, reader.channel_id)
        papers = [Appearance(alert.day, match.listing) for match in in_order(alert.matches)]
        heading = reader.catalogue.say("alert-list", count=len(papers), date=reader.catalogue.date(alert.day))
        return slice_sheet(papers, reader, offset, Look(heading, with_day=False))


@dataclass(frozen=True, slots=True)
class MissedList(PaperList):
    """The papers of a member's alerts that could not be delivered. Private, so it can't be shared."""

    @property
    def key(self) -> str:
        """Just the word: each reader sees their own list."""
        return "missed"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of the papers, those of the newest alert first."""
        missed = await reader.services.subscriptions.missed(reader.user_id)
        papers = dict.fromkeys(paper for alert in missed for paper in alert.papers)
        found = list((await reader.services.library.appearances(list(papers)[:_MISSED])).values())
        if not found:
            return Sheet(Message(reader.catalogue.say("missed-nothing")))
        return slice_sheet(found, reader, offset, Look(reader.catalogue.say("missed-heading", count=len(found))))


def _look(question: Question, page: SearchPage, catalogue: Catalogue) -> Look:
    key = "search-heading-open" if page.at_least else "search-heading"
    return Look(
        catalogue.say(key, query=page.mended or question.text, total=page.total),
        filters_text(question.filters, catalogue),
        remarks(page, catalogue),
        partial(passage_text, asked=asked_of(page.terms)),
        at_least=page.at_least,
    )
