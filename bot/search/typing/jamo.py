"""Hangul as it is typed. A syllable is two to five keys of the Korean keyboard (two-set: 왜 is ㅇ, ㅗ, ㅐ)."""

import re
from functools import lru_cache

# The order of letters in Unicode's syllables: first consonants, vowels, finals (the first of them none).
_FIRSTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_FIRST, _LAST = ord("가"), ord("힣")
_DOUBLES = {"ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ"} | {
    "ㄱㅅ": "ㄳ",
    "ㄴㅈ": "ㄵ",
    "ㄴㅎ": "ㄶ",
    "ㄹㄱ": "ㄺ",
    "ㄹㅁ": "ㄻ",
    "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ",
    "ㄹㅍ": "ㄿ",
    "ㄹㅎ": "ㅀ",
    "ㅂㅅ": "ㅄ",
}
_KEYS = {double: keys for keys, double in _DOUBLES.items()}

VOWEL_KEYS = "".join(letter for letter in _VOWELS if letter not in _KEYS)
CONSONANT_KEYS = _FIRSTS

_WHOLE = re.compile("[가-힣]*")
_VOWEL = "|".join([*(keys for keys, double in _DOUBLES.items() if double in _VOWELS), f"[{VOWEL_KEYS}]"])
_FINAL = "|".join([*(keys for keys, double in _DOUBLES.items() if double in _FINALS), f"[{_FINALS[1:]}]"])
_SYLLABLE = re.compile(f"[{_FIRSTS}](?:{_VOWEL})(?:(?:{_FINAL})(?![{VOWEL_KEYS}]))?")
_LETTERS = re.compile(f"(.)({_VOWEL})(.*)")

_NUMBERS_OF_FIRSTS = {letter: number for number, letter in enumerate(_FIRSTS)}
_NUMBERS_OF_VOWELS = {_KEYS.get(letter, letter): number for number, letter in enumerate(_VOWELS)}
_NUMBERS_OF_FINALS = {_KEYS.get(letter, letter): number for number, letter in enumerate(_FINALS)}


def keys(text: str) -> str:
    """The keys that a text is typed with. Everything but Hangul stays as it is."""
    return "".join(map(_keys_of, text))


def composed(typed: str) -> str | None:
    """The syllables that an input method makes of keys; None if a key is left over.

    A consonant joins the vowel after it, else the syllable before.
    """
    found = _SYLLABLE.findall(typed)
    return "".join(map(_syllable, found)) if "".join(found) == typed else None


def is_whole(text: str) -> bool:
    """Whether a text consists of Hangul syllables only."""
    return _WHOLE.fullmatch(text) is not None


def _keys_of(character: str) -> str:
    if not _FIRST <= ord(character) <= _LAST:
        return _KEYS.get(character, character)
    rest, final = divmod(ord(character) - _FIRST, len(_FINALS))
    first, vowel = divmod(rest, len(_VOWELS))
    letters = (_FIRSTS[first], _VOWELS[vowel], _FINALS[final].strip("\0"))
    return "".join(_KEYS.get(letter, letter) for letter in letters)


@lru_cache(maxsize=len(_FIRSTS) * len(_VOWELS) * len(_FINALS))
def _syllable(typed: str) -> str:
    first, vowel, final = _LETTERS.findall(typed)[0]
    index = _NUMBERS_OF_FIRSTS[first] * len(_VOWELS) + _NUMBERS_OF_VOWELS[vowel]
    return chr(_FIRST + index * len(_FINALS) + _NUMBERS_OF_FINALS[final or "\0"])
