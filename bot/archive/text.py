"""The form in which the archive keeps text: NFC, on one line, without spaces around it."""

import re
import unicodedata

import regex

_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")  # what str.splitlines breaks at
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
    """The text in NFC; whatever ends a line (also U+0085 or U+2028) becomes a space, outer spaces go."""
    return nfc(_BREAKS.sub(" ", text)).strip()


def first_word(text: str) -> str | None:
    """The link in `text`: its first word, with '"' as %22 to fit an HTML attribute; None without one."""
    words = one_line(text).split(maxsplit=1)
    return words[0].replace('"', "%22") if words else None


def split_lines(text: str) -> list[str]:
    """The lines of a page, whichever way they end (LF, CRLF, CR), without a byte order mark at the start."""
    return _LINE_ENDS.split(text.removeprefix("\ufeff"))
