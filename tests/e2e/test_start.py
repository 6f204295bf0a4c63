"""What Discord does while the bot starts, or runs: only a wrong token and a disallowed intent end it."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request
from pydantic import SecretStr

from bot.assembly import open_app
from bot.chat.gateway.patience import LONGEST_SECONDS, REFUSED_SECONDS
from bot.chat.gateway.shard import DISALLOWED_INTENTS
from bot.errors import SettingsError, StorageError
from bot.settings import DiscordSettings
from sandbox import Sandbox
from sandbox.api.gateway import Close
from tests.builders import day
from tests.conftest import House
from tests.e2e.beginning import Sleep, started, starting, warnings

PAGE = "<!DOCTYPE html><title>Attention Required! | Cloudflare</title>" + "<p>Sorry, you have been blocked</p>" * 50


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/users/@me", {"status": 503}),
        ("/users/@me", {"disconnect": True, "times": 4}),  # aiohttp repeats a GET once by itself
        ("/users/@me", {"status": 403, "page": PAGE}),
        ("/users/@me", {"status": 429, "page": PAGE}),
        ("/users/@me", {"status": 401, "page": PAGE}),
        ("/users/@me", {"status": 200, "page": PAGE}),
        ("/oauth2/applications/@me", {"status": 503}),
        ("/oauth2/applications/@me", {"status": 403, "page": PAGE}),
        ("/gateway/bot", {"status": 503}),
        ("/gateway/bot", {"status": 429, "page": PAGE}),
        ("/gateway/bot", {"status": 200, "page": PAGE}),
    ],
)
async def test_a_start_that_fails_for_now_is_said_once_and_tried_again(
    house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture, path: str, fault: dict[str, Any]
) -> None:
    discord.fail(path=path, **({"times": 3} | fault))
    sleep = Sleep()
    async with starting(house, sleep) as (app, running):
        await started(app, running)
    assert 2 <= len(sleep.seconds) <= 3
    (told,) = warnings(caplog)
    assert "trying again in" in told
    assert "Sorry" not in told
    assert all(record.exc_info is None for record in caplog.records)


async def test_a_closed_port_at_the_start_is_waited_for(
    house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    await discord.close_port()
    sleep = Sleep()
    sleep.then = {3: discord.open_port}
    async with starting(house, sleep) as (app, running):
        await started(app, running)
    assert len(sleep.seconds) == 3
    assert len(warnings(caplog)) == 1


async def test_a_gateway_that_is_away_at_the_start_is_waited_for(
    house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    async def open_gateway() -> None:
        discord.open_gateway()

    discord.close_gateway()
    sleep = Sleep()
    sleep.then = {3: open_gateway}
    async with starting(house, sleep) as (app, running):
        await started(app, running)
    (told,) = warnings(caplog)
    assert "connection of shard 0" in told


async def test_the_pauses_of_a_start_grow_to_an_hour(house: House, discord: Sandbox) -> None:
    fault = discord.fail(path="/users/@me", status=503, times=16)
    sleep = Sleep()
    async with starting(house, sleep) as (app, running):
        await started(app, running)
    assert fault.seen == 16
    assert sleep.seconds[0] <= 2
    assert sleep.seconds[1] > sleep.seconds[0]
    assert sleep.seconds[-1] > LONGEST_SECONDS / 2
    assert max(sleep.seconds) <= LONGEST_SECONDS


async def test_a_long_rate_limit_at_the_start_is_kept(house: House, discord: Sandbox) -> None:
    discord.fail(path="/gateway/bot", status=429, retry_after=90.0)
    sleep = Sleep()
    async with starting(house, sleep) as (app, running):
        await started(app, running)
    assert sleep.seconds == [90.0]


async def test_a_ban_is_not_hammered_and_its_retry_after_is_kept(house: House, discord: Sandbox) -> None:
    discord.fail(path="/users/@me", status=429, page=PAGE, retry_after=5000)
    discord.fail(path="/users/@me", status=403, page=PAGE)
    sleep = Sleep()
    async with starting(house, sleep) as (app, running):
        await started(app, running)
    assert sleep.seconds == [5000, REFUSED_SECONDS]


async def test_with_no_session_left_the_start_waits_until_the_reset(
    house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    async def reset() -> None:
        assert discord.gateway.identifies == 1000
        discord.gateway.identifies = 0

    discord.gateway.identifies, discord.gateway.reset_after_ms = 1000, 7_200_000
    sleep = Sleep()
    sleep.then = {1: reset}
    async with starting(house, sleep) as (app, running):
        await started(app, running)
        assert discord.gateway.identifies == 1
    assert sleep.seconds == [7200]
    assert "only 0 are left for today" in warnings(caplog)[0]


async def test_with_no_session_left_a_lost_session_is_not_replaced_before_the_reset(
    house: House, discord: Sandbox
) -> None:
    async def reset() -> None:
        discord.gateway.identifies = 0
        again.set()

    again = asyncio.Event()
    sleep = Sleep()
    async with starting(house, sleep) as (app, running):
        await started(app, running)
        sleep.then = {1: reset}
        discord.gateway.identifies, discord.gateway.reset_after_ms = 1000, 7_200_000
        discord.disconnect(resume=False)
        await asyncio.wait_for(again.wait(), 30)
        assert sleep.seconds == [7200]
        await discord.until_connected()
        assert not running.done()


@pytest.mark.parametrize(
    "refusal",
    [
        {"status": 400},
        {"status": 400, "code": 30034, "message": "Max number of daily application command creates"},
        {"status": 400, "code": 50035, "message": "Invalid Form Body"},
        {"status": 403, "code": 50001, "message": "Missing Access"},
        {"status": 403, "page": PAGE},
        {"disconnect": True, "times": 2},  # aiohttp repeats a PUT once by itself
    ],
)
async def test_a_refused_command_sync_is_a_warning_and_is_tried_again_while_editions_go_on(
    house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture, refusal: dict[str, Any]
) -> None:
    async def hold() -> None:
        held.set()
        await release.wait()

    held, release = asyncio.Event(), asyncio.Event()
    refused = discord.fail(method="PUT", path="/applications/*/commands", **refusal)
    sleep = Sleep()
    sleep.then = {1: hold}
    house.page(day())
    async with starting(house, sleep) as (app, running):
        await started(app, running)
        await asyncio.wait_for(held.wait(), 30)
        (told,) = warnings(caplog)
        assert "sync the commands" in told
        assert discord.commands.in_scope(None) == []
        release.set()
        await asyncio.wait_for(asyncio.gather(*app.client._beside), 30)
        assert len(discord.commands.in_scope(None)) > 0
    assert refused.seen == refused.times


@pytest.mark.parametrize("path", ["/users/@me", "/oauth2/applications/@me", "/gateway/bot"])
async def test_a_wrong_token_ends_the_start(house: House, discord: Sandbox, path: str) -> None:
    discord.fail(path=path, status=401, message="401: Unauthorized")
    async with starting(house, Sleep()) as (_, running):
        with pytest.raises(SettingsError, match="refused the token"):
            await asyncio.wait_for(running, 30)


async def test_a_disallowed_intent_ends_the_start_with_what_to_do(
    house: House, discord: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord.gateway, "_refusal", lambda *_: Close(DISALLOWED_INTENTS))
    async with starting(house, Sleep()) as (_, running):
        with pytest.raises(SettingsError, match="intent"):
            await asyncio.wait_for(running, 30)


@pytest.mark.parametrize("code", [4010, 4011, 4012, 4013])
async def test_a_gateway_that_closes_with_any_other_code_is_tried_again(
    house: House, discord: Sandbox, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    async def mend() -> None:
        monkeypatch.undo()

    monkeypatch.setattr(discord.gateway, "_refusal", lambda *_: code)
    sleep = Sleep()
    sleep.then = {1: mend}
    async with starting(house, sleep) as (app, running):
        await started(app, running)
        assert app.client.connected


async def test_an_event_that_cannot_be_read_does_not_end_the_program(house: House, discord: Sandbox) -> None:
    server = discord.add_server("ML")
    sleep = Sleep()
    async with starting(house, sleep) as (app, running):
        await started(app, running)
        server.tell("GUILD_UPDATE", {"id": "no number"})
        await asyncio.wait_for(sleep.slept.wait(), 30)
        await discord.until(lambda: discord.gateway.shards == [0] and discord.gateway.identifies == 2)
        assert not running.done()


async def test_to_stop_while_discord_is_waited_for_ends_at_once_and_health_says_for_what(
    house: House, discord: Sandbox
) -> None:
    async def forever(_: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    waiting = asyncio.Event()
    discord.fail(path="/users/@me", status=503)
    async with open_app(house.settings, house.clock) as app:
        app.client.patience.sleep = forever
        stop = asyncio.Event()
        running = asyncio.create_task(app.run(stop))
        await asyncio.wait_for(waiting.wait(), 30)
        assert "log in: status 503" in app.client.patience.waits
        answer = await app.monitor._healthz(make_mocked_request("GET", "/healthz"))
        assert "log in: status 503" in json.loads(answer.text or "")["waits_for"]
        stop.set()
        await asyncio.wait_for(running, 2)


async def test_to_stop_while_an_answer_is_waited_for_ends_at_once(
    house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    slow = discord.fail(path="/users/@me", hold=True)
    async with starting(house, Sleep()) as (_, running):
        await discord.until(lambda: slow.seen == 1)
    assert running.done()
    assert warnings(caplog) == []


async def test_a_comparison_that_fails_after_a_lost_session_is_made_up_for(
    house: House, discord: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = discord.add_server("ML")
    channel = server.add_channel("papers")
    admin = server.add_member("mina", manage_server=True)
    async with starting(house, Sleep()) as (app, running):
        await started(app, running)
        await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
        known, failures = app.services.servers._store.known, [StorageError("locked"), StorageError("locked")]

        async def fail_twice() -> set[int]:
            if failures:
                raise failures.pop()
            return await known()

        monkeypatch.setattr(app.services.servers._store, "known", fail_twice)
        discord.disconnect(resume=False)
        server.kick_bot()

        async def is_removed() -> bool:
            return server.id in await app.services.servers._store.removals()

        await house.until(is_removed)
        assert failures == []


async def test_a_token_of_no_account_is_refused_without_its_words(house: House) -> None:
    house.settings = house.settings.model_copy(
        update={"discord": DiscordSettings(token=SecretStr("no.such.token"), api_url=house.settings.discord.api_url)}
    )
    async with starting(house, Sleep()) as (_, running):
        with pytest.raises(SettingsError) as refused:
            await asyncio.wait_for(running, 30)
    assert "no.such.token" not in str(refused.value)
