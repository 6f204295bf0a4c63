"""One page of papers as a member sees it, and the base class of the lists that have pages."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from discord import ui

from bot.chat.interactions.services import Services
from bot.chat.papers.rows import opening, papers_list
from bot.chat.text.escape import join_given
from bot.chat.text.limits import Message
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.papers import Appearance, Listing

PAGE = 5


@dataclass(frozen=True, slots=True)
class Reader:
    """The member who reads, their language, the services, and the channel where it is read, if known.

    `guild_id` is the server where it is read, if it is read in one that the bot is in. `for_all`: everyone will see it,
    so nothing that the member keeps for themselves is on it.
    """

    services: Services
    user_id: int
    catalogue: Catalogue
    channel_id: int | None = None
    for_all: bool = False
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list: the listings from `offset` on, of `total`.

    `share_as` is the list to share, None if it may not be shared. `others` are lists that replace this one and `more`
    are lists that open beside it, with the labels of their buttons. `controls` are other buttons. With `removable`, the
    member may remove papers from the list, and mark those with the ids in `unread` as read. `below` are menus under
    all buttons.
    """

    message: Message
    listings: tuple[Listing, ...] = ()
    offset: int = 0
    total: int = 0
    share_as: "PaperList | None" = None
    others: tuple[tuple[str, "PaperList"], ...] = ()
    more: tuple[tuple[str, "PaperList"], ...] = ()
    controls: tuple[ui.Item[Any], ...] = ()
    below: tuple[ui.Item[Any], ...] = ()
    removable: bool = False
    unread: frozenset[str] = frozenset()


class PaperList(ABC):
    """A list of papers that is read page by page."""

    @property
    @abstractmethod
    def key(self) -> str:
        """The key for `list_of`: a word, a dot and the parameters. At most 60 characters, no colon."""

    async def sheet(self, reader: Reader, offset: int) -> Sheet:
        """The page from `offset` on, or an earlier one if there is nothing to show. May raise RefusalError."""
        try:
            sheet = await self._page(reader, offset)
        except TimeoutError as error:
            raise RefusalError("search-stopped") from error
        if sheet.listings or not offset:
            return sheet
        last = max(sheet.total - 1, 0) // PAGE * PAGE  # empty too if none of its rows can be read
        return await self.sheet(reader, min(last, max(offset - PAGE, 0)))

    @abstractmethod
    async def _page(self, reader: Reader, offset: int) -> Sheet:
        """The page from `offset` on; without listings if the list is shorter. Raises TimeoutError, and RefusalError."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a list looks: heading and facts as literal text, and the words about each paper.

    `note` is Discord text above the list. `with_day` shows each paper's day. `at_least` says that the total is a lower
    bound.
    """

    heading: str
    facts: str = ""
    note: str = ""
    words: Callable[[Appearance], str] = opening
    with_day: bool = True
    at_least: bool = False


def slice_sheet(papers: Sequence[Appearance], reader: Reader, offset: int, look: Look) -> Sheet:
    """The page from `offset` on of `papers`."""
    return page_sheet(papers[offset : offset + PAGE], len(papers), reader, offset, look)


def page_sheet(papers: Sequence[Appearance], total: int, reader: Reader, offset: int, look: Look) -> Sheet:
    """`papers` as the page from `offset` on of a list of `total`."""
    footer = join_given(_place(len(papers), total, reader, offset, look), look.facts)
    message = papers_list(
        papers,
        reader.catalogue,
        heading=look.heading,
        offset=offset,
        with_day=look.with_day,
        footer=footer,
        words=look.words,
    )
    return Sheet(Message(look.note, message.embeds), tuple(paper.listing for paper in papers), offset, total)


def _place(count: int, total: int, reader: Reader, offset: int, look: Look) -> str:
    if total <= PAGE:
        return ""
    key = "list-place-open" if look.at_least else "list-place"
    return reader.catalogue.say(key, first=offset + 1, last=offset + count, total=total)
