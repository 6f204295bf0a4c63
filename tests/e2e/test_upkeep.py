"""What an operator lives through: two bots by mistake, a backup put back, a disk that goes bad, a gateway that goes."""

import asyncio
import json
import os
import socket
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot.app import App
from bot.errors import StorageError
from bot.monitor.health import Health, Vital
from bot.runtime.logs import Hider, logging_to_stderr
from bot.settings import LogSettings, MonitorSettings
from bot.tools.backup import make_backup, restore_backup
from sandbox import Sandbox
from tests.builders import FRIDAY, day, utc
from tests.conftest import House
from tests.e2e.test_process import output, paperboy, said

NINE = utc(2024, 2, 24, 0)
"""Saturday, nine o'clock in Seoul."""


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def asked(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_a_second_bot_is_refused_until_the_first_is_killed(house: House, discord: Sandbox) -> None:
    house.page(day())
    async with paperboy(house, "run") as first:
        await discord.until_connected()
        async with paperboy(house, "run") as second:
            status, told = await said(second)
        assert status == 1
        assert f"in use by process {first.pid} on {os.uname().nodename}, since {datetime.now(UTC):%Y-%m-}" in told
        assert "Traceback" not in told
        async with paperboy(house, "check") as check:
            assert f"bot: runs as process {first.pid}" in (await said(check))[1]
        first.kill()
        await first.wait()
        async with paperboy(house, "run") as third:
            await discord.until_connected()
            third.terminate()
            assert (await said(third))[0] == 0


@pytest.mark.parametrize("how", ["console", "json"])
async def test_a_running_bot_tells_how_it_is(house: House, discord: Sandbox, port: int, how: str) -> None:
    server = discord.add_server("ML")
    channel = server.add_channel("papers")
    admin = server.add_member("mina", manage_server=True)
    house.page(day(datetime.now(UTC).date()))
    house.settings = house.settings.model_copy(update={"monitor": MonitorSettings(port=port)})
    running = paperboy(house, "run", PAPERBOY_LOG__FORMAT=how, PAPERBOY_LOG__LEVEL="DEBUG")
    async with running as process, output(process) as printed:
        await printed.until(*(f"health: the {vital} is well" for vital in Vital))
        await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
        await admin.type("/digest now")
        await channel.next_message()
        async with paperboy(house, "health") as health:
            status, told = await said(health)
        assert status == 0
        assert json.loads(told)["gateway"]["ok"] is True
        status, metrics = await asked(port, "/metrics")
        process.terminate()
        await process.wait()
    told = printed.text
    assert status == 200
    assert 'route="/channels/:id/messages",status="200"' in metrics
    assert str(channel.id) not in metrics
    assert 'paperboy_archive_looks_total{result="fine"} 1.0' in metrics
    assert discord.token not in metrics
    assert discord.token not in told
    if how == "json":
        lines = [json.loads(line) for line in told.splitlines()]
        (planned,) = [line for line in lines if line["message"].startswith("edition ")]
        assert planned.items() >= {"edition_id": 1, "digest_id": 1, "guild_id": server.id}.items()
        (sent,) = [line for line in lines if " sent to channel " in line["message"]]
        assert sent.items() >= {"edition_id": 1, "delivery_id": 1}.items()
        assert {line["logger"].split(".")[0] for line in lines} >= {"bot", "discord"}
    async with paperboy(house, "health") as health:
        status, told = await said(health)
    assert (status, "does not answer" in told) == (1, True)


async def test_a_backup_that_is_put_back_posts_nothing_twice(house: House, discord: Sandbox) -> None:
    server = discord.add_server("ML")
    channel = server.add_channel("papers")
    admin = server.add_member("mina", manage_server=True)
    house.page(day())
    async with house.running() as app:
        await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
        await admin.type("/subscribe add", query="강화학습")
        saved = house.folder / "saved.db"
        await asyncio.to_thread(make_backup, house.settings, saved, force=False)
        house.page(day(FRIDAY + timedelta(days=1), first=10))
        await app.look_at_archive()
        await app.planner.run()
        await admin.next_dm()
        await house.strike(app, NINE)
        assert "24 February 2024" in (await channel.next_message()).content
    await asyncio.to_thread(restore_backup, house.settings, saved, house.clock)
    async with house.running() as app:
        await app.runner.run()
        await app.planner.run()

        async def nothing_owed() -> bool:
            return await app.courier._ledger.next_due() is None

        await house.until(nothing_owed)
        assert (len(channel.messages), len(admin.dms)) == (1, 1)
        reply = await admin.type("/digest why")
        assert "restored a backup" in reply.text
        house.page(day(FRIDAY + timedelta(days=2), first=20))
        await app.look_at_archive()
        await app.planner.run()
        await admin.next_dm()
        await house.strike(app, NINE + timedelta(days=1))
        assert "25 February 2024" in (await channel.next_message()).content
    assert len(channel.messages) == 2


async def test_a_disk_that_goes_bad_is_said_once(house: House, discord: Sandbox) -> None:
    house.page(day())
    path = house.settings.database.path
    async with paperboy(house, "run") as process, output(process) as printed:
        await printed.until("pages read")
        await discord.until_connected()
        write_over(path)
        status: int | None = await process.wait()
    told = printed.text
    assert status == 1
    assert told.count("`paperboy restore FILE`") == 1
    assert "Traceback" not in told
    assert len(told.splitlines()) < 10, told
    broken = contents(path.parent)
    async with paperboy(house, "run") as process:
        status, told = await said(process)
    assert status == 1
    assert told.count("`paperboy restore FILE`") == 1
    assert len(told.splitlines()) == 1, told
    assert contents(path.parent) == broken


def write_over(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("paperboy.db*") if not path.name.endswith("-shm")}


async def test_a_gateway_that_is_gone_shows_while_all_else_goes_on(
    house: House, discord: Sandbox, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.page(day())
    house.settings = house.settings.model_copy(update={"monitor": MonitorSettings(port=port)})
    seconds = 0.0
    async with house.running() as app:
        app.monitor.health = health = Health(lambda: seconds)

        async def pulse() -> dict[Vital, bool]:
            await health.look(Vital.GATEWAY, app._gateway_lives)
            await health.look(Vital.DATABASE, app._database_lives)
            await app._scheduler_lives()
            return {vital: sign.ok for vital, sign in health.signs().items()}

        assert await pulse() == dict.fromkeys(Vital, True)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL("ws://127.0.0.1:9/"))
        discord.disconnect(resume=False)
        await house.until(lambda: not app.client.connected)
        seconds = Vital.GATEWAY.limit + 1
        assert await pulse() == {Vital.GATEWAY: False, Vital.DATABASE: True, Vital.SCHEDULER: True}
        status, told = await asked(port, "/healthz")
        assert (status, json.loads(told)["gateway"]) == (503, {"ok": False, "age_seconds": seconds})
        monkeypatch.undo()
        await house.until(lambda: app.client.connected)
        assert await pulse() == dict.fromkeys(Vital, True)


class Disk:
    """A disk under the database that takes no more while it is full: what is read still comes."""

    def __init__(self, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        writer = app.database._writer
        assert writer is not None
        execute = writer.execute

        async def on_disk(sql: str, *values: Any) -> Any:
            if self.full and sql == "COMMIT":
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise error
            return await execute(sql, *values)

        monkeypatch.setattr(writer, "execute", on_disk)


async def test_a_full_disk_is_said_once_healthz_tells_it_and_all_goes_on_when_there_is_room(
    house: House, discord: Sandbox, port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    channel = discord.add_server("ML").add_channel("papers")
    admin = channel.server.add_member("mina", manage_server=True)
    house.page(day())
    house.settings = house.settings.model_copy(update={"monitor": MonitorSettings(port=port)})
    seconds = 0.0
    with logging_to_stderr(LogSettings(), Hider()):
        async with house.running() as app:
            await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
            app.monitor.health = health = Health(lambda: seconds)
            await health.look(Vital.DATABASE, app._database_lives)
            disk = Disk(app, monkeypatch)
            capsys.readouterr()

            disk.full = True
            house.page(day(FRIDAY.replace(day=24), first=9))
            house.clock.move_to(NINE)
            for _ in range(3):
                for job in (app.look_at_archive, app.runner.run, app.planner.run, app.services.servers.tidy):
                    with suppress(StorageError):
                        await job()
                app.courier.wake()
                await health.look(Vital.DATABASE, app._database_lives)
                refused = await admin.type("/subscribe add", query="강화학습")
                assert "My database isn't available right now" in refused.text
            status, told = await asked(port, "/healthz")
            assert (status, json.loads(told)["database"]["ok"]) == (503, False)
            said = capsys.readouterr().err
            assert "Traceback" not in said
            assert [line.split(": ", 1)[1] for line in said.splitlines() if " INFO " not in line] == [
                "health: the database can't be used: database or disk is full; work that needs it is tried again"
            ]

            disk.full = False
            seconds = 61.0
            await app.look_at_archive()
            await app.runner.run()
            app.courier.wake()
            assert "Saturday, 24 February 2024" in (await channel.next_message()).content
            await health.look(Vital.DATABASE, app._database_lives)
            assert "Subscribed" in (await admin.type("/subscribe add", query="강화학습")).text
            assert json.loads((await asked(port, "/healthz"))[1])["database"]["ok"] is True
            assert "health: the database can be used again" in capsys.readouterr().err
