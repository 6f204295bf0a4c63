"""Reads a model's answer as bullets: parsed, limited, without markup, and compared with the paper.

A model's text can't be trusted, as it may follow instructions in an abstract. Markup is removed; addresses and
mentions, which no summary needs, are refused.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.archive.text import UNSTORABLE, one_line
from bot.papers import Bullet
from bot.papers.language import written_language
from bot.summaries.model import Source, SummaryLanguage
from bot.summaries.numbers import unfounded

LEAST = 20
MOST = 600
"""Characters of a bullet's text; the archive's have about 200, and at most 372."""

HEADINGS = {
    "whats_new": "What's New",
    "technical_details": "Technical Details",
    "performance_highlights": "Performance Highlights",
}
"""The answer's keys and the archive's names for them."""

SCHEMA = {
    "type": "object",
    "properties": {key: {"type": "string"} for key in HEADINGS},
    "required": list(HEADINGS),
    "additionalProperties": False,
}
"""The answer's JSON schema, without lengths, which strict servers reject."""


def schema_of(languages: Sequence[SummaryLanguage]) -> dict[str, Any]:
    """The JSON schema of an answer with a summary in each language; of one language, the summary's own."""
    if len(languages) == 1:
        return SCHEMA
    return {
        "type": "object",
        "properties": dict.fromkeys(languages, SCHEMA),
        "required": list(languages),
        "additionalProperties": False,
    }


_OPTIONAL = frozenset({"performance_highlights"})
_SHOWN = 5
_MOST_READ = 200_000  # characters at the end of an answer
_MOST_TRIED = 2_000  # braces tried as the start of an object
_DECODER = json.JSONDecoder(strict=False)  # models write raw line breaks into strings

_ADDRESS = re.compile(
    r"""
    [a-z0-9+.-]://                                                           # https://...
    | \b(?:mailto|javascript):(?=\S)
    | \bwww\.
    | [\w-]\.(?:com|org|net|io|ai|gg|co|dev|me|app|xyz|link|ly|kr|gle|be|new)/\S   # without https://
    | [\w.+-]@[\w-]+\.[a-z]                                                     # somebody's mail
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MENTION = re.compile(r"@(?:everyone|here)\b|<(?:[@#][!&]?|a?:\w+:|t:-?)\d", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_TAG = re.compile(r"<(?=[A-Za-z/!?|])([^<>]*)>")
_SIGNS = re.compile(r"\*{2,}|_{2,}|~{2,}|\|{2,}|`+")
_LEAD = re.compile(r"^(?:[\s#>*+•-]+(?=\s)|\d{1,3}[.)](?=\s))+\s*")


class Complaint(Exception):  # noqa: N818  sent to the model, not yet a failure
    """What is wrong with an answer, in words for the model. They quote only numbers of its text."""


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    whats_new: Annotated[str, StringConstraints(max_length=10 * MOST)]
    technical_details: Annotated[str, StringConstraints(max_length=10 * MOST)]
    performance_highlights: Annotated[str, StringConstraints(max_length=10 * MOST)]


@dataclass(frozen=True, slots=True)
class Answers:
    """The summaries of an answer that can be used, and what is wrong with the others, in words for the model."""

    texts: dict[SummaryLanguage, tuple[Bullet, ...]]
    complaint: str = ""


def read_answers(text: str, source: Source, languages: Sequence[SummaryLanguage]) -> Answers:
    """The summaries of a model's answer, each language checked alone.

    For several languages the answer is an object with a summary for each language; for one it is the summary itself.
    """
    texts: dict[SummaryLanguage, tuple[Bullet, ...]] = {}
    complaints = []
    parts = dict.fromkeys(languages, text) if len(languages) == 1 else _parts(text, languages)
    for language in languages:
        try:
            texts[language] = read_answer(parts.get(language, ""), source, language)
        except Complaint as found:
            complaints.append(str(found) if len(languages) == 1 else f'in "{language}", {found}')
    return Answers(texts, "; ".join(complaints))


def _parts(text: str, languages: Sequence[SummaryLanguage]) -> dict[SummaryLanguage, str]:
    """The summaries as JSON in the last object of an answer that has any of the languages as a key."""
    for found in _objects(text):
        if parts := {each: json.dumps(found[each]) for each in languages if isinstance(found.get(each), dict)}:
            return parts
    return {}


def read_answer(text: str, source: Source, language: SummaryLanguage) -> tuple[Bullet, ...]:
    """The bullets of a model's answer, under the archive's headings. Raises Complaint if it can't be used."""
    answer = _last_that_fits(text)
    texts = {key: _checked(key, value, language) for key, value in answer.model_dump().items()}
    if extra := unfounded(" ".join(texts.values()), f"{source.title} {source.abstract}"):
        named = ", ".join(extra[:_SHOWN])
        raise Complaint(f"the title and the abstract do not have these numbers as you write them: {named}")
    return tuple(Bullet(value, HEADINGS[key]) for key, value in texts.items() if value)


def _last_that_fits(text: str) -> _Answer:
    """The last JSON object in an answer that fits the schema. Raises Complaint if there is none.

    Some models fence it, think before it (also in braces), or add a remark.
    """
    fault = f"it must be one whole JSON object with the keys {', '.join(HEADINGS)} and no others"
    for found in _objects(text):
        try:
            return _Answer.model_validate(found)
        except ValidationError as error:
            fault = _missing(error) or fault
    raise Complaint(fault)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in an answer, the last first, and those within an object before it."""
    text = UNSTORABLE.sub("", text[-_MOST_READ:])
    start = text.rfind("{")
    for _ in range(_MOST_TRIED):
        if start < 0:
            return
        with suppress(ValueError, RecursionError):  # not JSON
            yield _DECODER.raw_decode(text, start)[0]
        start = text.rfind("{", 0, start)


def _missing(error: ValidationError) -> str | None:
    """What is wrong with an object that has some of the keys; None if it has none."""
    places = {str(issue["loc"][0]): issue["type"] for issue in error.errors() if issue["loc"]}
    wrong = sorted(places.keys() & HEADINGS.keys())
    if not wrong or [places.get(key) for key in HEADINGS] == ["missing"] * len(HEADINGS):
        return None
    return f"{', '.join(wrong)} must be there, each as one text of {MOST} characters at most"


def _checked(key: str, text: str, language: SummaryLanguage) -> str:
    written, text = text, plain(text)
    for each in (written, text):  # removing markup may have joined or hidden parts
        if _ADDRESS.search(each):
            raise Complaint(f"{key} holds a web address")
        if _MENTION.search(each):
            raise Complaint(f"{key} holds a mention")
    if not text and key in _OPTIONAL:
        return text
    if not LEAST <= len(text) <= MOST:
        raise Complaint(f"{key} must have {LEAST} to {MOST} characters, and has {len(text)}")
    if written_language(text) != language:
        raise Complaint(f"{key} must be written in {language.english_name}")
    return text


def plain(text: str) -> str:
    """The text on one line, in NFC, without Markdown, HTML or invisible characters."""
    text = _TAG.sub(r"‹\1›", _without_links(_SIGNS.sub("", visible(text))))
    return " ".join(_LEAD.sub("", text).split())


def _without_links(text: str) -> str:
    """The text with links replaced by their words, nested ones too."""
    while (shorter := _LINK.sub(r"\1", text)) != text:
        text = shorter
    return text


def visible(text: str) -> str:
    """The text on one line, in NFC, with spaces for characters that are invisible or can't be stored."""
    shown = (" " if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} else sign for sign in text)
    return one_line("".join(shown))
