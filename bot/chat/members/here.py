"""Texts about the subscriptions that post in a server's channels, for those who manage it."""

from collections.abc import Sequence

import discord

from bot.alerts.model import MAX_HERE, Subscription
from bot.chat.members.subscriptions import state_text
from bot.chat.text import limits, theme
from bot.chat.text.escape import escape, join_given, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.locale import Catalogue

_QUERY = 60
_CHOICE = 100


def here_list(subscriptions: Sequence[Subscription], catalogue: Catalogue) -> Message:
    """The subscriptions with number, member and channel; those that do not fit are counted at the end."""
    using = sum(each.refused is None for each in subscriptions)
    heading = catalogue.say("here-list", count=using, limit=MAX_HERE)
    rows = [_row(each, catalogue) for each in subscriptions]
    end = catalogue.say("here-more", more=len(rows))
    body, shown = limits.join_fitting(rows, limits.DESCRIPTION - utf16_len(end) - 1)
    if shown < len(rows):
        body = f"{body}\n{catalogue.say('here-more', more=len(rows) - shown)}"
    return limits.compose("", [discord.Embed(title=heading, description=body, colour=theme.ALERT)])


def here_choice(subscription: Subscription, guild: discord.Guild | None) -> str:
    """A subscription as plain text for a list to choose from: "#12 · #papers · diffusion"."""
    place = guild and guild.get_channel_or_thread(subscription.channel_id or 0)
    name = f"#{place.name}" if place else "—"
    return shorten(f"#{subscription.id} · {name} · {subscription.shown}", _CHOICE, utf16_len)


def _row(subscription: Subscription, catalogue: Catalogue) -> str:
    who = f"**#{subscription.id}** <@{subscription.user_id}>"
    query = catalogue.quote(escape(shorten(subscription.shown, _QUERY)))
    return join_given(who, f"<#{subscription.channel_id}>", query, state_text(subscription, catalogue))
