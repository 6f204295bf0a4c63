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
        """Whether the bot is in the servers."""
        return self.servers[0].bot is not None

    def invite(self, *, here: bool) -> None:
        """Invite the bot to all servers, or remove it there."""
        for server in self.servers:
            if here and server.bot is None:
                server.invite_bot()
            elif not here and server.bot is not None:
                server.kick_bot()

    def switch(self, name: str) -> bool:
        """Start or end a fault; False if there is none with this name."""
        for trouble in self.faults:
            if trouble.name == name:
                trouble.on = not trouble.on
                (trouble.begin if trouble.on else trouble.end)()
                return True
        return False


def build_town(discord: Sandbox, locale: str = "ko") -> Town:
    """Two servers: a Korean one with channels of every kind that a digest can be in, and an English one.

    mina, who speaks Korean, is the admin of the first, and john, who speaks English, of the second. Both are members of
    both. A newcomer, who has added Paperboy to the account, is in the first, and in a server without Paperboy.
    """
    korean = discord.add_server("ML Korea", locale=locale, with_bot=False)
    papers = korean.add_channel("papers", topic="오늘의 논문 · Today's papers")
    korean.add_channel("general")
    korean.add_channel("news", kind="announcement")
    talks = korean.add_channel("talks", kind="forum", topic="논문마다 글 하나 · A post for each paper")
    for tag in ("LLM", "vision", "theory"):
        talks.add_tag(tag)
    talks.require_tag()
    mina = korean.add_member("mina", locale="ko", manage_server=True)
    john = korean.add_member("john", locale="en-GB")
    john.give(korean.add_role("Readers", mentionable=True, color=0x2A9D6F))
    newcomer = korean.add_member("newcomer", locale="en-US")
    newcomer.add_app()
    english = discord.add_server("ML London", locale="en-GB", with_bot=False)
    english.add_channel("daily", topic="Today's papers")
    english.join(john.user, manage_server=True)
    english.join(mina.user)
    elsewhere = discord.add_server("Reading Club", with_bot=False)
    lounge = elsewhere.add_channel("lounge", topic="Paperboy is not a member here")
    elsewhere.join(newcomer.user)
    question = "Has anyone read arXiv:2312.02120 and https://hf.co/papers/2312.00845 yet?"
    elsewhere.owner.say(question, in_=lounge)
    return Town([korean, english], _troubles(discord, papers, talks, john))


def _troubles(discord: Sandbox, papers: Channel, talks: Channel, john: Member) -> list[Trouble]:
    away = _Away(discord)
    limited = _Failing(discord, method="POST", path="/channels/*/messages", status=429, retry_after=1.0)

    def lock(*, locked: bool) -> None:
        for thread in (*papers.threads, *talks.threads):
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
