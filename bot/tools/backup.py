"""`paperboy backup` and `paperboy restore`: copies the database to a file, and back."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from bot.archive.loader import load
from bot.clock import Clock
from bot.digests.doubt import Doubt
from bot.errors import StorageError
from bot.settings import Settings
from bot.storage.engine.copies import backup, forget_partials, kept_name, replacement
from bot.storage.engine.database import Database
from bot.storage.engine.files import real
from bot.storage.engine.lock import hold
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.restored import RestoredLedger
from bot.storage.papers.library import Library


def make_backup(settings: Settings, file: Path, *, force: bool) -> int:
    """Copy the database to a file, even while a bot uses it; `force` replaces an existing file."""
    database = settings.database.path
    if file.exists() and database.exists() and file.samefile(database):
        raise StorageError(f"{file} is the database itself")
    if file.exists() and not force:
        raise StorageError(f"{file} exists already: name another file, or replace it with --force")
    backup(database, file)
    sys.stdout.write(f"{database} is backed up to {file}, {file.stat().st_size:,} bytes\n")
    return 0


def restore_backup(settings: Settings, file: Path, clock: Clock, *, replica: bool = False) -> int:
    """Replace the database by a backup, after migrating it and making sure that nothing is sent twice.

    With `replica`, the file lacks a second at most: the bot finds out what was sent of what is owed, and makes up for
    what was due when no bot ran.

    Raises StorageError if the backup can't be used or a bot is running, ArchiveError if there is no archive to tell
    what may have been posted since. Nothing is changed then.
    """
    database, now = real(settings.database.path), clock.now()
    with hold(database, now):
        forget_partials(database)
        with replacement(database, file, now) as copy:
            settled, alive = asyncio.run(_make_ready(settings, copy, now, replica=replica))
    sys.stdout.write(f"{settings.database.path} is restored from {file}\n")
    if (kept := kept_name(database, now)).exists():
        sys.stdout.write(f"the old database is kept as {kept}\n")
    if replica and alive:
        sys.stdout.write(
            f"in it, the bot last ran at {alive:%Y-%m-%d %H:%M:%S} UTC; if it ran for over a minute after that, restore"
            " again without --replica before you run it\n"
        )
    if settled and replica:
        sys.stdout.write(f"{settled:,} editions and messages may have come: the bot will find out, or not send them\n")
    elif settled:
        sys.stdout.write(f"{settled:,} editions and messages that may have come since the backup are not sent again\n")
    return 0


async def _make_ready(settings: Settings, path: Path, now: datetime, *, replica: bool) -> tuple[int, datetime | None]:
    """Returns how many editions and messages may have been sent, and when a bot last ran on the database (UTC)."""
    async with Database.open(path) as database:
        library = Library(database)
        await library.refresh_index()
        await load(settings.archive.path, library, now=now)
        ledger, with_site = RestoredLedger(database), settings.source.enabled
        doubt = Doubt(
            Digests(database),
            ledger,
            settings.digests.fresh_days,
            with_site=with_site,
            closes_at=settings.source.closes_at,
        )
        return await doubt.settle(now, replica=replica), await ledger.last_sign()
