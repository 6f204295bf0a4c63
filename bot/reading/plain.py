"""Text of papers on one line, for files that other programs read."""

import regex

# Control characters, halves of surrogate pairs, and what turns the direction of writing.
_UNWANTED = regex.compile(r"[\p{Cs}\u202A-\u202E\u2066-\u2069]|(?!\s)\p{Cc}")


def one_line(text: str) -> str:
    """The text on one line, without what no program should have to read."""
    return " ".join(_UNWANTED.sub("", text).split())
