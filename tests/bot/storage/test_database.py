import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.errors import DatabaseDamagedError, DatabaseTooNewError, StorageError
from bot.storage.database import Database


async def notes(database: Database) -> list[tuple[str, str]]:
    return [tuple(row) for row in await database.rows("SELECT name, value FROM notes ORDER BY name")]


async def test_a_transaction_is_kept_whole_or_not_at_all(database: Database) -> None:
    async def twice() -> None:
        async with database.write() as tx:
            await tx.run("INSERT INTO notes VALUES ('a', '1')")
            await tx.run("INSERT INTO notes VALUES ('a', '2')")

    with pytest.raises(sqlite3.IntegrityError):
        await twice()
    assert await notes(database) == []
    async with database.write() as tx:
        await tx.run("INSERT INTO notes VALUES ('a', '1')")
    assert await notes(database) == [("a", "1")]


async def test_a_cancelled_transaction_leaves_nothing_and_the_next_one_works(database: Database) -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        async with database.write() as tx:
            await tx.run("INSERT INTO notes VALUES ('a', '1')")
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(endless())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write() as tx:
        await tx.run("INSERT INTO notes VALUES ('b', '1')")
    assert await notes(database) == [("b", "1")]


async def test_writers_wait_for_each_other_and_readers_for_nobody(database: Database) -> None:
    async with database.write() as tx:
        await tx.run("INSERT INTO notes VALUES ('a', '1')")
        assert await notes(database) == []
        other = asyncio.create_task(_insert(database, "b"))
        await asyncio.sleep(0)
        assert not other.done()
    await other
    assert [name for name, _ in await notes(database)] == ["a", "b"]


async def _insert(database: Database, name: str) -> None:
    async with database.write() as tx:
        await tx.run("INSERT INTO notes VALUES (?, '')", (name,))


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(StorageError, match="readonly"):
        await database.rows("INSERT INTO notes VALUES ('a', '1')")


async def test_the_file_is_set_up_as_documented(database: Database) -> None:
    async with database.write() as tx:
        for pragma, expected in [
            ("journal_mode", "wal"),
            ("foreign_keys", 1),
            ("busy_timeout", 5000),
            ("synchronous", 2),
        ]:
            row = await tx.row(f"PRAGMA {pragma}")
            assert row is not None
            assert row[0] == expected


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"not a database at all, but long enough to look like one" * 40)
    before = path.read_bytes()
    with pytest.raises(DatabaseDamagedError, match=r"x\.db.*restore a backup"):
        async with Database.open(path):
            pass
    assert path.read_bytes() == before


async def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(DatabaseDamagedError, match="another program's"):
        async with Database.open(path):
            pass


async def test_a_newer_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    async with Database.open(path) as database, database.write() as tx:
        await tx.run("INSERT INTO migrations (number, name) VALUES (9999, 'future')")
    with pytest.raises(DatabaseTooNewError, match=r"newer Paperboy \(schema 9999"):
        async with Database.open(path):
            pass


async def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be opened"):
        async with Database.open(tmp_path / "nowhere" / "x.db"):
            pass
