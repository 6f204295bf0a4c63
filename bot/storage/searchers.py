"""Connections that only search: a slow search holds up nothing but searches, and is stopped when its time is up."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from time import monotonic
from typing import Self, TypeVar

SEARCHERS = 2
_CACHE_KIB = 12 * 1024
_STEPS = 1000  # of SQLite's virtual machine between two looks at the clock

T = TypeVar("T")


class Searchers:
    """A few connections with a thread each. Whole searches run there: one change of threads a search."""

    def __init__(self, connections: list["Searcher"], threads: ThreadPoolExecutor) -> None:
        self._free = deque(connections)
        self._threads = threads

    @classmethod
    @asynccontextmanager
    async def open(cls, address: str, busy_timeout: float) -> AsyncIterator[Self]:
        """Open the connections to a database that exists, by its URI; close them when the last search has ended."""
        connections = [Searcher(_connect(address, busy_timeout)) for _ in range(SEARCHERS)]
        threads = ThreadPoolExecutor(SEARCHERS, "searcher")
        try:
            yield cls(connections, threads)
        finally:
            await asyncio.to_thread(threads.shutdown, cancel_futures=True)
            for searcher in connections:
                searcher.connection.close()

    async def run(self, work: Callable[["Searcher"], T]) -> T:
        """Run a function on a connection of its own, in its thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)

    def _run(self, work: Callable[["Searcher"], T]) -> T:
        searcher = self._free.pop()  # there are as many as threads
        try:
            return work(searcher)
        finally:
            self._free.append(searcher)


class Searcher:
    """A connection that reads, with a deadline for what it is asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._deadline = 0.0
        connection.set_progress_handler(self._is_late, _STEPS)

    def allow(self, seconds: float) -> None:
        """Give what is asked from now on so much time."""
        self._deadline = monotonic() + seconds

    def rows(self, sql: str, values: Sequence[str | int]) -> list[sqlite3.Row]:
        """The rows that a query finds. Raises TimeoutError when the time is up."""
        if self._is_late():
            raise TimeoutError
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise TimeoutError from error
            raise

    def _is_late(self) -> bool:
        return monotonic() > self._deadline


def _connect(address: str, busy_timeout: float) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=busy_timeout, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA query_only = ON")
    return connection
