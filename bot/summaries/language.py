"""Guesses by its letters whether a text is written in a language."""

import re
import unicodedata
from collections import Counter

from bot.summaries.model import SummaryLanguage

LEAST_HANGUL = 0.4
"""Share of the letters outside parentheses. Korean bullets of the archive have at least 0.53, usually 0.88."""

LEAST_LATIN = 0.9
MOST_FOREIGN = 0.1
"""Share of letters of other scripts: some models drift into Chinese; formulas use Greek."""

_PARENTHESES = re.compile(r"\([^()]*\)")


def is_written_in(text: str, language: SummaryLanguage) -> bool:
    """Whether the text is in the language; a text without letters never is."""
    scripts = Counter(_script(sign) for sign in _PARENTHESES.sub("", text) if sign.isalpha())
    letters = scripts.total()
    if not letters or scripts["other"] > letters * MOST_FOREIGN:
        return False
    if language is SummaryLanguage.KO:
        return scripts["hangul"] >= letters * LEAST_HANGUL
    return scripts["latin"] >= letters * LEAST_LATIN


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return "hangul" if name.startswith("HANGUL") else "latin" if "LATIN" in name else "other"
