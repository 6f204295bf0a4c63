import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.storage.database import Database
from bot.storage.desk import HEARTBEAT, Desk
from tests.bot.tools.conftest import Shell
from tests.builders import day


async def beat(path: Path, seconds: int) -> None:

    async with Database.open(path) as database:
        moment = SystemClock().now() - timedelta(seconds=seconds)
        await Desk(database).set_note(HEARTBEAT, moment.isoformat())


def test_without_a_token_it_says_how_to_set_one(shell: Shell) -> None:
    shell.page(day())
    shell.run("load")
    status, out, _ = shell.run("check")
    assert status == 1
    assert "✓ database" in out
    assert "2 papers on 1 days" in out
    assert "✗ token: not set" in out
    assert "PAPERBOY_DISCORD__TOKEN" in out


def test_an_empty_archive_and_a_broken_page_are_pointed_at(shell: Shell) -> None:
    assert "put pages there" in shell.run("check")[1]
    broken = shell.page(day())
    broken.write_text("## Daily Papers (2024-02-31)\n", encoding="utf-8")
    out = shell.run("check")[1]
    assert f"{broken}:1: " in out


def test_a_database_that_is_none_is_said_so(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "paperboy.db").write_text("nonsense " * 200, encoding="utf-8")
    status, out, _ = shell.run("check")
    assert status == 1
    assert "✗ database" in out
    assert "restore a backup" in out


@pytest.mark.parametrize(("seconds", "status"), [(5, 0), (600, 1)])
def test_health_is_a_recent_heartbeat(shell: Shell, tmp_path: Path, seconds: int, status: int) -> None:

    assert shell.run("check", "--quick")[0] == 1
    asyncio.run(beat(tmp_path / "paperboy.db", seconds))
    assert shell.run("check", "--quick")[0] == status
