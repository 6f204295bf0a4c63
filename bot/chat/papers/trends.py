"""Trends as a message: the figures in words, and a picture of the lines where the extra `charts` is installed."""

import io
import re

import discord

from bot.charts.model import Lines
from bot.chat.interactions.controls import services_of, view_of
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of
from bot.chat.papers.buttons_terms import TermMenu
from bot.chat.text import limits, theme
from bot.chat.text.escape import clean, escape, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.search.query import on_one_line
from bot.search.subjects.trends import ENOUGH, MOST_LINES, Line, Trends

_TERM = 40
_PICTURE = "trends.png"
_SEPARATOR = re.compile("[,;，、]")
_BARS, _POINT = "▁▂▃▄▅▆▇█", "·"
_ALT = 1024
"""Discord's limit of an alternative text, in UTF-16 code units."""


async def show_trends(interaction: discord.Interaction, typed: str | None, months: int) -> None:
    """Answer with what rose, or with the lines of the terms that a member typed. Raises RefusalError."""
    terms = _terms(typed) if typed else ()
    await interaction.response.defer(ephemeral=True, thinking=True)
    services, catalogue = services_of(interaction), catalogue_of(interaction)
    try:
        trends = await (services.trends.of(terms, months) if terms else services.trends.rising(months))
    except TimeoutError as error:
        raise RefusalError("search-stopped") from error
    drawing = await services.charts.draw(_lines(trends, catalogue)) if services.charts and trends.lines else None
    message = trends_message(trends, catalogue, given=bool(terms), drawn=drawing is not None)
    named = [line.term for line in trends.lines if any(line.papers)]
    view = view_of(TermMenu.of(named, trends.months[0], catalogue)) if named else None
    picture = discord.File(io.BytesIO(drawing), _PICTURE, description=alt_text(trends, catalogue)) if drawing else None
    await reply(interaction, message, view=view, file=picture)


def _terms(typed: str) -> tuple[str, ...]:
    terms = dict.fromkeys(shorten(on_one_line(part), _TERM) for part in _SEPARATOR.split(typed) if part.strip())
    if not 0 < len(terms) <= MOST_LINES:
        raise RefusalError("error-trends-terms", most=MOST_LINES)
    return tuple(terms)


def trends_message(trends: Trends, catalogue: Catalogue, *, given: bool, drawn: bool) -> Message:
    """The figures of each line. `given`: a member named the terms. Without a picture, the lines stand in the text."""
    say = catalogue.say
    if not any(trends.totals):
        return Message(say("archive-empty"))
    if not given and not trends.lines:
        return Message(say("trends-none") if trends.are_enough else say("trends-few", enough=ENOUGH))
    most = max((share or 0.0 for line in trends.lines for share in trends.shares(line)), default=0.0)
    rows = [_row(trends, line, catalogue, None if drawn else most) for line in trends.lines]
    span = catalogue.month_span(trends.months[0], trends.months[-1])
    embed = discord.Embed(
        title=say("trends-heading" if given else "trends-heading-rising", span=span),
        description="\n".join(rows),
        colour=theme.PAPER,
    )
    newer = len(trends.months) // 2
    embed.set_footer(text=say("trends-note", newer=newer, older=len(trends.months) - newer))
    return limits.compose("", [embed])


def _row(trends: Trends, line: Line, catalogue: Catalogue, most: float | None) -> str:
    older, newer = map(catalogue.percent, trends.halves(line))
    row = f"**{escape(line.term)}** · {older} → {newer}"
    return row if most is None else f"{row}\n{_bars(trends.shares(line), most)}"


def _bars(shares: tuple[float | None, ...], most: float) -> str:
    """A line as small bars, the tallest for `most`; a point for a month without papers."""
    return "".join(
        _POINT if share is None else _BARS[round(share / (most or 1) * (len(_BARS) - 1))] for share in shares
    )


def alt_text(trends: Trends, catalogue: Catalogue) -> str:
    """The figures of a picture, month by month, as literal text of at most Discord's limit."""
    lines = "; ".join(f"{line.term}: {_figures(trends, line, catalogue)}" for line in trends.lines)
    span = catalogue.month_span(trends.months[0], trends.months[-1])
    return shorten(catalogue.say("trends-alt", span=span, lines=clean(lines)), _ALT, utf16_len)


def _figures(trends: Trends, line: Line, catalogue: Catalogue) -> str:
    """The shares of a line, month by month, without the months that have no papers."""
    shares = zip(trends.months, trends.shares(line), strict=True)
    return ", ".join(
        f"{catalogue.month(month)} {catalogue.percent(share)}" for month, share in shares if share is not None
    )


def _lines(trends: Trends, catalogue: Catalogue) -> Lines:
    return Lines(
        labels=tuple(str(month.year) if month.month == 1 else catalogue.month(month) for month in trends.months),
        names=tuple(clean(line.term) for line in trends.lines),
        shares=tuple(map(trends.shares, trends.lines)),
    )
