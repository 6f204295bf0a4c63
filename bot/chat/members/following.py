"""Following an author or an organisation with one tap in the menu below a paper."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.alerts.changes import Change
from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of
from bot.chat.members.changes import change_text, names_text
from bot.chat.members.manage import undo_button
from bot.chat.papers.buttons_lists import ListButton
from bot.chat.papers.following import FOLLOW
from bot.chat.papers.lists.found import PreviewList
from bot.chat.papers.questions import quoted
from bot.chat.text.escape import escape, join_given
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.search.names import Person, author_query
from bot.search.query import MAX_QUERY, Field, parse

Menu = ui.Select[ui.View]
_DOUBTFUL = 3
"""Names that are told of at most, of those that may be another person's."""


class FollowMenu(Persistent[Menu], template=FOLLOW):
    """Subscribes the member, by DM, to what was chosen."""

    cost = Cost.SEARCH

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id=FOLLOW))

    async def press(self, interaction: discord.Interaction) -> None:
        """Subscribe, and say under which names. The press is answered first, as the archive's names are looked up."""
        field, name = _chosen(self.item.values)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services, catalogue = services_of(interaction), catalogue_of(interaction)
        query, person = self.item.values[0], Person(())
        if field is Field.AUTHOR:
            person = await services.namesakes.of(name)
            query = author_query(person.written, MAX_QUERY)
        change = await services.changes.follow(interaction.user.id, query, catalogue.language)
        await reply(interaction, _answer(change, person, catalogue), view=_view(change, catalogue))


def _chosen(values: Sequence[str]) -> tuple[Field, str]:
    """The field and the name of a value of the menu. Raises RefusalError for what no menu of the bot offers."""
    terms = parse(values[0]).terms if values else ()
    if len(terms) != 1 or terms[0].excluded or not terms[0].field.is_name:
        raise RefusalError("error-button-gone")
    return terms[0].field, values[0].removeprefix(f"{terms[0].field}:").strip('"')


def _answer(change: Change, person: Person, catalogue: Catalogue) -> str:
    """What is followed now, which names are taken together, and which are left out, a line each."""
    if change.number is None:
        [held] = change.subscriptions
        return catalogue.say("follow-already", names=catalogue.quote(quoted(held.shown)))
    together, doubtful = (
        names_text([escape(name) for name in names], catalogue) for names in (person.names, _few(person))
    )
    return join_given(
        change_text(change, catalogue),
        catalogue.say("follow-together", names=together) if len(person.names) > 1 else "",
        catalogue.say("follow-doubtful", names=doubtful) if doubtful else "",
        separator="\n",
    )


def _few(person: Person) -> tuple[str, ...]:
    return person.doubtful[:_DOUBTFUL]


def _view(change: Change, catalogue: Catalogue) -> ui.View:
    [followed] = change.subscriptions
    preview = ListButton(PreviewList(followed.id).key, label=catalogue.say("subscription-preview"))
    return view_of(*undo_button(change, catalogue), preview)
