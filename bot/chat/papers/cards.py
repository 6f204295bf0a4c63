"""Editions and single papers as messages: cards, the headline of a thread, a paper in full, its links and abstract."""

import discord

from bot.chat.text import limits, theme
from bot.chat.text.escape import clean, escape, join_given, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.chat.text.pictures import picture, video, web_link
from bot.chat.text.prose import all_authors, authors_line, linked_title, summary_text, summary_words, title, votes
from bot.chat.text.theme import MEDALS, Sign
from bot.digests.model import Selection
from bot.latex import readable
from bot.locale import Catalogue
from bot.papers import Appearance, Details, Listing, Paper

# Ten cards with texts of these lengths, without summaries, always fit EMBEDS_TOTAL.
_CARD_TITLE = 160
_CARD_AUTHORS = 150
_CARD_VIDEO = 140
_CARD_ID = 40
_CARD_SUMMARY = 700
"""Short enough for a phone. The menu below opens the whole summary."""
_CONTENT_TITLE = 120
_CONTENTS_TITLE = 200
_LINK = 300
"""Three of these and their words fit one field."""


def edition_cards(selection: Selection, catalogue: Catalogue) -> Message:
    """An edition in one message: its day, then a card per paper. Only the first card has a large picture."""
    listings = selection.listings[: limits.EMBEDS]
    cards = [_card(selection, rank, catalogue) for rank in range(len(listings))]
    ends = [_video_line(listing.paper, catalogue, _CARD_VIDEO) for listing in listings]
    room = limits.EMBEDS_TOTAL - sum(map(limits.embed_len, cards)) - sum(utf16_len(end) + 1 for end in ends)
    wishes = [min(_CARD_SUMMARY, utf16_len(summary_text(listing.paper, room))) for listing in listings]
    shares = limits.share(room, wishes)
    for card, listing, size, end in zip(cards, listings, shares, ends, strict=True):
        card.description = _lines(summary_text(listing.paper, size), end)
    return limits.compose(_opening(selection, catalogue), cards)


def edition_headline(selection: Selection, catalogue: Catalogue) -> Message:
    """The message that an edition's thread hangs on: its day and the contents of the thread."""
    rows = [
        f"{_rank(index, listing)} {_contents_row(listing, selection, catalogue)}"
        for index, listing in enumerate(selection.listings)
    ]
    contents, _ = limits.join_fitting(rows, limits.DESCRIPTION)
    embed = discord.Embed(description=contents, colour=theme.FIRST)
    return limits.compose(_opening(selection, catalogue), [embed])


def _contents_row(listing: Listing, selection: Selection, catalogue: Catalogue) -> str:
    linked = linked_title(listing.paper, _CONTENTS_TITLE)
    return join_given(linked, votes(listing, catalogue), _mark(listing, selection))


def thread_name(selection: Selection, catalogue: Catalogue) -> str:
    """The name of an edition's thread, as plain text."""
    date, count = _heading_date(selection, catalogue), len(selection.listings)
    return shorten(catalogue.say("edition-thread", date=date, count=count), limits.THREAD_NAME, utf16_len)


def edition_paper(selection: Selection, index: int, catalogue: Catalogue) -> Message:
    """One paper of an edition, for its thread: the whole summary and a large picture."""
    listing = selection.listings[index]
    embed = _embed(selection, index, catalogue, limits.TITLE)
    if image := picture(listing.paper):
        embed.set_image(url=image)
    return limits.compose("", [_with_summary(embed, listing.paper, catalogue)])


def paper_view(appearance: Appearance, catalogue: Catalogue, details: Details | None = None) -> Message:
    """One paper in full: all authors that fit, links, and the whole summary."""
    listing = appearance.listing
    paper = listing.paper
    embed = discord.Embed(title=escape(title(paper, limits.TITLE)), url=paper.url, colour=theme.PAPER)
    embed.set_author(name=join_given(votes(listing, catalogue), catalogue.date(appearance.day)))
    embed.set_footer(text=_arxiv(paper))
    if authors := all_authors(paper, catalogue, limits.FIELD_VALUE):
        embed.add_field(name=catalogue.say("paper-authors"), value=authors, inline=False)
    if links := details_links(details, catalogue):
        embed.add_field(name=catalogue.say("paper-links"), value=links, inline=False)
    if image := picture(paper):
        embed.set_image(url=image)
    return limits.compose("", [_with_summary(embed, paper, catalogue)])


