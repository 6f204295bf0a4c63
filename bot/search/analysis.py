"""Turns text into tokens, for the index and for queries alike.

SQLite's tokenizers treat a run of Hangul as one word, so 강화학습 would never find 강화학습을. Here such a run becomes
its overlapping pairs of characters, and an English word becomes its stem. Tokens consist of letters, digits and two
characters of private use, so FTS5's unicode61 splits tokens that are joined by spaces at the same places.

A pair with the border of two nouns in it is a bridge, a token of another kind: 학습 is found in 강화학습, and 화학
is not.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import NamedTuple

import regex
import Stemmer

from bot.latex import readable
from bot.search.nouns import divides

VERSION = "6"
"""Change this whenever a text gets other tokens than before: an index made by another version is rebuilt."""

BOUNDARY = "\ue000"
"""A token that `tokens` never returns (private use). It stands between texts, so that no phrase spans two of them."""

BRIDGE = "\ue002"
"""The first character of a bridge (private use)."""

_CJK = (
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"  # Hangul: jamo and syllables
    "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # iteration marks, kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
# Letters to Python, no letters to FTS5, which knows Unicode 6.1: New Tai Lue vowel characters, Vedic characters.
_NOT_LETTERS_IN_FTS5 = "\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3"
_RUN = rf"[^\W_{_CJK}{_NOT_LETTERS_IN_FTS5}]+"
_JOINT = r"[-‐–./_'’+]"
# A character after a name is part of it: C++, F#, A*. A star after a longer word is Markdown or a footnote's.
_PIECE = re.compile(
    rf"(?P<cjk>[가-힣]+(?:(?=\w)[{_CJK}])*|(?:(?=\w)[{_CJK}])+)"
    rf"|(?P<runs>{_RUN}(?:{_JOINT}{_RUN})*)(?P<symbol>\+\+?(?!\+)|(?<=\b[^\W\d_])\#(?!\w)|\*(?!\*|{_RUN}))?"
)
_CJK_CHARACTER = re.compile(rf"{BRIDGE}?[{_CJK}]")
_SPLIT = re.compile(_JOINT)
_EMPHASIS = re.compile(r"(?<!\*)\*++([^\s*]+)\*+")
_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_SYMBOLS = {"+": "plus", "++": "plusplus", "#": "sharp", "*": "star"}
_STARRED = 3  # letters of a name such as RRT*
_MAX_RUNS = 6  # a longer chain of runs is a path or a link, and no name

_PLAIN = re.compile(r"[\x20-\x5d\x60-\x7f\uac00-\ud7a3\u2010-\u201f]*")
"""Text that folding only lowercases."""
# Raised and lowered figures: MVD$^2$, M$^{2}$UGen and VILA^2 read as MVD², M²UGen and VILA² do; A$^*$ as A*.
_SCRIPT = re.compile(r"\$[\^_]\{?([0-9]+|\*)\}?\$|[\^_]\{?([0-9]+)\}?|\^\{?(\*)\}?")
_DROPPED = frozenset({"Mn", "Mc", "Me", "Cf"})  # marks, and characters without a shape such as the soft hyphen
_MARKED = 30
# Sorting more marks takes time in the square of their number, and none would be kept.
_MARKS = regex.compile(rf"(\p{{M}}{{{_MARKED}}})\p{{M}}+")
_NEVER_DROPPED = frozenset("\u3099\u309a\u200b")  # kana's voicing is no accent; a zero-width space parts words
# Latin letters whose stroke or ligature is no mark of its own in Unicode.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


IndexedWord = str | tuple[str, str]
"""A word that is its own token, or (word, token)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow one another; with `prefix`, the last may be the beginning of one."""

    tokens: tuple[str, ...]
    prefix: bool = False

    def __str__(self) -> str:
        return " ".join(self.tokens)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text without spaces: a run of CJK characters, or runs of Latin letters and digits with their joints.

    `joined` is all runs as one word, where there are several or a symbol is part of the name: gpt4, cplusplus.
    `parts` are the tokens of the runs, `tokens` these and the joined one's.
    """

    runs: tuple[str, ...]
    parts: tuple[str, ...]
    tokens: tuple[str, ...]
    joined: str | None = None
    is_cjk: bool = False
    has_symbol: bool = False

    def written(self) -> Iterator[tuple[str, str]]:
        """Of Latin letters and digits, the words as they are written (folded), each with its token."""
        return zip(self.runs if self.joined is None else (*self.runs, self.joined), self.tokens, strict=True)


def tokens(text: str) -> list[str]:
    """The tokens of any text, in order; case, accents and compatibility forms (NFKC) make no difference.

    A run of Hangul or other CJK becomes its overlapping pairs (강화학습: 강화, the bridge 화학, 학습), or its only
    character.
    A run of Latin letters and digits becomes one token, an English word its stem. A name with several parts becomes
    its parts and the whole (GPT-4: gpt, 4, gpt4; C++: c, cplusplus).
    """
    found: list[str] = []
    for piece in pieces(text):
        found += piece.tokens
    return found


