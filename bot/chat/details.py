"""What the site tells of a paper, in words: its links, and its abstract."""

import discord

from bot.chat import limits
from bot.chat.message import Message
from bot.chat.pictures import web_link
from bot.chat.prose import summary_texts, title
from bot.chat.text import clean, escape, shorten
from bot.latex import readable
from bot.locale import Catalogue
from bot.papers import Details, Paper

_COLOUR = 0x4F6D9A
_LINK = 300
"""Three of these and their words fit one field."""


def details_links(details: Details | None, catalogue: Catalogue) -> str:
    """The paper's code, project page and discussion, a line each, as Discord text for one field; "" without any."""
    if details is None:
        return ""
    say = catalogue.say
    stars = "" if details.stars is None else say("paper-stars", stars=details.stars)
    comments = "" if details.comments is None else say("paper-comments", count=details.comments)
    rows = (
        _row("💻", say("paper-code"), details.code, stars),
        _row("🌐", say("paper-project"), details.project),
        _row("💬", say("paper-discussion"), details.discussion, comments),
    )
    return "\n".join(row for row in rows if row)


def abstract_beyond(paper: Paper, details: Details | None) -> str:
    """The abstract as literal text; "" where none is known, or the summary is the abstract already."""
    abstract = clean(readable(details.abstract)) if details else ""
    return "" if abstract == clean(" ".join(summary_texts(paper))) else abstract


def abstract_view(paper: Paper, abstract: str, catalogue: Catalogue) -> Message:
    """The abstract under the paper's title."""
    embed = discord.Embed(title=escape(title(paper, limits.TITLE)), url=paper.url, colour=_COLOUR)
    embed.set_author(name=catalogue.say("paper-abstract"))
    embed.description = escape(shorten(abstract, limits.DESCRIPTION))
    return limits.compose("", [embed])


def _row(sign: str, name: str, link: str | None, fact: str = "") -> str:
    """A link with what is counted there; "" where it is none or too long to be one that a person made."""
    address = web_link(link, ("https", "http"))
    if address is None or len(address) > _LINK:
        return ""
    return f"{sign} [{name}]({address})" + (f" · {fact}" if fact else "")
