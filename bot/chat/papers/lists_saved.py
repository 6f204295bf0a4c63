"""A member's reading list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.chat.papers.buttons_reading import ExportButton
from bot.chat.papers.pages import PAGE, Look, PaperList, Reader, Sheet, page_sheet
from bot.chat.papers.rows import opening
from bot.chat.text.escape import escape
from bot.chat.text.limits import Message
from bot.locale import Catalogue
from bot.papers import Appearance, Listing
from bot.reading.export import Format
from bot.reading.model import SavedPaper


@dataclass(frozen=True, slots=True)
class SavedList(PaperList):
    """The papers that the member saved, the newest first. Private, so it can't be shared."""

    @property
    def key(self) -> str:
        """Just the word: each reader sees their own list."""
        return "saved"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of the list; if it is empty, how to save a paper."""
        say, lists = reader.catalogue.say, reader.services.saved
        total = await lists.count(reader.user_id)
        if not total:
            return Sheet(Message(say("saved-none")))
        page = await lists.page(reader.user_id, PAGE, offset)
        look = Look(say("saved-heading", count=total), words=_words(page, reader.catalogue), with_day=False)
        sheet = page_sheet([_shown(each) for each in page], total, reader, offset, look)
        controls = tuple(ExportButton(kind, kind.label) for kind in Format)
        return replace(sheet, controls=controls, removable=True)


def _shown(saved: SavedPaper) -> Appearance:
    """A paper that is on no day any more gets the day on which it was saved; the list shows no days."""
    return saved.found or Appearance(saved.saved_at.date(), Listing(saved.paper))


def _words(page: Sequence[SavedPaper], catalogue: Catalogue) -> Callable[[Appearance], str]:
    gone = {each.arxiv_id for each in page if each.found is None}

    def words(shown: Appearance) -> str:
        return escape(catalogue.say("saved-gone")) if shown.listing.paper.arxiv_id in gone else opening(shown)

    return words
