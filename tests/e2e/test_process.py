"""The program as an operator runs it: `paperboy run` in a process of its own."""

import asyncio
import logging
import sys
from asyncio import StreamReader
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.settings import DiscordSettings
from sandbox import Sandbox
from sandbox.api.faults import Fault
from sandbox.world.bell import PATIENCE, Bell
from sandbox.world.places import TEXT
from tests.builders import day
from tests.conftest import House
from tests.e2e.imported import LONGEST_LINE, Started, start
from tests.shared import ROOT


@asynccontextmanager
async def paperboy(
    house: House, *arguments: str, token: str | None = None, imported: bool = True, **variables: str
) -> AsyncIterator[Process | Started]:
    """A command of the program, with the house's settings in its environment; killed if it outlives the test.

    With `imported`, it starts where the program has been imported; without, as operators start it.
    """
    settings = house.settings
    environment = {
        "PAPERBOY_DISCORD__TOKEN": token or house.discord.token,
        "PAPERBOY_DISCORD__API_URL": settings.discord.api_url,
        "PAPERBOY_ARCHIVE__PATH": str(settings.archive.path),
        "PAPERBOY_DATABASE__PATH": str(settings.database.path),
        "PAPERBOY_MONITOR__PORT": str(settings.monitor.port),
        "PAPERBOY_SOURCE__ENABLED": "false",
        **variables,
    }
    process = await (start(arguments, environment) if imported else _start_anew(arguments, environment))
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def _start_anew(arguments: Sequence[str], environment: Mapping[str, str]) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=ROOT,
        stdout=PIPE,
        stderr=PIPE,
        limit=LONGEST_LINE,
        env=environment,
    )


class Output:
    """What a running process prints, read as it comes."""

    def __init__(self) -> None:
        self.text = ""
        self._bell = Bell()

    async def read(self, *streams: StreamReader | None) -> None:
        """Read to the end of all streams."""
        await asyncio.gather(*(self._read(stream) for stream in streams if stream is not None))

    async def _read(self, stream: StreamReader) -> None:
        async for line in stream:
            self.text += line.decode()
            self._bell.ring()

    async def until(self, *words: str) -> None:
        """Wait until all of this was printed."""
        await self._bell.until(lambda: all(each in self.text for each in words))


@asynccontextmanager
async def output(process: Process | Started) -> AsyncIterator[Output]:
    """Follow what a process prints. It is killed if it outlives the block."""
    printed = Output()
    reading = asyncio.create_task(printed.read(process.stdout, process.stderr))
    try:
        yield printed
    finally:
        if process.returncode is None:
            process.kill()
        await reading


async def said(process: Process | Started) -> tuple[int | None, str]:
    """Wait for the end: the status, and all that was printed."""
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, (out + err).decode()


async def stopped(process: Process | Started, held: Fault) -> tuple[int | None, str]:
    """The status and all that was printed, after SIGTERM; once the program has noticed, Discord goes on with `held`."""
    async with output(process) as printed:
        process.terminate()
        await printed.until("stopping")
        held.release()
        status = await asyncio.wait_for(process.wait(), PATIENCE)
    return status, printed.text


async def test_sigterm_ends_it_with_what_was_being_sent_sent(house: House, discord: Sandbox) -> None:
    server = discord.add_server("ML")
    channel = server.add_channel("papers")
    admin = server.add_member("mina", manage_server=True)
    house.page(day(datetime.now(UTC).date()))
    async with house.running():
        pass  # the archive is loaded: `now` will find the day
    async with paperboy(house, "run", imported=False) as process:
        await discord.until_connected()
        await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
        sending = discord.fail(method="POST", path="/channels/*/messages", hold=True)
        await admin.type("/digest now")
        await discord.until(lambda: sending.seen > 0)
        status, told = await stopped(process, sending)
        assert status == 0, told
        assert "Traceback" not in told
        assert discord.token not in told
    assert len(channel.messages) == 1
    async with house.running() as app:
        history = await app.services.digests.why(server.id, 1)
        assert [edition.message_id for edition in history.editions] == [channel.messages[0].id]


