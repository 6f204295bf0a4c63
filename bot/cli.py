"""The command line: run, demo, load and the like for the archive, search, and what keeps an operator's database."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot import __version__
from bot.errors import OutputError, PaperboyError, ReaderGoneError, UsageError
from bot.logs import Hider, logging_to_stderr
from bot.proxies import secrets_of
from bot.settings import Settings, load_settings
from bot.signals import Told, call_when_told, ending_when_told
from bot.tools.streams import standard_streams

log = logging.getLogger(__name__)

OK, FAILED, MISUSED = 0, 1, 2
READER_GONE = 141
"""As shells have it for a program that ended by SIGPIPE."""
MOST_RESULTS = 1000
MOST_PORTS = 65535
_TELLING = frozenset({"demo", "try", "check"})  # what these print is all that should be read


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
    fetch.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="this day, read again even if it is held whole")
    _add_span(fetch, "the last three at the site", "today at the site")

    summarise = commands.add_parser("summarise", help="have papers summarised that no page summarises")
    summarise.add_argument("--missing", action="store_true", help="of all days, and those that were refused before")

    export = commands.add_parser("export", help="write days of the database as pages or JSON Lines")
    export.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="where pages go; without it, JSON Lines")
    _add_span(export, "the oldest", "the newest")

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
    preview.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="the day (the newest)")
    preview.add_argument("--style", choices=["cards", "thread"], default="cards", help="how it looks (cards)")
    preview.add_argument("--language", choices=["ko", "en"], default="en", help="whose words surround it (en)")

    backup = commands.add_parser("backup", help="copy the database to a file, while the bot runs or not")
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy")
    backup.add_argument("--force", action="store_true", help="replace the file if it is there")

    restore = commands.add_parser("restore", help="put a backup in the database's place")
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup")

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


def _add_span(command: argparse.ArgumentParser, first: str, last: str) -> None:
    command.add_argument("--from", dest="first", type=_date, metavar="YYYY-MM-DD", help=f"the first day ({first})")
    command.add_argument("--to", dest="last", type=_date, metavar="YYYY-MM-DD", help=f"the last day ({last})")


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
        _check_dates(options)
        settings = load_settings(options.config, os.environ)
    except PaperboyError as error:
        return _failed(str(error), error)
    hide = Hider(*secrets_of(settings))
    level = "WARNING" if options.command in _TELLING else None
    with logging_to_stderr(settings.log, hide, level=level):
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


def _check_dates(options: argparse.Namespace) -> None:
    first, last = getattr(options, "first", None), getattr(options, "last", None)
    if getattr(options, "date", None) and (first or last):
        raise UsageError("--date stands alone: leave out --from and --to")
    if first and last and first > last:
        raise UsageError(f"--from {first} is after --to {last}")


def _command(options: argparse.Namespace, settings: Settings) -> int:
    """Each command's modules are imported when it is used: `load` and `search` need no Discord."""
    match options.command:
        case "backup":
            from bot.tools.backup import make_backup

            return make_backup(settings, options.file, force=options.force)
        case "restore":
            from bot.clock import SystemClock
            from bot.tools.backup import restore_backup

            return restore_backup(settings, options.file, SystemClock())
        case "health":
            from bot.tools.health import check_health

            return check_health(settings)
        case _:
            return asyncio.run(_async_command(options, settings))


async def _async_command(options: argparse.Namespace, settings: Settings) -> int:  # noqa: C901, PLR0911  one for each command
    match options.command:
        case "run":
            return await _run(settings)
        case "demo":
            return await _demo(live=options.live)
        case "try":
            from bot.demo.play import Visit, play

            return await play(
                Visit(
                    port=options.port,
                    browse=options.open,
                    archive=options.archive,
                    database=options.database,
                    pictures=options.pictures,
                    site=options.site or options.model,
                    model=options.model,
                )
            )
        case "load":
            from bot.tools.load import load_archive

            return await load_archive(settings, options.folder, as_json=options.json)
        case "fetch":
            from bot.tools.fetch import fetch_days

            return await fetch_days(settings, options.date or options.first, options.date or options.last)
        case "summarise":
            from bot.tools.summarise import summarise_papers

            return await summarise_papers(settings, missing=options.missing)
        case "export":
            return await _export(options, settings)
        case "search":
            from bot.tools.search import search_papers

            return await search_papers(
                settings, options.query, options.limit, as_json=options.json, explain=options.explain
            )
        case "terms":
            return await _terms(options, settings)
        case "preview":
            from bot.tools.preview import preview_edition

            return await preview_edition(settings, options.date, options.style, options.language)
        case _:
            from bot.tools.check import check

            return await check(settings)


async def _demo(*, live: bool) -> int:
    if live:
        from bot.demo.live import live_demo

        return await live_demo()
    from bot.demo.morning import demo

    return await demo()


async def _export(options: argparse.Namespace, settings: Settings) -> int:
    from bot.tools.export import export_lines, export_pages

    first, last = options.first or date.min, options.last or date.max
    if options.folder:
        return await export_pages(settings, options.folder, first, last)
    return await export_lines(settings, first, last)


async def _terms(options: argparse.Namespace, settings: Settings) -> int:
    from bot.tools.terms import block_pair, list_terms, unblock_pair

    if options.block:
        return await block_pair(settings, options.block)
    if options.unblock:
        return await unblock_pair(settings, options.unblock)
    return await list_terms(settings, options.query, blocked=options.blocked, as_json=options.json)


async def _run(settings: Settings) -> int:
    from bot.app import open_app
    from bot.clock import SystemClock

    stop = asyncio.Event()
    call_when_told(stop.set)
    async with open_app(settings, SystemClock()) as app:
        await app.run(stop)
    return OK


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it like 2024-02-23") from error


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
        raise argparse.ArgumentTypeError(f"{text!r} is no pair; write it like 환각=hallucination")
    return sides[0], sides[1]
