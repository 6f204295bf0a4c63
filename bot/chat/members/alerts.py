"""Alerts as messages."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import discord

from bot.alerts.model import Alert, Match
from bot.chat.text import limits, theme
from bot.chat.text.escape import escape, join_given, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.chat.text.prose import common_note, first_words, linked_title, votes
from bot.locale import Catalogue
from bot.texts import for_reader

_TITLE = 150
_WORDS = 140
_QUERY = 60
_QUERIES = 3


def alert_message(alert: Alert, catalogue: Catalogue, *, mention: bool) -> Message:
    """The papers of an alert, each with the queries that it matched. `mention` adds a mention of the member.

    Papers are shown more briefly if there are many; the rest is counted at the end. Below them is the language of the
    summaries, if they have it in common and it is not the reader's.
    """
    heading = catalogue.say("alert-heading", count=len(alert.matches), date=catalogue.date(alert.day))
    content = f"<@{alert.user_id}> {heading}" if mention else heading
    matches = [_for_reader(match, catalogue) for match in alert.matches]
    embed = discord.Embed(description=_body(matches, catalogue), colour=theme.ALERT)
    if note := common_note([match.listing.paper for match in matches], catalogue):
        embed.set_footer(text=note)
    return limits.compose(content, [embed])


def _for_reader(match: Match, catalogue: Catalogue) -> Match:
    """The match with the summary that the catalogue's reader gets."""
    paper = for_reader(match.listing.paper, catalogue.language)
    return replace(match, listing=replace(match.listing, paper=paper))


def _body(matches: Sequence[Match], catalogue: Catalogue) -> str:
    for row, separator in ((_full_row, "\n\n"), (_brief_row, "\n")):
        body, count = _rows(matches, catalogue, row, separator, limits.DESCRIPTION)
        if count == len(matches):
            return body
    end = catalogue.say("more-papers", count=len(matches))
    body, count = _rows(matches, catalogue, _brief_row, "\n", limits.DESCRIPTION - utf16_len(end) - 1)
    return f"{body}\n{catalogue.say('more-papers', count=len(matches) - count)}"


def _rows(
    matches: Sequence[Match], catalogue: Catalogue, row: Callable[[Match, Catalogue], str], separator: str, limit: int
) -> tuple[str, int]:
    return limits.join_fitting([row(match, catalogue) for match in matches], limit, separator)


def _full_row(match: Match, catalogue: Catalogue) -> str:
    words = escape(first_words(match.listing.paper, _WORDS))
    return join_given(_title_line(match, catalogue), words, f"-# {_matched(match.queries, catalogue)}", separator="\n")


def _brief_row(match: Match, catalogue: Catalogue) -> str:
    return f"{_title_line(match, catalogue)} · {_matched(match.queries, catalogue)}"


def _title_line(match: Match, catalogue: Catalogue) -> str:
    name = f"**{linked_title(match.listing.paper, _TITLE)}**"
    return join_given(name, votes(match.listing, catalogue))


def _matched(queries: Sequence[str], catalogue: Catalogue) -> str:
    shown = ", ".join(f"“{escape(shorten(query, _QUERY))}”" for query in queries[:_QUERIES])
    more = len(queries) - _QUERIES
    if more > 0:
        return catalogue.say("alert-queries-more", queries=shown, more=more)
    return catalogue.say("alert-queries", queries=shown)
