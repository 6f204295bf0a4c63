"""The form in which the archive keeps text: NFC, on one line, words one space apart."""

import re
import unicodedata

import regex

# Control characters, and signs that nobody sees and that change how a text reads or is found: soft hyphens, spaces of
# no width, marks that turn the direction of writing. Joiners stay, as emoji and some scripts are made with them.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_UNSEEN = re.compile("[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n|\r|\n")

# Normalising sorts the marks on a letter, which takes the square of their number: Unicode's own Stream-Safe Text Format
# (UAX #15) has 30 at most.
_MARKS = regex.compile(r"(\p{M}{30})\p{M}+")

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that neither UTF-8 nor SQLite's text can hold as they are: NUL and lone surrogates."""


def nfc(text: str) -> str:
    """The text in NFC. Of the marks on one letter, those after the thirtieth are left out."""
    return text if text.isascii() else unicodedata.normalize("NFC", _MARKS.sub(r"\1", text))


def one_line(text: str) -> str:
    """The text in NFC; runs of white space and control characters become one space, outer ones and unseen signs go."""
    return nfc(" ".join(_CONTROLS.sub(" ", _UNSEEN.sub("", text)).split()))


def first_word(text: str) -> str | None:
    """The link in `text`: its first word, with '"' as %22 to fit an HTML attribute; None without one."""
    words = one_line(text).split(maxsplit=1)
    return words[0].replace('"', "%22") if words else None


def split_lines(text: str) -> list[str]:
    """The lines of a page, whichever way they end (LF, CRLF, CR), without a byte order mark at the start."""
    return _LINE_ENDS.split(text.removeprefix("\ufeff"))
