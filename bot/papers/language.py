"""Tells the language of a text by its letters."""

import re
import unicodedata
from collections import Counter

LEAST_HANGUL = 0.4
"""Share of the letters outside parentheses. Korean bullets of the archive have at least 0.53, usually 0.88."""

LEAST_KANA = 0.1
LEAST_JAPANESE = 0.4
"""Shares of kana, and of kana and Chinese characters together. Without kana a text is Chinese."""

LEAST_LATIN = 0.9
MOST_FOREIGN = 0.1
"""Share of letters of scripts that the language does not use: some models drift into Chinese; formulas use Greek."""

_PARENTHESES = re.compile(r"\([^()]*\)|（[^（）]*）")
_SCRIPTS = {"HANGUL": "hangul", "HIRAGANA": "kana", "KATAKANA": "kana", "CJK": "han", "IDEOGRAPHIC": "han"}


def written_language(text: str) -> str | None:
    """The language of a text: "ko", "en" or "ja". None if it has no letters, or is a mixture or in another script.

    Any text in Latin letters counts as English.
    """
    scripts = Counter(_script(letter) for letter in _PARENTHESES.sub("", text) if letter.isalpha())
    letters, japanese = scripts.total(), scripts["kana"] + scripts["han"]
    foreign = letters - scripts["latin"]
    if not letters:
        return None
    if scripts["hangul"] >= letters * LEAST_HANGUL:
        return "ko" if foreign - scripts["hangul"] <= letters * MOST_FOREIGN else None
    if scripts["kana"] >= letters * LEAST_KANA and japanese >= letters * LEAST_JAPANESE:
        return "ja" if foreign - japanese <= letters * MOST_FOREIGN else None
    return "en" if scripts["latin"] >= letters * LEAST_LATIN else None


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").removeprefix("HALFWIDTH ")
    return "latin" if "LATIN" in name else _SCRIPTS.get(re.split("[- ]", name)[0], "other")
