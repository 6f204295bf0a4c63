"""Single papers as messages: a paper in full, its links and abstract."""

import discord

from bot.chat.text import limits, theme
from bot.chat.text.escape import clean, escape, join_given, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.chat.text.pictures import video, web_link, with_picture
from bot.chat.text.prose import all_authors, language_note, summary_text, summary_words, title, votes
from bot.chat.text.theme import Sign
from bot.latex import readable
from bot.locale import Catalogue
from bot.papers import Appearance, Details, Paper

_ID = 40
_LINK = 300
"""Three of these and their words fit one field."""


def paper_view(appearance: Appearance, catalogue: Catalogue, details: Details | None = None) -> Message:
    """One paper in full: all authors that fit, links, and the whole summary."""
    listing = appearance.listing
    paper = listing.paper
    embed = discord.Embed(title=escape(title(paper, limits.TITLE)), url=paper.url, colour=theme.PAPER)
    embed.set_author(name=join_given(votes(listing, catalogue), catalogue.date(appearance.day)))
    embed.set_footer(text=join_given(arxiv(paper), language_note(paper, catalogue)))
    if authors := all_authors(paper, catalogue, limits.FIELD_VALUE):
        embed.add_field(name=catalogue.say("paper-authors"), value=authors, inline=False)
    if links := details_links(details, catalogue):
        embed.add_field(name=catalogue.say("paper-links"), value=links, inline=False)
    embed = with_picture(embed, paper, catalogue)
    return limits.compose("", [with_summary(embed, paper, catalogue)])


def with_summary(embed: discord.Embed, paper: Paper, catalogue: Catalogue) -> discord.Embed:
    """The embed with as much of the summary as fits a message, and the paper's video."""
    end = video_line(paper, catalogue, limits.URL)
    room = min(limits.DESCRIPTION, limits.EMBEDS_TOTAL - limits.embed_len(embed)) - utf16_len(end) - 1
    embed.description = join_lines(summary_text(paper, room, catalogue), end)
    return embed


def video_line(paper: Paper, catalogue: Catalogue, limit: int) -> str:
    """A link to the paper's video; "" if it has none, or its address is longer than `limit`."""
    link = video(paper)
    return f"[{catalogue.say('video-link')}]({link})" if link and len(link) <= limit else ""


def join_lines(*parts: str) -> str:
    """The parts that are not empty, a line each."""
    return join_given(*parts, separator="\n")


def arxiv(paper: Paper) -> str:
    """The paper's arXiv id as literal text: "arXiv 2402.12345"."""
    return shorten(f"arXiv {paper.arxiv_id}", _ID, utf16_len)


def details_links(details: Details | None, catalogue: Catalogue) -> str:
    """The paper's code, project page and discussion, a line each, as Discord text for one field; "" if it has none."""
    if details is None:
        return ""
    say = catalogue.say
    stars = "" if details.stars is None else say("paper-stars", stars=details.stars)
    comments = "" if details.comments is None else say("paper-comments", count=details.comments)
    rows = (
        _row(Sign.CODE, say("paper-code"), details.code, stars),
        _row(Sign.PROJECT, say("paper-project"), details.project),
        _row(Sign.DISCUSSION, say("paper-discussion"), details.discussion, comments),
    )
    return join_lines(*rows)


def abstract_beyond(paper: Paper, details: Details | None) -> str:
    """The abstract as literal text; "" if it is unknown or the same as the summary."""
    abstract = clean(readable(details.abstract)) if details else ""
    return "" if abstract == clean(" ".join(summary_words(paper))) else abstract


def abstract_view(paper: Paper, abstract: str, catalogue: Catalogue) -> Message:
    """The abstract under the paper's title."""
    embed = discord.Embed(title=escape(title(paper, limits.TITLE)), url=paper.url, colour=theme.PAPER)
    embed.set_author(name=catalogue.say("paper-abstract"))
    embed.description = escape(shorten(abstract, limits.DESCRIPTION))
    return limits.compose("", [embed])


def _row(sign: str, name: str, link: str | None, fact: str = "") -> str:
    """A link with a fact about it; "" if it is not a valid link or too long."""
    address = web_link(link, ("https", "http"))
    if address is None or len(address) > _LINK:
        return ""
    return join_given(f"{sign} [{name}]({address})", fact)
