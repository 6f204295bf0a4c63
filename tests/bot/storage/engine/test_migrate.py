import json
import shutil
import sqlite3
from datetime import date, time
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.model import Order, Style, read_order, write_order
from bot.storage.engine.migrate import Migration, migrate, migrations, statements
from tests.builders import order

STEPS = migrations()


def schema(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()
    connection.close()
    return rows


async def bring_to(path: Path, steps: list[Migration]) -> None:
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute("PRAGMA synchronous = OFF")  # no test loses its power
        await migrate(connection, steps)


def test_the_steps_are_numbered_without_gaps() -> None:
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))


async def test_every_earlier_version_comes_to_the_same_schema(tmp_path: Path, empty_database: Path) -> None:
    earlier, taken_over = tmp_path / "earlier.db", tmp_path / "taken_over.db"
    for number, step in enumerate(STEPS[:-1], start=1):
        await bring_to(earlier, [step])
        shutil.copy(earlier, taken_over)
        await bring_to(taken_over, STEPS)
        assert schema(taken_over) == schema(empty_database), f"from version {number}"


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


async def test_saved_papers_are_unread_and_alerts_are_no_reminders_at_first(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    [reading] = [step for step in STEPS if step.name == "reading"]
    await bring_to(path, [step for step in STEPS if step.number < reading.number])
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO members (user_id) VALUES (7)")
        connection.execute("INSERT INTO saved (user_id, arxiv_id, saved_at) VALUES (7, 'a', '2024-02-23')")
        connection.execute(
            "INSERT INTO alerts (user_id, day, language, matches) VALUES (7, '2024-02-23', 'ko', '[[\"a\", 1, []]]')"
        )
    connection.close()
    await bring_to(path, STEPS)
    with sqlite3.connect(path) as connection:
        saved = connection.execute("SELECT arxiv_id, saved_at, read_at, note FROM saved").fetchall()
        assert saved == [("a", "2024-02-23", None, "")]
        assert connection.execute("SELECT user_id, unread FROM alerts").fetchall() == [(7, None)]
        assert connection.execute("SELECT count(*) FROM reminders").fetchone() == (0,)
    connection.close()


async def test_an_edition_of_before_has_no_more_to_tell(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    [taste] = [step for step in STEPS if step.name == "taste"]
    await bring_to(path, [step for step in STEPS if step.number < taste.number])
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO digests (id, guild_id, number, settings, created_at, since, timed_at)"
            " VALUES (1, 1, 1, ?, '2024', '2024', '2024')",
            (write_order(order()),),
        )
        connection.execute(
            "INSERT INTO editions (digest_id, date, due, channel_id, style, state)"
            " VALUES (1, '2024-02-23', '2024-02-23', 5, 'cards', 'posted')"
        )
    connection.close()
    await bring_to(path, STEPS)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        assert connection.execute("SELECT state, recap FROM editions").fetchall() == [("posted", None)]
        connection.execute("INSERT INTO members (user_id) VALUES (7)")
        connection.execute("INSERT INTO likes VALUES (1, '2402.00001', 7, '2024')")
        connection.execute("DELETE FROM members")
        assert connection.execute("SELECT count(*) FROM likes").fetchone() == (0,)
    connection.close()


async def test_the_order_that_the_sites_days_kept_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    [authors] = [step for step in STEPS if step.name == "authors"]
    await bring_to(path, [step for step in STEPS if step.number < authors.number])
    page = "INSERT INTO pages (id, key, day, hash, loaded_at, origin) VALUES (?, ?, '2024-02-23', 'h', '2024-02-24', ?)"
    paper = (
        "INSERT INTO appearances (page_id, day, position, arxiv_id, authors, video, content)"
        " VALUES (?, '2024-02-23', ?, ?, 2, 0, ?)"
    )
    with sqlite3.connect(path) as connection:
        connection.executemany(page, [(1, "2024/02/23.md", 0), (2, "site/2024-02-23", 1)])
        connection.executemany(
            paper,
            [
                (1, 0, "2402.00001", '{"authors":["B","A"],"more":false}'),
                (2, 0, "2402.00002", '{"authors":["A","B"],"more":false}'),
                (2, 1, "2402.00003", '{"authors":["A"],"more":true}'),
                (2, 2, "2402.00004", '{"authors":[],"more":false}'),
                (2, 3, "2402.00005", "damaged"),
            ],
        )
    connection.close()
    await bring_to(path, STEPS)
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT arxiv_id, told_by, names FROM ordered_authors").fetchall()
    connection.close()
    assert found == [("2402.00002", "site", '["A","B"]')]


async def test_an_older_programs_subscriptions_are_shown_in_canonical_form(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    [mutes] = [step for step in STEPS if step.name == "mutes"]
    await bring_to(path, [step for step in STEPS if step.number < mutes.number])
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO members (user_id) VALUES (1)")
        connection.execute(
            "INSERT INTO subscriptions (user_id, query, place, min_votes, language, created_at)"
            " VALUES (1, 'llm', 'dm', 0, 'ko', '2024-02-23T00:00:00+00:00')"
        )
    connection.close()
    await bring_to(path, STEPS)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT query, typed FROM subscriptions").fetchall() == [("llm", "llm")]
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


# -- digests whose options were columns ------------------------------------------------------------------------------

OLD_DIGEST: dict[str, object] = {
    "guild_id": 9,
    "channel_id": 2**63 - 1,
    "time": "23:59",
    "timezone": "America/New_York",
    "weekdays": "0246",
    "count": 10,
    "min_votes": 12,
    "style": "thread",
    "language": "ko",
    "replay_from": "2024-02-01",
    "paused": 1,
    "created_by": 77,
    "created_at": "2024-01-01",
    "since": "2024-01-02",
    "early": 1,
    "weekly": 0,
    "timed_at": "2024-01-03",
}
WHOLE_ORDER = Order(
    channel_id=2**63 - 1,
    time=time(23, 59),
    timezone="America/New_York",
    weekdays=frozenset({0, 2, 4, 6}),
    count=10,
    min_votes=12,
    style=Style.THREAD,
    language="ko",
    replay_from=date(2024, 2, 1),
    early=True,
    weekly=False,
)


async def brought_over(path: Path, *changes: dict[str, object]) -> list[dict[str, Any]]:
    """Digests of the version before, each with an edition, a pause and a day that it had, as this version has them."""
    [settings] = [step for step in STEPS if step.name == "settings"]
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute("PRAGMA foreign_keys = ON")
        await migrate(connection, STEPS[: settings.number - 1])
        for number, change in enumerate(changes, 1):
            columns = OLD_DIGEST | {"id": number, "number": number} | change
            marks = ", ".join("?" * len(columns))
            await connection.execute(
                f"INSERT INTO digests ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())
            )
            await connection.execute(
                "INSERT INTO editions (digest_id, date, due, state, channel_id, style)"
                " VALUES (?, '2024-02-23', '2024', 'posted', 1, 'cards')",
                (number,),
            )
            await connection.execute("INSERT INTO pauses (digest_id, began) VALUES (?, '2024')", (number,))
            await connection.execute("INSERT INTO had VALUES (?, '2024-02-22', '[]')", (number,))
        await migrate(connection)
        connection.row_factory = aiosqlite.Row
        for table in ("editions", "pauses", "had"):
            rows = await connection.execute_fetchall(f"SELECT digest_id FROM {table} ORDER BY digest_id")
            assert [row[0] for row in rows] == list(range(1, len(changes) + 1))
        return [dict(row) for row in await connection.execute_fetchall("SELECT * FROM digests ORDER BY id")]


async def test_a_digest_keeps_every_option_and_what_is_not_an_option(tmp_path: Path) -> None:
    [row] = await brought_over(tmp_path / "x.db", {})
    assert read_order(row.pop("settings")) == (WHOLE_ORDER, "")
    columns = {"time", "timezone", "early", "weekly", "replay_from", "guild_id", "paused"}
    columns |= {"created_by", "created_at", "since", "timed_at"}
    assert row == {name: OLD_DIGEST[name] for name in columns} | {"id": 1, "number": 1}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"language": None, "replay_from": None, "early": 0, "weekly": 1, "weekdays": "4"}, (None, None, False, True)),
        ({"language": "en", "created_by": None}, ("en", date(2024, 2, 1), True, False)),
    ],
)
async def test_an_option_that_was_left_out_is_left_out_still(
    tmp_path: Path, columns: dict[str, object], expected: tuple[object, ...]
) -> None:
    [row] = await brought_over(tmp_path / "x.db", columns)
    order, unreadable = read_order(row["settings"])
    assert (order.language, order.replay_from, order.early, order.weekly) == expected
    assert not unreadable


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("timezone", "US/Pacific-New"),
        ("style", "carousel"),
        ("time", "noon"),
        ("weekdays", "17"),
        ("weekdays", ""),
        ("weekdays", '"[],'),
        ("language", "tlh"),
        ("replay_from", "someday"),
        ("style", 'a "quote", a \\ and a line\nbreak'),
    ],
)
async def test_an_option_that_could_not_be_read_can_not_be_read_after_it_and_costs_no_other(
    tmp_path: Path, column: str, value: str
) -> None:
    odd, sound = await brought_over(tmp_path / "x.db", {column: value}, {})
    order, unreadable = read_order(odd["settings"])
    assert (order.count, order.min_votes, order.early) == (10, 12, True)
    assert unreadable == f"{column}: {value}"
    assert read_order(sound["settings"]) == (WHOLE_ORDER, "")


