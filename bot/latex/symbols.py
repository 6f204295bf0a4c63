"""LaTeX commands and the characters they stand for: those of unicodeit, and some additions."""

import re

from unicodeit.data import COMBININGMARKS, REPLACEMENTS, SUBSUPERSCRIPTS

_FORMS = {latex.removesuffix("{}"): symbol for latex, symbol in REPLACEMENTS}


def _pairs(text: str) -> dict[str, str]:
    """Read "name symbol, name symbol"."""
    return dict(map(str.split, text.split(",")))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LETTERS = _pairs("aa å, AA Å, ae æ, AE Æ, oe œ, OE Œ, ss ß, o ø, O Ø, l ł, L Ł, i ı, j ȷ")
"""Commands for letters."""

ACCENTS = {
    **dict(zip("\"'`^~=.", "\u0308\u0301\u0300\u0302\u0303\u0304\u0307", strict=True)),
    **dict(zip("uvHckrdb", "\u0306\u030c\u030b\u0327\u0328\u030a\u0323\u0331", strict=True)),
}
"""Commands for an accent on a letter, in text: Schr\\"odinger."""

MARKS = {latex[1:]: mark for latex, mark in COMBININGMARKS if "line" not in latex}
"""Commands for an accent on a symbol, in formulas: \\hat{x}."""
MARKS |= {"widehat": "\u0302", "widetilde": "\u0303", "mathring": "\u030a", "check": "\u030c"}

SYMBOLS = {
    latex[1:]: symbol
    for latex, symbol in _FORMS.items()
    if re.fullmatch(r"\\[A-Za-z]{2,}", latex) and latex[1:] not in {*MARKS, "sqrt"}
}
"""Commands for symbols, of two letters or more: a single letter after a backslash may be part of a path."""
SYMBOLS |= _pairs(r"dots …, cdots …, langle ⟨, rangle ⟩, slash /, textbackslash \, textasciitilde ~")
SYMBOLS |= _pairs("textasciicircum ^, textunderscore _, textregistered ®, LaTeX LaTeX, TeX TeX")
SYMBOLS |= {"quad": " ", "qquad": " ", "newline": " ", "xspace": ""}

BLACKBOARD = {latex[-2]: symbol for latex, symbol in _FORMS.items() if re.fullmatch(r"\\mathbb\{.\}", latex)}
"""Blackboard bold letters: R is ℝ."""

OPERATORS = _words(
    "arg argmax argmin cos cosh cot deg det dim exp gcd inf ker lim ln log max min mod Pr sin sinh sup tan tanh"
)
"""Commands that are shown by their names."""

STYLES = _words(
    "em bf it sc tt rm sf sl bfseries itshape scshape ttfamily sffamily rmfamily small large footnotesize noindent"
    " left right big Big bigg Bigg bigl bigr limits nolimits displaystyle textstyle"
)
"""Commands that only change how the text after them looks."""

UNSHOWN = _words("cite citep citet citealp ref eqref autoref cref Cref label thanks vspace hspace begin end")
"""Commands whose argument is not shown."""

RAISED = {latex[1:]: symbol for latex, symbol in SUBSUPERSCRIPTS if latex[0] == "^" and latex[1] not in "<>.V"}
RAISED |= {symbol: symbol for symbol in "′″†‡⋆∗⊤⊥.,"} | {"V": "ⱽ", "∘": "°"}
LOWERED = {latex[1:]: symbol for latex, symbol in SUBSUPERSCRIPTS if latex[0] == "_" and latex[1] not in "<>"}
LOWERED |= {symbol: symbol for symbol in ".,"}
