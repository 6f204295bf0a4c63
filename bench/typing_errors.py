"""One slip of the finger: in a Latin word a letter, in a Hangul word a key of the Korean keyboard.

A syllable is taken apart into the keys that make it (two-set keyboard: 왜 is ㅇ, ㅗ, ㅐ), one key is struck wrongly,
and the keys are put together again as an input method would, lone letters and all.
"""

from collections.abc import Callable, Sequence
from random import Random

_FIRSTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_DOUBLE = dict(zip("ㅘㅙㅚㅝㅞㅟㅢ", ("ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅡㅣ"), strict=True)) | dict(
    zip(
        "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        ("ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ"),
        strict=True,
    )
)
_JOINED = {keys: letter for letter, keys in _DOUBLE.items()}
_SYLLABLES = range(ord("가"), ord("힣") + 1)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_VOWEL_KEYS = "".join(character for character in _VOWELS if character not in _DOUBLE)


def mistyped(word: str, random: Random) -> str:
    """The word with one letter (of a Hangul word: one key) left out, put in, swapped with the next, or replaced."""
    if any(ord(character) in _SYLLABLES for character in word):
        return composed(_slip(keys_of(word), random, _hangul_key))
    return "".join(_slip(word, random, lambda _, random: random.choice(_LATIN)))


def keys_of(word: str) -> list[str]:
    """The keys that a Hangul word is typed with."""
    keys: list[str] = []
    for character in word:
        if ord(character) not in _SYLLABLES:
            keys.append(character)
            continue
        first, rest = divmod(ord(character) - _SYLLABLES.start, len(_VOWELS) * len(_FINALS))
        vowel, final = divmod(rest, len(_FINALS))
        for letter in (_FIRSTS[first], _VOWELS[vowel], _FINALS[final].strip()):
            keys.extend(_DOUBLE.get(letter, letter))
    return keys


def composed(keys: Sequence[str]) -> str:
    """What an input method makes of keys: a consonant belongs to the vowel after it, else to the syllable before."""
    text, at = "", 0
    while at < len(keys):
        first = keys[at] if keys[at] in _FIRSTS else ""
        vowel, after = _vowel(keys, at + len(first))
        if not (first and vowel):
            text, at = text + keys[at], at + 1
            continue
        final, after = _final(keys, after)
        syllable = (_FIRSTS.index(first) * len(_VOWELS) + _VOWELS.index(vowel)) * len(_FINALS) + _FINALS.index(final)
        text, at = text + chr(_SYLLABLES.start + syllable), after
    return text


def _vowel(keys: Sequence[str], at: int) -> tuple[str, int]:
    if "".join(keys[at : at + 2]) in _JOINED and keys[at] in _VOWELS:
        return _JOINED["".join(keys[at : at + 2])], at + 2
    return (keys[at], at + 1) if at < len(keys) and keys[at] in _VOWELS else ("", at)


def _final(keys: Sequence[str], at: int) -> tuple[str, int]:
    for length in (2, 1):
        letters = "".join(keys[at : at + length])
        final = letters if length == 1 else _JOINED.get(letters, "")
        if len(letters) == length and final and final in _FINALS and not _begins(keys, at + length):
            return final, at + length
    return " ", at


def _begins(keys: Sequence[str], at: int) -> bool:
    """Whether the key before this one begins the next syllable."""
    return at < len(keys) and keys[at] in _VOWELS


def _hangul_key(replaced: str, random: Random) -> str:
    return random.choice(_VOWEL_KEYS if replaced in _VOWELS else _FIRSTS)


def _slip(keys: Sequence[str], random: Random, other: Callable[[str, Random], str]) -> list[str]:
    """One key struck wrongly; the result differs from what was meant, unless all keys are the same."""
    at = random.randrange(len(keys))
    left, key, right = list(keys[:at]), keys[at], list(keys[at + 1 :])
    match random.choice(("leave out", "put in", "swap", "replace")):
        case "leave out":
            return left + right
        case "put in":
            return [*left, other(key, random), key, *right]
        case "swap" if right:
            return [*left, right[0], key, *right[1:]]
        case _:
            return [*left, other(key, random), *right]
