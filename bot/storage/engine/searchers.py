"""Connections for searching: slow searches don't delay short ones, and are stopped at their deadline."""

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from time import monotonic
from typing import Self, TypeVar

SHORT, LONG = 2, 1
"""Connections, and threads, for short searches and for long ones."""
_CACHE_KIB = 12 * 1024
_MAPPED = 256 * 1024 * 1024
"""Bytes of the file that are read as memory. What replaces the file is another file, so it is never shortened."""
_STEPS = 1000  # of SQLite's virtual machine between two looks at the clock

SOON = 0.005
"""Seconds within which most searches end. One that takes longer gives way to those that have just begun."""

MOST_WAITING = 0.25
"""Seconds that a search gives way in all, so that a stream of short searches can't keep it from its end."""

T = TypeVar("T")
Clock = Callable[[], float]


class Searchers:
    """A few connections with a thread each. A whole search runs there, with one thread switch.

    Long searches share a thread of their own, so short ones never wait for them.
    """

    def __init__(self, short: "_Pool", long: "_Pool") -> None:
        self._short = short
        self._long = long

    @classmethod
    @asynccontextmanager
    async def open(cls, address: str, busy_timeout: float, clock: Clock = monotonic) -> AsyncIterator[Self]:
        """Open connections to an existing database, by its URI; close them once the last search has ended.

        `clock` tells the seconds by which searches are limited.
        """
        turns = Turns()
        pools = [
            _Pool(size, name, [Searcher(_connect(address, busy_timeout), clock, turns) for _ in range(size)])
            for name, size in (("searcher", SHORT), ("long-searcher", LONG))
        ]
        try:
            yield cls(*pools)
        finally:
            await asyncio.gather(*(asyncio.to_thread(pool.close) for pool in pools))

    async def run(self, work: Callable[["Searcher"], T], *, is_long: bool = False) -> T:
        """Run a function on a connection, in that connection's thread."""
        pool = self._long if is_long else self._short
        return await asyncio.get_running_loop().run_in_executor(pool.threads, pool.run, work)


class _Pool:
    """As many connections as threads."""

    def __init__(self, size: int, name: str, connections: list["Searcher"]) -> None:
        self.threads = ThreadPoolExecutor(size, name)
        self._connections = connections
        self._free = deque(connections)

    def run(self, work: Callable[["Searcher"], T]) -> T:
        searcher = self._free.pop()
        searcher.begin()
        try:
            return work(searcher)
        finally:
            searcher.end()
            self._free.append(searcher)

    def close(self) -> None:
        self.threads.shutdown(cancel_futures=True)
        for searcher in self._connections:
            searcher.connection.close()


class Turns:
    """Counts the searches that have just begun, so that longer ones can wait for them.

    Python runs one thread at a time. A long search would hold up a short one at each of its statements.
    """

    def __init__(self) -> None:
        self.new = 0
        self._ended = threading.Condition()

    def begin(self) -> None:
        """Count a search as new."""
        with self._ended:
            self.new += 1

    def end(self) -> None:
        """Count it no longer: it has ended, or takes long."""
        with self._ended:
            self.new -= 1
            if not self.new:
                self._ended.notify_all()

    def wait(self, seconds: float) -> float:
        """Wait until no search is new, for `seconds` at most; return how long that took."""
        began = monotonic()
        with self._ended:
            self._ended.wait_for(lambda: not self.new, seconds)
        return monotonic() - began


class Searcher:
    """A reading connection with a deadline."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock = monotonic, turns: Turns | None = None) -> None:
        self.connection = connection
        self._clock = clock
        self._turns = turns or Turns()
        self._deadline = self._new_until = self._may_wait = 0.0
        self._is_new = False
        connection.set_progress_handler(self._is_late, _STEPS)

    def begin(self) -> None:
        """Call this before a search."""
        self._new_until, self._may_wait = self._clock() + SOON, MOST_WAITING
        self._is_new = True
        self._turns.begin()

    def end(self) -> None:
        """Call this after it."""
        if self._is_new:
            self._is_new = False
            self._turns.end()

    def allow(self, seconds: float) -> None:
        """Set the deadline to `seconds` from now."""
        self._deadline = self._clock() + seconds

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Set an earlier deadline for a block, `seconds` from now."""
        before, waited = self._deadline, self._may_wait
        self._deadline = min(before, self._clock() + seconds)
        try:
            yield
        finally:
            self._deadline = before + waited - self._may_wait  # it waited for other searches

    def check(self) -> None:
        """Raise TimeoutError if the deadline has passed."""
        if self._is_late():
            raise TimeoutError

    def rows(self, sql: str, values: Sequence[str | int]) -> list[sqlite3.Row]:
        """The rows of a query. Raises TimeoutError once the deadline has passed."""
        self.check()
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise TimeoutError from error
            raise

    def _is_late(self) -> bool:
        now = self._clock()
        if self._is_new and now > self._new_until:
            self.end()
        if not self._is_new and self._turns.new and self._may_wait > 0:
            waited = self._turns.wait(self._may_wait)
            self._may_wait -= waited
            self._deadline += waited
        return now > self._deadline


def _connect(address: str, busy_timeout: float) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=busy_timeout, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    connection.execute("PRAGMA query_only = ON")
    return connection
