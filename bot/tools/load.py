"""`paperboy load`: loads new and changed pages into the database."""

import gc
import json
import sys
from dataclasses import asdict
from os.path import realpath
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.archive.loader import LibraryStore, LoadReport, load
from bot.archive.page import Totals
from bot.clock import SystemClock
from bot.settings import Settings
from bot.storage.papers.further import FurtherPages
from bot.storage.papers.library import Library
from bot.tools.opening import open_database

_COLLECTED = 100_000


async def load_archive(settings: Settings, folder: Path | None, *, as_json: bool) -> int:
    """Load a folder (None: the configured one); return 1 if a page failed or there is none. Problems go to stderr.

    Commits are not durable, as pages can be loaded again.
    """
    gc.freeze()
    gc.set_threshold(_COLLECTED)  # a load makes millions of small objects and no cycles
    console = Console(stderr=True)
    folder = folder or settings.archive.path
    async with open_database(settings, durable=False) as database:
        library = Library(database)
        with progress_bar(console) as progress:
            task = progress.add_task("pages", total=None)
            report = await load(
                folder,
                _shelf(folder, library, settings),
                now=SystemClock().now(),
                progress=lambda done, total: progress.update(task, completed=done, total=total),
            )
        totals = await library.totals(report.held)
    for said in (*report.remarks, *report.problems):
        sys.stderr.write(f"{said}\n")
    if not report.held and not report.problems:
        sys.stderr.write(f"{folder}: warning: the folder has no pages (YYYY/MM/DD.md)\n")
    sys.stdout.write((_as_json if as_json else _as_text)(report, totals) + "\n")
    return 1 if report.problems or not report.held else 0


def _shelf(folder: Path, library: Library, settings: Settings) -> LibraryStore:
    """Where the pages of a folder go. From one of `archive.write_languages` only texts are taken."""
    for language, place in settings.archive.write_languages.items():
        if realpath(place) == realpath(folder):
            return FurtherPages(library, language)
    return library


def progress_bar(console: Console) -> Progress:
    """A progress bar, shown only on a terminal and removed at the end."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _as_json(report: LoadReport, totals: Totals) -> str:
    told = {"pages": len(report.held), "unchanged": report.unchanged, **asdict(totals)}
    return json.dumps(told | {"problems": [asdict(problem) for problem in report.problems]}, default=str)


def _as_text(report: LoadReport, totals: Totals) -> str:
    text = (
        f"{len(report.held):,} pages ({report.unchanged:,} unchanged): {totals.papers:,} papers, "
        f"{totals.with_votes:,} of them with {totals.votes:,} votes, {totals.with_video:,} with a video"
    )
    return f"{text}; {len(report.problems)} pages could not be read" if report.problems else text
