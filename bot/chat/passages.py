"""Why a search found a paper: a passage of its summary as Discord text, what was asked for in bold."""

from collections.abc import Sequence

from bot.chat.lists import WORDS
from bot.chat.prose import summary_texts
from bot.chat.text import clean, escape, shorten, utf16_len
from bot.latex import readable
from bot.papers import Appearance
from bot.search.passage import Piece, Spellings, passage

_SIGNS = 180
# Signs of private use stand for the bold marks while the text around them is escaped as a whole: what a colon or a
# slash means depends on what is next to it.
_OPEN, _CLOSE = "\ue000", "\ue001"
_BOLD = str.maketrans({_OPEN: "**", _CLOSE: "**"})
_NONE = str.maketrans("", "", _OPEN + _CLOSE)


def passage_text(found: Appearance, asked: Sequence[Spellings]) -> str:
    """The passage of summary or abstract as Discord text of at most WORDS; without bold where its marks don't fit."""
    texts = (*summary_texts(found.listing.paper), clean(readable(found.abstract)))
    pieces = passage(texts, asked, _SIGNS)
    text = bold(pieces)
    return text if utf16_len(text) <= WORDS else escape(shorten("".join(piece.text for piece in pieces), WORDS))


def bold(pieces: Sequence[Piece]) -> str:
    """The pieces as Discord text: what matched is bold, and nothing in them is markup."""
    return escape("".join(map(_marked, pieces))).translate(_BOLD)


def _marked(piece: Piece) -> str:
    text = piece.text.translate(_NONE)
    return f"{_OPEN}{text}{_CLOSE}" if piece.matched and text else text
