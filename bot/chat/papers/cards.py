"""Editions as messages: cards, the headline of a thread, a paper in the thread."""

import discord

from bot.chat.text import limits, theme
from bot.chat.text.escape import escape, join_given, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.chat.text.pictures import picture, video
from bot.chat.text.prose import authors_line, linked_title, summary_text, title, votes
from bot.chat.text.theme import MEDALS, Sign
from bot.digests.model import Selection
from bot.locale import Catalogue
from bot.papers import Listing, Paper

# Ten cards with texts of these lengths, without summaries, always fit EMBEDS_TOTAL.
_CARD_TITLE = 160
_CARD_AUTHORS = 150
_CARD_VIDEO = 140
_CARD_ID = 40
_CARD_SUMMARY = 700
"""Short enough for a phone. The menu below opens the whole summary."""
_CONTENT_TITLE = 120
_CONTENTS_TITLE = 200


def edition_cards(selection: Selection, catalogue: Catalogue) -> Message:
    """An edition in one message: its day, then a card per paper. Only the first card has a large picture."""
    listings = selection.listings[: limits.EMBEDS]
    cards = [_card(selection, rank, catalogue) for rank in range(len(listings))]
    ends = [_video_line(listing.paper, catalogue, _CARD_VIDEO) for listing in listings]
    room = limits.EMBEDS_TOTAL - sum(map(limits.embed_len, cards)) - sum(utf16_len(end) + 1 for end in ends)
    wishes = [min(_CARD_SUMMARY, utf16_len(summary_text(listing.paper, room))) for listing in listings]
    shares = limits.share(room, wishes)
    for card, listing, size, end in zip(cards, listings, shares, ends, strict=True):
        card.description = lines(summary_text(listing.paper, size), end)
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
    return limits.compose("", [with_summary(embed, listing.paper, catalogue)])


def selection_date(selection: Selection, catalogue: Catalogue) -> str:
    """The day of the papers, or their first and last day."""
    if selection.first_day is None:
        return catalogue.date(selection.day)
    return catalogue.span(selection.first_day, selection.day)


def _opening(selection: Selection, catalogue: Catalogue) -> str:
    """Two lines without markup, as phones show only these in a notification. A recap has a third, a legend."""
    date, count = _heading_date(selection, catalogue), len(selection.listings)
    if count < selection.total:
        heading = catalogue.say("edition-heading", date=date, count=count, total=selection.total)
    else:
        heading = catalogue.say("edition-heading-whole", date=date, count=count)
    legend = f"{Sign.NEW} {catalogue.say('edition-new')}" if selection.new else ""
    return lines(heading, *(_leader(listing, catalogue) for listing in selection.listings[:1]), legend)


def _heading_date(selection: Selection, catalogue: Catalogue) -> str:
    """The day or week, with "so far" if it was not over."""
    date = selection_date(selection, catalogue)
    if selection.first_day is not None:
        date = catalogue.say("edition-week", week=date)
    return catalogue.say("date-so-far", date=date) if selection.early else date


def _mark(listing: Listing, selection: Selection) -> str:
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
    embed.set_footer(text=join_given(authors, arxiv_line(paper)))
    return embed


def with_summary(embed: discord.Embed, paper: Paper, catalogue: Catalogue, used: int = 0) -> discord.Embed:
    """The embed with as much of the paper's summary as fits; `used` is what other embeds of the message take up."""
    end = _video_line(paper, catalogue, limits.URL)
    room = min(limits.DESCRIPTION, limits.EMBEDS_TOTAL - used - limits.embed_len(embed)) - utf16_len(end) - 1
    embed.description = lines(summary_text(paper, room), end)
    return embed


def _video_line(paper: Paper, catalogue: Catalogue, limit: int) -> str:
    link = video(paper)
    return f"[{catalogue.say('video-link')}]({link})" if link and len(link) <= limit else ""


def lines(*parts: str) -> str:
    """The parts that are not empty, a line each."""
    return join_given(*parts, separator="\n")


def _rank(rank: int, listing: Listing) -> str:
    """A medal if the paper has votes, else a number."""
    return MEDALS[rank] if listing.votes is not None and rank < len(MEDALS) else f"{rank + 1}."


def arxiv_line(paper: Paper) -> str:
    """The paper's arXiv id, as plain text."""
    return shorten(f"arXiv {paper.arxiv_id}", _CARD_ID, utf16_len)
