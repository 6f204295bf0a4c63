"""One page of papers: what a member reads, and the lists that it is a page of."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from discord import ui

from bot.chat.interactions.services import Services
from bot.chat.papers.lists import opening, papers_list
from bot.chat.text.escape import join_given
from bot.chat.text.limits import Message
from bot.locale import Catalogue
from bot.papers import Appearance, Listing

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

    `share_as` is the list to share it from, if it may be shared. `others` are lists to go to, with their names, and
    `more` lists to open beside this one. `controls` are what else can be done with what is shown, and `removable` says
    that the member may take papers off the list.
    """

    message: Message
    listings: tuple[Listing, ...] = ()
    offset: int = 0
    total: int = 0
    share_as: "PaperList | None" = None
    others: tuple[tuple[str, "PaperList"], ...] = ()
    more: tuple[tuple[str, "PaperList"], ...] = ()
    controls: tuple[ui.Item[Any], ...] = ()
    removable: bool = False


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
class Look:
    """How a list looks: its heading and what else is said of all of it, as literal text; the words about a paper.

    `with_day` is for lists of several days; with `at_least`, there may be more papers than the total says.
    """

    heading: str
    facts: str = ""
    words: Callable[[Appearance], str] = opening
    with_day: bool = True
    at_least: bool = False


def slice_sheet(papers: Sequence[Appearance], reader: Reader, offset: int, look: Look) -> Sheet:
    """The page from `offset` on of all the papers; the last one where there are fewer."""
    offset = min(offset, last_offset(len(papers)))
    return page_sheet(papers[offset : offset + PAGE], len(papers), reader, offset, look)


def page_sheet(papers: Sequence[Appearance], total: int, reader: Reader, offset: int, look: Look) -> Sheet:
    """The papers as the page from `offset` on, of `total`."""
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
    return Sheet(message, tuple(paper.listing for paper in papers), offset, total)


def last_offset(total: int) -> int:
    """Where the last page of a list begins."""
    return max(total - 1, 0) // PAGE * PAGE


def _place(count: int, total: int, reader: Reader, offset: int, look: Look) -> str:
    if total <= PAGE:
        return ""
    key = "list-place-open" if look.at_least else "list-place"
    return reader.catalogue.say(key, first=offset + 1, last=offset + count, total=total)
