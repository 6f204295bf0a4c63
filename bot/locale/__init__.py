"""What Paperboy says, in each of its languages: the catalogues of Mozilla Fluent, in a folder for each language."""

from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

FOLDER = Path(__file__).parent
"""Has a folder for each language."""
_KEPT = 256  # filled messages


class Language(StrEnum):
    """A language that Paperboy speaks; its folder has the catalogues and `words.toml`."""

    KO = "ko"
    EN = "en"
    JA = "ja"


def language_of(tag: str | None) -> Language:
    """The language for a locale's tag, as Discord gives it ("ko", "en-GB"): English for one that Paperboy lacks."""
    spoken = (tag or "").split("-")[0].lower()
    return next((language for language in Language if language == spoken), Language.EN)


class Catalogue:
    """All messages of one language. Raises ValueError for a catalogue that can't be read or says a key twice."""

    def __init__(self, language: Language) -> None:
        self.language = language
        # No marks of isolation: they would stand between Discord's markup and the text that it marks.
        self._bundle = FluentBundle([language], use_isolating=False)
        for path in sorted((FOLDER / language).glob("*.ftl")):
            self._add(path)
        # Thousands of messages bear the same few labels, and to fill one takes a tenth of a millisecond.
        self._filled = lru_cache(_KEPT)(self._fill)

    def _add(self, path: Path) -> None:
        resource = FluentResource(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise ValueError(f"{path.name}: can't be read: {(entry.content or '').strip()!r}")  # noqa: TRY004  no type is wrong
            if isinstance(entry, ast.Message) and self._bundle.has_message(entry.id.name):
                raise ValueError(f"{path.name}: {entry.id.name} is there already")
        self._bundle.add_resource(resource)

    def say(self, key: str, **values: str | int) -> str:
        """The message, filled with the values; numbers are written as the language does (1,234).

        A value stands in the message as it is: escape it first where the message goes to Discord. Fluent takes
        values of at most 2,500 characters. Raises KeyError for an unknown key or a value that is missing.
        """
        return self._filled(key, tuple(values.items()))

    def _fill(self, key: str, values: tuple[tuple[str, str | int], ...]) -> str:
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(pattern, dict(values))
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        return str(text)

    def name_of(self, language: str) -> str:
        """The name of a language in this one: in English, "ko" is "Korean"."""
        return str(Locale(self.language).languages[language])

    def span(self, first: date, last: date) -> str:
        """Two dates and what is between: "17–23 Feb 2024"."""
        return format_interval(first, last, "yMMMMd", locale=self.say("span-locale"))

    def date(self, day: date) -> str:
        """The date in long form with its weekday: "Friday, 23 February 2024"."""
        return format_date(day, self.say("date-pattern"), locale=self.language)


@cache
def catalogue(language: Language) -> Catalogue:
    """The language's catalogue, read once."""
    return Catalogue(language)
