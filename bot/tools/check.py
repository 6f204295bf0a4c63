"""`paperboy check`: what is fine, and how to fix the rest."""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.clock import SystemClock
from bot.digests.model import Digest
from bot.errors import PageError, PaperboyError, SettingsError, StorageError
from bot.runtime.proxies import proxy_for
from bot.settings import Settings
from bot.sources.huggingface import open_site
from bot.storage.engine.lock import holder
from bot.storage.ledger.digests import Digests
from bot.storage.members.desk import Desk
from bot.storage.papers.library import Library
from bot.summaries.model import SummaryLanguage
from bot.tools.opening import EXAMINE_SECONDS, open_database, open_model
from bot.upkeep import INSPECTION, Inspection

_SHOWN_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: whether it is fine, what was found, and what to do if it is not."""

    fine: bool
    what: str
    remedy: str = ""


async def check(settings: Settings) -> int:
    """Check all that `run` needs and print the findings; return 1 if something must be fixed."""
    console = Console(highlight=False, soft_wrap=True)
    console.print("[green]✓[/green] configuration: read, every value allowed")
    bad = 0
    async for finding in _findings(settings):
        bad += not finding.fine
        mark = "[green]✓[/green]" if finding.fine else "[red]✗[/red]"
        console.print(f"{mark} {escape(finding.what)}")
        if finding.remedy:
            console.print(f"  → {escape(finding.remedy)}")
    return 1 if bad else 0


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield _archive(settings)
    for finding in _pages(settings):
        yield finding
    yield _running(settings)
    digests: list[Digest] = []
    try:
        async with open_database(settings, examine_seconds=EXAMINE_SECONDS) as database:
            yield await _database(settings, Library(database))
            yield await _inspection(Desk(database))
            digests = await Digests(database).active()
    except PaperboyError as error:
        yield Finding(False, f"database: {error}")
    yield await _site(settings)
    if settings.summaries.by != "none":
        yield await _model(settings)
    async for finding in _discord(settings, digests):
        yield finding


def _archive(settings: Settings) -> Finding:
    try:
        folder = find_pages(settings.archive.path)
    except PaperboyError as error:
        return Finding(False, f"archive: {error}", "set archive.path to a folder of pages, YYYY/MM/DD.md")
    problems = [str(problem) for problem in folder.problems]
    for page in folder.pages:
        try:
            read_file(page.path)
        except PageError as error:
            problems.append(f"{page.path}:{error.line}: {error.message}")
        except OSError as error:
            problems.append(f"{page.path}: {error.strerror}")
    what = f"archive: {settings.archive.path}, {len(folder.pages):,} pages"
    if problems:
        more = [f"and {len(problems) - _SHOWN_PROBLEMS} more"] if len(problems) > _SHOWN_PROBLEMS else []
        told = "; ".join([*problems[:_SHOWN_PROBLEMS], *more])
        return Finding(False, f"{what}, {len(problems)} of them can't be read", f"fix {told}")
    if not folder.pages and not settings.source.enabled:
        return Finding(False, what, "add pages, YYYY/MM/DD.md")
    return Finding(True, what)


def _pages(settings: Settings) -> Iterator[Finding]:
    """The folders into which pages are written: whether they can be, and have texts in their language."""
    summaries, archive = settings.summaries, settings.archive
    if not archive.write:
        return
    told = {SummaryLanguage.EN, *(summaries.languages if summaries.by != "none" else ())}
    folders: list[tuple[SummaryLanguage | None, Path]] = [(None, archive.path), *archive.write_languages.items()]
    for language, folder in folders:
        what = f"pages: written to {folder}" + (f" in {language.english_name}" if language else "")
        if trouble := _not_writable(folder):
            yield Finding(False, f"{what}, but {trouble}", "let the bot write there, or name another folder")
        elif language and language not in told:
            remedy = f'set summaries.by, and add "{language}" to summaries.languages'
            yield Finding(False, f"{what}, but no summaries are made in it", remedy)
        else:
            yield Finding(True, what)


def _not_writable(folder: Path) -> str:
    """Why a folder, which need not exist yet, can't be written; "" if it can."""
    place = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not place.is_dir():
        return f"{place} is not a folder"
    return "" if os.access(place, os.W_OK | os.X_OK) else f"{place} can't be written"


async def _site(settings: Settings) -> Finding:
    """Make one request, so that the operator learns of trouble before a day is missed."""
    if not settings.source.enabled:
        return Finding(True, "site: not read (source.enabled)")
    try:
        proxy = proxy_for(settings.source.url, settings.network)
        async with open_site(settings.source, SystemClock(), proxy=proxy) as site:
            return Finding(True, f"site: {settings.source.url} answers; the date there is {await site.today()}")
    except PaperboyError as error:
        return Finding(
            False, f"site: {settings.source.url}: {error}", "make it reachable, or set source.enabled = false"
        )


async def _model(settings: Settings) -> Finding:
    chosen = settings.summaries
    try:
        async with open_model(chosen, settings.network):
            return Finding(True, f"summaries: by {chosen.model} at {chosen.base_url}, not tested")
    except SettingsError as error:
        return Finding(False, f"summaries: {error}")


async def _database(settings: Settings, library: Library) -> Finding:
    coverage = await library.coverage()
    what = f"database: {settings.database.path}, {coverage.papers:,} papers on {coverage.days:,} days"
    if coverage.newest is None:
        return Finding(True, f"{what} (`run` and `load` fill it)")
    return Finding(True, f"{what}, the newest {coverage.newest}")


def _running(settings: Settings) -> Finding:
    try:
        who = holder(settings.database.path)
    except StorageError as error:
        return Finding(False, f"bot: {error}")
    return Finding(True, f"bot: runs as {who}" if who else "bot: does not run on this database (`paperboy run`)")


async def _inspection(desk: Desk) -> Finding:
    last = Inspection.read(await desk.note(INSPECTION))
    if last is None:
        return Finding(True, "integrity: not looked at yet; the running bot does it once a month")
    what = f"integrity: looked at on {last.at:%Y-%m-%d}"
    if last.problems:
        remedy = "stop the bot and restore a backup: `paperboy restore FILE`"
        return Finding(False, f"{what}, damaged: {last.summary}", remedy)
    return Finding(True, f"{what}, sound")


async def _discord(settings: Settings, digests: list[Digest]) -> AsyncIterator[Finding]:
    token = settings.discord.token
    if token is None:
        yield Finding(False, "token: not set", "set PAPERBOY_DISCORD__TOKEN, or discord.token_file in config.toml")
        return
    from bot.tools.inspect import Inspector  # noqa: PLC0415  discord.py is loaded only when needed

    try:
        proxy = proxy_for(settings.discord.api_url, settings.network)
        async with Inspector(token.get_secret_value(), settings.discord.api_url, proxy) as inspector:
            yield Finding(True, f"token: Discord knows it as {inspector.name}")
            if not inspector.is_for_users:
                yield Finding(True, "commands: for servers only; User Install is off in the developer portal")
            for digest in digests:
                where = f"server {digest.guild_id}, digest {digest.number}"
                trouble = await inspector.trouble(digest.guild_id, digest.order)
                remedy = "an admin of the server can fix it, or choose another channel" if trouble else ""
                yield Finding(not trouble, f"permissions: {where}: {trouble or 'fine'}", remedy)
    except PaperboyError as error:
        yield Finding(False, f"Discord: {error}")
