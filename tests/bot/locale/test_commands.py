"""Commands in messages: each exists, and each is a mention where Discord's id is known."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.locale import Language, catalogue, command_id, know_commands
from tests.test_docs import slash_commands

FOLDER = Path(__file__).resolve().parents[3] / "bot" / "locale"
KO, EN = catalogue(Language.KO), catalogue(Language.EN)


class _Commands(Visitor):
    """Gathers the arguments of COMMAND."""

    def __init__(self) -> None:
        self.named: list[str] = []

    def visit_FunctionReference(self, node: ftl.FunctionReference) -> None:  # noqa: N802  the visitor's own naming
        if node.id.name == "COMMAND":
            [argument] = node.arguments.positional
            assert isinstance(argument, ftl.StringLiteral)
            self.named.append(str(argument.value))


def commands_in(path: Path) -> Iterator[str]:
    visitor = _Commands()
    visitor.visit(FluentParser().parse(path.read_text("utf-8")))
    yield from visitor.named


@pytest.mark.parametrize("language", Language)
def test_each_command_that_a_message_names_exists(language: Language) -> None:
    there = {command.name for command in slash_commands() if not command.is_group}
    named = {name for path in (FOLDER / language).glob("*.ftl") for name in commands_in(path)}
    assert len(named) > 15
    assert named <= there


@pytest.mark.parametrize("language", Language)
def test_no_message_names_a_command_in_any_other_way(language: Language) -> None:
    tops = {name.split()[0] for command in slash_commands() for name in (command.name, command.korean)}
    bare = re.compile(rf"(?<![\w/])/(?:{'|'.join(tops)})\b")
    for path in (FOLDER / language).glob("*.ftl"):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        assert [line for line in lines if bare.search(line)] == [], path.name


def test_a_command_is_a_mention_once_its_id_is_known() -> None:
    assert KO.command("digest add") == "‘/다이제스트 추가’"
    assert EN.command("digest add") == "“/digest add”"
    assert "‘/다이제스트 추가’ 명령어" in KO.say("error-digest-none")
    know_commands({"digest": 77})
    assert KO.command("digest add") == EN.command("digest add") == "</digest add:77>"
    assert "</digest add:77> 명령어" in KO.say("error-digest-none")
    assert KO.command("about") == "‘/소개’"
    assert (command_id("digest"), command_id("about")) == (77, None)


def test_a_command_without_a_name_in_the_catalogue_is_an_error() -> None:
    with pytest.raises(KeyError):
        EN.command("digest dance")
