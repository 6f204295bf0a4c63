"""A member's reading list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.chat.papers.buttons_reading import ExportButton
from bot.chat.papers.pages import PAGE, Look, PaperList, Reader, Sheet, page_sheet
from bot.chat.papers.rows import opening
from bot.chat.text.escape import escape, join_given, shorten
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.locale import Catalogue
from bot.papers import Appearance, Listing
from bot.reading.export import Format
from bot.reading.model import SavedPaper

_NOTE = 120
"""Characters of a note in the list; escaped, it still fits a row."""
UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class SavedList(PaperList):
    """The papers that the member saved, or has not read of them, the newest first. Private, so it can't be shared."""

    unread: bool = False

    @property
    def key(self) -> str:
        """Just the word, or "unread" with it: each reader sees their own list."""
        return f"saved.{UNREAD}" if self.unread else "saved"

    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """A page of the list; if it is empty, how to save a paper."""
        say, lists = reader.catalogue.say, reader.services.saved
        held, unread = await lists.count(reader.user_id), await lists.count(reader.user_id, unread=True)
        if not held:
            return Sheet(Message(say("saved-none")))
        if self.unread and not unread:
            return Sheet(Message(say("saved-all-read")), others=((say("saved-all"), SavedList()),))
        page = await lists.page(reader.user_id, PAGE, offset, unread=self.unread)
        total, key = (unread, "saved-heading-unread") if self.unread else (held, "saved-heading")
        look = Look(say(key, count=total), words=_words(page, reader.catalogue), with_day=False)
        sheet = page_sheet([_shown(each) for each in page], total, reader, offset, look)
        controls = tuple(ExportButton(kind, kind.label) for kind in Format)
        others = _others(self, unread, reader.catalogue)
        left = frozenset(each.arxiv_id for each in page if not each.mark.read)
        return replace(sheet, others=others, controls=controls, removable=True, unread=left)


def _others(shown: SavedList, unread: int, catalogue: Catalogue) -> tuple[tuple[str, PaperList], ...]:
    if shown.unread:
        return ((catalogue.say("saved-all"), SavedList()),)
    return ((catalogue.say("saved-unread", count=unread), SavedList(unread=True)),)


def _shown(saved: SavedPaper) -> Appearance:
    """A paper that is on no day any more gets the day on which it was saved; the list shows no days."""
    return saved.found or Appearance(saved.saved_at.date(), Listing(saved.paper))


def _words(page: Sequence[SavedPaper], catalogue: Catalogue) -> Callable[[Appearance], str]:
    """Of each paper whether it is read, then the member's note, else its first sentence."""
    held = {each.arxiv_id: each for each in page}

    def words(shown: Appearance) -> str:
        saved = held[shown.listing.paper.arxiv_id]
        read = f"{Sign.DONE} {catalogue.say('read-done')}" if saved.mark.read else ""
        if saved.mark.note:
            note = escape(shorten(" ".join(saved.mark.note.split()), _NOTE))
            return join_given(read, f"{Sign.NOTE} {note}")
        return join_given(read, opening(shown) if saved.found else escape(catalogue.say("saved-gone")))

    return words
