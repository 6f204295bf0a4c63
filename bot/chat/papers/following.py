"""The menu below a paper of whom and what can be followed."""

from collections.abc import Iterator

import discord
from discord import ui

from bot.chat.text import limits
from bot.chat.text.escape import clean, shorten, utf16_len
from bot.chat.text.theme import Sign
from bot.locale import Catalogue
from bot.papers import Paper
from bot.papers.authors import names_of
from bot.search.names import author_query, organisation_query
from bot.search.query import MAX_QUERY, parse

FOLLOW = "follow"
"""The menu's custom_id; its values are queries."""
_OPTION = 100
"""The limit of an option's label and of its value."""


def follow_menu(paper: Paper, catalogue: Catalogue) -> list[ui.Select[ui.View]]:
    """The menu of a paper's organisation, if it is known, and of its first authors; none if neither is known."""
    options: dict[str, discord.SelectOption] = {}
    for query, option in _options(paper, catalogue):
        if len(options) < limits.OPTIONS:
            options.setdefault(query, option)
    placeholder = catalogue.say("menu-follow")
    return [ui.Select(custom_id=FOLLOW, placeholder=placeholder, options=[*options.values()])] if options else []


def _options(paper: Paper, catalogue: Catalogue) -> Iterator[tuple[str, discord.SelectOption]]:
    """What can be followed, each with its query in canonical form. Names too long for an option are left out."""
    found = [(organisation_query(paper.organisation), paper.organisation, catalogue.say("follow-organisation"))]
    found += [(author_query([name], MAX_QUERY), name, "") for name in names_of(paper)]
    for value, name, note in found:
        label, query = shorten(clean(name), _OPTION, utf16_len), parse(value)
        if label and not query.is_empty and utf16_len(value) <= _OPTION:
            sign = Sign.ORGANISATION if note else Sign.AUTHORS
            yield str(query), discord.SelectOption(label=label, value=value, description=note or None, emoji=sign)
