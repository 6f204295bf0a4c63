"""Alerts as messages: the best papers by subscription, and the controls below them."""

from dataclasses import replace
from itertools import count
from typing import Any

import discord
from discord import ui

from bot.alerts.model import FOR_YOU, Alert, Match
from bot.alerts.sections import BEST, in_order, sections
from bot.chat.interactions.controls import view_of
from bot.chat.members.manage import ManageButton
from bot.chat.papers.buttons_lists import ListButton, PaperMenu
from bot.chat.papers.lists.foryou import why_text
from bot.chat.papers.lists.found import AlertList
from bot.chat.text import limits, theme
from bot.chat.text.escape import escape, join_given, shorten, width
from bot.chat.text.limits import Message
from bot.chat.text.prose import common_note, first_words, linked_title, unbroken, votes
from bot.chat.text.theme import Sign
from bot.locale import Catalogue
from bot.papers.texts import for_reader

_TITLE = 90  # width: three lines on a phone
_FEW = 4
_SHORT_TITLE = 60
"""The width of a title under more than _FEW queries: with the votes, two lines on a phone."""
_QUERY = 30  # width: one line
_WORDS = 100
_TOLD = 3
"""With at most this many papers, each is shown with a sentence of its summary; with more, only with its title."""


def alert_message(alert: Alert, catalogue: Catalogue, *, mention: bool) -> Message:
    """The BEST papers of an alert, numbered, under the queries that they matched. `mention` mentions the member.

    On a phone it is at most 1,100 pixels high. Below sentences of summaries is their language, if they have it in
    common and it is not the reader's.
    """
    alert = _for_reader(alert, catalogue)
    key = "foryou-alert-heading" if all(match.why for match in alert.matches) else "alert-heading"
    heading = catalogue.say(key, count=len(alert.matches), date=catalogue.date(alert.day))
    content = f"<@{alert.user_id}> {heading}" if mention else heading
    embed = discord.Embed(description=_body(alert, catalogue), colour=theme.ALERT)
    if _has_words(alert) and (note := common_note([match.listing.paper for match in alert.matches], catalogue)):
        embed.set_footer(text=note)
    return limits.compose(content, [embed])


def alert_view(alert: Alert, catalogue: Catalogue, delivery: int) -> ui.View:
    """The menu of the papers shown, the button to the rest if there is one, and the button to manage alerts."""
    listings = [match.listing for match in in_order(alert.matches)[:BEST]]
    items: list[ui.Item[Any]] = [PaperMenu.of(listings, catalogue, delivery=delivery)]
    if len(alert.matches) > BEST:
        label = catalogue.say("alert-more", count=len(alert.matches) - BEST)
        items.append(ListButton(AlertList(delivery).key, f"{BEST}", label=label, emoji=Sign.MORE))
    items.append(ManageButton(delivery, catalogue.say("alert-manage")))
    return view_of(*items)


def _for_reader(alert: Alert, catalogue: Catalogue) -> Alert:
    """The alert with the summaries that the catalogue's reader gets."""
    papers = [for_reader(match.listing.paper, catalogue.language) for match in alert.matches]
    matches = (
        replace(match, listing=replace(match.listing, paper=paper))
        for match, paper in zip(alert.matches, papers, strict=True)
    )
    return replace(alert, matches=tuple(matches))


def _has_words(alert: Alert) -> bool:
    return len(alert.matches) <= _TOLD


def _body(alert: Alert, catalogue: Catalogue) -> str:
    numbers, blocks, found = count(1), list[str](), sections(alert.matches)
    room = _TITLE if len(found) <= _FEW else _SHORT_TITLE
    for section in found:
        name = alert.shown(section.query) if section.query != FOR_YOU else catalogue.say("foryou-name")
        query = catalogue.quote(escape(shorten(name, _QUERY, width)))
        rows = [_row(next(numbers), match, room, alert, catalogue) for match in section.matches]
        blocks.append("\n".join([f"**{query}**", *rows]))
    return limits.join_fitting(blocks, limits.DESCRIPTION, "\n\n")[0]


def _row(number: int, match: Match, room: int, alert: Alert, catalogue: Catalogue) -> str:
    paper = match.listing.paper
    title = f"**{number}.** {linked_title(paper, room, width)}"
    words = escape(first_words(paper, _WORDS)) if _has_words(alert) else ""
    why = f"-# {why_text(match.why, catalogue)}" if match.why else ""
    return join_given(join_given(title, unbroken(votes(match.listing, catalogue))), words, why, separator="\n")
