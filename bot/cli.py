"""The command line: parses the arguments, reads the settings and runs the command."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from bot import __version__
from bot.clock import SystemClock
from bot.errors import OutputError, PaperboyError, ReaderGoneError, UsageError
from bot.locale import Language
from bot.runtime.logs import Hider, logging_to_stderr
from bot.runtime.proxies import secrets_of
from bot.runtime.signals import Told, ending_when_told
from bot.search.dates import read_dates
from bot.settings import Settings, load_settings
from bot.tools.streams import standard_streams

log = logging.getLogger(__name__)

OK, FAILED, MISUSED = 0, 1, 2
READER_GONE = 141
"""128 + SIGPIPE, as shells report it."""
MOST_RESULTS = 1000
MOST_PORTS = 65535
_DATES = {"date": "--date", "first": "--from", "last": "--to"}
_OF_FEEDS = {"query": "--query", "by_day": "--by-day", "language": "--language", "link": "--link"}
_TELLING = frozenset({"demo", "try", "check"})  # they log warnings only: their output is meant to be read


def parser() -> argparse.ArgumentParser:
    """The commands and options; docs/operations.md describes each, and a test says so."""
    top = argparse.ArgumentParser(prog="paperboy", description="Delivers the day's machine-learning papers to Discord.")
    top.add_argument("--version", action="version", version=f"paperboy {__version__}")
    top.add_argument("--config", type=Path, metavar="FILE", help="the configuration (config.toml if it is there)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    commands.add_parser("run", help="run the bot until it is told to stop")
    demo = commands.add_parser("demo", help="play a morning on a local Discord: no token, no network")
    demo.add_argument("--live", action="store_true", help="play a week with a local site of papers and a local model")

    _add_try(commands.add_parser("try", help="use the bot in a browser: no token, no Discord, no network"))

    load = commands.add_parser("load", help="load the archive's new and changed pages into the database")
    load.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the archive (the configured one)")
    load.add_argument("--json", action="store_true", help="print one JSON object")

    fetch = commands.add_parser("fetch", help="fetch days from Hugging Face's Daily Papers into the database")
    fetch.add_argument("--date", metavar="DATE", help="this day, read again even if it is held whole")
    _add_span(fetch, "the last three at the site", "today at the site")

    summarise = commands.add_parser("summarise", help="have papers summarised that no page summarises")
    summarise.add_argument("--missing", action="store_true", help="of all days, and those that were refused before")

    _add_export(commands.add_parser("export", help="write days of the database as pages, JSON Lines or an Atom feed"))

    search = commands.add_parser("search", help="search the papers")
    search.add_argument(
        "query", metavar="QUERY", help="the query; - reads one a line from standard input, as JSON lines"
    )
    telling = search.add_mutually_exclusive_group()
    telling.add_argument("--json", action="store_true", help="print one JSON object")
    telling.add_argument("--explain", action="store_true", help="say what was asked, and each hit's tier and score")
    search.add_argument("--limit", type=_positive, default=10, metavar="N", help="how many papers to show (10)")

    terms = commands.add_parser("terms", help="list the pairs of terms that search translates by, or block one")
    terms.add_argument("query", nargs="?", metavar="QUERY", help="only pairs with this in one of their terms")
    terms.add_argument("--json", action="store_true", help="print one JSON object")
    doing = terms.add_mutually_exclusive_group()
    doing.add_argument("--blocked", action="store_true", help="list the blocked pairs instead")
    doing.add_argument("--block", type=_pair, metavar="PAIR", help="use this pair no longer, as in 환각=hallucination")
    doing.add_argument("--unblock", type=_pair, metavar="PAIR", help="use this pair again")

    preview = commands.add_parser("preview", help="show an edition in the terminal")
    preview.add_argument("--date", metavar="DATE", help="the day (the newest)")
    styles = ["cards", "full", "thread", "posts"]
    preview.add_argument("--style", choices=styles, default="cards", help="how it looks (cards)")
    preview.add_argument("--language", choices=[*Language], default="en", help="whose words surround it (en)")

    backup = commands.add_parser("backup", help="copy the database to a file, while the bot runs or not")
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy")
    backup.add_argument("--force", action="store_true", help="replace the file if it is there")

    restore = commands.add_parser("restore", help="put a backup in the database's place")
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup")
    restore.add_argument("--replica", action="store_true", help="the file is a replica that lacks a second at most")

    commands.add_parser("check", help="say what is fine and what to do about the rest")
    commands.add_parser("health", help="ask the running bot whether it is well")
    return top


def _add_try(trial: argparse.ArgumentParser) -> None:
    trial.add_argument("--port", type=_port, default=8000, metavar="N", help="where the page is, on loopback (8000)")
    trial.add_argument("--open", action="store_true", help="open it in the browser")
    trial.add_argument("--archive", type=Path, metavar="DIR", help="play with this archive (the seeds)")
    trial.add_argument("--database", type=Path, metavar="FILE", help="play with a copy of this database")
    trial.add_argument("--pictures", action="store_true", help="load the papers' own pictures from their sites")
    trial.add_argument("--site", action="store_true", help="have new papers come by a local site, day by day")
    trial.add_argument("--model", action="store_true", help="and a local model summarise them (with the extra openai)")


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="where pages go; without it, JSON Lines")
    _add_span(export, "the oldest", "the newest")
    export.add_argument("--feed", type=Path, metavar="FILE", help="write the newest papers as an Atom feed instead")
    export.add_argument("--query", metavar="QUERY", help="with --feed: only papers that match")
    export.add_argument("--by-day", action="store_true", help="with --feed: an entry for each day")
    export.add_argument("--language", choices=[*Language], help="with --feed: the language of summaries (en)")
    export.add_argument("--link", metavar="URL", help="with --feed: the address that the file will have")


def _add_span(command: argparse.ArgumentParser, first: str, last: str) -> None:
    command.add_argument("--from", dest="first", metavar="DATE", help=f"the first day ({first})")
    command.add_argument("--to", dest="last", metavar="DATE", help=f"the last day ({last})")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status, as docs/operations.md has it. Argparse itself ends the program with 2."""
    with standard_streams(), ending_when_told():
        try:
            try:
                return _main(arguments)
            finally:
                sys.stdout.flush()
        except ReaderGoneError:
            return READER_GONE
        except OutputError as error:
            return _failed(str(error))
        except Told as told:
            return told.status


