"""Papers' text on one line, for files that other programs read."""

import regex

# Control characters, lone surrogates and direction marks.
_UNWANTED = regex.compile(r"[\p{Cs}\u202A-\u202E\u2066-\u2069]|(?!\s)\p{Cc}")


def one_line(text: str) -> str:
    """The text on one line, without characters that other programs may not handle."""
    return " ".join(_UNWANTED.sub("", text).split())
