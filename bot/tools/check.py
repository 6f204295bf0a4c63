"""`paperboy check`: what is fine, and what to do about the rest."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.console import Console
from rich.markup import escape

from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.clock import SystemClock
from bot.digests.model import Digest
from bot.errors import PageError, PaperboyError
from bot.settings import Settings
from bot.storage.desk import HEARTBEAT, Desk
from bot.storage.digests import Digests
from bot.storage.library import Library
from bot.tools.opening import open_database

HEARTBEAT_TOO_OLD = timedelta(minutes=2)
_SHOWN_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is fine, what was seen, and else what to do."""

    fine: bool
    what: str
    remedy: str = ""


async def check(settings: Settings) -> int:
    """Look at all that `run` needs and print what was found; 1 if anything has to be done."""
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


async def check_health(settings: Settings) -> int:
    """1 unless the running bot said within the last two minutes that it is connected."""
    async with open_database(settings) as database:
        beat = await Desk(database).note(HEARTBEAT)
    if beat is None:
        print("no bot has run on this database yet")  # noqa: T201  a command's answer
        return 1
    age = SystemClock().now() - datetime.fromisoformat(beat)
    print(f"last heartbeat {age.total_seconds():.0f} s ago")  # noqa: T201  a command's answer
    return 1 if age > HEARTBEAT_TOO_OLD else 0


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield _archive(settings)
    digests: list[Digest] = []
    try:
        async with open_database(settings) as database:
            yield await _database(settings, Library(database))
            digests = await Digests(database).active()
    except PaperboyError as error:
        yield Finding(False, f"database: {error}")
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
        return Finding(False, f"{what}, {len(problems)} of them can't be read", f"mend {told}")
    return Finding(bool(folder.pages), what, "" if folder.pages else "put pages there, YYYY/MM/DD.md")


async def _database(settings: Settings, library: Library) -> Finding:
    coverage = await library.coverage()
    what = f"database: {settings.database.path}, {coverage.papers:,} papers on {coverage.days:,} days"
    if coverage.newest is None:
        return Finding(True, f"{what} (`run` and `load` fill it)")
    return Finding(True, f"{what}, the newest {coverage.newest}")


async def _discord(settings: Settings, digests: list[Digest]) -> AsyncIterator[Finding]:
    token = settings.discord.token
    if token is None:
        yield Finding(False, "token: not set", "set PAPERBOY_DISCORD__TOKEN, or discord.token_file in config.toml")
        return
    from bot.chat.inspect import Inspector  # noqa: PLC0415  discord.py is loaded when it is needed

    try:
        async with Inspector(token.get_secret_value(), settings.discord.api_url) as inspector:
            yield Finding(True, f"token: Discord knows it as {inspector.name}")
            for digest in digests:
                where = f"server {digest.guild_id}, digest {digest.number}"
                trouble = await inspector.trouble(digest.guild_id, digest.order.channel_id, digest.order.style)
                remedy = "an admin of the server can mend it, or choose another channel" if trouble else ""
                yield Finding(not trouble, f"permissions: {where}: {trouble or 'fine'}", remedy)
    except PaperboyError as error:
        yield Finding(False, f"Discord: {error}")
