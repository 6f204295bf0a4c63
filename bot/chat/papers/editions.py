"""Editions as messages: short cards, full cards, or the headline and the papers of a thread."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import discord

from bot.chat.papers.cards import arxiv_line, join_lines, video_line, with_summary
from bot.chat.text import limits, theme
from bot.chat.text.escape import count_lines, escape, join_given, shorten, utf16_len, width
from bot.chat.text.limits import Message
from bot.chat.text.pictures import with_picture
from bot.chat.text.prose import (
    authors_line,
    common_note,
    gist,
    language_note,
    linked_title,
    summary_text,
    title,
    votes,
)
from bot.chat.text.theme import MEDALS, Sign
from bot.digests.model import Favourite, Selection, Style, Subject
from bot.locale import Catalogue, Language
from bot.papers import Listing, Paper
from bot.papers.texts import for_reader, summary_language

# Short cards: ten with these texts always fit EMBEDS_TOTAL. Widths are those of `width`.
_SHORT_TITLE = 100
_SHORT_FOOTER = 80
_KOREAN_LINE, _LINE, _TITLE_LINE, _FOOTER_LINE = 28, 25, 24, 44
"""The width of a line on a phone of 390 pixels: of a summary and the title beside a picture, and of the footer."""
_FEW = 5
_LINES, _AROUND = 10, 4
"""Lines of titles and summaries: so many for each card, less what stands around the cards. This keeps five cards under
1,400 px and ten under 2,700. What a card does not need is left to the others."""
_MOST_LINES = 8
"""Of a summary's sentence."""

# Full cards: ten with these texts, without summaries, always fit EMBEDS_TOTAL.
_TITLE = 160
_AUTHORS = 150
_VIDEO = 140
_SUMMARY = 700
"""Enough to judge a paper by. The menu below opens the whole summary."""

_FIRST_LINE_TITLE = 60
_SUBJECT = 24
"""So that the line of the day takes two lines on a phone, whatever the subject."""
_CONTENTS_TITLE = 200
_FAVOURITE, _TOPIC = 50, 40
"""So that three of each take three lines on a phone."""


def edition_messages(selection: Selection, style: Style, catalogue: Catalogue) -> Iterator[Message]:
    """All messages of an edition in a style, in order."""
    match style:
        case Style.CARDS:
            yield edition_cards(selection, catalogue)
        case Style.FULL:
            yield edition_full(selection, catalogue)
        case Style.THREAD:
            yield edition_headline(selection, catalogue)
            for index in range(len(selection.listings)):
                yield edition_paper(selection, index, catalogue)
        case Style.POSTS:
            for index in range(len(selection.listings)):
                yield edition_post(selection, index, catalogue)


def edition_cards(selection: Selection, catalogue: Catalogue) -> Message:
    """An edition in one message with a short card for each paper: one sentence of its summary and a small picture."""
    selection = _for_reader(selection, catalogue)
    listings = _shown(selection)
    note = common_note([one.paper for one in listings], catalogue)
    cards = [_short_card(selection, rank, catalogue, noted=bool(note)) for rank in range(len(listings))]
    room = _LINES * max(len(cards), _FEW) - _AROUND - sum(map(_lines_taken, listings, cards))
    wishes = [_lines_wanted(listing.paper) for listing in listings]
    for card, listing, lines in zip(cards, listings, limits.share(room, wishes), strict=True):
        card.description = join_lines(card.description or "", escape(gist(listing.paper, lines * _line(listing.paper))))
    return limits.compose(_opening(selection, catalogue, note), cards)


def edition_full(selection: Selection, catalogue: Catalogue) -> Message:
    """An edition in one message with a full card for each paper: the longer summary. The first has a large picture."""
    selection = _for_reader(selection, catalogue)
    listings = _shown(selection)
    note = common_note([one.paper for one in listings], catalogue)
    cards = [_full_card(selection, rank, catalogue, noted=bool(note)) for rank in range(len(listings))]
    ends = [video_line(listing.paper, catalogue, _VIDEO) for listing in listings]
    room = limits.EMBEDS_TOTAL - sum(map(limits.embed_len, cards)) - sum(utf16_len(end) + 1 for end in ends)
    wishes = [min(_SUMMARY, utf16_len(summary_text(listing.paper, room, catalogue))) for listing in listings]
    shares = limits.share(room, wishes)
    for card, listing, size, end in zip(cards, listings, shares, ends, strict=True):
        card.description = join_lines(summary_text(listing.paper, size, catalogue), end)
    return limits.compose(_opening(selection, catalogue, note), cards)


