"""Copies of the database file: backups, and replacing the database by one. Each appears complete or not at all."""

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.errors import StorageError
from bot.storage.engine.examine import damaged, examine, is_damage, problems
from bot.storage.engine.files import INDEX, JOURNAL, LOG, address, beside, can_be_written, make_private
from bot.storage.engine.lock import in_use, is_in_use

_PARTIAL = ".partial"
_BACKUP = ".paperboy-backup"
"""The ending of a file beside each unfinished backup, locked by the process that makes it: SQLite locks the copy."""
_LEFT_BACKUP = re.compile(rf"\..+\.[a-z0-9_]{{8}}{re.escape(_BACKUP)}")
_ANOTHER = "Nothing was restored: name another backup"


def backup(database: Path, target: Path) -> None:
    """Copy a database, in use or not, to `target`, replacing the file that is there.

    Raises StorageError if there is no database or the copy can't be written, and DatabaseDamagedError if the database
    is damaged. `target` is left unchanged then.
    """
    with _told("no backup was made"):
        _look_whether_there(database)
        examine(database)
        forget_backups(target.parent)
        with _marked(target) as copy, _appearing(target, copy):
            _copy(database, copy)


@contextmanager
def replacement(database: Path, source: Path, now: datetime) -> Iterator[Path]:
    """Copy the backup `source` beside the database, for the block to prepare; then it replaces the database.

    The old database is kept as `kept_name`. If the block raises, nothing changes. Raises StorageError if the backup
    can't be used, DatabaseDamagedError if it is damaged.
    """
    with _told("nothing was restored"):
        _look_whether_there(source)
        if database.exists() and database.samefile(source):
            raise StorageError(f"{source} is the database itself")
        examine(source, float("inf"), _ANOTHER)
        copy = _new_file(database, _PARTIAL)
        with _appearing(database, copy, lambda: _keep(database, kept_name(database, now))):
            _copy(source, copy)
            if database.exists():
                shutil.copymode(database, copy)
            yield copy


def forget_partials(database: Path) -> None:
    """Delete the partial files that a killed restore left beside a database. The caller must hold the lock.

    Raises StorageError if one can't be deleted.
    """
    left = re.compile(rf"\.{re.escape(database.name)}\.[a-z0-9_]{{8}}{re.escape(_PARTIAL)}(-\w+)?")
    with _told("what a killed restore left can't be deleted"):
        for path in database.parent.iterdir():
            if left.fullmatch(path.name):
                path.unlink(missing_ok=True)


def forget_backups(folder: Path) -> None:
    """Delete the unfinished backups in a folder that no process is making any more. What can't be deleted stays."""
    with suppress(OSError):
        for marker in [path for path in folder.iterdir() if _LEFT_BACKUP.fullmatch(path.name)]:
            if not is_in_use(marker):
                _delete(beside(marker, _PARTIAL))
                marker.unlink(missing_ok=True)


def kept_name(database: Path, now: datetime) -> Path:
    """The name under which a database that was replaced at `now` is kept."""
    return beside(database, f".before-restore-{now:%Y%m%dT%H%M%SZ}")


def _copy(source: Path, target: Path) -> None:
    """Copy all pages as of one moment, the log included, into one sound file. Writers of the source are not blocked."""
    origin = address(source, read_only=not can_be_written(source))
    with closing(sqlite3.connect(origin, uri=True)) as read, closing(sqlite3.connect(target)) as written:
        try:
            read.backup(written)
            written.execute("PRAGMA journal_mode = DELETE")
            found = problems(written, "quick_check")
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            found = [str(error)]
        if found:
            raise damaged(source, found[0])


@contextmanager
def _marked(target: Path) -> Iterator[Path]:
    """A new file beside `target` for a backup, with a marker that a later backup finds if this process is killed."""
    marker = _new_file(target, _BACKUP)
    try:
        with in_use(marker):
            copy = beside(marker, _PARTIAL)
            make_private(copy)
            yield copy
    finally:
        marker.unlink(missing_ok=True)


@contextmanager
def _appearing(target: Path, partial: Path, make_room: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Rename `partial` to `target` once it is complete and synced; `make_room` is called just before."""
    try:
        yield
        if beside(partial, LOG).exists():
            raise StorageError(f"{partial} is still open")  # its log would be left behind
        _to_disk(partial)
        make_room()
        partial.replace(target)
        _to_disk(target.parent)
    finally:
        _delete(partial)


def _new_file(target: Path, ending: str) -> Path:
    """An empty file of its owner's alone, beside `target`."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=ending, dir=target.parent)
    os.close(handle)
    return Path(name)


def _delete(partial: Path) -> None:
    for ending in ("", LOG, INDEX, JOURNAL):
        beside(partial, ending).unlink(missing_ok=True)


def _keep(database: Path, kept: Path) -> None:
    """Give a database and its log a second name, and remove the log, which must not be applied to another file.

    The log of a sound database is checkpointed first, so the database is complete until it is replaced.
    """
    if not database.exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("", LOG):
        if beside(database, ending).exists():
            _name_too(beside(database, ending), beside(kept, ending))
    _to_disk(kept.parent)
    for ending in (LOG, INDEX):
        beside(database, ending).unlink(missing_ok=True)


def _name_too(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except FileExistsError:
        raise
    except OSError:  # some file systems have no hard links
        shutil.copy2(path, name)
        _to_disk(name)


def _look_whether_there(path: Path) -> None:
    if not path.is_file() or path.stat().st_size == 0:
        raise StorageError(f"there is no database at {path}")


def _to_disk(path: Path) -> None:
    """Sync a file, or a folder's names, so that it survives a power failure."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Raise StorageError, starting with `what`, for errors of SQLite and the system."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"{what}: {error}") from error
    except OSError as error:
        raise StorageError(f"{what}: {error.filename2 or error.filename or 'the file'}: {error.strerror}") from error
