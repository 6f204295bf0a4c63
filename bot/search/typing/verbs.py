"""Forms of Korean verbs and adjectives: 줄이는 is also 줄인, 줄여 and 줄입니다, and 작게 is also 작은."""

import re
from collections.abc import Callable, Iterator

from bot.search.typing.jamo import is_whole

_FIRST, _FINALS, _VOWELS = ord("가"), 28, 21
_N, _L, _M, _B, _SS = 4, 8, 16, 17, 20  # ㄴ ㄹ ㅁ ㅂ ㅆ as finals
_EO, _YEO, _O, _WA, _U, _WO, _EU, _I, _A = 4, 6, 8, 9, 13, 14, 18, 20, 0  # vowels, by their numbers
_CONTRACTED = {_I: (_YEO,), _U: (_WO,), _O: (_WA,), _EU: (_EO, _A)}
"""The vowels of a stem, and what they become before ㅓ or ㅏ: 줄이 and 줄여, 키우 and 키워, 모으 and 모아."""

_ENDINGS = (
    *("으려면", "으면서", "습니다", "지만", "으면", "도록", "려면", "면서", "거나", "는데", "을까", "는지"),
    *("아서", "어서"),
    *("는", "은", "게", "고", "기", "며", "면", "지", "던", "을", "자", "다", "아", "어"),
)
_ENDING = re.compile(f"(?:{'|'.join(_ENDINGS)})$")
_AFTER_ONE_SYLLABLE = ("은", "는", "게", "고", "아", "어", "지", "기", "을", "습", "던", "도")
"""What follows a stem of one syllable in a text. The stem alone would be any word that holds the syllable."""
_OF_ONE_SYLLABLE = ("게", "은", "는")
"""The only endings that are looked for after one syllable: 화면 and 사고 are nouns."""
_TELLING = ("는", "게", "고")
"""Endings that a noun hardly has: a stem that some papers have with one of them is a verb's."""

_LONGEST = 10
"""Syllables of a word: a longer run is several words."""

IsWritten = Callable[[str], bool]
"""Whether several papers have a word that begins like this."""

_NOUN_VERB = re.compile(r"(.{2,}?)(?:하|되|시키|받|당하)(?:는|고|며|면|기|게|지|여|려면|도록|면서|던|다)?$")


def noun_of(word: str) -> str:
    """The noun that a verb was made of: 제거 of 제거하는. "" for any other word."""
    found = _NOUN_VERB.fullmatch(word)
    return found[1] if found and is_whole(word) else ""


def forms(word: str, is_written: IsWritten) -> list[str]:
    """The beginnings that a verb's other forms have; none where the word is no verb's form.

    A noun may look like a verb (이미지 ends in 지): so its stem must be written with the endings of a verb.
    """
    if not 0 < len(word) <= _LONGEST or not is_whole(word):
        return []
    if noun := noun_of(word):
        return [noun]
    found: dict[str, None] = {}
    for stem in _stems(word):
        if any(is_written(stem + ending) for ending in _TELLING):
            found |= dict.fromkeys(_beginnings(stem))
    return [form for form in found if form != word]


def _stems(word: str) -> Iterator[str]:
    """What may be the stem: before an ending, or with the final of an ending taken off (줄인, 줄일, 줄임)."""
    if (ending := _ENDING.search(word)) and ending.start() and (ending.start() > 1 or ending[0] in _OF_ONE_SYLLABLE):
        yield word[: ending.start()]
    if len(word) == 1:
        return
    before, last = word[:-1], word[-1]
    if _final(last) in {_N, _L, _M}:
        opened = _with(last, final=0)
        yield before + opened
        if opened == "우" and not _final(before[-1]):
            yield before[:-1] + _with(before[-1], final=_B)  # 가벼운 of 가볍
    elif opened := _opened(last):
        yield before + opened


def _beginnings(stem: str) -> Iterator[str]:
    last, before = stem[-1], stem[:-1]
    variants = [before + each for each in _variants(last)]
    if before:
        yield from variants
    else:
        yield from (each for each in variants if len(each) > 1 or (_final(each) in {_N, _L} and each != stem))
        yield from (stem + ending for ending in _AFTER_ONE_SYLLABLE)


def _variants(last: str) -> Iterator[str]:
    """The last syllable of a stem, as its forms have it."""
    final, vowel = _final(last), _vowel(last)
    yield last
    if final == _L:
        yield from (_with(last, final=each) for each in (0, _N, _B))
    if final == _B:
        yield from (_with(last, final=0) + each for each in ("운", "울", "움", "워"))
    if final == 0:
        yield from (_with(last, final=each) for each in (_N, _L, _M, _B))
        for contracted in _CONTRACTED.get(vowel, (vowel,)):
            yield from (_with(last, vowel=contracted, final=each) for each in (0, _SS))


def _opened(last: str) -> str:
    """줄이 of 줄여, as a syllable: 이 of 여. "" for any other syllable."""
    if _final(last) not in {0, _SS}:
        return ""
    vowel = {_YEO: _I, _WO: _U}.get(_vowel(last))
    return "" if vowel is None else _with(last, vowel=vowel, final=0)


def _final(syllable: str) -> int:
    return (ord(syllable) - _FIRST) % _FINALS


def _vowel(syllable: str) -> int:
    return (ord(syllable) - _FIRST) // _FINALS % _VOWELS


def _with(syllable: str, *, vowel: int | None = None, final: int) -> str:
    first = (ord(syllable) - _FIRST) // _FINALS // _VOWELS
    return chr(_FIRST + (first * _VOWELS + (_vowel(syllable) if vowel is None else vowel)) * _FINALS + final)
