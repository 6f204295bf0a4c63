"""Whether a failed sending leaves doubt, and how a message that was in doubt is found again: on a local Discord."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from yarl import URL

from bot.alerts.model import Alert, Match
from bot.chat.doubt import watching_trace
from bot.chat.messenger import DiscordMessenger
from bot.clock import SystemClock
from bot.delivery.model import Delivery, EditionMail, Part, Receipt, State
from bot.digests.model import Selection, Style
from bot.errors import DeliveryError, Fault
from sandbox import Channel, Member, Sandbox
from sandbox.messages import Message
from tests.builders import FRIDAY, day, utc

POSTS = "/channels/*/messages"
HOUR = timedelta(hours=1)
LISTINGS = day(votes=(5, 3)).listings


class Desk:
    """A messenger connected to a Discord with a server, a channel and a member."""

    def __init__(self, world: Sandbox, client: discord.Client) -> None:
        self.world, self.client = world, client
        self.server = world.add_server("ML")
        self.channel: Channel = self.server.add_channel("papers")
        self.member: Member = self.server.add_member("jun")
        self.messenger = DiscordMessenger(1)
        self.messenger.connect(client)

    def mail(self, headline: int | None = None) -> EditionMail:
        selection = Selection(FRIDAY, 2, LISTINGS)
        return EditionMail(1, self.server.id, self.channel.id, Style.THREAD, None, selection, headline)

    def alert(self, channel_id: int | None = None) -> Alert:
        return Alert(1, self.member.id, FRIDAY, channel_id, "ko", (Match(LISTINGS[0], ("강화학습",)),))

    async def find(self, delivery: Delivery, letter: EditionMail | Alert) -> Receipt | None:
        now = SystemClock().now()
        return await self.messenger.find(delivery, letter, now - HOUR, now + HOUR)


def delivery(part: Part, number: int = 7, position: int = 0) -> Delivery:
    return Delivery(number, part, position, State.SENDING, 1, None, 1, utc(2024, 2, 23))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with Sandbox() as world:
        discord.http.Route.BASE = world.url
        client = discord.AutoShardedClient(
            intents=discord.Intents(guilds=True), http_trace=watching_trace(), shard_count=1, max_messages=None
        )
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(world.gateway_url)
        desk = Desk(world, client)
        client._connection.guild_ready_timeout = 0.05
        async with client:
            await client.login(world.token)
            running = asyncio.create_task(client.connect(reconnect=False))
            await client.wait_until_ready()
            yield desk
            await client.close()
            await running


def marks(message: Message, number: int) -> list[str]:
    ids = [select.custom_id for select in message.selects] + [button.custom_id for button in message.buttons]
    return [custom_id for custom_id in ids if custom_id.endswith(f":d{number}")]


async def test_every_message_bears_its_mark_and_is_found_by_it(desk: Desk) -> None:
    headline = await desk.messenger.post_edition(delivery(Part.HEADLINE), desk.mail())
    mail = desk.mail(headline.message_id)
    await desk.messenger.post_edition(delivery(Part.THREAD, 8, 1), mail)
    in_thread = await desk.messenger.post_edition(delivery(Part.PAPER, 9, 2), mail)
    by_dm = await desk.messenger.post_alert(delivery(Part.ALERT, 10), desk.alert())
    for part, letter, receipt, place in (
        (delivery(Part.HEADLINE), mail, headline, desk.channel),
        (delivery(Part.PAPER, 9, 2), mail, in_thread, desk.channel.messages[0].thread),
        (delivery(Part.ALERT, 10), desk.alert(), by_dm, desk.world.dm_with(desk.member.user)),
    ):
        assert place is not None
        [message] = place.messages
        assert len(marks(message, part.id)) == 1
        assert len(message.selects) <= 1
        assert len(message.buttons) <= 1
        assert await desk.find(part, letter) == receipt
        assert await desk.find(replace(part, id=77), letter) is None


async def test_only_what_was_posted_in_the_time_is_found(desk: Desk) -> None:
    await desk.messenger.post_edition(delivery(Part.CARDS), desk.mail())
    now = SystemClock().now()
    for since, until in ((now + HOUR, now + 2 * HOUR), (now - 2 * HOUR, now - HOUR)):
        assert await desk.messenger.find(delivery(Part.CARDS), desk.mail(), since, until) is None


async def test_it_is_found_below_hundreds_of_others(desk: Desk) -> None:
    for _ in range(120):
        desk.member.say("words", in_=desk.channel)
    receipt = await desk.messenger.post_edition(delivery(Part.CARDS), desk.mail())
    assert await desk.find(delivery(Part.CARDS), desk.mail()) == receipt


async def test_a_history_that_is_too_long_to_be_read_is_no_proof(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.history.LONGEST", 100)
    for _ in range(100):
        desk.member.say("words", in_=desk.channel)
    await expect(desk, Fault.HISTORY_HIDDEN, desk.mail())


async def expect(desk: Desk, fault: Fault, letter: EditionMail | Alert, part: Part = Part.CARDS) -> None:
    with pytest.raises(DeliveryError) as failed:
        await desk.find(delivery(part, position=2), letter)
    assert failed.value.fault is fault


async def test_a_history_that_may_not_be_read_is_no_empty_one(desk: Desk) -> None:
    await desk.messenger.post_edition(delivery(Part.CARDS), desk.mail())
    desk.channel.deny(desk.world.bot, "read_message_history")
    await desk.client.wait_for("guild_channel_update")
    await expect(desk, Fault.HISTORY_HIDDEN, desk.mail())
    await expect(desk, Fault.HISTORY_HIDDEN, desk.alert(desk.channel.id), Part.ALERT)


async def test_not_even_where_the_gateway_has_not_told_of_it(desk: Desk) -> None:
    desk.world.close_gateway()
    desk.channel.deny(desk.world.bot, "read_message_history")
    await expect(desk, Fault.HISTORY_HIDDEN, desk.mail())


async def test_an_empty_history_is_one(desk: Desk) -> None:
    assert await desk.find(delivery(Part.CARDS), desk.mail()) is None
    assert await desk.find(delivery(Part.ALERT), desk.alert()) is None


async def test_a_thread_that_is_gone_is_not_called_the_channel(desk: Desk) -> None:
    await expect(desk, Fault.THREAD_CLOSED, desk.mail(headline=12345), Part.PAPER)


@pytest.mark.parametrize(
    ("fault", "unsure"),
    [
        ({"status": 503}, True),
        ({"disconnect": True}, True),
        ({"delay": 3.0, "after": True}, True),
        ({"status": 403, "code": 50013}, False),
        ({"status": 404, "code": 10003}, False),
    ],
)
async def test_what_leaves_doubt(desk: Desk, fault: dict[str, object], *, unsure: bool) -> None:
    desk.world.fail(method="POST", path=POSTS, **fault)  # type: ignore[arg-type]  # named as the sandbox names them
    with pytest.raises(DeliveryError) as failed:
        await desk.messenger.post_edition(delivery(Part.CARDS), desk.mail())
    assert failed.value.unsure is unsure


async def test_a_refusal_after_a_5xx_that_discord_py_repeated_leaves_doubt(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.messenger, "_timeout", 5)
    desk.world.fail(method="POST", path=POSTS, status=500, after=True)
    desk.world.fail(method="POST", path=POSTS, status=403, code=50013)
    with pytest.raises(DeliveryError) as failed:
        await desk.messenger.post_edition(delivery(Part.CARDS), desk.mail())
    assert (failed.value.fault, failed.value.unsure) == (Fault.MISSING_PERMISSION, True)


async def test_a_dm_that_could_not_be_opened_leaves_none(desk: Desk) -> None:
    desk.world.fail(method="POST", path="/users/@me/channels", status=503)
    with pytest.raises(DeliveryError) as failed:
        await desk.messenger.post_alert(delivery(Part.ALERT), desk.alert())
    assert (failed.value.fault, failed.value.unsure) == (Fault.UNAVAILABLE, False)
