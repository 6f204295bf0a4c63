"""The parts that run side by side: what the running bot does by itself, however long it runs."""

import asyncio
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

import bot.assembly
from bot.app import App
from bot.archive.thread import FileThread
from bot.assembly import open_app
from bot.errors import DatabaseDamagedError, DatabaseHeldError, StorageError
from bot.monitor.health import Health, Vital
from bot.runtime.periodic import Round
from bot.settings import DatabaseSettings
from bot.storage.ledger.digests import Digests
from bot.storage.papers import index
from sandbox import Sandbox
from sandbox.world.bell import PATIENCE
from tests.builders import FRIDAY, day, order
from tests.conftest import NOON, House


def round_of(app: App, method: str) -> Round:
    """The round that calls a method."""
    (found,) = [each for each in app.rounds() if getattr(each.job, "__qualname__", "") == method]
    return found


def alarms(app: App) -> list[datetime]:
    """When the alarms of the digests ring, by the machine's clock."""
    return [job.next_run_time for job in app.scheduler.get_jobs() if job.id.startswith("digests ")]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]


async def test_the_folder_is_looked_at_at_least_every_five_minutes(house: House) -> None:
    async with house.running() as app:
        look = round_of(app, "App.look_at_archive")
        assert look.seconds <= 300
        house.page(day())
        await look.job()
        assert await app.services.library.newest_day() == FRIDAY


