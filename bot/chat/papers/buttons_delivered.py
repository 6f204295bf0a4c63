"""The views of delivered messages: controls that open and like papers. One has the delivery's mark."""

from typing import Any

from discord import ui

from bot.chat.interactions.controls import view_of
from bot.chat.papers.buttons_likes import LikeButton, LikesButton
from bot.chat.papers.buttons_lists import ListButton, PaperMenu
from bot.chat.papers.lists.archive import DayList, FavouriteList, OnePaper, TopList
from bot.chat.text.theme import Sign
from bot.digests.model import Selection
from bot.locale import Catalogue
from bot.papers import Paper


def edition_view(
    selection: Selection, catalogue: Catalogue, delivery: int | None = None, *, likes: bool = True
) -> ui.View:
    """The menu of an edition's papers, and buttons to all papers of its day or week and to the server's favourites.

    With `likes`, one to like a paper, too: for papers that have no message of their own.
    """
    key, label = (
        DayList(selection.day).key,
        catalogue.say("button-all-of-the-day", count=selection.total - len(selection.late)),
    )
    if selection.first_day is not None:
        key, label = TopList(selection.first_day, selection.day).key, catalogue.say("button-all-of-the-week")
    buttons: list[ui.Item[Any]] = [ListButton(key, label=label, emoji=Sign.MORE)]
    if selection.recap is not None and selection.recap.favourites:
        key, label = FavouriteList(selection.first_day, selection.day).key, catalogue.say("button-favourites")
        buttons.append(ListButton(key, label=label, emoji=Sign.LIKE))
    if likes:
        buttons.append(LikesButton.of(catalogue))
    return view_of(PaperMenu.of(selection.listings, catalogue, delivery=delivery), *buttons)


def paper_view(paper: Paper, catalogue: Catalogue, delivery: int) -> ui.View:
    """The buttons below a paper in an edition's thread: one opens it, one likes it."""
    label = catalogue.say("button-paper")
    details = ListButton(OnePaper(paper.arxiv_id).key, delivery=delivery, label=label, emoji=Sign.PAPER)
    return view_of(details, LikeButton.anew(paper.arxiv_id, catalogue))
