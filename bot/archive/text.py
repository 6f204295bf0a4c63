"""The archive's form of text: NFC, on one line, words separated by single spaces."""

import re
import unicodedata

import regex

# Control characters, and invisible characters that change how text reads or is found: soft hyphens, zero-width spaces,
# direction marks. Joiners stay, as emoji and some scripts need them.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_UNSEEN = re.compile("[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n|\r|\n")

# Normalisation takes quadratic time in the number of marks on a letter; Unicode's Stream-Safe Text Format (UAX #15)
# allows 30.
_MARKS = regex.compile(r"(\p{M}{30})\p{M}+")

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that UTF-8 or SQLite's text can't hold: NUL and lone surrogates."""


def nfc(text: str) -> str:
    """The text in NFC, with at most thirty marks on a letter."""
    return text if text.isascii() else unicodedata.normalize("NFC", _MARKS.sub(r"\1", text))


def one_line(text: str) -> str:
    """The text in NFC, without invisible characters; white space and control characters become single spaces."""
    return nfc(" ".join(_CONTROLS.sub(" ", _UNSEEN.sub("", text)).split()))


def first_word(text: str) -> str | None:
    """The first word of `text` as a link, with '"' as %22 for use in HTML attributes; None if there is none."""
    words = one_line(text).split(maxsplit=1)
    return words[0].replace('"', "%22") if words else None


def split_lines(text: str) -> list[str]:
    """The lines of a page with any line ends (LF, CRLF, CR), without a byte order mark."""
    return _LINE_ENDS.split(text.removeprefix("\ufeff"))
