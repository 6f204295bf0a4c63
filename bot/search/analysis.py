"""From text to tokens, the same for what is indexed and what is asked.

SQLite's own tokenizers take a run of Hangul for one word, so 강화학습을 would never be found by 강화학습. Here such
a run becomes its pairs of neighbours; a token is made of letters and digits alone, so that FTS5's unicode61 splits
tokens joined by spaces exactly where we did.
"""

import re
import unicodedata
from dataclasses import dataclass

_CJK = (
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"  # Hangul: jamo and syllables
    "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # iteration marks, kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
# Letters to Python, no letters to FTS5, which knows Unicode 6.1: New Tai Lue vowel signs, Vedic signs.
_NOT_LETTERS_IN_FTS5 = "\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3"
_RUN = re.compile(rf"(?P<cjk>(?:(?=\w)[{_CJK}])+)|[^\W_{_CJK}{_NOT_LETTERS_IN_FTS5}]+")
_CJK_SIGN = re.compile(rf"[{_CJK}]")

# Raised and lowered figures: MVD$^2$, M$^{2}$UGen and VILA^2 read as MVD², M²UGen and VILA² do.
_SCRIPT = re.compile(r"\$[\^_]\{?([0-9]+)\}?\$|[\^_]\{?([0-9]+)\}?")
_DROPPED = frozenset({"Mn", "Mc", "Me", "Cf"})  # marks, and signs without a shape such as the soft hyphen
_NEVER_DROPPED = frozenset("\u3099\u309a\u200b")  # kana's voicing is no accent; a zero-width space parts words
# Latin letters whose stroke or ligature is no mark of its own in Unicode.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})

_BOUNDARY = "\ue000"
"""A token to FTS5 that `tokens` never makes (private use): no phrase runs over it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow one another: `words` joins them with spaces, and is empty where there are none.

    With `prefix`, the last token may be the beginning of one.
    """

    words: str
    prefix: bool = False


def tokens(text: str) -> list[str]:
    """The tokens of any text, in order; case, accents and compatibility forms (NFKC) make no difference.

    A run of Latin letters and digits is one token: "GPT-4o를" is gpt, 4o, 를. A run of Hangul or other CJK is its
    overlapping pairs and its last sign alone: 강화학습 is 강화, 화학, 학습, 습. So each sign begins a token, and a
    question of one syllable is answered by the tokens that begin with it.
    """
    found: list[str] = []
    for run in _RUN.finditer(_folded(text)):
        found.extend(_pairs(run[0]) if run["cjk"] else [run[0]])
    return found


def index_text(*parts: str) -> str:
    """The tokens joined with spaces, for an FTS5 column tokenized by `unicode61 remove_diacritics 0`.

    No phrase runs over from one part to the next.
    """
    analysed = (" ".join(tokens(part)) for part in parts)
    return f" {_BOUNDARY} ".join(part for part in analysed if part)


def phrase(text: str) -> Phrase:
    """What a text asks for: its tokens in a row.

    A run of CJK at the end may go on in the paper: 강화학습 finds 강화학습을.
    """
    words = tokens(text)
    if not words or not _CJK_SIGN.match(words[-1]):
        return Phrase(" ".join(words))
    if len(words) > 1 and len(words[-2]) > 1 and words[-2].endswith(words[-1]):
        # The last sign alone would ask that the run ends here; the pair before it holds it already.
        return Phrase(" ".join(words[:-1]))
    return Phrase(" ".join(words), prefix=True)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(
        sign for sign in decomposed if sign in _NEVER_DROPPED or unicodedata.category(sign) not in _DROPPED
    )
    return _SCRIPT.sub(r"\1\2", unicodedata.normalize("NFC", letters.translate(_LETTERS)))


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run))]