def _main(arguments: Sequence[str] | None) -> int:
    options = parser().parse_args(arguments)
    try:
        _take_dates(options)
        _check_feed(options)
        settings = load_settings(options.config, os.environ)
    except PaperboyError as error:
        return _failed(str(error), error)
    hide = Hider(*secrets_of(settings))
    level = "WARNING" if options.command in _TELLING else None
    with logging_to_stderr(settings.log, hide, level=level):
        if settings.summaries.language:
            log.warning('summaries.language is outdated: set summaries.languages = ["%s"]', settings.summaries.language)
        try:
            return _command(options, settings)
        except OutputError:
            raise
        except PaperboyError as error:
            return _failed(hide(str(error)), error)
        except Exception:
            log.exception("a bug of Paperboy's: please report it")
            return FAILED


def _failed(why: str, error: PaperboyError | None = None) -> int:
    sys.stderr.write(f"paperboy: {why}\n")
    return MISUSED if isinstance(error, UsageError) else FAILED


def _take_dates(options: argparse.Namespace) -> None:
    """Read the options that are dates. Raises UsageError: argparse's own errors come with the usage, lines long."""
    for name, option in _DATES.items():
        if (text := getattr(options, name, None)) is not None:
            setattr(options, name, _date(option, text))
    first, last = getattr(options, "first", None), getattr(options, "last", None)
    if getattr(options, "date", None) and (first or last):
        raise UsageError("--date can't be combined with --from or --to")
    if first and last and first > last:
        raise UsageError(f"--from {first} is after --to {last}")


def _date(option: str, text: str) -> date:
    """A date in any form that Discord's commands take; today is the date in the machine's zone."""
    found = read_dates(text, SystemClock().now().astimezone().date())
    if not found:
        raise UsageError(f"{option} {text!r} is not a date: write it like 2024-02-23, or today or yesterday")
    if len(found) > 1:
        raise UsageError(f"{option} {text!r} can be {' or '.join(map(str, found))}: write the one that you mean")
    return found[0]


