"""What hangs below an edition: a menu that opens one paper, and a button to all papers of its day, both in private."""

from discord import ui

from bot.chat.buttons_papers import ListButton, PaperMenu
from bot.chat.paper_lists import DayList
from bot.chat.persistent import view_of
from bot.digests.model import Selection
from bot.locale import Catalogue


def edition_view(selection: Selection, catalogue: Catalogue) -> ui.View:
    """The menu and the button of an edition."""
    label = catalogue.say("button-all-of-the-day", count=selection.total)
    every = ListButton(DayList(selection.day).key, label=label, emoji="📚")
    return view_of(PaperMenu.of(selection.listings, catalogue), every)
