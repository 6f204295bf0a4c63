"""A list of papers as one embed, and the passage that shows why a paper was found."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import discord

from bot.chat.text import limits, theme
from bot.chat.text.escape import clean, escape, join_given, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.chat.text.prose import (
    authors_line,
    common_note,
    first_words,
    language_note,
    linked_title,
    unbroken,
    votes,
    words_of,
)
from bot.latex import readable
from bot.locale import Catalogue
from bot.papers import Appearance
from bot.papers.language import written_language
from bot.papers.texts import all_texts, for_reader, summary_language
from bot.search.passage import Piece, Spellings, first_passage

_TITLE = 150
_WORDS = 200
WORDS = 300
"""The limit for the words about a paper, in UTF-16 code units of Discord text."""
_AUTHORS = 120
_ID = 40
_PASSAGE = 180
# Private-use characters stand for the bold marks while the text is escaped as a whole, because whether a colon or a
# slash is markup depends on its neighbours.
_OPEN, _CLOSE = "\ue000", "\ue001"
_BOLD = str.maketrans({_OPEN: "**", _CLOSE: "**"})
_NONE = str.maketrans("", "", _OPEN + _CLOSE)


def opening(found: Appearance) -> str:
    """The first sentence of the paper's summary, as Discord text."""
    return escape(first_words(found.listing.paper, _WORDS))


def papers_list(
    appearances: Sequence[Appearance],
    catalogue: Catalogue,
    *,
    heading: str,
    offset: int = 0,
    with_day: bool = True,
    footer: str = "",
    words: Callable[[Appearance], str] = opening,
) -> Message:
    """The papers that fit one embed (five always do), numbered from `offset` + 1.

    Below them is the language of the summaries, if the papers have it in common and it is not the reader's. `heading`
    and `footer` are literal text. `with_day` shows each paper's day. `words` returns a text about a paper, as
    Discord text of at most WORDS.
    """
    shown = [_for_reader(appearance, catalogue) for appearance in appearances]
    note = common_note([appearance.listing.paper for appearance in shown], catalogue)
    rows = [
        _row(number, appearance, words(appearance), catalogue, with_day=with_day, noted=bool(note))
        for number, appearance in enumerate(shown, offset + 1)
    ]
    body, _ = limits.join_fitting(rows, limits.DESCRIPTION, "\n\n")
    embed = discord.Embed(title=escape(shorten(heading, limits.TITLE)), description=body, colour=theme.PAPER)
    if footer := join_given(footer, note):
        embed.set_footer(text=shorten(footer, limits.FOOTER, utf16_len))
    return limits.compose("", [embed])


def _for_reader(found: Appearance, catalogue: Catalogue) -> Appearance:
    """The paper with the summary that the catalogue's reader gets."""
    paper = for_reader(found.listing.paper, catalogue.language)
    return replace(found, listing=replace(found.listing, paper=paper))


def _row(number: int, appearance: Appearance, words: str, catalogue: Catalogue, *, with_day: bool, noted: bool) -> str:
    """One paper. `noted`: the language of its summary is stated below the list."""
    listing = appearance.listing
    paper = listing.paper
    head = join_given(f"**{number}.** {linked_title(paper, _TITLE)}", unbroken(votes(listing, catalogue)))
    day = appearance.dated if with_day else ""
    authors = escape(shorten(authors_line(paper, catalogue), _AUTHORS))
    note = "" if noted else language_note(paper, catalogue)
    facts = join_given(authors, unbroken(f"arXiv {escape(shorten(paper.arxiv_id, _ID))}"), day, note)
    return join_given(head, words, f"-# {facts}", separator="\n")


def passage_text(found: Appearance, asked: Sequence[Spellings]) -> str:
    """The best passage of a paper's texts as Discord text of at most WORDS; not in bold if that does not fit.

    It is in the language of the paper's summary, unless what was asked for is only in the others.
    """
    pieces = first_passage(_by_language(found), asked, _PASSAGE)
    text = bold(pieces)
    return text if utf16_len(text) <= WORDS else escape(shorten("".join(piece.text for piece in pieces), WORDS))


def _by_language(found: Appearance) -> tuple[list[str], list[str]]:
    """The words of the paper's texts and its abstract: those in the language of its summary, and the others."""
    paper, abstract = found.listing.paper, clean(readable(found.abstract))
    texts = [(text.language, words_of(text.bullets)) for text in all_texts(paper)]
    texts.append((written_language(abstract), (abstract,) if abstract else ()))
    own = summary_language(paper)
    return (
        [each for language, words in texts if language == own for each in words],
        [each for language, words in texts if language != own for each in words],
    )


def bold(pieces: Sequence[Piece]) -> str:
    """The pieces as escaped Discord text, matches in bold."""
    return escape("".join(map(_marked, pieces))).translate(_BOLD)


def _marked(piece: Piece) -> str:
    text = piece.text.translate(_NONE)
    return f"{_OPEN}{text}{_CLOSE}" if piece.matched and text else text