@lru_cache(maxsize=1024)
def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of a text, in order."""
    return tuple(_of_cjk(cjk) if cjk else _of_latin(runs, symbol) for cjk, runs, symbol in _cut_up(text))


def _cut_up(text: str) -> list[tuple[str, str, str]]:
    """The runs of CJK, or of letters and digits with the character after them."""
    text = fold(text)
    if "*" in text:
        text = _EMPHASIS.sub(r" \1 ", text)
    return _PIECE.findall(text)


@lru_cache(maxsize=16_384)
def _of_cjk(run: str) -> Piece:
    found = run_tokens(run)
    return Piece((run,), found, found, is_cjk=True)


@lru_cache(maxsize=16_384)
def _of_latin(whole: str, symbol: str) -> Piece:
    runs = tuple(_SPLIT.split(whole))
    parts = tuple(map(stem, runs))
    if not runs[-1].isalpha() or (symbol == "*" and len(runs[-1]) > _STARRED):
        symbol = ""
    if not symbol and not 1 < len(runs) <= _MAX_RUNS:
        return Piece(runs, parts, parts)
    joined = "".join(_SPLIT.split(_POINT.sub("p", whole))) + _SYMBOLS.get(symbol, "")
    return Piece(runs, parts, (*parts, stem(joined)), joined, has_symbol=bool(symbol))


class IndexedPart(NamedTuple):
    """What the index holds of a text without white space: its tokens joined with spaces, and its words.

    A word is a pair of characters of CJK, a bridge, or a Latin word or name as it is written (folded): with its token
    where the two differ.
    """

    text: str
    words: tuple[IndexedWord, ...]


def indexed(segment: str) -> list[IndexedPart]:
    """The parts of a text between white space, as the index holds them; LaTeX is read as it is shown."""
    return [_indexed(word) for word in readable(segment).split()]


def joined(segments: Iterable[Sequence[IndexedPart]]) -> str:
    """The text of an FTS5 column (`unicode61 remove_diacritics 0`): tokens with spaces between.

    A boundary between segments keeps a phrase from matching across them.
    """
    texts = (" ".join([part.text for part in segment if part.text]) for segment in segments)
    return f" {BOUNDARY} ".join(text for text in texts if text)


@lru_cache(maxsize=32_768)
def _indexed(word: str) -> IndexedPart:
    """Analyse a text without white space. No token spans white space, and most words recur, so the cache helps."""
    found: list[str] = []
    words: list[IndexedWord] = []
    for cjk, runs, symbol in _cut_up(word):
        if cjk:
            of_run = run_tokens(cjk)
            found += of_run
            words += of_run
            words += map(plain, of_run)
        elif runs.isalnum() and not symbol:  # by far the most
            token = stem(runs)
            found.append(token)
            words.append(runs if runs == token else (runs, token))
        else:
            piece = _of_latin(runs, symbol)
            found += piece.tokens
            words += [written if written == token else (written, token) for written, token in piece.written()]
    return IndexedPart(" ".join(found), tuple(words))


def is_cjk(token: str) -> bool:
    """Whether a token is made of Hangul or other CJK characters."""
    return _CJK_CHARACTER.match(token) is not None


def run_tokens(run: str) -> tuple[str, ...]:
    """The tokens of a run of CJK: its pairs, of which some are bridges."""
    found = pairs(run)
    return tuple([BRIDGE + pair if divides(run, at) else pair for at, pair in enumerate(found, 1)])


def plain(token: str) -> str:
    """A token without the sign of a bridge."""
    return token.removeprefix(BRIDGE)


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run, or its one character."""
    return [*map(add, run, run[1:])] or [run]


_ABBREVIATIONS = re.compile("[b-df-hj-np-tv-xz]{2,}[b-df-hj-np-rtv-xz]s")

_stemmer = Stemmer.Stemmer("english")
_one_at_a_time = threading.Lock()  # a stemmer holds the word that it works on


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The stem of an English word by Snowball; any other run as it is.

    Snowball leaves the plural of a word without vowels alone; such a word is an abbreviation: LLMs is LLM.
    """
    if not word.isascii() or not word.isalpha():
        return word
    if _ABBREVIATIONS.fullmatch(word):
        return word[:-1]
    with _one_at_a_time:
        return str(_stemmer.stemWord(word))


def fold(text: str) -> str:
    """The text without differences of case, accents and compatibility forms."""
    if _PLAIN.fullmatch(text):
        return text.lower()
    return " ".join(word.lower() if _PLAIN.fullmatch(word) else _fold(word) for word in text.split(" "))


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    if len(word) > _MARKED:
        word = _MARKS.sub(r"\1", word)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    letters = "".join(
        character
        for character in decomposed
        if character in _NEVER_DROPPED or unicodedata.category(character) not in _DROPPED
    )
    composed = unicodedata.normalize("NFC", letters.translate(_LETTERS))
    return _SCRIPT.sub(lambda found: found[1] or found[2] or found[3], composed)
