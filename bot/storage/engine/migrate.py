"""Numbered .sql files, each applied and recorded in one transaction."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import aiosqlite

LEDGER = """
CREATE TABLE IF NOT EXISTS migrations (
    number     INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: number, name and SQL."""

    number: int
    name: str
    sql: str


def migrations() -> list[Migration]:
    """The program's migrations in order: bot/storage/migrations/NNNN_name.sql."""
    found = [entry for entry in files("bot.storage").joinpath("migrations").iterdir() if entry.name.endswith(".sql")]
    steps = []
    for entry in sorted(found, key=lambda entry: entry.name):
        number, _, name = entry.name.removesuffix(".sql").partition("_")
        steps.append(Migration(int(number), name, entry.read_text(encoding="utf-8")))
    return steps


def newest_step() -> int:
    """The number of the newest migration of this program."""
    return max(step.number for step in migrations())


async def migrate(connection: aiosqlite.Connection, steps: list[Migration] | None = None) -> None:
    """Apply the migrations that are missing: this program's, or `steps` in tests.

    `examine` has checked before that the file may be changed. Two processes may do this at once: each step is checked
    again under the write lock.
    """
    await connection.execute(LEDGER)
    for step in migrations() if steps is None else steps:
        await _apply(connection, step)


async def _apply(connection: aiosqlite.Connection, step: Migration) -> None:
    await connection.execute("BEGIN IMMEDIATE")
    try:
        if step.number not in await _applied(connection):
            for statement in statements(step.sql):
                await connection.execute(statement)
            await connection.execute("INSERT INTO migrations (number, name) VALUES (?, ?)", (step.number, step.name))
        await connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            await connection.execute("ROLLBACK")
        raise


async def _applied(connection: aiosqlite.Connection) -> set[int]:
    return {row[0] for row in await connection.execute_fetchall("SELECT number FROM migrations")}


def statements(sql: str) -> Iterator[str]:
    """Split a script into statements; SQLite's own executescript would end the transaction."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        raise ValueError(f"a migration ends with an incomplete statement: {pending.strip()[:60]}")
