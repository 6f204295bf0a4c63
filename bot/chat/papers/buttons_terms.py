"""The menu under trends, which opens the papers that have a term in their title; and showing what a question finds."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

import discord
from discord import ui

from bot.chat.interactions.controls import Persistent, services_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.papers.buttons_lists import show_list
from bot.chat.papers.lists.found import SearchList
from bot.chat.papers.questions import Question
from bot.errors import DatabaseAwayError, RefusalError
from bot.locale import Catalogue
from bot.search.model import Filters, Sort


async def show_search(interaction: discord.Interaction, question: Question) -> None:
    """Show what a question finds, then store the question for the buttons below it.

    Storing it belongs to the same task, so a bot that is stopped meanwhile still does it. If the database can't be
    written, the answer stands, and its buttons ask to search again.
    """
    services = services_of(interaction)
    with suppress(DatabaseAwayError):
        async with services.desk.keeping_search(interaction.user.id, question.to_json(), services.clock.now()) as key:
            await show_list(interaction, SearchList(key))


class TermMenu(Persistent[ui.Select[ui.View]], template=r"papers:term:(?P<since>[0-9]{4}-[0-9]{2}-01)"):
    """Opens the papers since a month with the chosen term in their title, the newest first."""

    cost = Cost.SEARCH

    def __init__(self, since: str, terms: Sequence[str] = (), placeholder: str | None = None) -> None:
        options = [discord.SelectOption(label=term, value=term) for term in terms]
        super().__init__(ui.Select(custom_id=f"papers:term:{since}", placeholder=placeholder, options=options))
        self._since = since

    @classmethod
    def of(cls, terms: Sequence[str], since: date, catalogue: Catalogue) -> "TermMenu":
        """A menu of 1 to 25 different terms of at most 100 characters."""
        return cls(since.isoformat(), terms, catalogue.say("menu-terms"))

    async def press(self, interaction: discord.Interaction) -> None:
        """Search for the term that was chosen."""
        try:
            term, since = self.item.values[0].replace('"', " "), date.fromisoformat(self._since)
        except (IndexError, ValueError):  # a forged menu
            raise RefusalError("error-button-gone") from None
        await show_search(interaction, Question(f'title:"{term}"', Filters(since=since, sort=Sort.NEWEST)))