def edition_headline(selection: Selection, catalogue: Catalogue) -> Message:
    """The message that an edition's thread hangs on: its day and the contents of the thread."""
    rows = [
        f"{_rank(index, listing)} {_contents_row(listing, selection, catalogue)}"
        for index, listing in enumerate(selection.listings)
    ]
    contents, _ = limits.join_fitting(rows, limits.DESCRIPTION)
    embed = discord.Embed(description=contents, colour=theme.FIRST)
    return limits.compose(_opening(selection, catalogue), [embed])


def edition_paper(selection: Selection, index: int, catalogue: Catalogue) -> Message:
    """One paper of an edition, for its thread: the whole summary and a large picture."""
    selection = _for_reader(selection, catalogue)
    paper = selection.listings[index].paper
    embed = with_picture(_embed(selection, index, catalogue, limits.TITLE), paper, catalogue)
    return limits.compose("", [with_summary(embed, paper, catalogue)])


def edition_post(selection: Selection, index: int, catalogue: Catalogue) -> Message:
    """One paper of an edition as a post of a forum: its day, the whole summary and a large picture."""
    arxiv_id = selection.listings[index].paper.arxiv_id
    late = dict(selection.late).get(arxiv_id)
    legends = (
        f"{Sign.NEW} {catalogue.say('edition-new')}" if arxiv_id in selection.new else "",
        f"{Sign.LATE} {catalogue.say('edition-late', date=catalogue.date(late))}" if late else "",
    )
    told = _recap_lines(selection, catalogue) if index == 0 else ()
    content = join_lines(_heading_date(selection, catalogue), *legends, *told)
    return replace(edition_paper(selection, index, catalogue), content=content)


def post_name(paper: Paper) -> str:
    """The name of a paper's post, as plain text."""
    return title(paper, limits.THREAD_NAME, utf16_len)


def thread_name(selection: Selection, catalogue: Catalogue) -> str:
    """The name of an edition's thread, as plain text."""
    date, count = _heading_date(selection, catalogue), len(selection.listings)
    name = catalogue.say("edition-thread", date=date, count=count)
    subject = shorten(selection.subject.query, _SUBJECT, width) if selection.subject else ""
    return shorten(join_given(subject, name), limits.THREAD_NAME, utf16_len)


def selection_date(selection: Selection, catalogue: Catalogue) -> str:
    """The day of the papers, or their first and last day."""
    if selection.first_day is None:
        return catalogue.date(selection.day)
    return catalogue.span(selection.first_day, selection.day)


def _for_reader(selection: Selection, catalogue: Catalogue) -> Selection:
    """The selection with the summaries that the catalogue's reader gets."""
    listings = tuple(replace(one, paper=for_reader(one.paper, catalogue.language)) for one in selection.listings)
    return replace(selection, listings=listings)


def subject_count(subject: Subject, total: int, catalogue: Catalogue) -> str:
    """How many of `total` papers match a subject."""
    return catalogue.say("edition-matching", matching=subject.matching, total=total)


def _shown(selection: Selection) -> Sequence[Listing]:
    return selection.listings[: limits.EMBEDS]


def _opening(selection: Selection, catalogue: Catalogue, note: str = "") -> str:
    """How many papers and the best, which is all that a notification shows; then the day. These have no markup.

    Below them are the language of the summaries, if the papers have it in common, and what the marks mean.
    """
    total = selection.total
    of_total = catalogue.say("edition-total", total=total) if len(selection.listings) < total else ""
    day = join_given(_heading_date(selection, catalogue), _subject_line(selection, catalogue) or of_total)
    legends = (
        f"{Sign.NEW} {catalogue.say('edition-new')}" if selection.new else "",
        f"{Sign.LATE} {catalogue.say('edition-late', date=_late_days(selection, catalogue))}" if selection.late else "",
    )
    return join_lines(
        _first_line(selection, catalogue), day, note and f"-# {note}", *legends, *_recap_lines(selection, catalogue)
    )


def _recap_lines(selection: Selection, catalogue: Catalogue) -> Iterator[str]:
    """What a recap tells beside its papers, a line each: the server's favourites, and what is talked about more."""
    if selection.recap is None:
        return
    if favourites := [_favourite(each, catalogue) for each in selection.recap.favourites]:
        yield f"{Sign.LIKE} {catalogue.say('recap-favourites', papers=', '.join(favourites))}"
    if topics := [escape(shorten(topic, _TOPIC, utf16_len)) for topic in selection.recap.rising]:
        yield f"{Sign.TREND} {catalogue.say('recap-rising', topics=', '.join(topics))}"


def _favourite(favourite: Favourite, catalogue: Catalogue) -> str:
    name = escape(title(Paper(favourite.arxiv_id, favourite.title), _FAVOURITE))
    return catalogue.say("recap-favourite", title=name, likes=favourite.likes)