async def test_a_folder_that_hangs_holds_up_no_other_work_of_the_bot(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.running() as app:
        goes_on = threading.Event()
        app._files = FileThread(0.01)
        monkeypatch.setattr("bot.archive.loader._check_folder", lambda _: goes_on.wait())
        house.page(day())
        for _ in range(2):
            await app.look_at_archive()
        assert [said for said in warnings(caplog) if "did not answer" in said] == [caplog.messages[-1]]
        assert await app.services.library.newest_day() is None
        goes_on.set()
        async with asyncio.timeout(5):
            while await app.services.library.newest_day() != FRIDAY:
                await app.look_at_archive()


async def test_the_bot_runs_while_the_index_is_made_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_BATCH", 1)
    monkeypatch.setattr(bot.assembly, "INDEX_SECONDS", 0.0)
    house.page(day())
    async with house.running():
        pass
    with closing(sqlite3.connect(house.settings.database.path)) as connection:
        connection.execute("UPDATE notes SET value = 'another' WHERE name = 'analysis'")
        connection.commit()
    async with open_app(house.settings, house.clock) as app:
        page = await app.services.search.search("paper", limit=5)
        assert (page.partial, page.total) == (True, 1)
    async with house.running() as app:

        async def is_whole() -> bool:
            return not (await app.services.search.search("paper", limit=5)).partial

        await house.until(is_whole)
        assert (await app.services.search.search("paper", limit=5)).total == 2


async def test_arrivals_are_looked_at_every_second(house: House) -> None:
    async with house.running() as app:
        assert round_of(app, "App._plan_alerts").seconds == 1


async def test_where_the_clock_is_set_the_alarms_are_set_anew(house: House) -> None:
    async def ring(timezone: str, at: time) -> None:
        raise AssertionError((timezone, at))

    async with open_app(house.settings, house.clock) as app:
        await Digests(app.database).add(1, order(), 5, NOON, 10)
        app.scheduler.start(paused=True)
        await app.schedule.start(ring)
        (alarm,) = alarms(app)
        house.clock.advance(timedelta(hours=-2))
        await round_of(app, "App._follow_clock").job()
        (later,) = alarms(app)
        app.scheduler.shutdown(wait=False)
    assert timedelta(minutes=-5) < later - alarm - timedelta(hours=2) < timedelta(minutes=5)


async def test_an_edition_whose_alarm_was_lost_is_made_up_for(house: House, discord: Sandbox) -> None:
    server = discord.add_server("ML")
    channel = server.add_channel("papers")
    admin = server.add_member("mina", manage_server=True)
    house.page(day())
    async with house.running() as app:
        await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
        house.clock.advance(timedelta(hours=13))  # the machine's own time does not move: no alarm rings
        sweep = round_of(app, "Runner.run")
        assert sweep.seconds <= 300
        await sweep.job()
        assert "23 February 2024" in (await channel.next_message()).content


def health(app: App) -> dict[Vital, bool]:
    return {vital: sign.ok for vital, sign in app.monitor.health.signs().items()}


async def test_all_parts_give_signs_of_life_from_the_start_and_from_then_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house.running() as app:
        beat = round_of(app, "App._scheduler_lives")
        assert beat.seconds < Vital.SCHEDULER.limit / 2
        seen = app.monitor.health.seen

        def ringing_seen(vital: Vital) -> None:
            seen(vital)
            house.discord.bell.ring()

        monkeypatch.setattr(app.monitor.health, "seen", ringing_seen)
        await house.until(lambda: all(health(app).values()))


async def test_the_event_loop_of_a_running_bot_is_watched_for_stalls(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[bool] = []

    @contextmanager
    def watching() -> Iterator[None]:
        watched.append(True)
        try:
            yield
        finally:
            watched.append(False)

    monkeypatch.setattr(bot.app, "watching_loop", watching)
    async with house.running():  # it waits for what begins after the watching
        assert watched == [True]
    assert watched == [True, False]


async def test_a_database_that_cannot_be_written_gives_no_sign_of_life(house: House) -> None:
    quick = DatabaseSettings(path=house.settings.database.path, busy_timeout_seconds=1)
    house.settings = house.settings.model_copy(update={"database": quick})
    async with house.running() as app:
        other = sqlite3.connect(house.settings.database.path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked"):
            await app._database_lives()
        other.close()
        assert await app._database_lives()
    with pytest.raises(ValueError, match=r"Connection closed|no active connection"):
        await app._database_lives()


async def test_a_scheduler_that_stopped_gives_no_sign_of_life(house: House) -> None:
    now = 0.0
    async with house.running() as app:
        app.monitor.health = Health(lambda: now)
        beat = round_of(app, "App._scheduler_lives")
        await beat.job()
        assert health(app)[Vital.SCHEDULER]
        app.scheduler.pause()
        now = Vital.SCHEDULER.limit + 1
        await beat.job()
        assert not health(app)[Vital.SCHEDULER]
        app.scheduler.resume()


async def test_the_database_is_kept_well_soon_after_the_start_and_every_day(house: House) -> None:
    async with house.running() as app:
        keeping = round_of(app, "Keeper.run")
        assert keeping.seconds == timedelta(days=1).total_seconds()
        assert keeping.first is not None
        assert keeping.first <= 60
        await keeping.job()
        assert app.monitor.metrics.registry.get_sample_value("paperboy_database_sound") == 1


async def test_a_second_bot_is_told_who_runs_and_the_first_goes_on(house: House) -> None:
    async with house.running() as app:
        with pytest.raises(DatabaseHeldError, match=rf"in use by process {os.getpid()} on .*, since 2024-02-23 12:00"):
            async with open_app(house.settings, house.clock):
                pass
        assert await app._database_lives()


async def test_damage_found_while_it_runs_ends_the_bot_with_what_to_do(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.page(day())
    async with open_app(house.settings, house.clock) as app:
        running = asyncio.create_task(app.run(asyncio.Event()))
        await asyncio.wait_for(app.started.wait(), PATIENCE)
        damage(house.settings.database.path)
        with pytest.raises(DatabaseDamagedError):
            await app.services.library.day(FRIDAY)
        with pytest.raises(DatabaseDamagedError, match="`paperboy restore FILE`"):
            await asyncio.wait_for(running, PATIENCE)
    assert [
        record
        for record in caplog.records
        if record.exc_info and record.name.startswith(("apscheduler", "bot.runtime.periodic"))
    ] == []


def damage(path: Path) -> None:
    """Write over all but the first page, with the log emptied into the file before."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))


async def test_old_searches_are_tidied_away_and_young_ones_kept(house: House) -> None:
    async with house.running() as app:
        desk = app.services.desk
        async with desk.keeping_search(7, "old", house.clock.now()) as old:
            pass
        house.clock.advance(timedelta(days=3))
        async with desk.keeping_search(7, "young", house.clock.now()) as young:
            pass
        await round_of(app, "App._tidy").job()
        assert await desk.search(old, 7) is None
        assert await desk.search(young, 7) == "young"
    house.clock.advance(timedelta(days=3))
    async with house.running() as app:  # a bot that is restarted every night tidies too
        assert await app.services.desk.search(young, 7) is None


async def test_a_problem_in_the_archive_is_told_once_and_not_at_every_look(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    page = house.page(day())
    page.write_text("## Daily Papers (2024-02-23)\n\n### no link\n", encoding="utf-8")
    async with house.running() as app:
        for _ in range(3):
            await app.look_at_archive()
        (told,) = warnings(caplog)
        assert "2024/02/23.md:3: the paper's heading has no link" in told
        broken = page.read_text(encoding="utf-8")
        house.page(day())
        await app.look_at_archive()
        page.write_text(broken, encoding="utf-8")
        await app.look_at_archive()
        assert warnings(caplog) == [told, told]


async def test_a_folder_that_is_missing_does_not_stop_the_bot(house: House, caplog: pytest.LogCaptureFixture) -> None:
    shutil.rmtree(house.archive)
    async with house.running() as app:
        await app.look_at_archive()
        (told,) = warnings(caplog)
        assert f"The archive {house.archive} does not exist" in told
        house.page(day())
        await app.look_at_archive()
        assert await app.services.library.newest_day() == FRIDAY
