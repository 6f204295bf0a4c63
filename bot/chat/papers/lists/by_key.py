"""Finds any list of papers by its key, as the buttons name it."""

from collections.abc import Callable
from datetime import date

from bot.chat.papers.lists.archive import DayList, FavouriteList, OnePaper, RandomPaper, TopList
from bot.chat.papers.lists.foryou import ForYouList
from bot.chat.papers.lists.found import AlertList, MissedList, PreviewList, SearchList, SimilarList
from bot.chat.papers.lists.saved import UNREAD, SavedList
from bot.chat.papers.pages import PaperList
from bot.errors import RefusalError


def _number(text: str) -> int:
    number = int(text)
    if not 0 < number < _NO_ID:
        raise ValueError
    return number


def _span(text: str) -> list[date]:
    """Two dates; none for "all"."""
    return [] if text == "all" else [date.fromisoformat(part) for part in text.split(".")]


_NO_ID = 2**63  # SQLite has none as high

_LISTS: dict[str, Callable[[str], PaperList]] = {
    "paper": OnePaper,
    "random": lambda _: RandomPaper(),
    "day": lambda rest: DayList(date.fromisoformat(rest)),
    "top": lambda rest: TopList(*_span(rest)),
    "liked": lambda rest: FavouriteList(*_span(rest)),
    "search": lambda rest: SearchList(_number(rest)),
    "similar": SimilarList,
    "preview": lambda rest: PreviewList(_number(rest)),
    "alert": lambda rest: AlertList(_number(rest)),
    "missed": lambda _: MissedList(),
    "foryou": lambda _: ForYouList(),
    "saved": lambda rest: SavedList(unread=rest == UNREAD),
}


def list_of(key: str) -> PaperList:
    """The list with this key. Raises RefusalError for an invalid key, of an old or forged button."""
    word, _, rest = key.partition(".")
    try:
        found = _LISTS[word](rest)
    except (KeyError, TypeError, ValueError):
        raise RefusalError("error-button-gone") from None
    if found.key != key:
        raise RefusalError("error-button-gone")
    return found
