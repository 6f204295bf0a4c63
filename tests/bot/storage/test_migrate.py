import sqlite3
from pathlib import Path

import aiosqlite
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.migrate import Migration, migrate, migrations, statements

STEPS = migrations()


def schema(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()
    connection.close()
    return rows


async def bring_to(path: Path, steps: list[Migration]) -> None:
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(connection, steps)


def test_the_steps_are_numbered_without_gaps() -> None:
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))


@pytest.mark.parametrize("earlier", range(1, len(STEPS)))
async def test_every_earlier_version_comes_to_the_same_schema(tmp_path: Path, earlier: int) -> None:
    fresh, old = tmp_path / "fresh.db", tmp_path / "old.db"
    await bring_to(fresh, STEPS)
    await bring_to(old, STEPS[:earlier])
    assert schema(old) != schema(fresh)
    await bring_to(old, STEPS)
    assert schema(old) == schema(fresh)


async def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    await bring_to(path, STEPS)
    before = path.read_bytes()
    await bring_to(path, STEPS)
    assert path.read_bytes() == before


async def test_a_step_that_fails_leaves_neither_tables_nor_a_record(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    broken = Migration(2, "broken", "CREATE TABLE half (x);\nINSERT INTO nowhere VALUES (1);\n")
    await bring_to(path, STEPS[:1])
    before = schema(path)
    with pytest.raises(sqlite3.OperationalError):
        await bring_to(path, [STEPS[0], broken])
    assert schema(path) == before
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT max(number) FROM migrations").fetchone() == (1,)
    connection.close()


def test_a_script_is_split_where_its_statements_end() -> None:
    script = "CREATE TABLE a (x); -- a; b\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\nEND;\n"
    assert [part.split()[1] for part in statements(script)] == ["TABLE", "TRIGGER"]


@given(st.lists(st.sampled_from(["SELECT 1;", "SELECT ';';", "-- a comment; with a semicolon"]), max_size=6))
def test_no_part_of_a_script_is_lost(lines: list[str]) -> None:
    script = "\n".join([*lines, "SELECT 2;"]) + "\n"
    assert "".join(statements(script)) == script


def test_an_unfinished_script_is_an_error() -> None:
    with pytest.raises(ValueError, match="unfinished"):
        list(statements("CREATE TABLE a ("))
