"""Examines a database file before it is used. Nothing is changed or left behind."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import DatabaseDamagedError, DatabaseTooNewError, StorageError
from bot.storage.engine.files import INDEX, LOG, address, beside, can_be_written, real
from bot.storage.engine.migrate import newest_step

_STEPS = 10_000  # of SQLite's virtual machine between two looks at the clock
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
_SHOWN = 3
RESTORE = "Stop the bot and restore a backup: `paperboy restore FILE`; or name another file in database.path"
_MAGIC = b"SQLite format 3\0"
_HEADER, _PAGE_SIZE = 100, slice(16, 18)  # bytes: https://sqlite.org/fileformat2.html#the_database_header
_PRIMARY = 0xFF  # the low byte of an extended code: https://sqlite.org/rescode.html


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error means that the file is damaged, rather than locked, full or queried wrongly."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _DAMAGE


def may_pass(error: sqlite3.Error) -> bool:
    """Whether an error may pass: the file is locked, its disk is full or does not answer."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _AWAY


def damaged(path: Path, what: object, remedy: str = RESTORE) -> DatabaseDamagedError:
    """The error for a damaged file, with what to do."""
    return DatabaseDamagedError(f"{path} is not a sound database of Paperboy ({what}). {remedy}")


def examine(path: Path, seconds: float = 0.0, remedy: str = RESTORE, *, up_to_date: bool = False) -> None:
    """Check that a file can be used: a database of Paperboy, not from a newer version, and not damaged.

    Pages are checked for at most `seconds`: 0 checks none, infinity all, and the indexes. A missing or empty file is
    fine: it becomes a new database. `remedy` is the advice in case of damage. `up_to_date` refuses a file from an older
    version. Raises DatabaseDamagedError, DatabaseTooNewError, or StorageError if the file can't be read.
    """
    try:
        if not path.exists():
            return
        if not path.is_file():
            raise StorageError(f"the database {path} can't be opened: it is not a file")
        if path.stat().st_size == 0:
            return
        with _opened(path, remedy) as connection:
            _look(connection, path, up_to_date=up_to_date)
            if seconds:
                _look_at_pages(connection, path, seconds, remedy)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise damaged(path, error, remedy) from error
        raise StorageError(f"the database {path} can't be opened: {_hint(path) or error}") from error
    except OSError as error:
        raise StorageError(f"the database {path} can't be opened: {error.strerror}") from error


def _hint(path: Path) -> str:
    """Why a file with a log may not open: SQLite must create the log's index beside it."""
    if not beside(real(path), LOG).exists() or can_be_written(path):
        return ""
    return f"it has a log, {path.name}{LOG}, and its folder can't be written: copy both to a folder that can"


def problems(connection: sqlite3.Connection, pragma: str) -> list[str]:
    """What `PRAGMA quick_check` or `PRAGMA integrity_check` finds, one line each; empty if the database is sound."""
    lines = [line for (found,) in connection.execute(f"PRAGMA {pragma}") for line in found.splitlines()]
    return [line for line in lines if line != "ok" and not line.startswith("***")]  # *** in database main ***


@contextmanager
def _opened(path: Path, remedy: str) -> Iterator[sqlite3.Connection]:
    """The file, opened for reading only.

    If damage is found, the log's index that this may have created is deleted; nobody else can have it open then.
    """
    log, index = (beside(real(path), ending) for ending in (LOG, INDEX))
    had_index = index.exists()
    _look_at_beginning(path, remedy)
    if not log.exists():
        _look_at_end(path, remedy)
    try:
        with closing(sqlite3.connect(address(path, read_only=True), uri=True)) as connection:
            yield connection
    except (sqlite3.Error, StorageError):
        if not had_index:
            index.unlink(missing_ok=True)
        raise


def _look_at_beginning(path: Path, remedy: str) -> None:
    """Raise if the file does not begin like a SQLite database."""
    with path.open("rb") as file:
        begins = file.read(len(_MAGIC))
    if not _MAGIC.startswith(begins):
        raise damaged(path, "it is not a database", remedy)


def _look_at_end(path: Path, remedy: str) -> None:
    """Raise if the file is truncated, which SQLite does not notice: it takes a partial last page for a whole one."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    size = int.from_bytes(header[_PAGE_SIZE], "big")
    if len(header) < _HEADER or path.stat().st_size % (65_536 if size == 1 else size or 1):
        raise damaged(path, "its end is missing", remedy)


def _look(connection: sqlite3.Connection, path: Path, *, up_to_date: bool) -> None:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if tables and "migrations" not in tables:
        raise DatabaseDamagedError(f"{path} is another program's database: name another file")
    present = connection.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()[0] if tables else 0
    if present > newest_step():
        raise DatabaseTooNewError(
            f"{path} was written by a newer Paperboy (schema {present}, this one knows {newest_step()}): "
            "start the newer program, or restore a backup made before it"
        )
    if up_to_date and present < newest_step():
        raise StorageError(
            f"{path} was written by an older Paperboy, and can't be migrated where it is: "
            "copy it to a folder that can be written"
        )


def _look_at_pages(connection: sqlite3.Connection, path: Path, seconds: float, remedy: str) -> None:
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        found = problems(connection, "integrity_check" if seconds == float("inf") else "quick_check")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return
        raise
    if found:
        raise damaged(path, "; ".join(found[:_SHOWN]), remedy)