@pytest.mark.parametrize("settings", ["{", "[]", "null", "", json.dumps("text")])
async def test_settings_are_a_json_object(tmp_path: Path, settings: str) -> None:
    path = tmp_path / "x.db"
    await brought_over(path, {})
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.Error):
        connection.execute("UPDATE digests SET settings = ?", (settings,))
    connection.close()


async def test_digests_of_a_time_are_found_by_their_index(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    await brought_over(path, {}, {"paused": 0})
    asked = "SELECT id FROM digests WHERE NOT paused AND timezone = 'America/New_York' AND time = '23:59'"
    with sqlite3.connect(path) as connection:
        assert connection.execute(asked).fetchall() == [(2,)]
        assert "digests_by_time" in str(connection.execute(f"EXPLAIN QUERY PLAN {asked}").fetchall())
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


@pytest.mark.parametrize(("before", "after"), [("cards", Style.FULL), ("thread", Style.THREAD)])
async def test_a_digest_and_its_editions_keep_their_look(tmp_path: Path, before: str, after: Style) -> None:
    path = tmp_path / "x.db"
    [row] = await brought_over(path, {"style": before})
    order, unreadable = read_order(row["settings"])
    assert (order.style, unreadable) == (after, "")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT style FROM editions").fetchall() == [("full",)]
    connection.close()


async def test_a_digest_without_a_style_keeps_its_look(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    [short_cards] = [step for step in STEPS if step.name == "short_cards"]
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(connection, STEPS[: short_cards.number - 1])
        for number, settings in enumerate(({}, {"style": None}, {"style": "carousel"}), 1):
            await connection.execute(
                "INSERT INTO digests (guild_id, number, settings, created_at, since, timed_at)"
                " VALUES (1, ?, ?, '2024', '2024', '2024')",
                (number, json.dumps(settings)),
            )
        await migrate(connection)
        rows = await connection.execute_fetchall("SELECT settings FROM digests ORDER BY number")
    assert [json.loads(row[0])["style"] for row in rows] == ["full", None, "carousel"]