def _check_feed(options: argparse.Namespace) -> None:
    """Refuse options of `export` that have no effect. Raises UsageError."""
    if options.command != "export":
        return
    given = next((option for name, option in _OF_FEEDS.items() if getattr(options, name) not in {None, False}), None)
    if given and not options.feed:
        raise UsageError(f"{given} needs --feed")
    if options.feed and (options.folder or options.first or options.last):
        raise UsageError("--feed can't be combined with DIR, --from or --to")
    if options.by_day and options.query is not None:
        raise UsageError("--query can't be combined with --by-day: a feed of days has all their papers")


def _command(options: argparse.Namespace, settings: Settings) -> int:
    module, call = _COMMANDS[options.command]
    status = call(import_module(module), settings, options)
    return status if isinstance(status, int) else asyncio.run(status)


_Call = Callable[[Any, Settings, argparse.Namespace], int | Coroutine[Any, Any, int]]

# A command's module is imported when the command is used: `load` needs no Discord, `run` none of the demos.
_COMMANDS: dict[str, tuple[str, _Call]] = {
    "run": ("bot.tools.run", lambda run, settings, _: run.run_bot(settings)),
    "demo": ("bot.demo.morning", lambda demo, _, given: demo.demo(live=given.live)),
    "try": (
        "bot.demo.play",
        lambda play, _, given: play.play(
            play.Visit(
                port=given.port,
                browse=given.open,
                archive=given.archive,
                database=given.database,
                pictures=given.pictures,
                site=given.site or given.model,
                model=given.model,
            )
        ),
    ),
    "load": (
        "bot.tools.load",
        lambda load, settings, given: load.load_archive(settings, given.folder, as_json=given.json),
    ),
    "fetch": (
        "bot.tools.fetch",
        lambda fetch, settings, given: fetch.fetch_days(settings, given.date or given.first, given.date or given.last),
    ),
    "summarise": (
        "bot.tools.summarise",
        lambda summarise, settings, given: summarise.summarise_papers(settings, missing=given.missing),
    ),
    "export": (
        "bot.tools.export",
        lambda export, settings, given: (
            export.export_feed(settings, given.feed, given.query, given.language, given.link, by_day=given.by_day)
            if given.feed
            else export.export(settings, given.folder, given.first or date.min, given.last or date.max)
        ),
    ),
    "search": (
        "bot.tools.search",
        lambda search, settings, given: search.search_papers(
            settings, given.query, given.limit, as_json=given.json, explain=given.explain
        ),
    ),
    "terms": (
        "bot.tools.terms",
        lambda terms, settings, given: (
            terms.block_pair(settings, given.block)
            if given.block
            else terms.unblock_pair(settings, given.unblock)
            if given.unblock
            else terms.list_terms(settings, given.query, blocked=given.blocked, as_json=given.json)
        ),
    ),
    "preview": (
        "bot.tools.preview",
        lambda preview, settings, given: preview.preview_edition(settings, given.date, given.style, given.language),
    ),
    "backup": (
        "bot.tools.backup",
        lambda backup, settings, given: backup.make_backup(settings, given.file, force=given.force),
    ),
    "restore": (
        "bot.tools.backup",
        lambda backup, settings, given: backup.restore_backup(
            settings, given.file, SystemClock(), replica=given.replica
        ),
    ),
    "check": ("bot.tools.check", lambda check, settings, _: check.check(settings)),
    "health": ("bot.tools.health", lambda health, settings, _: health.check_health(settings)),
}


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_RESULTS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST_RESULTS}")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= MOST_PORTS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 0 to {MOST_PORTS}")
    return int(text)


def _pair(text: str) -> tuple[str, str]:
    sides = tuple(side.strip() for side in text.split("="))
    if len(sides) != 2 or not all(sides):  # noqa: PLR2004  a pair is two
        raise argparse.ArgumentTypeError(f"{text!r} is not a pair; write it like 환각=hallucination")
    return sides[0], sides[1]
