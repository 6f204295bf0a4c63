"""README.md and docs/ say all that there is to use, and nothing that there is not."""

import argparse
import asyncio
import re
import shlex
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

import discord
import pytest

from bot.alerts.model import MAX_HERE, MAX_MUTES, MAX_SUBSCRIPTIONS, PREVIEW_DAYS
from bot.alerts.sections import BEST
from bot.archive.reader import read_page
from bot.assembly import open_app
from bot.chat.interactions.permissions import missing_to_be_sure
from bot.chat.interactions.translate import CatalogueTranslator
from bot.chat.papers.named import MOST_NAMED
from bot.chat.papers.pages import PAGE
from bot.cli import FAILED, MISUSED, OK, READER_GONE, parser
from bot.client import COGS
from bot.clock import SystemClock
from bot.delivery.verdict import MEANINGS, Verdict
from bot.digests.model import MAX_COUNT, MAX_DIGESTS, Style, Why
from bot.digests.service import HISTORY
from bot.errors import Fault
from bot.foryou.model import DAILY, DAYS, LEAST_SAVED, MOST_SAVED, SHOWN
from bot.reading.likes import MAX_LIKES
from bot.reading.model import MAX_NOTE, MAX_SAVED
from bot.reading.strays import PER_MEMBER
from bot.runtime.signals import Told
from bot.search.model import Tier
from bot.search.query import MAX_QUERY, MAX_TERMS
from bot.search.subjects.similar import NEAREST
from bot.search.subjects.trends import MOST_LINES
from bot.settings import DatabaseSettings, Settings
from tests.documents import anchors, examples, links, rows, section, spans, text_of

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
COMMANDS = ROOT / "docs" / "commands.md"
OPERATIONS = ROOT / "docs" / "operations.md"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


# -- slash commands --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SlashCommand:
    """A command or group by its English and its Korean name, with its options by theirs."""

    name: str
    korean: str
    options: tuple[dict[str, Any], ...]
    is_group: bool

    @property
    def option_names(self) -> set[str]:
        return {name for option in self.options for name in (option["name"], option["name_localizations"]["ko"])}


@cache
def slash_commands() -> list[SlashCommand]:
    """All slash commands and groups as Discord is told of them."""
    slash = (payload for payload in _commands() if payload["type"] == discord.AppCommandType.chat_input.value)
    return [command for payload in slash for command in _walk(payload)]


@cache
def _commands() -> list[dict[str, Any]]:
    return asyncio.run(_payloads())