def selection_date(selection: Selection, catalogue: Catalogue) -> str:
    """The day of the papers, or their first and last day."""
    if selection.first_day is None:
        return catalogue.date(selection.day)
    return catalogue.span(selection.first_day, selection.day)


def _opening(selection: Selection, catalogue: Catalogue) -> str:
    """Two lines without markup, as phones show only these in a notification. Marks have a legend below."""
    date, count = _heading_date(selection, catalogue), len(selection.listings)
    if count < selection.total:
        heading = catalogue.say("edition-heading", date=date, count=count, total=selection.total)
    else:
        heading = catalogue.say("edition-heading-whole", date=date, count=count)
    legends = (
        f"{Sign.NEW} {catalogue.say('edition-new')}" if selection.new else "",
        f"{Sign.LATE} {catalogue.say('edition-late', date=_late_days(selection, catalogue))}" if selection.late else "",
    )
    return _lines(heading, *(_leader(listing, catalogue) for listing in selection.listings[:1]), *legends)


def _late_days(selection: Selection, catalogue: Catalogue) -> str:
    days = [day for _, day in selection.late]
    first, last = min(days), max(days)
    return catalogue.date(last) if first == last else catalogue.span(first, last)


def _heading_date(selection: Selection, catalogue: Catalogue) -> str:
    """The day or week, with "so far" if it was not over."""
    date = selection_date(selection, catalogue)
    if selection.first_day is not None:
        date = catalogue.say("edition-week", week=date)
    return catalogue.say("date-so-far", date=date) if selection.early else date


def _mark(listing: Listing, selection: Selection) -> str:
    if listing.paper.arxiv_id in dict(selection.late):
        return Sign.LATE
    return Sign.NEW if listing.paper.arxiv_id in selection.new else ""


def _leader(listing: Listing, catalogue: Catalogue) -> str:
    name = escape(title(listing.paper, _CONTENT_TITLE))
    if listing.votes is None:
        return catalogue.say("edition-first", title=name)
    return catalogue.say("edition-best", title=name, votes=votes(listing, catalogue))


def _card(selection: Selection, rank: int, catalogue: Catalogue) -> discord.Embed:
    card = _embed(selection, rank, catalogue, _CARD_TITLE)
    if image := picture(selection.listings[rank].paper):
        card.set_thumbnail(url=image) if rank else card.set_image(url=image)
    return card


def _embed(selection: Selection, rank: int, catalogue: Catalogue, title_limit: int) -> discord.Embed:
    listing = selection.listings[rank]
    paper = listing.paper
    colour = theme.RANKS[rank] if rank < len(theme.RANKS) else theme.PAPER
    embed = discord.Embed(title=escape(title(paper, title_limit)), url=paper.url, colour=colour)
    standing = join_given(votes(listing, catalogue), _mark(listing, selection))
    embed.set_author(name=join_given(_rank(rank, listing), standing, separator=" "))
    authors = shorten(authors_line(paper, catalogue), _CARD_AUTHORS, utf16_len)
    embed.set_footer(text=join_given(authors, _arxiv(paper)))
    return embed


def _with_summary(embed: discord.Embed, paper: Paper, catalogue: Catalogue) -> discord.Embed:
    end = _video_line(paper, catalogue, limits.URL)
    room = min(limits.DESCRIPTION, limits.EMBEDS_TOTAL - limits.embed_len(embed)) - utf16_len(end) - 1
    embed.description = _lines(summary_text(paper, room), end)
    return embed


def _video_line(paper: Paper, catalogue: Catalogue, limit: int) -> str:
    link = video(paper)
    return f"[{catalogue.say('video-link')}]({link})" if link and len(link) <= limit else ""


def _lines(*parts: str) -> str:
    return join_given(*parts, separator="\n")


def _rank(rank: int, listing: Listing) -> str:
    """A medal if the paper has votes, else a number."""
    return MEDALS[rank] if listing.votes is not None and rank < len(MEDALS) else f"{rank + 1}."


def _arxiv(paper: Paper) -> str:
    return shorten(f"arXiv {paper.arxiv_id}", _CARD_ID, utf16_len)


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
    return _lines(*rows)


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
