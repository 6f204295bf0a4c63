"""One paper in full as messages: its picture and summary, its authors, its links, its abstract."""

import discord

from bot.chat.papers.cards import arxiv_line, with_summary
from bot.chat.text import limits, theme
from bot.chat.text.escape import clean, escape, join_given, shorten
from bot.chat.text.limits import Message
from bot.chat.text.pictures import picture, web_link, with_picture
from bot.chat.text.prose import MOST_NAMES, language_note, some_authors, summary_words, title, votes
from bot.latex import readable
from bot.locale import Catalogue
from bot.papers import Appearance, Details, Paper
from bot.papers.authors import names_of
from bot.papers.texts import for_reader

_LINK = 300
"""Two of these, the other links and their words fit one field."""


def paper_view(appearance: Appearance, catalogue: Catalogue, details: Details | None = None) -> Message:
    """One paper in full: its title and picture, then the whole summary, its first authors and its links.

    The picture has an embed of its own, because an embed shows its picture below its text.
    """
    listing = appearance.listing
    paper = for_reader(listing.paper, catalogue.language)
    day = catalogue.date(appearance.day) if appearance.day else catalogue.say("paper-stray")
    head = _titled(paper).set_author(name=join_given(votes(listing, catalogue), day))
    body = head
    if picture(paper):
        head = with_picture(head, paper, catalogue)
        body = discord.Embed(colour=theme.PAPER)
    body.set_footer(text=_facts(paper, details, catalogue))
    if authors := some_authors(paper, catalogue, limits.FIELD_VALUE):
        body.add_field(name=catalogue.say("paper-authors"), value=authors, inline=False)
    if links := paper_links(paper, details, catalogue):
        body.add_field(name=catalogue.say("paper-links"), value=links, inline=False)
    with_summary(body, paper, catalogue, 0 if body is head else limits.embed_len(head))
    return limits.compose("", [head] if body is head else [head, body])


def paper_links(paper: Paper, details: Details | None, catalogue: Catalogue) -> str:
    """Links to the paper at arXiv and at the site, its code, project page and discussion, as one line of Discord text.

    The names are so short that the line fits a phone. Links that are invalid or too long are left out.
    """
    links: list[tuple[str, str | None]] = [("arXiv", paper.url), ("PDF", paper.pdf), ("HF", paper.site_page)]
    if details is not None:
        links += [
            (catalogue.say("paper-code"), details.code),
            (catalogue.say("paper-project"), details.project),
            (catalogue.say("paper-discussion"), details.discussion),
        ]
    written = [link for each in links if (link := _link(*each))]
    return limits.join_fitting(written, limits.FIELD_VALUE, " · ")[0]


def _facts(paper: Paper, details: Details | None, catalogue: Catalogue) -> str:
    stars = comments = ""
    if details is not None:
        stars = catalogue.say("paper-stars", stars=details.stars) if details.code and details.stars else ""
        comments = catalogue.say("paper-comments", count=details.comments) if details.comments else ""
    return join_given(arxiv_line(paper), stars, comments, language_note(paper, catalogue))


def abstract_beyond(paper: Paper, details: Details | None, language: str) -> str:
    """The abstract as literal text; "" if it is unknown, or what a reader of the language gets as the summary."""
    abstract = clean(readable(details.abstract)) if details else ""
    return "" if abstract == clean(" ".join(summary_words(for_reader(paper, language)))) else abstract


def abstract_view(paper: Paper, abstract: str, catalogue: Catalogue) -> Message:
    """The abstract under the paper's title."""
    embed = _titled(paper).set_author(name=catalogue.say("paper-abstract"))
    embed.description = escape(shorten(abstract, limits.DESCRIPTION))
    return limits.compose("", [embed])


def has_more_authors(paper: Paper) -> bool:
    """Whether a paper has more authors than its view names."""
    return paper.more_authors or len(names_of(paper)) > MOST_NAMES


def authors_view(paper: Paper, catalogue: Catalogue) -> Message | None:
    """All authors under the paper's title; None if they do not fit a message.

    It says if their order is not known, and if the page cut the list.
    """
    names = [escape(name) for each in names_of(paper) if (name := clean(each))]
    text, count = limits.join_fitting(names, limits.DESCRIPTION, ", ")
    if count < len(names):
        return None
    embed = _titled(paper).set_author(name=catalogue.say("paper-authors"))
    embed.description = text
    unordered = "" if paper.ordered else catalogue.say("authors-unordered")
    if footer := join_given(unordered, catalogue.say("authors-cut") if paper.more_authors else "", separator=" "):
        embed.set_footer(text=footer)
    return limits.compose("", [embed])


def _titled(paper: Paper) -> discord.Embed:
    return discord.Embed(title=escape(title(paper, limits.TITLE)), url=paper.url, colour=theme.PAPER)


def _link(name: str, link: str | None) -> str:
    """The link under its name; "" if it is invalid or too long."""
    address = web_link(link, ("https", "http"))
    return f"[{name}]({address})" if address and len(address) <= _LINK else ""
