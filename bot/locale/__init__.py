"""What Paperboy says, in each of its languages: the catalogues of Mozilla Fluent, in a folder for each language."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.numbers import format_percent
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

FOLDER = Path(__file__).parent
"""Has a folder for each language."""
_KEPT = 256  # filled messages
_QUOTATION_MARKS = frozenset('"“”„«»「」『』')
_command_ids: dict[str, int] = {}


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
        functions = {"COMMAND": self.command, "QUOTE": self.quote}
        self._bundle = FluentBundle([language], use_isolating=False, functions=functions)  # type: ignore[arg-type]  # text is fine too
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

    def command(self, name: str) -> str:
        """A slash command as a message names it: `{ COMMAND("digest add") }` in the catalogue.

        A mention that can be tapped if Discord's id is known, else the name in this language, quoted. Raises KeyError
        for a command that the catalogue has no name for.
        """
        top, *_ = words = name.split()
        if top in _command_ids:
            return f"</{name}:{_command_ids[top]}>"
        keys = ["-".join(["command", *words[:count]]) for count in range(1, len(words) + 1)]
        return self.say("command-quoted", name=" ".join(self.say(key) for key in keys))

    def quote(self, text: str) -> str:
        """What people typed, or a title, in the language's quotation marks: `{ QUOTE($query) }` in the catalogue.

        A text that has quotation marks itself stands without: in author:"Kaiming He", two pairs would be hard to read.
        """
        return text if _QUOTATION_MARKS.intersection(text) else self.say("quoted", text=text)

    def listed(self, texts: Iterable[str]) -> str:
        """Texts in a row, with the language's comma between them."""
        return self.say("comma").join(texts)

    def forget(self) -> None:
        """Forget all filled messages: what they contain has changed."""
        self._filled.cache_clear()

    def span(self, first: date, last: date) -> str:
        """Two dates and what is between: "17–23 Feb 2024"."""
        return format_interval(first, last, "yMMMMd", locale=self.say("span-locale"))

    def month(self, day: date) -> str:
        """The month of a day in short form: "Feb"."""
        return format_skeleton("MMM", day, locale=self.say("span-locale"))

    def month_span(self, first: date, last: date) -> str:
        """Two months and what is between: "Feb–Apr 2024"."""
        return format_interval(first, last, "yMMM", locale=self.say("span-locale"))

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as people write it: "1.2%"."""
        return format_percent(share, "0.0%", locale=self.language)

    def time(self, at: time) -> str:
        """The time of day as people say it: "9:00 AM"."""
        return format_time(at, self.say("time-pattern"), locale=self.language)

    def date(self, day: date) -> str:
        """The date in long form with its weekday: "Friday, 23 February 2024"."""
        return format_date(day, self.say("date-pattern"), locale=self.language)


@cache
def catalogue(language: Language) -> Catalogue:
    """The language's catalogue, read once."""
    return Catalogue(language)


def know_commands(ids: Mapping[str, int]) -> None:
    """Set Discord's ids of the commands and groups, by their English names. One process uses one Discord."""
    if ids == _command_ids:
        return
    _command_ids.clear()
    _command_ids.update(ids)
    for language in Language:
        catalogue(language).forget()


def command_id(name: str) -> int | None:
    """Discord's id of a command or group; None where it is not known."""
    return _command_ids.get(name)
