"""Writes the parts of editions: the messages with their views, and the names of their posts."""

from dataclasses import replace
from functools import lru_cache

import discord

from bot.chat.interactions.mentions import is_there, mention_text
from bot.chat.papers.buttons_delivered import edition_view, paper_view
from bot.chat.papers.editions import (
    edition_cards,
    edition_full,
    edition_headline,
    edition_paper,
    edition_post,
    post_name,
    thread_name,
)
from bot.chat.text.limits import Message
from bot.delivery.model import Delivery, EditionMail, Part
from bot.digests.model import Style
from bot.locale import Catalogue

RENDERED = 64  # rendered messages of each kind in the cache: more than the digests of a day need


class EditionWriter:
    """Thousands of servers get the same messages, which are rendered once. Only the mark, in the view, differs."""

    def __init__(self) -> None:
        self._cards = lru_cache(RENDERED)(edition_cards)
        self._full = lru_cache(RENDERED)(edition_full)
        self._headline = lru_cache(RENDERED)(edition_headline)
        self._paper = lru_cache(RENDERED)(edition_paper)
        self._post = lru_cache(RENDERED)(edition_post)

    def write(
        self, delivery: Delivery, mail: EditionMail, catalogue: Catalogue, guild: discord.Guild
    ) -> tuple[Message, discord.ui.View]:
        """The message of a part of an edition for a server, and its view."""
        if delivery.part is Part.PAPER:
            view = paper_view(mail.selection.listings[delivery.paper].paper, catalogue, delivery.id)
            return self._paper(mail.selection, delivery.paper, catalogue), view
        if delivery.part is Part.POST:
            listing = mail.selection.listings[delivery.paper]
            message = self._post(mail.selection, delivery.paper, catalogue)
            if delivery.position == 0:
                message = _mentioning(message, mail, guild)
            return message, paper_view(listing.paper, catalogue, delivery.id)
        if delivery.part is Part.HEADLINE:
            message = self._headline(mail.selection, catalogue)
        else:
            message = (self._full if mail.style is Style.FULL else self._cards)(mail.selection, catalogue)
        likes = delivery.part is not Part.HEADLINE
        return _mentioning(message, mail, guild), edition_view(mail.selection, catalogue, delivery.id, likes=likes)


def _mentioning(message: Message, mail: EditionMail, guild: discord.Guild) -> Message:
    """The message with the edition's mention at the end, below what a notification shows."""
    if mail.mention is None or not is_there(mail.mention, guild):
        return message
    return replace(message, content=f"{message.content}\n{mention_text(mail.mention)}".strip())


def post_name_of(delivery: Delivery, mail: EditionMail, catalogue: Catalogue) -> str:
    """The name of the post that carries a part of an edition."""
    if delivery.part is Part.POST:
        return post_name(mail.selection.listings[delivery.paper].paper)
    return thread_name(mail.selection, catalogue)
