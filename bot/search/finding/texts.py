"""Whether a paper's text holds Hangul words, however they are spaced, without analysing the text.

The answer is that of `matcher.matches`, which is called where the bytes of a text leave it open.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.search.matcher import Document, matches
from bot.search.nouns import BEGINNINGS, ENDINGS
from bot.search.query import Field, Query, Term
from bot.search.shelf import END, Found
from bot.search.spellings import halves
from bot.search.typing.jamo import is_whole

_NO_WORD = rb"(?:[^0-9a-z\x00-\x1f\x80-\xff]|\xe2\x80[\x90-\x9f])"
_APART = re.compile(_NO_WORD + rb"+")
_MAYBE_APART = re.compile(rb"[^0-9a-z\x00-\x1f\xea-\xed]+")  # other characters too, but no Hangul
_FIRST, _LAST, _SYLLABLE = "가".encode(), "힣".encode(), 3  # bytes; UTF-8 keeps the order of Unicode
# Control characters, invisible characters, marks, and all that the analysis may turn into Hangul.
_ODD_LEADS = bytes(set(range(0x20)) - set(END)) + b"\xc2\xcc\xcd\xee\xef\xf0\xf1\xf2\xf3\xf4" + bytes(range(0xD2, 0xE4))
_OTHER_BYTES = bytes(set(range(256)) - set(_ODD_LEADS))
_NOUN_BEGINS = frozenset(beginning.encode() for beginning in BEGINNINGS)
_NOUN_ENDS = frozenset(ending.encode() for ending in ENDINGS)
_ODD = re.compile(
    rb"\xc2\xad|\xe2\x80[\x80-\x8f\xaa-\xbf]|\xe2\x81|\xe2\x83[\x90-\xbf]|\xe3\x80[\xaa-\xaf]|\xe3[\x81-\xbf]"
    rb"|[\x00-\x1e\xcc\xcd\xd2-\xe1\xee-\xf4]"
)


def is_readable(term: Term) -> bool:
    """Whether a term is Hangul syllables only, not excluded, and for any field."""
    return term.field is Field.ANY and not term.excluded and is_whole(term.text)


def numbers_matching(terms: Iterable[Term], papers: Iterable[Found]) -> set[int]:
    """The numbers of the papers that match all terms. Fast for readable terms."""
    words = [_Word.of(term) for term in terms]
    return {paper.number for paper in papers if _holds_all(words, paper)}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in UTF-8, and what a space within it makes of it.

    A syllable alone is the beginning of a pair; or, joined to the word before it, the end of one.
    """

    term: Term
    whole: bytes
    apart: tuple[tuple[bytes, bytes], ...] = ()
    begins: bytes = b""
    is_readable: bool = True

    @classmethod
    def of(cls, term: Term) -> "_Word":
        text = term.text
        if not is_readable(term):
            return cls(term, b"", is_readable=False)
        if len(text) == 1:
            return cls(term, (term.after + text).encode(), begins=text.encode())
        apart = ((first.encode(), last.encode()) for first, last in halves(text))
        return cls(term, text.encode(), tuple(apart))

    def stands_in(self, text: bytes) -> bool | None:
        """Whether a text holds the word; None if uncertain."""
        if not self.is_readable:
            return None
        told = _as_a_whole(self.whole, text) if len(self.whole) > _SYLLABLE else False
        if told is not False:
            return told
        return _begins_in(self.begins, text) if self.begins else _stands_apart(self.apart, text)


def _holds_all(words: Iterable[_Word], paper: Found) -> bool:
    text = END.join(paper.texts())
    doubtful = False
    document: Document | None = None
    for word in words:
        told = None if doubtful else word.stands_in(text)
        if told is False and _is_odd(text):
            doubtful, told = True, None
        if told is None:
            whole = None if document else paper.paper()
            if whole:
                document = Document.from_paper(whole, paper.abstract)
            told = document is not None and matches(Query((word.term,)), document)
        if not told:
            return False
    return True


def _is_odd(text: bytes) -> bool:
    return bool(text.translate(None, _OTHER_BYTES)) and _ODD.search(text) is not None


def _as_a_whole(word: bytes, text: bytes) -> bool | None:
    """Whether a text holds a word.

    None if only before a letter that may become part of its last syllable, or where it may begin with a bridge.
    """
    told: bool | None = False
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if _is_settled(text, end) and _may_begin(text, at):
            return True
        told = None
        at = text.find(word, end)
    return told


def _begins_in(sign: bytes, text: bytes) -> bool | None:
    """Whether a pair of characters begins with a syllable, or it is a run by itself."""
    told: bool | None = False
    at = text.find(sign)
    while at >= 0:
        end = at + _SYLLABLE
        is_last = _is_no_sign(text[end : end + 1], text[end : end + _SYLLABLE])
        is_first = _is_no_sign(text[at - 1 : at], text[at - _SYLLABLE : at])
        if (is_last is False and _may_begin(text, at)) or (is_last and is_first):
            return True
        if is_last is not True or is_first is None:
            told = None
        at = text.find(sign, end)
    return told


def _stands_apart(halves: Sequence[tuple[bytes, bytes]], text: bytes) -> bool | None:
    """Whether a text contains the word's halves with a gap between them; None if uncertain."""
    told: bool | None = False
    for first, last in halves:
        if first in text and last in text and (found := _in_turn(first, last, text)) is not False:
            if found:
                return True
            told = None
    return told


def _in_turn(first: bytes, last: bytes, text: bytes) -> bool | None:
    """Whether one follows the other with a gap between them. A single syllable must be a word of its own."""
    told: bool | None = False
    at = text.find(first)
    while at >= 0:
        end = at + len(first)
        if (gap := _MAYBE_APART.match(text, end)) and text.startswith(last, gap.end()):
            after = gap.end() + len(last)
            is_run = len(first) > _SYLLABLE
            before = text[at - _SYLLABLE : at]
            begins = (_may_begin(text, at) or None) if is_run else _is_no_sign(before[-1:], before)
            ends = len(last) > _SYLLABLE or _is_no_sign(text[after : after + 1], text[after : after + _SYLLABLE])
            if begins and ends and _APART.fullmatch(gap[0]):
                return True
            if begins is not False and ends is not False:
                told = None
        at = text.find(first, end)
    return told


def _is_settled(text: bytes, end: int) -> bool:
    """Whether no letter after a syllable may become part of it."""
    after = text[end : end + _SYLLABLE]
    return after[:1].isascii() or _FIRST <= after <= _LAST or _APART.match(after) is not None


def _may_begin(text: bytes, at: int) -> bool:
    """Whether it is certain that the pair at a place is no bridge."""
    before, middle = text[max(0, at - _SYLLABLE) : at], at + _SYLLABLE
    if before[-1:].isascii() or _APART.fullmatch(before):
        return True
    if not _FIRST <= before <= _LAST:
        return False
    end = middle + 2 * _SYLLABLE
    if before + text[at:middle] not in _NOUN_ENDS:
        return True
    if _FIRST <= text[end - _SYLLABLE : end] <= _LAST:
        return text[middle:end] not in _NOUN_BEGINS and _is_settled(text, end)
    return _is_settled(text, end - _SYLLABLE)


def _is_no_sign(neighbour: bytes, whole: bytes) -> bool | None:
    """Whether a neighbour is no CJK character: False for a Hangul syllable, None for other non-ASCII."""
    if neighbour.isascii():
        return True
    return False if _FIRST <= whole <= _LAST else None
