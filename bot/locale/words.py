"""What people may type besides digits, in each language: the words for dates, times, weekdays and cities.

Each language has them in `words.toml` in its folder. A member may type those of any language.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from itertools import chain
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from bot.locale import FOLDER, Language

_DIGITS = "[0-9]{1,2}"
_TEN = 10
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Units:
    """The words after the numbers of a date and a time, as in 2월 23일 and 9시 30분; a language may have none."""

    __pydantic_config__: ClassVar = _STRICT

    month: str = ""
    day: str = ""
    year: str = ""
    hour: str = ""
    minute: str = ""
    half: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one language, in lower case. Lists that the language has no use for are empty."""

    __pydantic_config__: ClassVar = _STRICT

    off: tuple[str, ...]
    days_ago: tuple[tuple[str, ...], ...]
    """Today, yesterday, the day before: all ways to say each."""
    weekdays: tuple[tuple[str, ...], ...]
    """From Monday: all ways to say each. Those of one letter may stand in a row (월수금)."""
    every_day: tuple[str, ...]
    working_days: tuple[str, ...]
    weekend: tuple[str, ...]
    before_noon: tuple[str, ...]
    after_noon: tuple[str, ...]
    hours: Mapping[str, time]
    """Times of day with a name."""
    months: tuple[str, ...] = ()
    units: Units = Units()
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Numbers in words, up to ten at least if there are any; those above ten are put together from them."""
    zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of cities and countries by IANA zone, besides those of Unicode's CLDR."""

    @property
    def number(self) -> str:
        """A regular expression for a number of at most two digits, or in words."""
        return f"(?:{_DIGITS}|(?:{any_of(self.numbers)})+)" if self.numbers else _DIGITS

    def value(self, number: str) -> int:
        """The value of what `number` matches: 23, 二十三 and 이십삼 are 23."""
        if number.isdecimal():
            return int(number)
        total = 0
        while number:
            word = max(filter(number.startswith, self.numbers), key=len)
            value, number = self.numbers[word], number.removeprefix(word)
            total = total * value if value == _TEN and 0 < total < _TEN else total + value
        return total


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words; longer ones are tried first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def words_of(language: Language) -> Words:
    """The words of a language, read once. Raises ValueError for a file that can't be read."""
    path = FOLDER / language / "words.toml"
    try:
        return TypeAdapter(Words).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise ValueError(f"{language}/{path.name}: can't be read: {error}") from error


@cache
def all_words() -> tuple[Words, ...]:
    """The words of all languages."""
    return tuple(map(words_of, Language))


def every(name: str) -> frozenset[str]:
    """All words of a list, such as "every_day", in all languages."""
    return frozenset(chain.from_iterable(getattr(words, name) for words in all_words()))