def _subject_line(selection: Selection, catalogue: Catalogue) -> str:
    """The subject, and how many of the papers match it; "" without one."""
    if selection.subject is None:
        return ""
    subject = escape(shorten(selection.subject.query, _SUBJECT, width))
    return join_given(subject, subject_count(selection.subject, selection.total, catalogue))


def _late_days(selection: Selection, catalogue: Catalogue) -> str:
    days = [day for _, day in selection.late]
    first, last = min(days), max(days)
    return catalogue.date(last) if first == last else catalogue.span(first, last)


def _first_line(selection: Selection, catalogue: Catalogue) -> str:
    if not selection.listings:
        return ""
    best = selection.listings[0]
    key = "edition-first" if best.votes is None else "edition-best"
    return catalogue.say(key, count=len(selection.listings), title=escape(title(best.paper, _FIRST_LINE_TITLE)))


def _heading_date(selection: Selection, catalogue: Catalogue) -> str:
    """The day or week, with "so far" if it was not over."""
    date = selection_date(selection, catalogue)
    if selection.first_day is not None:
        date = catalogue.say("edition-week", week=date)
    return catalogue.say("date-so-far", date=date) if selection.early else date


def _contents_row(listing: Listing, selection: Selection, catalogue: Catalogue) -> str:
    return join_given(linked_title(listing.paper, _CONTENTS_TITLE), _standing(listing, selection, catalogue))


def _short_card(selection: Selection, rank: int, catalogue: Catalogue, *, noted: bool) -> discord.Embed:
    listing = selection.listings[rank]
    paper = listing.paper
    heading = f"**{_rank(rank, listing)} {linked_title(paper, _SHORT_TITLE, width)}**"
    embed = discord.Embed(description=heading, colour=_colour(rank))
    authors = shorten(authors_line(paper, catalogue), _SHORT_FOOTER, width)
    note = "" if noted else language_note(paper, catalogue)
    if footer := join_given(_standing(listing, selection, catalogue), authors, note):
        embed.set_footer(text=footer)
    return with_picture(embed, paper, catalogue, small=True)


def _lines_taken(listing: Listing, card: discord.Embed) -> int:
    """The lines of a short card's title, and of its footer but for the first."""
    name = f"00 {title(listing.paper, _SHORT_TITLE, width)}"
    return count_lines(name, _TITLE_LINE) + max(0, count_lines(card.footer.text or "", _FOOTER_LINE) - 1)


def _lines_wanted(paper: Paper) -> int:
    line = _line(paper)
    return min(_MOST_LINES, count_lines(gist(paper, _MOST_LINES * line), line))


def _line(paper: Paper) -> int:
    return _KOREAN_LINE if summary_language(paper) == Language.KO else _LINE


def _full_card(selection: Selection, rank: int, catalogue: Catalogue, *, noted: bool) -> discord.Embed:
    card = _embed(selection, rank, catalogue, _TITLE, noted=noted)
    return with_picture(card, selection.listings[rank].paper, catalogue, small=rank > 0)


def _embed(
    selection: Selection, rank: int, catalogue: Catalogue, title_limit: int, *, noted: bool = False
) -> discord.Embed:
    """A card without summary and picture. `noted`: the language of the summary is stated elsewhere."""
    listing = selection.listings[rank]
    paper = listing.paper
    embed = discord.Embed(title=escape(title(paper, title_limit)), url=paper.url, colour=_colour(rank))
    standing = _standing(listing, selection, catalogue)
    embed.set_author(name=join_given(_rank(rank, listing), standing, separator=" "))
    authors = shorten(authors_line(paper, catalogue), _AUTHORS, utf16_len)
    embed.set_footer(text=join_given(authors, arxiv_line(paper), "" if noted else language_note(paper, catalogue)))
    return embed


def _standing(listing: Listing, selection: Selection, catalogue: Catalogue) -> str:
    """The votes, and the mark of a paper that was listed late, or is new in a recap."""
    return join_given(votes(listing, catalogue), _mark(listing.paper.arxiv_id, selection))


def _mark(arxiv_id: str, selection: Selection) -> str:
    if arxiv_id in dict(selection.late):
        return Sign.LATE
    return Sign.NEW if arxiv_id in selection.new else ""


def _rank(rank: int, listing: Listing) -> str:
    """A medal if the paper has votes, else a number."""
    return MEDALS[rank] if listing.votes is not None and rank < len(MEDALS) else f"{rank + 1}."


def _colour(rank: int) -> int:
    return theme.RANKS[rank] if rank < len(theme.RANKS) else theme.PAPER