async def _payloads() -> list[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        settings = Settings(database=DatabaseSettings(path=Path(folder) / "paperboy.db"))
        async with open_app(settings, SystemClock()) as app:
            for cog in COGS:
                await app.client.load_extension(cog)
            tree = app.client.tree
            return [
                await command.get_translated_payload(tree, CatalogueTranslator()) for command in tree.get_commands()
            ]


def _walk(payload: dict[str, Any], above: tuple[str, str] = ("", "")) -> Iterator[SlashCommand]:
    korean = payload["name_localizations"]["ko"]
    name, korean = f"{above[0]} {payload['name']}".strip(), f"{above[1]} {korean}".strip()
    options = payload.get("options", [])
    below = [option for option in options if option["type"] == discord.AppCommandOptionType.subcommand.value]
    yield SlashCommand(name, korean, tuple(option for option in options if option not in below), bool(below))
    for each in below:
        yield from _walk(each, (name, korean))


def test_every_slash_command_and_option_is_described_in_both_languages() -> None:
    for command in slash_commands():
        if command.is_group:
            assert f"`/{command.name}` · `/{command.korean}`" in text_of(COMMANDS)
            continue
        about = section(COMMANDS, f"### `/{command.name}` · `/{command.korean}`")
        described = {row[0].strip("[]`"): row for row in rows(about)}
        assert set(described) == {option["name"] for option in command.options}, command.name
        for option in command.options:
            row = described[option["name"]]
            assert row[0].startswith("[") is not option["required"], f"{command.name} {option['name']}: brackets"
            assert row[1] == f"`{option['name_localizations']['ko']}`"
            assert {choice["value"] for choice in option.get("choices", ())} <= set(spans(row[2])), option["name"]


def test_every_slash_command_has_an_example_in_both_languages() -> None:
    for command in slash_commands():
        if not command.is_group:
            about = section(COMMANDS, f"### `/{command.name}` · `/{command.korean}`")
            for name in (command.name, command.korean):
                assert [line for line in examples(about) if f"{line} ".startswith(f"/{name} ")], name


def test_every_entry_of_a_messages_menu_is_described_in_both_languages() -> None:
    entries = [payload for payload in _commands() if payload["type"] == discord.AppCommandType.message.value]
    described = {row[0]: row[1] for row in rows(section(COMMANDS, "## In any message: the *Apps* menu"))}
    assert described == {f"*{each['name']}*": f"*{each['name_localizations']['ko']}*" for each in entries}


@each_page
def test_every_slash_command_that_is_named_exists(page: Path) -> None:
    text = text_of(page)
    for written in filter(is_slash_command, spans(text) + examples(text)):
        words = written.split()
        command = slash_command(words)
        assert command, written
        named = {word.removesuffix(":") for word in words if re.fullmatch(r"\w+:", word)}
        assert named <= command.option_names, written


def is_slash_command(written: str) -> bool:
    """Whether a text is one; a folder is written with a slash at its end."""
    return written.startswith("/") and "/" not in written.split(maxsplit=1)[0][1:]


def slash_command(words: list[str]) -> SlashCommand | None:
    """The command that words begin with: its name, and then nothing or an option."""
    end = next((index for index, word in enumerate(words) if word.endswith(":")), len(words))
    name = " ".join(words[:end]).removeprefix("/")
    return next((command for command in slash_commands() if name in {command.name, command.korean}), None)


def test_the_limits_are_those_of_the_program() -> None:
    limits = {row[0]: row[1] for row in rows(section(COMMANDS, "## Limits"))}
    assert limits == {
        "digests per server": str(MAX_DIGESTS),
        "papers per edition": str(MAX_COUNT),
        "subscriptions per member": str(MAX_SUBSCRIPTIONS),
        "subscriptions in a server's channels": str(MAX_HERE),
        "muted authors and words per member": str(MAX_MUTES),
        "papers shown in an alert": str(BEST),
        "papers on a reading list": f"{MAX_SAVED:,}",
        "papers of a message that the *Apps* menu shows or saves": str(MOST_NAMED),
        "papers in an hour for which the site is asked for a member": str(PER_MEMBER),
        "characters of a note": str(MAX_NOTE),
        "papers that a member likes": f"{MAX_LIKES:,}",
        "characters of a query that are read": str(MAX_QUERY),
        "words of a query that are read": str(MAX_TERMS),
        "papers per page of a list": str(PAGE),
        "papers that `/paper similar` shows": str(NEAREST),
        "papers that `/paper foryou` shows": str(SHOWN),
        "newest days that `/paper foryou` looks at": str(DAYS),
        "saved papers that `/paper foryou` needs": str(LEAST_SAVED),
        "newest saved papers that `/paper foryou` looks at": str(MOST_SAVED),
        "papers that `/subscribe foryou` sends about a day": str(DAILY),
        "terms that `/paper trends` shows": str(MOST_LINES),
        "editions that `/digest why` shows": str(HISTORY),
        "days that `/subscribe preview` covers": str(PREVIEW_DAYS),
    }


# -- the command line ------------------------------------------------------------------------------------------------


@cache
def command_line() -> argparse.ArgumentParser:
    """The parser, made once: to make it takes longer than to look through a page."""
    return parser()


def subcommands() -> dict[str, argparse.ArgumentParser]:
    actions = command_line()._actions  # argparse has no public way to them
    return next(dict(action.choices) for action in actions if isinstance(action, argparse._SubParsersAction))


def options_of(command: argparse.ArgumentParser) -> set[str]:
    """The long options and the names of positional arguments."""
    actions = [action for action in command._actions if not isinstance(action, argparse._SubParsersAction)]
    long = {option for action in actions for option in action.option_strings if option.startswith("--")}
    return long | {str(action.metavar) for action in actions if not action.option_strings}


def test_every_command_and_option_of_the_command_line_is_described() -> None:
    assert options_of(command_line()) <= set(" ".join(spans(section(OPERATIONS, "## The command line"))).split())
    for name, command in subcommands().items():
        described = set(" ".join(spans(section(OPERATIONS, f"### `paperboy {name}`"))).split())
        assert options_of(command) - {"--help"} <= described, name
        for action in command._actions:
            assert set(action.choices or ()) <= described, f"{name} {action.dest}"


def test_every_exit_status_is_described() -> None:
    described = {
        int(each)
        for row in rows(section(OPERATIONS, "## The command line"))
        for each in row[0].split(", ")
        if each.isdigit()
    }
    told = {Told(number).status for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)}
    assert described == {OK, FAILED, MISUSED, READER_GONE} | told


@each_page
def test_every_example_of_the_command_line_can_be_typed(page: Path) -> None:
    for line in examples(text_of(page)):
        if words := after_paperboy(line):
            try:
                command_line().parse_args(words)
            except SystemExit:
                pytest.fail(line)


@each_page
def test_every_command_of_the_command_line_that_is_named_exists(page: Path) -> None:
    for written in spans(text_of(page)):
        if words := after_paperboy(written):
            name, *others = words
            there = options_of(subcommands()[name]) if name in subcommands() else options_of(command_line())
            assert name in subcommands() or name.startswith("--"), written
            assert {word for word in (name, *others) if word.startswith("--")} <= there, written


