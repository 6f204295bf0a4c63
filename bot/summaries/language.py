"""Whether a text is written in a language, by its letters."""

import re
import unicodedata
from collections import Counter

from bot.summaries.model import SummaryLanguage

LEAST_HANGUL = 0.4
"""Of the letters outside parentheses. Korean bullets of the archive have 0.53 at least, 0.88 as a rule."""

LEAST_LATIN = 0.9
MOST_FOREIGN = 0.1
"""Of the letters, those of neither script: models that drift into Chinese; Greek stands in formulas."""

_PARENTHESES = re.compile(r"\([^()]*\)")


def is_written_in(text: str, language: SummaryLanguage) -> bool:
    """Whether the text is in that language; one without letters is in none."""
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
