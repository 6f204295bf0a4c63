"""Copies of the database file: made while it is in use, and put in its place. Each is there whole or not at all."""

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
from bot.storage.engine.files import INDEX, JOURNAL, LOG, address, beside, can_be_written

_PARTIAL = ".partial"
_ANOTHER = "Nothing was restored: name another backup"


def backup(database: Path, target: Path) -> None:
    """Copy a database, in use or not, to a file of its own, in the place of one that is there.

    Raises StorageError where there is nothing to copy or the copy can't be written, DatabaseDamagedError where it would
    be a copy of damage; then the target is as it was.
    """
    with _told("no backup was made"):
        _look_whether_there(database)
        examine(database)
        with _appearing(target) as copy:
            _copy(database, copy)


@contextmanager
def replacement(database: Path, source: Path, now: datetime) -> Iterator[Path]:
    """A copy of the backup `source` beside the database, to be made ready; it takes the database's place at the end.

    What was there is kept under `kept_name`. Where the block fails, all stays as it was. Raises StorageError, such as
    DatabaseDamagedError, where the backup can't be used.
    """
    with _told("nothing was restored"):
        _look_whether_there(source)
        if database.exists() and database.samefile(source):
            raise StorageError(f"{source} is the database itself")
        examine(source, float("inf"), _ANOTHER)
        with _appearing(database, lambda: _keep(database, kept_name(database, now))) as copy:
            _copy(source, copy)
            if database.exists():
                shutil.copymode(database, copy)
            yield copy


def forget_partials(database: Path) -> None:
    """Delete what a restore that was killed left beside a database: to be called by who holds its lock.

    Raises StorageError where something of it stays.
    """
    left = re.compile(rf"\.{re.escape(database.name)}\.[a-z0-9_]{{8}}{re.escape(_PARTIAL)}(-\w+)?")
    with _told("what a killed restore left can't be deleted"):
        for path in database.parent.iterdir():
            if left.fullmatch(path.name):
                path.unlink(missing_ok=True)


def kept_name(database: Path, now: datetime) -> Path:
    """Where a database is kept that a backup replaced at a moment."""
    return beside(database, f".before-restore-{now:%Y%m%dT%H%M%SZ}")


def _copy(source: Path, target: Path) -> None:
    """All pages as of one moment, and whatever the log holds, in one sound file. Who writes to the source goes on."""
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
def _appearing(target: Path, make_room: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """A file beside `target` that takes its name once it is complete and on the disk; `make_room` is called before."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=_PARTIAL, dir=target.parent)
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        if beside(partial, LOG).exists():
            raise StorageError(f"{partial} is still open")  # a part of it would be left behind
        _to_disk(partial)
        make_room()
        partial.replace(target)
        _to_disk(target.parent)
    finally:
        for ending in ("", LOG, INDEX, JOURNAL):
            beside(partial, ending).unlink(missing_ok=True)


def _keep(database: Path, kept: Path) -> None:
    """Give a database a second name with all that belongs to it, and take away the log, which belongs to no other file.

    A sound database has its log folded in first, so that it is whole at every moment until its place is taken.
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
    except OSError:  # some file systems know no second names
        shutil.copy2(path, name)
        _to_disk(name)


def _look_whether_there(path: Path) -> None:
    if not path.is_file() or path.stat().st_size == 0:
        raise StorageError(f"there is no database at {path}")


def _to_disk(path: Path) -> None:
    """See that a file, or the names in a folder, outlast a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn what the system and SQLite say into a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"{what}: {error}") from error
    except OSError as error:
        raise StorageError(f"{what}: {error.filename2 or error.filename or 'the file'}: {error.strerror}") from error