def after_paperboy(line: str) -> list[str]:
    """The arguments of the program in a line of a shell; none where it is not called."""
    if not re.search(r"(?<![\w-])paperboy (?=\w|--)", line):
        return []
    words = shlex.split(re.split(r" [|<>] ", line)[0], comments=True)
    at = next(index for index, word in enumerate(words) if PurePath(word).name == "paperboy")
    return words[at + 1 :]


# -- settings --------------------------------------------------------------------------------------------------------


def settings() -> dict[str, tuple[str, str, str]]:
    """Each setting with its variable, its default and what is allowed, as the table has them."""
    found = {}
    for name, part in Settings():
        for key, info in type(part).model_fields.items():
            value = f"{info.default:%H:%M}" if isinstance(info.default, time) else info.default
            value = ", ".join(value) if isinstance(value, tuple) else value
            default = "none" if value is None else f"`{value}`"
            found[f"`{name}.{key}`"] = (f"`{variable(name, key)}`", default, info.description or "")
    return found


def variable(name: str, key: str) -> str:
    return f"PAPERBOY_{name}__{key}".upper()


def test_every_setting_is_described_as_it_is() -> None:
    described = {row[0]: tuple(row[1:]) for row in rows(section(OPERATIONS, "## Settings"))}
    assert described == settings()


@each_page
def test_every_setting_that_is_named_exists(page: Path) -> None:
    names = {name.strip("`") for name in settings()}
    variables = {row[0].strip("`") for row in settings().values()} | {"PAPERBOY_CONFIG"}
    sections = "|".join(dict.fromkeys(name.partition(".")[0] for name in names))
    text = text_of(page)
    assert set(re.findall(r"\bPAPERBOY_\w+", text)) <= variables
    assert {span for span in spans(text) if re.fullmatch(rf"(?:{sections})\.\w+", span)} - {"discord.py"} <= names


# -- what went wrong -------------------------------------------------------------------------------------------------


def test_every_fault_is_described_with_what_the_courier_does() -> None:
    described = {row[0].strip("`"): row[2] for row in rows(section(OPERATIONS, "## Why a message was not delivered"))}
    doing = {
        Verdict.GIVE_UP: "gives up",
        Verdict.TRY_AGAIN: "tries again",
        Verdict.WAIT: "waits",
        Verdict.PAUSE: "gives up and pauses",
        Verdict.STOP: "ends the program",
    }
    assert described == {fault.value: doing[MEANINGS[fault][0]] for fault in Fault}


def test_every_reason_why_no_edition_came_is_described() -> None:
    described = rows(section(OPERATIONS, "## Why no edition came"))
    assert [row[0].strip("`") for row in described] == [why.value for why in Why]
    assert all(len(row) == 3 and all(row) for row in described)


def test_every_tier_of_search_is_described_in_its_order() -> None:
    described = [row for row in rows(section(OPERATIONS, "### `paperboy search`")) if len(row) == 2]
    names = [row[0].strip("`") for row in described]
    assert names[-len(Tier) :] == [tier.name.lower() for tier in Tier]


# -- rooms -----------------------------------------------------------------------------------------------------------

_PATH = re.compile(r"\w[\w.-]*(?:/[\w.-]+)*(?:/|\.(?:py|toml|md|sql|ftl))|\w[\w.-]*(?:/[\w.-]+)+")


def test_every_path_in_the_architecture_exists() -> None:
    paths = [span for span in spans(text_of(ARCHITECTURE)) if _PATH.fullmatch(span)]
    assert len(paths) > 50
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_package_is_described_as_a_room() -> None:
    described = {span for row in rows(section(ARCHITECTURE, "## The rooms")) for span in spans(row[0])}
    packages = {
        f"{found.parent.relative_to(ROOT).as_posix()}/"
        for top in ("bot", "cogs", "page", "sandbox")
        for found in (ROOT / top).rglob("__init__.py")
    }
    assert packages - {"bot/"} <= described


# -- the rest --------------------------------------------------------------------------------------------------------


@each_page
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if "://" not in link:
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


def test_the_invitation_asks_for_what_is_needed_and_named() -> None:
    readme = " ".join(text_of(README).split())
    invitations = re.findall(r"scope=bot\+applications\.commands&permissions=(\d+)", readme)
    assert len(invitations) == 1
    asked = discord.Permissions(int(invitations[0]))
    assert missing_to_be_sure(asked, Style.THREAD) == []
    listed = re.search(r"stands for these permissions: ([^.]+)\.", readme)
    assert listed
    named = {name.lower().replace(" ", "_"): True for name in listed[1].split(", ")}
    assert asked == discord.Permissions(**named)


def test_the_page_in_the_readme_is_read_as_it_stands() -> None:
    found = re.search(r"^```markdown\n(.*?)^```$", text_of(README), re.MULTILINE | re.DOTALL)
    assert found
    page = read_page(found[1])
    assert page.remarks == ()
    [listing] = page.day.listings
    assert (listing.paper.arxiv_id, listing.votes, len(listing.paper.summary)) == ("1706.03762", 42, 2)
