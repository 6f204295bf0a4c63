"""Whether the figures of a summary are in the paper's own words.

The rule: every number in digits in a summary must be in the title or the abstract, by its value. So 1,000 equals 1000
and 1천; 7B is 7 billion, 70억, 70億; 3.50 is 3.5; 90% is 90 percent; 2배 is twice, double and two-fold. Signs and other
units (%, x, 배, 개) are not compared. A rounded figure is a different figure. Numbers in names (GPT-4, CIFAR-10) are
numbers like any other.

Two kinds are allowed, as they count the summary's own points: "(1)" and "2)" up to 9, and such a digit before a word
for kinds or steps ("3가지", "2단계", "3つ"). Numbers in words ("두 배", "ninety percent") are not checked in a summary.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_TENS, _MYRIADS = ("십백천", "十百千"), ("만억조", "万億兆")
_UNITS = {sign: 10**power for signs in _TENS for power, sign in enumerate(signs, 1)}
_UNITS |= {sign: 10 ** (4 * power) for signs in _MYRIADS for power, sign in enumerate(signs, 1)}
_UNITS |= {
    ten + myriad: _UNITS[ten] * _UNITS[myriad]
    for tens, myriads in zip(_TENS, _MYRIADS, strict=True)
    for ten in tens
    for myriad in myriads
}
"""Korean and Japanese units: 십만 and 十万 are 100,000."""
_WORDS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_LETTERS = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "b": 10**9, "T": 10**12}
_SCALES = _UNITS | _WORDS | _LETTERS

_units = "|".join(sorted(_UNITS, key=len, reverse=True))
_SCALED = re.compile(
    rf"""
    (?P<number>{_NUMBER})
    (?: \s?(?P<unit>{_units})
      | [\s-]?(?P<word>{"|".join(_WORDS)})s?\b
      | (?P<letter>[kKMBbT])(?![A-Za-z0-9])
      | \^\{{?(?P<power>[0-9]{{1,2}})\}}?
    )?
    """,
    re.VERBOSE,
)
_KINDS = "가지|단계|종류|번째|부분|つ|段階|種類|番目|部分"
_ITEM = re.compile(rf"\([1-9]\)|(?:^|[.,:;]\s)[1-9]\)|(?<![0-9A-Za-z.,])[1-9]\s?(?:{_KINDS})")
_NAME = re.compile(r"[A-Za-z]-?$")

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_COUNTS = {word: number for number, word in enumerate(_SMALL.split())}
_COUNTS |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_COUNTS |= {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "once": 1, "single": 1, "dozen": 12}
_COUNTS |= {"twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "dual": 2, "both": 2, "pair": 2}
_COUNTS |= {"triple": 3, "triples": 3, "tripled": 3, "quadruple": 4, "quadruples": 4}
_COUNTS |= {"a": 1}  # "a million"
_COUNTS |= {"order of magnitude": 10, "orders of magnitude": 10}
_COUNTED = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_COUNTS)})(?:fold|-fold|\b))(?P<scale>[\s-](?:{'|'.join(_WORDS)})s?\b)?", re.IGNORECASE
)
_CIRCLED = {0x2460 + index: f"({index + 1})" for index in range(9)}  # ① to ⑨
_HALF = re.compile(r"\bhal(?:f|v(?:es?|ed|ing))\b", re.IGNORECASE)
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def unfounded(text: str, paper: str) -> list[str]:
    """The numbers in `text` that are not in `paper`, as written, each once."""
    told = set(_told(_ascii(paper)))
    numbers = _numbers(_ITEM.sub(" ", _ascii(text)))
    return list(dict.fromkeys(written for written, values in numbers if not told.intersection(values)))


def _told(paper: str) -> Iterator[Decimal]:
    """Every value in a paper's words, in digits or in words."""
    for _, values in _numbers(paper):
        yield from values
    for found in _COUNTED.finditer(paper):
        count = _COUNTS[found["count"].lower()]
        scale = _WORDS[found["scale"].strip(" -\t").lower().rstrip("s")] if found["scale"] else 1
        if found["count"].lower() != "a" or scale > 1:
            yield Decimal(count * scale)
    if _HALF.search(paper):
        yield from (Decimal(2), Decimal("0.5"), Decimal(50))


def _numbers(text: str) -> Iterator[tuple[str, list[Decimal]]]:
    """Each number as written, with its possible values; 1억 5천만 is one number."""
    pieces = list(_SCALED.finditer(text))
    at = 0
    while at < len(pieces):
        end, total = at + 1, _value(pieces[at])
        while end < len(pieces) and _goes_on(text, pieces[end - 1], pieces[end]):
            total += _value(pieces[end])
            end += 1
        yield text[pieces[at].start() : pieces[end - 1].end()], [total, *_corrected_or_any(text, pieces[at:end])]
        at = end


def _goes_on(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether a number with a unit continues in the next one."""
    lower = not other["word"] and not other["letter"] and not other["power"]
    return bool(
        one["unit"] and lower and text[one.end() : other.start()] in ("", " ") and _value(other) < _UNITS[one["unit"]]
    )


def _corrected_or_any(text: str, pieces: list[re.Match[str]]) -> Iterator[Decimal]:
    """Other ways to read a number: an apparent unit may be part of a word (GPT-4만, 10 백분율)."""
    for piece in pieces:
        if piece["unit"] and (" " in piece[0] or _NAME.search(text[: piece.start()])):
            yield Decimal(piece["number"].replace(",", ""))


def _value(piece: re.Match[str]) -> Decimal:
    number = Decimal(piece["number"].replace(",", ""))
    if piece["power"]:
        return number ** int(piece["power"])
    scale = piece["unit"] or piece["word"] or piece["letter"]
    return number * _SCALES[scale] if scale else number


def _ascii(text: str) -> str:
    """The text with digits of all scripts as ASCII, and superscripts as powers."""
    raised = _SUPERSCRIPTS.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text.translate(_CIRCLED))
    return unicodedata.normalize(
        "NFKC", "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in raised)
    )
