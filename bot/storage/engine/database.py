"""The SQLite file: one connection for writing, a few for reading."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import NoReturn, Self, TypeVar

import aiosqlite

from bot.errors import DatabaseAwayError, DatabaseDamagedError, StorageError
from bot.storage.engine.examine import damaged, examine, is_damage, may_pass
from bot.storage.engine.files import address, make_private
from bot.storage.engine.migrate import migrate
from bot.storage.engine.searchers import Clock, Searcher, Searchers

READERS = 2
WRITER_CACHE_KIB = 16 * 1024  # for the index of a large load; the default 2 MiB would be read again and again

T = TypeVar("T")

Values = Sequence[str | int | float | None]


class Transaction:
    """One transaction: all of it is committed, or nothing.

    Cursors without rows are left to the garbage collector: closing one costs a thread switch.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def run(self, sql: str, values: Values = ()) -> int:
        """Run a statement; return the number of rows it changed."""
        return (await self._connection.execute(sql, values)).rowcount

    async def add(self, sql: str, values: Values = ()) -> int:
        """Insert a row; return its id."""
        return (await self._connection.execute(sql, values)).lastrowid or 0

    async def many(self, sql: str, rows: Iterable[Values]) -> None:
        """Run a statement once for each row."""
        if listed := list(rows):
            await self._connection.executemany(sql, listed)

    async def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """The rows of a query, as this transaction sees them."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        found = await self.rows(sql, values)
        return found[0] if found else None


class Database:
    """An open database. Writes wait for each other; reads never wait for writes (WAL)."""

    def __init__(
        self,
        path: Path,
        writer: aiosqlite.Connection | None,
        readers: Sequence[aiosqlite.Connection],
        searchers: Searchers,
    ) -> None:
        self.path = path
        self._damage: asyncio.Future[DatabaseDamagedError] = asyncio.get_running_loop().create_future()
        self._tell: Callable[[str], None] = lambda _: None
        self._writer = writer
        self._searchers = searchers
        self._turn = asyncio.Lock()
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for reader in readers:
            self._readers.put_nowait(reader)

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        path: Path,
        *,
        busy_timeout: float = 5.0,
        examine_seconds: float = 0.0,
        durable: bool = True,
        search_clock: Clock = monotonic,
    ) -> AsyncIterator[Self]:
        """Open the file, migrate it, and close it at the end. `busy_timeout` is in seconds.

        `search_clock` tells the seconds by which searches are limited. The file is examined first, its pages for at
        most `examine_seconds`; a file that can't be used is not changed. With `durable`, commits survive a power
        failure; without, the last ones may be lost. Raises DatabaseTooNewError, DatabaseDamagedError, or StorageError
        if the file can't be opened.
        """
        await asyncio.to_thread(examine, path, examine_seconds)
        async with AsyncExitStack() as stack:
            with _opening(path):
                await asyncio.to_thread(make_private, path)
                where = address(path)
                writer = await stack.enter_async_context(_connect(where, busy_timeout))
                await writer.execute("PRAGMA journal_mode = WAL")
                if durable:  # the outbox relies on what it recorded before sending: under a millisecond each
                    await writer.execute("PRAGMA synchronous = FULL")
                await writer.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
                await migrate(writer)
                readers, searchers = await _enter_readers(stack, where, busy_timeout, search_clock)
            yield cls(path, writer, readers, searchers)

    @classmethod
    @asynccontextmanager
    async def open_to_read(cls, path: Path, *, busy_timeout: float = 5.0) -> AsyncIterator[Self]:
        """Open a file for reading only, as in a folder that can't be written; nothing is changed.

        Raises what `open` raises, and StorageError if the file needs a migration.
        """
        await asyncio.to_thread(examine, path, up_to_date=True)
        async with AsyncExitStack() as stack:
            with _opening(path):
                readers, searchers = await _enter_readers(stack, address(path, read_only=True), busy_timeout)
            yield cls(path, None, readers, searchers)

    def tell_trouble(self, tell: Callable[[str], None]) -> None:
        """Have `tell` called with the reason when the database can't be used for now, and with "" once it can again.

        It is called for each statement that fails and each transaction that is committed.
        """
        self._tell = tell

    async def until_damaged(self) -> NoReturn:
        """Wait until a statement finds the file damaged; then raise DatabaseDamagedError."""
        raise await asyncio.shield(self._damage)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction: committed at the end of the block, rolled back if it raises.

        Raises DatabaseAwayError if the database is locked or its disk is full; nothing is changed then.
        """
        writer = self._writer
        if writer is None:
            raise StorageError(f"the database {self.path} is open for reading only")
        async with self._turn:
            with self._told_as_ours():
                try:
                    await writer.execute("BEGIN IMMEDIATE")
                    yield Transaction(writer)
                    await writer.execute("COMMIT")
                except BaseException:
                    # A statement whose wait is cancelled still runs: BEGIN leaves a transaction, COMMIT leaves none.
                    with suppress(sqlite3.OperationalError):
                        await writer.execute("ROLLBACK")
                    raise
                self._tell("")

    async def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """The rows of a query, on a reading connection. Raises StorageError as `write` does."""
        reader = await self._readers.get()
        try:
            with self._told_as_ours():
                return list(await reader.execute_fetchall(sql, values))
        finally:
            self._readers.put_nowait(reader)

    async def row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        found = await self.rows(sql, values)
        return found[0] if found else None

    async def search(self, work: Callable[[Searcher], T], *, is_long: bool = False) -> T:
        """Run a whole search on a connection and thread of its own. Long searches wait for each other."""
        with self._told_as_ours():
            return await self._searchers.run(work, is_long=is_long)

    @contextmanager
    def _told_as_ours(self) -> Iterator[None]:
        """Turn SQLite's errors into ours: DatabaseAwayError for what may pass, DatabaseDamagedError for damage."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                damage = damaged(self.path, error)
                if not self._damage.done():
                    self._damage.set_result(damage)
                raise damage from error
            if may_pass(error):
                self._tell(str(error))
                raise DatabaseAwayError(f"the database can't be used: {error}") from error
            if isinstance(error, sqlite3.OperationalError) and "JSON" not in str(error):  # one row's fault
                raise StorageError(f"the database can't be used: {error}") from error
            raise


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise damaged(path, error) from error
        raise StorageError(f"the database {path} can't be opened: {error}") from error
    except OSError as error:
        raise StorageError(f"the database {path} can't be opened: {error.strerror}") from error


async def _enter_readers(
    stack: AsyncExitStack, where: str, busy_timeout: float, search_clock: Clock = monotonic
) -> tuple[list[aiosqlite.Connection], Searchers]:
    readers = [await stack.enter_async_context(_connect(where, busy_timeout)) for _ in range(READERS)]
    for reader in readers:
        await reader.execute("PRAGMA query_only = ON")
    return readers, await stack.enter_async_context(Searchers.open(where, busy_timeout, search_clock))


@asynccontextmanager
async def _connect(where: str, busy_timeout: float) -> AsyncIterator[aiosqlite.Connection]:
    # aiosqlite 0.22 leaks its thread if a file can't be opened, so try without it first.
    await asyncio.to_thread(lambda: sqlite3.connect(where, uri=True).close())
    async with aiosqlite.connect(where, uri=True, isolation_level=None, timeout=busy_timeout) as connection:
        connection.row_factory = sqlite3.Row
        await connection.execute("PRAGMA foreign_keys = ON")
        await connection.execute("PRAGMA synchronous = NORMAL")
        yield connection
