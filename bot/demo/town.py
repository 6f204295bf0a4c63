"""The people and places of `paperboy try`, and what can go wrong there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.storage.engine.copies import backup
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from sandbox import Channel, Member, Sandbox, Server


@dataclass(slots=True)
class Trouble:
    """A fault that can be switched on and off."""

    name: str
    begin: Callable[[], None]
    end: Callable[[], None]
    on: bool = False


@dataclass(slots=True)
class Town:
    """A Discord with its servers; the visitor starts in the first."""

    servers: list[Server]
    faults: list[Trouble] = field(default_factory=list)

    @property
    def invited(self) -> bool:
        """Whether the bot is in the first server."""
        return self.servers[0].bot is not None

    def invite(self, *, here: bool) -> None:
        """Invite the bot to the first server, or remove it there."""
        if here and not self.invited:
            self.servers[0].invite_bot()
        elif not here and self.invited:
            self.servers[0].kick_bot()

    def switch(self, name: str) -> bool:
        """Start or end a fault; False if there is none with this name."""
        for trouble in self.faults:
            if trouble.name == name:
                trouble.on = not trouble.on
                (trouble.begin if trouble.on else trouble.end)()
                return True
        return False


def build_town(discord: Sandbox, locale: str = "ko") -> Town:
    """One server with three channels: an admin who speaks Korean, a member who speaks English, and a newcomer."""
    server = discord.add_server("ML Korea", locale=locale, with_bot=False)
    papers = server.add_channel("papers", topic="오늘의 논문 · Today's papers")
    server.add_channel("general")
    server.add_channel("news", kind="announcement")
    server.add_member("mina", locale="ko", manage_server=True)
    john = server.add_member("john", locale="en-GB")
    server.add_member("newcomer", locale="en-US")
    return Town([server], _troubles(discord, papers, john))


def _troubles(discord: Sandbox, papers: Channel, john: Member) -> list[Trouble]:
    away = _Away(discord)
    limited = _Failing(discord, method="POST", path="/channels/*/messages", status=429, retry_after=1.0)

    def lock(*, locked: bool) -> None:
        for thread in papers.threads:
            if locked:
                thread.archive(locked=True)
            else:
                thread.reopen()

    return [
        Trouble("away", away.begin, away.end),
        Trouble(
            "no-permission",
            lambda: papers.deny(discord.bot, "send_messages"),
            lambda: papers.allow(discord.bot, "send_messages"),
        ),
        Trouble("dms-closed", john.close_dms, john.open_dms),
        Trouble("thread-locked", lambda: lock(locked=True), lambda: lock(locked=False)),
        Trouble("rate-limit", limited.begin, limited.end),
    ]


class _Failing:
    """Some requests are answered with an error."""

    def __init__(
        self, discord: Sandbox, *, method: str = "*", path: str = "*", status: int, retry_after: float
    ) -> None:
        self._discord = discord
        self._how = (method, path, status, retry_after)
        self._stop: Callable[[], None] = lambda: None

    def begin(self) -> None:
        method, path, status, retry_after = self._how
        always = 1_000_000_000
        fault = self._discord.fail(method=method, path=path, status=status, retry_after=retry_after, times=always)
        self._stop = fault.stop

    def end(self) -> None:
        self._stop()


class _Away(_Failing):
    """Discord is away: no gateway, and 503 for every request."""

    def __init__(self, discord: Sandbox) -> None:
        super().__init__(discord, status=503, retry_after=0.0)

    def begin(self) -> None:
        super().begin()
        self._discord.close_gateway()

    def end(self) -> None:
        super().end()
        self._discord.open_gateway()


async def town_of(discord: Sandbox, original: Path, copy: Path) -> Town:
    """Copy an operator's database, leaving the original unchanged, and build its digests' servers and channels."""
    backup(original, copy)
    async with Database.open(copy) as database:
        digests = await Digests(database).active()
    servers: dict[int, Server] = {}
    for digest in digests:
        if digest.guild_id not in servers:
            servers[digest.guild_id] = discord.add_server(f"Server {digest.guild_id}", server_id=digest.guild_id)
        channel_id = digest.order.channel_id
        if channel_id not in discord.places:
            servers[digest.guild_id].add_channel(f"channel-{channel_id}", channel_id=channel_id)
    town = build_town(discord)
    for server in servers.values():
        for person in town.servers[0].members:
            if not person.user.bot:
                server.join(person.user, manage_server=person.name == "mina")
    return town
