import asyncio
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import DatabaseDamagedError, StorageError
from bot.storage.engine.database import Database
from bot.storage.engine.examine import examine
from bot.storage.papers.library import Library
from tests.builders import day, utc

PAGE = 4096
_KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("INSERT INTO notes VALUES ('last', 'words')")
os.kill(os.getpid(), signal.SIGKILL)
"""


def seen(folder: Path) -> dict[str, bytes]:
    """Every file but the index of the log, which every reader of a log writes."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    path = tmp_path / "paperboy.db"
    async with Database.open(path) as database:
        await Library(database).store_page("2024/02/23.md", "h", day(votes=[1] * 60), utc(2024, 2, 23))
    assert names(tmp_path) == {"paperboy.db"}
    return path


def write_over(path: Path, at: int, count: int | None = None, seed: int = 1) -> None:
    count = path.stat().st_size - at if count is None else count
    with path.open("r+b") as file:
        file.seek(at)
        file.write(random.Random(seed).randbytes(count))


def kill_a_writer(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)  # noqa: S603  our own words
    assert done.returncode == -signal.SIGKILL


def refused(path: Path) -> str:
    with pytest.raises(DatabaseDamagedError) as caught:
        asyncio.run(_open(path))
    return str(caught.value)


async def _open(path: Path) -> None:
    async with Database.open(path, examine_seconds=60):
        pass


def test_random_bytes_over_any_page_are_found_and_nothing_is_touched(path: Path, tmp_path: Path) -> None:
    sound = path.read_bytes()
    for number in range(len(sound) // PAGE):
        write_over(path, number * PAGE, PAGE, seed=number)
        before = seen(tmp_path)
        assert "`paperboy restore FILE`" in refused(path), f"page {number + 1}"
        assert seen(tmp_path) == before
        assert names(tmp_path) == {"paperboy.db"}
        path.write_bytes(sound)


@pytest.mark.parametrize("size", [1, 99, 600, PAGE - 1, PAGE, PAGE * 3, PAGE * 10 + 17, -PAGE, -1])
def test_a_truncated_file_is_refused_and_left_alone(path: Path, tmp_path: Path, size: int) -> None:
    os.truncate(path, size if size > 0 else path.stat().st_size + size)
    before = seen(tmp_path)
    assert str(path) in refused(path)
    assert (seen(tmp_path), names(tmp_path)) == (before, {"paperboy.db"})


@pytest.mark.parametrize("content", [b"nonsense " * 1000, b"\0" * 8192, b"SQLite format 3\0", b"x"])
def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "paperboy.db"
    path.write_bytes(content)
    refused(path)
    assert seen(tmp_path) == {"paperboy.db": content}


@pytest.mark.parametrize("content", ["hello", "hello\n" * 1000, "x" * 4096])
def test_a_text_file_is_said_to_be_no_database(tmp_path: Path, content: str) -> None:
    path = tmp_path / "paperboy.db"
    path.write_text(content, encoding="utf-8")
    assert f"{path} is not a sound database of Paperboy (it is not a database)" in refused(path)


@pytest.mark.parametrize("index", [True, False])
def test_damage_beside_the_log_of_a_process_that_died(path: Path, tmp_path: Path, *, index: bool) -> None:
    kill_a_writer(path)
    if not index:
        path.with_name("paperboy.db-shm").unlink()
    examine(path, 60)  # without damage there is nothing to say
    write_over(path, PAGE * 7, PAGE)
    if not index:
        path.with_name("paperboy.db-shm").unlink(missing_ok=True)
    before = seen(tmp_path), names(tmp_path)
    refused(path)
    assert (seen(tmp_path), names(tmp_path)) == before


async def test_a_log_that_a_process_left_is_taken_up(path: Path) -> None:
    kill_a_writer(path)
    async with Database.open(path, examine_seconds=60) as database:
        row = await database.row("SELECT value FROM notes WHERE name = 'last'")
        assert row is not None
        assert row["value"] == "words"


def test_no_more_time_is_taken_than_is_given(path: Path) -> None:
    write_over(path, PAGE * 7, PAGE)
    examine(path, 0)
    with pytest.raises(DatabaseDamagedError):
        examine(path, 60)


def test_a_sound_file_is_not_touched_either(path: Path, tmp_path: Path) -> None:
    before = seen(tmp_path)
    examine(path, float("inf"))
    assert (seen(tmp_path), names(tmp_path)) == (before, {"paperboy.db"})


def test_a_folder_or_a_name_with_special_characters(path: Path, tmp_path: Path) -> None:
    odd = path.rename(tmp_path / "a?b#c%20.db")
    examine(odd, 60)
    with pytest.raises(StorageError, match="can't be opened"):
        examine(tmp_path, 60)


async def test_damage_found_later_is_told_as_what_it_is(path: Path) -> None:
    async with Database.open(path) as database:
        write_over(path, PAGE)
        with pytest.raises(DatabaseDamagedError, match="paperboy restore FILE"):
            await database.rows("SELECT * FROM appearances")
        with pytest.raises(DatabaseDamagedError):
            await database.until_damaged()
        with pytest.raises(DatabaseDamagedError):
            async with database.write() as tx:
                await tx.rows("SELECT content FROM appearances")


async def test_a_wrong_statement_is_no_damage(path: Path) -> None:
    async with Database.open(path) as database:
        with pytest.raises(StorageError) as caught:
            await database.rows("SELECT nothing FROM nowhere")
    assert not isinstance(caught.value, DatabaseDamagedError)
