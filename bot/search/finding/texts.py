"""Whether a single syllable begins a word in a paper's text, without analysing the text.

The answer is that of `matcher.matches`, which is called where the bytes of a text leave it open.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.search.matcher import Document, matches
from bot.search.nouns import BEGINNINGS, ENDINGS
from bot.search.query import Field, Query, Term
from bot.search.shelf import END, Found
from bot.search.typing.jamo import is_whole

_NO_WORD = rb"(?:[^0-9a-z\x00-\x1f\x80-\xff]|\xe2\x80[\x90-\x9f])"
_APART = re.compile(_NO_WORD + rb"+")
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
    """Whether a term is one Hangul syllable, not excluded, and for any field."""
    return term.field is Field.ANY and not term.excluded and len(term.text) == 1 and is_whole(term.text)


def numbers_matching(terms: Iterable[Term], papers: Iterable[Found]) -> set[int]:
    """The numbers of the papers that match all terms. Fast for readable terms."""
    words = [_Word.of(term) for term in terms]
    return {paper.number for paper in papers if _holds_all(words, paper)}


@dataclass(frozen=True, slots=True)
class _Word:
    """A syllable in UTF-8. It is the beginning of a pair; or, joined to the word before it, the end of one."""

    term: Term
    begins: bytes = b""
    joined: bytes = b""

    @classmethod
    def of(cls, term: Term) -> "_Word":
        if not is_readable(term):
            return cls(term)
        return cls(term, term.text.encode(), (term.after + term.text).encode() if term.after else b"")

    def stands_in(self, text: bytes) -> bool | None:
        """Whether a text holds the word; None if uncertain."""
        if not self.begins:
            return None
        told = _as_a_whole(self.joined, text) if self.joined else False
        return _begins_in(self.begins, text) if told is False else told


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
