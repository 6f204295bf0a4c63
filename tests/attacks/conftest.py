"""Two servers, their people, and one who sends Discord's bot what no client of Discord's would."""

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from sandbox import Channel, Member, Sandbox, Server
from sandbox.world.client import _reply
from sandbox.world.interactions import Interaction, Kind, Reply
from sandbox.world.messages import Message
from tests.builders import FRIDAY, day
from tests.conftest import House

STRING, INTEGER, CHANNEL, ATTACHMENT = 3, 4, 7, 11
_BUTTON, _SELECT = 2, 3


class Attacker:
    """Writes interactions by hand, as one who speaks to Discord without its client."""

    def __init__(self, member: Member, place: Channel) -> None:
        self.member = member
        self.place = place

    async def command(
        self, words: str, options: dict[str, tuple[int, object]], resolved: dict[str, Any] | None = None
    ) -> Reply:
        """Send a command with options of any type and value, whoever may use it."""
        group, name = words.split()
        given = [{"name": key, "type": kind, "value": value} for key, (kind, value) in options.items()]
        data: dict[str, Any] = {"id": "1", "name": group, "type": 1}
        data["options"] = [{"name": name, "type": 1, "options": given}]
        return await self._send(Kind.COMMAND, data | ({"resolved": resolved} if resolved else {}))

    async def press(self, source: Message, custom_id: str) -> Reply:
        """Press a button as if the message had it. Discord and discord.py look for it first: this is past both."""
        data = {"component_type": _BUTTON, "custom_id": custom_id, "id": 1}
        item = {"type": _BUTTON, "style": 2, "label": "x", "custom_id": custom_id}
        return await self._send(Kind.COMPONENT, data, _with(source, item))

    async def press_what_is_not_there(self, source: Message, custom_id: str) -> Reply:
        """Press a button that the message has not."""
        data = {"component_type": _BUTTON, "custom_id": custom_id, "id": 1}
        return await self._send(Kind.COMPONENT, data, source)

    async def choose(self, source: Message, custom_id: str, values: list[str]) -> Reply:
        """Choose in a menu what it need not offer."""
        data = {"component_type": _SELECT, "custom_id": custom_id, "values": values, "id": 1}
        item = {"type": _SELECT, "custom_id": custom_id, "options": [{"label": "x", "value": "x"}]}
        return await self._send(Kind.COMPONENT, data, _with(source, item))

    async def send_form(self, source: Message, custom_id: str, fields: dict[str, str]) -> Reply:
        """Send a form other than the one that a press may have opened, with any fields."""
        opened = await self.press(source, "papers:note:2402.00001")
        rows = [{"type": 1, "components": [{"type": 4, "custom_id": key, "value": fields[key]}]} for key in fields]
        data = {"custom_id": custom_id, "components": rows}
        return await self._send(Kind.MODAL, data, source, opened.interaction)

    async def _send(
        self, kind: Kind, data: dict[str, Any], source: Message | None = None, opened: Interaction | None = None
    ) -> Reply:
        client = self.member.user.discord.client  # its own hands: the members' are held to what Discord offers
        return _reply(await client._act(kind, self.member.user, self.place, data, source, opened))


def _with(source: Message, item: dict[str, Any]) -> Message:
    """The message as the bot receives it, with another component instead of its last row."""
    return replace(source, raw_components=[*source.raw_components[:4], {"type": 1, "components": [item]}])


@dataclass(frozen=True)
class Victim:
    """A server with a digest, about which other servers may learn nothing."""

    server: Server
    secret: Channel
    admin: Member


@dataclass(frozen=True)
class Scene:
    """The running bot, the victim's server, and the attacker's own, where the attacker is a mere member."""

    app: App
    house: House
    victim: Victim
    home: Server
    lobby: Channel
    admin: Member
    attacker: Attacker

    def pass_a_minute(self) -> None:
        """Let a minute pass for the limits per minute, so that one scene serves a whole table of attacks."""
        cooldowns = self.app.services.cooldowns
        before = cooldowns._clock
        cooldowns._clock = lambda: before() + 61


@pytest.fixture
async def scene(discord: Sandbox, house: House) -> AsyncIterator[Scene]:
    """All in place, on an archive of two days."""
    for ago in range(2):
        house.page(day(FRIDAY - timedelta(days=ago), votes=tuple(range(8, 0, -1)), first=1 + 8 * ago))
    theirs = discord.add_server("Victim")
    victim = Victim(theirs, theirs.add_channel("secret-plans"), theirs.add_member("vic", manage_server=True))
    home = discord.add_server("Home")
    lobby = home.add_channel("lobby")
    admin, mallory = home.add_member("ada", manage_server=True), home.add_member("mallory")
    async with house.running() as app:
        await victim.admin.type("/digest add", channel=victim.secret, time="03:33", timezone="UTC")
        yield Scene(app, house, victim, home, lobby, admin, Attacker(mallory, lobby))


def quiet(caplog: pytest.LogCaptureFixture) -> bool:
    """Whether neither a warning nor an error has been logged."""
    return not any(record.levelno >= logging.WARNING for record in caplog.records)


@pytest.fixture(autouse=True)
def nothing_unforeseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No attack is an error to the bot: each is answered in words that were thought of before, and logs nothing."""
    yield
    told = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    assert [record.getMessage() for record in told if record.levelno >= logging.ERROR] == []


async def own_page(scene: Scene) -> Message:
    """A list of the attacker's own."""
    return (await scene.attacker.member.type("/paper search", query="number", in_=scene.lobby)).message
