"""The SQLite file: one connection that writes, a few that read."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import NoReturn, Self, TypeVar

import aiosqlite

from bot.errors import DatabaseDamagedError, StorageError
from bot.storage.examine import damaged, examine, is_damage
from bot.storage.migrate import migrate
from bot.storage.searchers import Searcher, Searchers

READERS = 2
WRITER_CACHE_KIB = 16 * 1024  # the index and the words of a large load, which SQLite's 2 MiB would read again and again

T = TypeVar("T")

Values = Sequence[str | int | float | None]


class Transaction:
    """What belongs together: all of it is kept, or nothing.

    A cursor that has no rows to give is left to the garbage collector: closing it would be one more thread hop.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def run(self, sql: str, values: Values = ()) -> int:
        """Run a statement; the number of rows it changed."""
        return (await self._connection.execute(sql, values)).rowcount

    async def add(self, sql: str, values: Values = ()) -> int:
        """Insert a row; its id."""
        return (await self._connection.execute(sql, values)).lastrowid or 0

    async def many(self, sql: str, rows: Iterable[Values]) -> None:
        """Run a statement for each of the rows."""
        if listed := list(rows):
            await self._connection.executemany(sql, listed)

    async def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """The rows that a query finds, as this transaction sees them."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        found = await self.rows(sql, values)
        return found[0] if found else None


class Database:
    """An open database. Writes queue up behind each other; reads never wait for them (WAL)."""

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, readers: Sequence[aiosqlite.Connection], searchers: Searchers
    ) -> None:
        self.path = path
        self._damage: asyncio.Future[DatabaseDamagedError] = asyncio.get_running_loop().create_future()
        self._writer = writer
        self._searchers = searchers
        self._turn = asyncio.Lock()
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for reader in readers:
            self._readers.put_nowait(reader)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, path: Path, *, busy_timeout: float = 5.0, examine_seconds: float = 0.0, durable: bool = True
    ) -> AsyncIterator[Self]:
        """Open the file, bring it up to date, close it at the end. `busy_timeout` is in seconds.

        The file is looked at first, its pages for `examine_seconds` at most; one that can't be used stays as it is.
        With `durable`, what is written outlasts a power cut; without, the last of it may have to be written again.
        Raises DatabaseTooNewError, DatabaseDamagedError, or StorageError where the file can't be opened.
        """
        await asyncio.to_thread(examine, path, examine_seconds)
        async with AsyncExitStack() as stack:
            try:
                writer = await stack.enter_async_context(_connect(path, busy_timeout))
                await writer.execute("PRAGMA journal_mode = WAL")
                if durable:  # as what the outbox notes before a message goes has to be: under a millisecond each
                    await writer.execute("PRAGMA synchronous = FULL")
                await writer.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
                await migrate(writer)
                readers = [await stack.enter_async_context(_connect(path, busy_timeout)) for _ in range(READERS)]
                for reader in readers:
                    await reader.execute("PRAGMA query_only = ON")
                searchers = await stack.enter_async_context(Searchers.open(path, busy_timeout))
            except sqlite3.DatabaseError as error:
                if is_damage(error):
                    raise damaged(path, error) from error
                raise StorageError(f"the database {path} can't be opened: {error}") from error
            yield cls(path, writer, readers, searchers)

    async def until_damaged(self) -> NoReturn:
        """Wait until a statement finds that the file is damaged; then raise DatabaseDamagedError."""
        raise await asyncio.shield(self._damage)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction: committed at the end of the block, rolled back if it raises.

        Raises StorageError where the database is locked or its disk is full: nothing is changed then.
        """
        async with self._turn:
            with self._told_as_ours():
                await self._writer.execute("BEGIN IMMEDIATE")
                try:
                    yield Transaction(self._writer)
                    await self._writer.execute("COMMIT")
                except BaseException:
                    if self._writer.in_transaction:
                        await self._writer.execute("ROLLBACK")
                    raise

    async def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """The rows that a query finds, on a connection that only reads. Raises StorageError as `write` does."""
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

    async def search(self, work: Callable[[Searcher], T]) -> T:
        """Do a whole search on a connection and in a thread of its own."""
        with self._told_as_ours():
            return await self._searchers.run(work)

    @contextmanager
    def _told_as_ours(self) -> Iterator[None]:
        """Raise StorageError for what may pass, and DatabaseDamagedError for damage, of which whoever waits is told."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                damage = damaged(self.path, error)
                if not self._damage.done():
                    self._damage.set_result(damage)
                raise damage from error
            if isinstance(error, sqlite3.OperationalError) and "JSON" not in str(error):  # a row's, which stays so
                raise StorageError(f"the database can't be used: {error}") from error
            raise


@asynccontextmanager
async def _connect(path: Path, busy_timeout: float) -> AsyncIterator[aiosqlite.Connection]:
    # aiosqlite 0.22 leaves its thread behind when a file can't be opened, so that is found out without it.
    await asyncio.to_thread(lambda: sqlite3.connect(path).close())
    async with aiosqlite.connect(path, isolation_level=None, timeout=busy_timeout) as connection:
        connection.row_factory = sqlite3.Row
        await connection.execute("PRAGMA foreign_keys = ON")
        await connection.execute("PRAGMA synchronous = NORMAL")
        yield connection
