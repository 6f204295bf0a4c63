"""The parts that run side by side: what the running bot does by itself, however long it runs."""

import shutil
from datetime import datetime, timedelta
from typing import Any

import pytest
from apscheduler.triggers.interval import IntervalTrigger

from bot.app import App
from bot.storage.desk import HEARTBEAT
from sandbox import Sandbox
from tests.builders import FRIDAY, day
from tests.conftest import House


def job(app: App, method: str) -> Any:
    """The scheduler's job that calls a method at intervals."""
    repeated = [job for job in app.scheduler.get_jobs() if isinstance(job.trigger, IntervalTrigger)]
    (found,) = [job for job in repeated if job.name == method]
    return found


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]


async def test_the_folder_is_looked_at_at_least_every_five_minutes(house: House) -> None:
    async with house.running() as app:
        look = job(app, "App.look_at_archive")
        assert look.trigger.interval <= timedelta(minutes=5)
        house.page(day())
        await look.func()
        assert await app.services.library.newest_day() == FRIDAY


async def test_arrivals_are_looked_at_every_second(house: House) -> None:
    async with house.running() as app:
        assert job(app, "App._plan_alerts").trigger.interval == timedelta(seconds=1)


async def test_an_edition_whose_alarm_was_lost_is_made_up_for(house: House, discord: Sandbox) -> None:
    server = discord.add_server("ML")
    channel = server.add_channel("papers")
    admin = server.add_member("mina", manage_server=True)
    house.page(day())
    async with house.running() as app:
        await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
        house.clock.advance(timedelta(hours=13))  # the machine's own time does not move: no alarm rings
        sweep = job(app, "Runner.run")
        assert sweep.trigger.interval <= timedelta(minutes=5)
        await sweep.func()
        assert "23 February 2024" in (await channel.next_message()).content


async def test_the_heartbeat_is_noted_at_the_start_and_from_then_on(house: House) -> None:
    async with house.running() as app:
        beat = job(app, "App._beat")
        assert beat.trigger.interval < timedelta(minutes=2)  # what the health check takes for alive
        first = await _heartbeat(app)
        assert abs(first - house.clock.now()) < timedelta(seconds=10)
        house.clock.advance(timedelta(hours=1))
        await beat.func()
        assert await _heartbeat(app) - first >= timedelta(hours=1)


async def test_a_bot_that_is_not_connected_gives_no_heartbeat(house: House) -> None:
    async with house.running() as app:
        first = await _heartbeat(app)
        app.client.clear()  # as discord.py does before it connects anew
        house.clock.advance(timedelta(hours=1))
        await job(app, "App._beat").func()
        assert await _heartbeat(app) == first


async def test_old_searches_are_tidied_away_and_young_ones_kept(house: House) -> None:
    async with house.running() as app:
        desk = app.services.desk
        old = await desk.keep_search(7, "old", house.clock.now())
        house.clock.advance(timedelta(days=3))
        young = await desk.keep_search(7, "young", house.clock.now())
        await job(app, "App._tidy").func()
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


async def _heartbeat(app: App) -> datetime:
    noted = await app.services.desk.note(HEARTBEAT)
    assert noted is not None
    return datetime.fromisoformat(noted)
