"""All languages are complete, and the code and the catalogues agree: no key is missing, none is idle.

Code names a message by a literal key, or by a family: say(f"why-{code}") with the family's prefix in FAMILIES below.
A key that stands in the code as a string of its own, in a table for instance, counts as used too, and so do the keys
of the options that `named` in cogs/options.py names, and of the OPTIONS of a digest.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.alerts.changes import Act
from bot.alerts.daily import Outcome
from bot.alerts.model import Where
from bot.digests.document import FIELDS
from bot.digests.model import WEEKDAY_NAMES, EditionState, Publication, Style, Why
from bot.errors import Fault, SourceFault
from bot.locale import Language
from bot.locale.headings import HEADINGS
from bot.search.model import Sort
from cogs.digests.options import OPTIONS

ROOT = Path(__file__).resolve().parents[3]

_PERMISSIONS = "view-channel", "send-messages", "embed-links", "create-public-threads", "send-messages-in-threads"

FAMILIES: dict[str, Iterable[str]] = {
    "change-": Act,
    "choice-": [
        f"{option.name}-{choice}" for option in OPTIONS for choice in option.choices if not isinstance(choice, Language)
    ],
    "choice-period-": ("week", "month", "year", "all"),
    "choice-sort-": Sort,
    "choice-weekday-": (*WEEKDAY_NAMES, "off"),
    "choice-where-": Where,
    "digest-blocked-": ("gone", "missing"),
    "digest-paused-": ("gone", "missing"),
    "edition-": (*EditionState, *Publication),
    "help-": [f"{topic}{end}" for topic in ("read", "keep", "follow", "digest") for end in ("", "-commands")],
    "foryou-last-": Outcome,
    "heading-": HEADINGS,
    "import-": ("kept", "added", "removed"),
    "import-wrong-": [field.replace("_", "-") for field in FIELDS],
    "error-resume-": ("gone", "missing"),
    "manage-": [f"{act}{end}" for act in ("pause", "remove") for end in ("", "-it", "-one")],
    "manage-mute-": ("author", "word"),
    "notice-": ("gone", "missing"),
    "permission-": (
        *_PERMISSIONS,
        *("create-posts", "manage-guild", "mention-everyone", "read-message-history", "use-external-apps"),
    ),
    "source-": SourceFault,
    "style-": Style,
    "subscription-refused-": (
        Fault.CHANNEL_GONE,
        Fault.MEMBER_AWAY,
        Fault.MISSING_PERMISSION,
        Fault.SERVER_LEFT,
        Fault.THREAD_CLOSED,
        "tried-again",
    ),
    "undone-": Act,
    "why-": Why,
}
"""The prefix of each family of keys, with all that may follow it."""

SAYERS = {"say": 0, "text": 0, "RefusalError": 0}
"""Functions that take a key, and its position among their arguments; the message's values are their keywords."""


class _Variables(Visitor):
    """Gathers the variables of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802  the visitor's own naming
        self.names.add(node.id.name)


def _variables(message: ftl.Message) -> set[str]:
    visitor = _Variables()
    visitor.visit(message)
    return visitor.names


@cache
def messages(language: Language) -> dict[str, set[str]]:
    """The language's keys, with the variables of each."""
    resources = [
        FluentParser().parse(path.read_text("utf-8")) for path in (ROOT / "bot/locale" / language).glob("*.ftl")
    ]
    return {
        entry.id.name: _variables(entry)
        for resource in resources
        for entry in resource.body
        if isinstance(entry, ftl.Message)
    }


@cache
def nodes() -> list[tuple[str, ast.Call | ast.Constant | ast.JoinedStr]]:
    """All calls, constants and f-strings in bot/ and cogs/, with the file and line of each."""
    paths = sorted(path for room in ("bot", "cogs") for path in (ROOT / room).rglob("*.py"))
    return [
        (f"{name}:{node.lineno}", node)
        for name, path in ((path.relative_to(ROOT).as_posix(), path) for path in paths)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call | ast.Constant | ast.JoinedStr)
    ]


def said() -> Iterator[tuple[str, ast.expr, ast.Call]]:
    """Each call that takes a key: its place, the key's expression, and the call."""
    for place, node in nodes():
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            position = SAYERS.get(name)
            if position is not None and len(node.args) > position:
                yield place, node.args[position], node


def family_keys() -> set[str]:
    return {prefix + suffix for prefix, suffixes in FAMILIES.items() for suffix in suffixes}


def option_keys() -> set[str]:
    """The names and descriptions of all options."""
    calls = [node for _, node in nodes() if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "named"]
    keys = {f"option-digest-{option.name.replace('_', '-')}" for option in OPTIONS}
    for call in calls:
        if any(not isinstance(argument, ast.Constant) for argument in call.args):
            continue  # those of OPTIONS
        group, *options = [ast.literal_eval(argument) for argument in call.args]
        keys |= {f"option-{group}-{option.replace('_', '-')}" for option in options}
    return keys | {f"{key}-about" for key in keys}


@pytest.mark.parametrize("language", Language)
def test_each_language_has_the_same_messages_with_the_same_variables(language: Language) -> None:
    assert messages(language) == messages(Language.EN)


@pytest.mark.parametrize("language", Language)
def test_each_file_of_one_language_is_there_in_the_other(language: Language) -> None:
    files = [{path.name for path in (ROOT / "bot/locale" / tongue).iterdir()} for tongue in (language, Language.EN)]
    assert files[0] == files[1] != set()


def test_each_key_in_the_code_exists() -> None:
    known = messages(Language.EN)
    missing = [
        f"{place}: {key.value}"
        for place, key, _ in said()
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value not in known
    ]
    assert not missing


def test_each_message_is_given_its_values() -> None:
    known = messages(Language.EN)
    wrong = []
    for place, key, call in said():
        values = {keyword.arg for keyword in call.keywords}
        if isinstance(key, ast.Constant) and key.value in known and None not in values and values != known[key.value]:
            wrong.append(f"{place}: {key.value} takes {sorted(known[key.value])}")
    assert not wrong


def test_each_key_that_is_put_together_belongs_to_a_family() -> None:
    strange = [
        place
        for place, key, _ in said()
        if isinstance(key, ast.JoinedStr)
        and not (isinstance(key.values[0], ast.Constant) and key.values[0].value in FAMILIES)
    ]
    assert not strange


def test_each_family_is_complete() -> None:
    assert family_keys() | option_keys() <= set(messages(Language.EN))


def test_no_key_is_idle() -> None:
    strings = {node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert set(messages(Language.EN)) - strings - family_keys() - option_keys() == set()


def test_quotation_marks_are_the_languages_own() -> None:
    parts = [
        (place, part.value)
        for place, node in nodes()
        if place.startswith(("bot/chat/", "cogs/")) and isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant)
    ]
    assert [part for part in parts if set("“”「」") & set(str(part[1]))] == []


@pytest.mark.parametrize("language", Language)
def test_what_people_typed_is_quoted_in_one_way(language: Language) -> None:
    """Marks around a value would double those that the value has; QUOTE leaves them out then."""
    lines = [
        line
        for path in sorted((ROOT / "bot/locale" / language).glob("*.ftl"))
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"[“「]\{ \$", line)
        and not line.startswith(("quoted =", "permission-quoted =", "command-quoted ="))
    ]
    assert lines == []
