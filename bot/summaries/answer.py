"""A model's answer as bullets: parsed, limited, made plain, and held against the paper.

What a model writes is a stranger's text, as it may follow what a stranger's abstract told it. Markup is taken out;
addresses and mentions, for which a summary has no use, are refused.
"""

import json
import re
import unicodedata
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.archive.text import UNSTORABLE, one_line
from bot.papers import Bullet
from bot.summaries.language import is_written_in
from bot.summaries.model import Source, SummaryLanguage
from bot.summaries.numbers import unfounded

LEAST = 20
MOST = 600
"""Characters of a bullet's text: those of the archive have some 200, and 372 at most."""

HEADINGS = {
    "whats_new": "What's New",
    "technical_details": "Technical Details",
    "performance_highlights": "Performance Highlights",
}
"""The answer's keys, and what the archive calls them."""

SCHEMA = {
    "type": "object",
    "properties": {key: {"type": "string"} for key in HEADINGS},
    "required": list(HEADINGS),
    "additionalProperties": False,
}
"""The answer's JSON schema. Without lengths, which strict servers do not take."""

_OPTIONAL = frozenset({"performance_highlights"})
_SHOWN = 5
_MOST_READ = 200_000  # characters of an answer, from its end
_MOST_TRIED = 2_000  # braces that an object may begin with
_DECODER = json.JSONDecoder(strict=False)  # models write line breaks into texts as they are

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


class Complaint(Exception):  # noqa: N818  it is said to the model, and no failure yet
    """What is wrong with an answer, in words that the model is told. Of its text they quote numbers alone."""


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    whats_new: Annotated[str, StringConstraints(max_length=10 * MOST)]
    technical_details: Annotated[str, StringConstraints(max_length=10 * MOST)]
    performance_highlights: Annotated[str, StringConstraints(max_length=10 * MOST)]


def read_answer(text: str, source: Source, language: SummaryLanguage) -> tuple[Bullet, ...]:
    """The bullets that a model's answer holds, under the archive's headings. Complaint where it can't be used."""
    answer = _last_that_fits(text)
    texts = {key: _checked(key, value, language) for key, value in answer.model_dump().items()}
    if extra := unfounded(" ".join(texts.values()), f"{source.title} {source.abstract}"):
        named = ", ".join(extra[:_SHOWN])
        raise Complaint(f"the title and the abstract do not have these numbers as you write them: {named}")
    return tuple(Bullet(value, HEADINGS[key]) for key, value in texts.items() if value)


def _last_that_fits(text: str) -> _Answer:
    """The last JSON object in an answer that fits the schema; Complaint where none does.

    Some models put a fence around it, think before it (in braces, too) or add a remark.
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
            pass  # a brace that begins no JSON
        start = text.rfind("{", 0, start)
    raise Complaint(fault)


def _missing(error: ValidationError) -> str | None:
    """What is wrong with an object that has some of the keys; None for one that has none."""
    places = {str(issue["loc"][0]): issue["type"] for issue in error.errors() if issue["loc"]}
    wrong = sorted(places.keys() & HEADINGS.keys())
    if not wrong or [places.get(key) for key in HEADINGS] == ["missing"] * len(HEADINGS):
        return None
    return f"{', '.join(wrong)} must be there, each as one text of {MOST} characters at most"


def _checked(key: str, text: str, language: SummaryLanguage) -> str:
    written, text = text, plain(text)
    for each in (written, text):  # what is taken out may have stood in the middle of either
        if _ADDRESS.search(each):
            raise Complaint(f"{key} holds a web address")
        if _MENTION.search(each):
            raise Complaint(f"{key} holds a mention")
    if not text and key in _OPTIONAL:
        return text
    if not LEAST <= len(text) <= MOST:
        raise Complaint(f"{key} must have {LEAST} to {MOST} characters, and has {len(text)}")
    if not is_written_in(text, language):
        raise Complaint(f"{key} must be written in {'Korean' if language is SummaryLanguage.KO else 'English'}")
    return text


def plain(text: str) -> str:
    """The text on one line, in NFC, without Markdown, HTML, or signs that nobody sees."""
    text = _TAG.sub(r"‹\1›", _without_links(_SIGNS.sub("", visible(text))))
    return " ".join(_LEAD.sub("", text).split())


def _without_links(text: str) -> str:
    """The text with the words of links in their places, also of a link in a link's words."""
    while (shorter := _LINK.sub(r"\1", text)) != text:
        text = shorter
    return text


def visible(text: str) -> str:
    """The text on one line, in NFC, with spaces for signs that nobody sees or that can't be stored."""
    shown = (" " if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} else sign for sign in text)
    return one_line("".join(shown))
