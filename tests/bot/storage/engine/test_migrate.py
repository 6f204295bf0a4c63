import sqlite3
from pathlib import Path

import aiosqlite
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.engine.migrate import Migration, migrate, migrations, statements

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


async def test_pages_that_an_older_program_wrote_are_still_known_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    [own_pages] = [step for step in STEPS if step.name == "own_pages"]
    await bring_to(path, [step for step in STEPS if step.number < own_pages.number])
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO written VALUES ('2024/02/23.md', 'h', 'whole'), ('2024/02/24.md', '', 'whole')")
    connection.close()
    await bring_to(path, STEPS)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM own_pages").fetchall() == [("2024/02/23.md", "h")]
        assert connection.execute("SELECT count(*) FROM written").fetchone() == (2,)
    connection.close()


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
    with pytest.raises(ValueError, match="incomplete"):
        list(statements("CREATE TABLE a ("))


async def test_what_an_older_program_paused_sent_and_gave_up_is_carried_over(tmp_path: Path) -> None:
    """To pauses with a beginning, and to a ledger whose numbers are never given again."""
    path = tmp_path / "paperboy.db"
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(connection, [step for step in STEPS if step.number <= 8])
        for statement in (
            (
                "INSERT INTO digests (id, guild_id, number, channel_id, time, timezone, weekdays, count, min_votes,"
                " style, paused, created_at, since)"
                " VALUES (1, 1, 1, 10, '09:00', 'UTC', '0', 5, 0, 'cards', 1, '2024', '2025')"
            ),
            (
                "INSERT INTO editions (id, digest_id, date, due, state, channel_id, style, why)"
                " VALUES (1, 1, '2024-02-23', '2024-02-23T00:00:00.000000+00:00', 'failed', 10, 'cards', 'unavailable')"
            ),
            (
                "INSERT INTO deliveries (id, part, position, edition_id, due)"
                " VALUES (7, 'cards', 0, 1, '2024-02-23T00:00:00.000000+00:00')"
            ),
            "INSERT INTO deliveries (id, part, position, edition_id, due) VALUES (9, 'paper', 1, 1, '2024')",
            "DELETE FROM deliveries WHERE id = 9",
        ):
            await connection.execute(statement)
        await migrate(connection)

        async def one(sql: str) -> tuple[object, ...]:
            [row] = await connection.execute_fetchall(sql)
            return tuple(row)

        assert await one("SELECT digest_id, began, ended, why FROM pauses") == (1, "2025", None, None)
        assert await one("SELECT json_extract(facts, '$.since') FROM editions") == ("2024-02-23T00:00:00.000000+00:00",)
        assert await one("SELECT id, until FROM deliveries") == (7, "2024-02-24T00:00:00.000000+00:00")
        await connection.execute(
            "INSERT INTO deliveries (part, position, edition_id, due, until) VALUES ('paper', 1, 1, '2024', '2025')"
        )
        assert await one("SELECT max(id) FROM deliveries") == (10,)
