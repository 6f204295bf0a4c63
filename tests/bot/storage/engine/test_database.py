import asyncio
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.errors import DatabaseAwayError, DatabaseDamagedError, DatabaseTooNewError, StorageError
from bot.storage.engine.database import Database
from bot.storage.engine.migrate import migrate
from tests.shared import ROOT


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


async def test_the_file_is_set_up_as_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "bot.storage.engine.database.migrate", migrate
    )  # the fixture's commits do not wait for the disk
    async with Database.open(tmp_path / "x.db") as database, database.write() as tx:
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


async def test_a_full_disk_passes_and_whoever_asked_is_told_when(database: Database) -> None:
    told: list[str] = []
    database.tell_trouble(told.append)
    assert database._writer is not None
    await database._writer.execute("PRAGMA max_page_count = 1")  # as many as there are
    for _ in range(2):
        with pytest.raises(DatabaseAwayError, match="disk is full"):
            await write_much(database)
    assert await notes(database) == []
    await database._writer.execute("PRAGMA max_page_count = 1000000")
    await write_much(database)
    assert told == ["database or disk is full", "database or disk is full", ""]


async def write_much(database: Database) -> None:
    async with database.write() as tx:
        await tx.run("INSERT INTO notes VALUES ('much', ?)", ("x" * 100_000,))


# Does one command after another, each with so many bytes of room in a file, and in a folder.
_LITTLE_ROOM = """
import io, json, os, resource, sys
from contextlib import redirect_stderr, redirect_stdout
from bot.cli import main
most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
for room, folder, arguments in json.loads(sys.argv[1]):
    os.chdir(folder)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as err:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
        status = main(arguments)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    print(json.dumps([status, err.getvalue()]))
"""


@pytest.mark.parametrize("room", [0, pytest.param(5_000, marks=pytest.mark.thorough), 100_000])
def test_a_disk_that_takes_no_more_is_one_line_of_each_command(tmp_path: Path, room: int) -> None:
    environ = {
        "PAPERBOY_ARCHIVE__PATH": str(ROOT / "seeds"),
        "PYTHONPATH": str(ROOT),
        "PAPERBOY_DISCORD__TOKEN": "a.b.c",
        "PYTHONDONTWRITEBYTECODE": "1",  # bytecode that is written under the limit is cut short, and stays
    }
    filled, new = tmp_path / "filled", tmp_path / "new"
    filled.mkdir()
    new.mkdir()
    commands: list[tuple[int, Path, list[str]]] = [
        (10_000_000, filled, ["load"]),
        (10_000_000, filled, ["backup", "saved.db"]),
        (room, filled, ["backup", "other.db"]),
        (room, filled, ["restore", "saved.db"]),
        (room, filled, ["export", "pages"]),
        (room, new, ["load"]),
        (room, new, ["run"]),
    ]
    asked = [sys.executable, "-c", _LITTLE_ROOM, json.dumps(commands, default=str)]
    done = subprocess.run(asked, env=environ, capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert done.stderr == ""
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert told[:2] == [[0, ""]] * 2
    for (_, _, arguments), (status, said) in zip(commands[2:], told[2:], strict=True):
        if arguments[0] == "export" and room == 100_000:
            assert status == 0  # there is room enough for pages
            continue
        if arguments[0] == "run" and room == 100_000:
            continue  # a new database needs less: Discord is asked, and is not there
        assert (status, said.count("\n")) == (1, 1), said
        assert said.startswith("paperboy: "), said
    # The log is the database's own; of the copies nothing is left.
    others = {"paperboy.db-wal", "paperboy.db-shm", "paperboy.db.lock", "pages"}
    assert {path.name for path in filled.iterdir()} - others == {"paperboy.db", "saved.db"}


@pytest.mark.parametrize("cut", ["BEGIN IMMEDIATE", "COMMIT"])
async def test_a_write_that_is_cancelled_is_cancelled_and_leaves_no_transaction(
    database: Database, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """A statement still runs in its thread when whoever waited for it is gone."""
    writer = database._writer
    assert writer is not None
    execute, running = writer.execute, []

    async def cut_off(sql: str, *values: Any) -> Any:
        if sql != cut:
            return await execute(sql, *values)
        running.append(asyncio.ensure_future(execute(sql, *values)))
        await asyncio.sleep(0)  # it is handed to the thread
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(writer, "execute", cut_off)
        with pytest.raises(asyncio.CancelledError):
            async with database.write() as tx:
                await tx.run("INSERT INTO notes (name, value) VALUES ('a', 'b')")
    await asyncio.gather(*running)
    async with database.write() as tx:
        await tx.run("INSERT INTO notes (name, value) VALUES ('c', 'd')")
