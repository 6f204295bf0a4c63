"""Tells the language of a text by its letters."""

import re
import unicodedata
from collections import Counter

LEAST_HANGUL = 0.4
"""Share of the letters outside parentheses. Korean bullets of the archive have at least 0.53, usually 0.88."""

LEAST_LATIN = 0.9
MOST_FOREIGN = 0.1
"""Share of letters of other scripts: some models drift into Chinese; formulas use Greek."""

_PARENTHESES = re.compile(r"\([^()]*\)")


def written_language(text: str) -> str | None:
    """The language of a text: "ko" or "en". None if it has no letters, or is a mixture or in another script.

    Any text in Latin letters counts as English.
    """
    scripts = Counter(_script(letter) for letter in _PARENTHESES.sub("", text) if letter.isalpha())
    letters = scripts.total()
    if not letters or scripts["other"] > letters * MOST_FOREIGN:
        return None
    if scripts["hangul"] >= letters * LEAST_HANGUL:
        return "ko"
    return "en" if scripts["latin"] >= letters * LEAST_LATIN else None


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return "hangul" if name.startswith("HANGUL") else "latin" if "LATIN" in name else "other"