async def test_a_command_that_came_before_sigterm_is_answered(house: House, discord: Sandbox) -> None:
    server = discord.add_server("ML")
    server.add_channel("papers")
    member = server.add_member("mina")
    async with paperboy(house, "run") as process:
        await discord.until_connected()
        answering = discord.fail(method="POST", path="/interactions/*", hold=True)
        asked = asyncio.create_task(member.type("/about"))
        await discord.until(lambda: answering.seen > 0)
        status, told = await stopped(process, answering)
    assert status == 0, told
    assert "Traceback" not in told
    assert "Paperboy" in (await asked).text


async def test_commands_are_synced_when_they_changed_and_not_at_every_start(house: House, discord: Sandbox) -> None:
    for _ in range(2):
        async with house.running():
            pass
    syncs = [request for request in discord.requests if request.method == "PUT" and request.path.endswith("/commands")]
    assert len(syncs) == 1


async def test_an_application_without_user_install_gets_commands_for_servers(
    house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    discord.commands.for_users = False
    server = discord.add_server("Home")
    server.add_channel("papers")
    with caplog.at_level(logging.INFO, "bot.client"):
        async with house.running():
            assert "Paperboy" in (await server.add_member("mina").type("/about")).text
    assert "the application's User Install is off" in caplog.text
    assert {str(command["integration_types"]) for command in discord.commands.in_scope(None)} == {"[0]"}
    discord.commands.for_users = True
    async with house.running():
        paper = next(command for command in discord.commands.in_scope(None) if command["name"] == "paper")
        assert (paper["integration_types"], paper["contexts"]) == ([0, 1], [0, 1, 2])


async def test_a_refused_token_ends_the_program_with_what_to_do(house: House, discord: Sandbox) -> None:
    async with paperboy(house, "run", token="wrong.token.here") as process:
        status, told = await said(process)
    assert status == 1
    assert "refused the token" in told
    assert "Traceback" not in told
    assert "wrong.token.here" not in told


async def test_a_discord_that_cannot_be_reached_is_said_in_one_line_and_waited_for_until_sigterm(house: House) -> None:
    house.settings = house.settings.model_copy(update={"discord": DiscordSettings(api_url="http://127.0.0.1:9/api")})
    async with paperboy(house, "run") as process:
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while b"trying again" not in (line := await process.stderr.readline()):
                assert line
        assert b"Discord: log in: Cannot connect to host 127.0.0.1:9" in line
        process.terminate()
        status, told = await said(process)
    assert status == 0, told
    assert "Traceback" not in told


@pytest.mark.parametrize("spoilt", [False, True])
async def test_check_looks_at_token_and_permissions(house: House, discord: Sandbox, *, spoilt: bool) -> None:
    server = discord.add_server("ML")
    channel, news = server.add_channel("papers"), server.add_channel("news", kind="announcement")
    admin = server.add_member("mina", manage_server=True)
    house.page(day())
    async with house.running():
        await admin.type("/digest add", channel=channel, time="09:00", timezone="Asia/Seoul")
        await admin.type("/digest add", channel=news, time="09:00", timezone="Asia/Seoul", publish="yes")
    if spoilt:
        channel.deny(discord.bot, "embed_links", "read_message_history")
        news.kind = TEXT
        discord.commands.for_users = False
    async with paperboy(house, "check") as process:
        status, told = await said(process)
    assert "✓ token: Discord knows it as Paperboy" in told
    assert status == int(spoilt), told
    assert ("missing “Embed Links”, “Read Message History”" in told) == spoilt
    assert ("only announcement channels can publish" in told) == spoilt
    assert ("User Install is off in the developer portal" in told) == spoilt
    assert "WARNING" not in told


async def test_check_says_that_a_token_is_refused(house: House, discord: Sandbox) -> None:
    house.page(day())
    async with paperboy(house, "check", token="wrong.token.here") as process:
        status, told = await said(process)
    assert status == 1
    assert "✗ Discord: the token is refused" in told
    assert "wrong.token.here" not in told


@pytest.mark.parametrize("trouble", [{"status": 503, "page": "<html>busy</html>"}, {"disconnect": True}])
async def test_check_says_in_one_line_what_discord_did_instead_of_answering(
    house: House, discord: Sandbox, trouble: dict[str, Any]
) -> None:
    house.page(day())
    discord.fail(path="/users/@me", times=9, **trouble)
    async with paperboy(house, "check") as process:
        status, told = await said(process)
    assert status == 1
    assert "✗ Discord: can't be asked: " in told
    assert "<html>" not in told
    assert "Traceback" not in told
