"""Which servers wait for which when a bot starts."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from discord.ext.commands import AutoShardedBot

from bot.assembly import open_app
from bot.delivery.model import Reach
from bot.digests import runner
from bot.digests.model import Plan
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from sandbox import Channel, Sandbox
from tests.builders import FRIDAY, day, order
from tests.conftest import House
from tests.e2e.beginning import Sleep, started, starting, warnings


async def two_that_are_owed(house: House, discord: Sandbox) -> list[Channel]:
    """The channels of two servers whose digests fell due a minute ago."""
    house.page(day(FRIDAY))
    due = house.clock.now() - timedelta(minutes=1)
    channels = [discord.add_server(f"server {number}").add_channel("papers") for number in range(2)]
    async with Database.open(house.settings.database.path) as database:
        for channel in channels:
            wanted = order(channel_id=channel.id, time=due.time().replace(second=0, microsecond=0), timezone="UTC")
            await Digests(database).add(channel.home.id, wanted, 1, due - timedelta(hours=1), 1)
    return channels


async def test_a_server_does_not_wait_until_the_editions_of_all_others_are_planned(
    house: House, discord: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    channels = await two_that_are_owed(house, discord)
    plan, may_plan_all = Digests.plan_all, asyncio.Event()
    planned = list[int | None]()

    async def plan_slowly(digests: Digests, plans: Sequence[Plan]) -> list[int | None]:
        if planned:
            await may_plan_all.wait()
        planned.extend(now := await plan(digests, plans))
        return now

    monkeypatch.setattr(runner, "GROUP", 1)
    monkeypatch.setattr(Digests, "plan_all", plan_slowly)
    async with starting(house, Sleep()) as (app, running):
        await discord.until(lambda: any(channel.messages for channel in channels))
        assert len(planned) == 1
        may_plan_all.set()
        await started(app, running)
        await discord.until(lambda: all(channel.messages for channel in channels))


async def test_a_server_does_not_wait_for_the_shards_of_others(
    house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    discord.gateway.recommended_shards = 2
    here, there = await two_that_are_owed(house, discord)
    may_identify = asyncio.Event()

    async def identify(shard: int | None, *, initial: bool = False) -> None:
        del initial
        if shard:
            await may_identify.wait()

    async with starting(house, Sleep()) as (app, _):
        app.client.before_identify_hook = identify  # type: ignore[assignment,method-assign]
        await here.next_message()
        assert app.client.reach() == Reach(2, frozenset({0}))
        assert there.messages == []
        may_identify.set()
        await there.next_message()
        await discord.until(lambda: app.client.reach() is None)
    assert warnings(caplog) == []


async def test_as_many_shards_start_together_as_discord_allows(house: House, discord: Sandbox) -> None:
    discord.gateway.recommended_shards, discord.gateway.max_concurrency = 4, 2
    waited = list[int | None]()

    async def wait(_: Any, shard: int | None, *, initial: bool = False) -> None:
        if not initial:
            waited.append(shard)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AutoShardedBot, "before_identify_hook", wait)
        async with open_app(house.settings, house.clock) as app:
            app.client.wait_for_servers(0.05)
            stop = asyncio.Event()
            running = asyncio.create_task(app.run(stop))
            await discord.until_connected(shards=4)
            stop.set()
            await running
    assert waited == [2]
