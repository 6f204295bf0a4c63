"""Reads a model's answer as bullets: parsed, limited, without markup, and compared with the paper.

A model's text can't be trusted, as it may follow instructions in an abstract. Markup is removed; addresses and
mentions, which no summary needs, are refused.
"""

import json
import re
import unicodedata
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.archive.text import UNSTORABLE, one_line
from bot.language import written_language
from bot.papers import Bullet
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
    text = UNSTORABLE.sub("", text[-_MOST_READ:])
    fault = f"it must be one whole JSON object with the keys {', '.join(HEADINGS)} and no others"
    start = text.rfind("{")
    for _ in range(_MOST_TRIED):
        if start < 0:
            break
        try:
            return _Answer.model_validate(_DECODER.raw_decode(text, start)[0])
        except ValidationError as error:
            fault = _missing(error) or fault
        except (ValueError, RecursionError):
            pass  # not JSON
        start = text.rfind("{", 0, start)
    raise Complaint(fault)


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
        raise Complaint(f"{key} must be written in {'Korean' if language is SummaryLanguage.KO else 'English'}")
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
