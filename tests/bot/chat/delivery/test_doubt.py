"""Whether a failed sending leaves doubt, and how a message that was in doubt is found again: on a local Discord."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from aiohttp.web import Response
from yarl import URL

from bot.alerts.model import Alert, Match
from bot.chat.delivery.doubt import watching_trace
from bot.chat.delivery.gate import Gate
from bot.chat.delivery.invalid import InvalidRequests
from bot.chat.delivery.messenger import DiscordMessenger
from bot.chat.delivery.pace import Pace
from bot.clock import SystemClock
from bot.delivery.model import Delivery, EditionMail, Part, Receipt, State
from bot.digests.model import Selection, Style
from bot.errors import DeliveryError, Fault
from bot.runtime.logs import Hider
from sandbox import Channel, Member, Sandbox
from sandbox.world.messages import Message
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
    return Delivery(number, part, position, State.SENDING, 1, None, None, 1, utc(2024, 2, 23), utc(2024, 2, 24))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with Sandbox() as world:
        discord.http.Route.BASE = world.url
        trace = watching_trace()
        Gate(world.url, Pace(), InvalidRequests()).stand_in(trace)
        client = discord.AutoShardedClient(
            intents=discord.Intents(guilds=True), http_trace=trace, shard_count=1, max_messages=None
        )
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(world.gateway_url)
        desk = Desk(world, client)
        client._connection.guild_ready_timeout = 0.05
        async with client:
            await client.login(world.token)
            running = asyncio.create_task(client.connect())
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
        assert len(message.buttons) <= 2
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
    monkeypatch.setattr("bot.chat.delivery.history.LONGEST", 100)
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


def cut_in_half(response: Response) -> Response:
    assert isinstance(response.body, bytes)
    return Response(body=response.body[: len(response.body) // 2], headers=response.headers)


def as_page(_: Response) -> Response:
    return Response(text="<html>It works!</html>", content_type="text/html")


def as_page_called_json(_: Response) -> Response:
    return Response(body=b"<html>It works!</html>", content_type="application/json")


def as_something_else(_: Response) -> Response:
    return Response(body=b'{"ok": true}', content_type="application/json")


@pytest.mark.parametrize("alter", [cut_in_half, as_page, as_page_called_json, as_something_else])
async def test_an_answer_that_can_not_be_read_leaves_doubt_and_the_message_is_found(
    desk: Desk, alter: Callable[[Response], Response]
) -> None:
    desk.world.fail(method="POST", path=POSTS).alter = alter
    with pytest.raises(DeliveryError) as failed:
        await desk.messenger.post_edition(delivery(Part.CARDS), desk.mail())
    assert (failed.value.fault, failed.value.unsure) == (Fault.UNAVAILABLE, True)
    [message] = desk.channel.messages
    assert await desk.find(delivery(Part.CARDS), desk.mail()) == Receipt(desk.channel.id, message.id)


async def test_a_429_that_does_not_say_when_to_come_again_may_pass(desk: Desk) -> None:
    def without_retry_after(response: Response) -> Response:
        return Response(status=429, body=b"{}", headers=response.headers)

    desk.world.fail(method="POST", path=POSTS, status=429).alter = without_retry_after
    with pytest.raises(DeliveryError) as failed:
        await desk.messenger.post_edition(delivery(Part.CARDS), desk.mail())
    assert (failed.value.fault, failed.value.unsure) == (Fault.UNAVAILABLE, True)


async def test_a_history_that_can_not_be_read_is_read_again_later(desk: Desk) -> None:
    desk.world.fail(method="GET", path=POSTS).alter = as_page
    await expect(desk, Fault.UNAVAILABLE, desk.mail())


async def test_a_bug_before_anything_was_asked_is_no_doubt(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_: int) -> discord.PartialMessageable:
        raise KeyError

    monkeypatch.setattr(desk.client, "get_partial_messageable", stumble)
    with pytest.raises(KeyError):
        await desk.messenger.post_edition(delivery(Part.CARDS), desk.mail())


async def test_a_token_in_the_text_of_a_refusal_is_hidden_before_the_text_is_cut(desk: Desk) -> None:
    messenger = DiscordMessenger(1, hide=Hider(desk.world.token))
    messenger.connect(desk.client)
    desk.world.fail(method="POST", path=POSTS, status=400, message="x" * 285 + desk.world.token)
    with pytest.raises(DeliveryError) as failed:
        await messenger.post_edition(delivery(Part.CARDS), desk.mail())
    assert desk.world.token[:5] not in failed.value.detail
    assert "[secret]" in failed.value.detail


class Sleepy:
    """A machine that falls asleep for ten minutes whenever discord.py waits to repeat a request."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.sleep = 1000.0, asyncio.sleep
        monkeypatch.setattr("bot.chat.delivery.doubt.boottime", lambda: self.now)
        monkeypatch.setattr("discord.http.asyncio.sleep", self._wait)

    async def _wait(self, seconds: float) -> None:
        if seconds == 1:  # after the first 5xx
            self.now += 600
            seconds = 0
        await self.sleep(seconds)


async def test_nothing_is_repeated_after_a_sleep_that_outlasted_the_nonce(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    Sleepy(monkeypatch)
    messenger = DiscordMessenger(5, nonce_seconds=120)
    messenger.connect(desk.client)
    posts = desk.world.fail(method="POST", path=POSTS, status=500, after=True)
    with pytest.raises(DeliveryError) as failed:
        await messenger.post_edition(delivery(Part.CARDS), desk.mail())
    assert (failed.value.fault, failed.value.unsure, posts.seen) == (Fault.UNAVAILABLE, True, 1)
    assert len(desk.channel.messages) == 1


async def test_what_was_in_doubt_before_does_not_leave_once_its_nonce_is_too_old(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.delivery.doubt.boottime", lambda: 1000.0)
    messenger = DiscordMessenger(5, nonce_seconds=120)
    messenger.connect(desk.client)
    with pytest.raises(DeliveryError) as failed:
        await messenger.post_edition(replace(delivery(Part.CARDS), send_until=999.0), desk.mail())
    assert (failed.value.fault, failed.value.unsure) == (Fault.UNAVAILABLE, False)
    assert desk.channel.messages == []
    await messenger.post_edition(replace(delivery(Part.CARDS), send_until=1001.0), desk.mail())
    assert len(desk.channel.messages) == 1


# -- posts of a forum ------------------------------------------------------------------------------------------------


@pytest.fixture
async def forum(desk: Desk) -> Channel:
    """A forum that the client knows."""
    forum = desk.server.add_channel("forum", kind="forum")
    await desk.client.wait_for("guild_channel_create")
    return forum


def in_forum(desk: Desk, forum: Channel) -> EditionMail:
    return replace(desk.mail(), channel_id=forum.id, style=Style.POSTS)


async def test_a_post_is_found_by_its_mark_active_and_archived(desk: Desk, forum: Channel) -> None:
    mail = in_forum(desk, forum)
    for number in range(2):
        part = delivery(Part.POST, 20 + number, number)
        receipt = await desk.messenger.post_edition(part, mail)
        assert await desk.find(part, mail) == receipt
        forum.threads[-1].archive()
        assert await desk.find(part, mail) == receipt
        assert await desk.find(replace(part, id=77), mail) is None
    now = SystemClock().now()
    assert await desk.messenger.find(delivery(Part.POST, 20), mail, now - 2 * HOUR, now - HOUR) is None


async def test_a_post_whose_first_message_is_deleted_is_not_the_one(desk: Desk, forum: Channel) -> None:
    mail = in_forum(desk, forum)
    receipt = await desk.messenger.post_edition(delivery(Part.POST, 20), mail)
    await desk.messenger.post_edition(delivery(Part.POST, 21, 1), mail)
    forum.threads[1].messages[0].delete()
    assert await desk.find(delivery(Part.POST, 20), mail) == receipt
    assert await desk.find(delivery(Part.POST, 21, 1), mail) is None


async def test_without_the_history_posts_are_not_found_out(desk: Desk, forum: Channel) -> None:
    mail = in_forum(desk, forum)
    forum.deny(desk.world.bot, "read_message_history")
    await desk.client.wait_for("guild_channel_update")
    with pytest.raises(DeliveryError) as failed:
        await desk.find(delivery(Part.POST, 20), mail)
    assert failed.value.fault is Fault.HISTORY_HIDDEN


async def test_more_posts_than_can_be_looked_at_are_no_proof(
    desk: Desk, forum: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.delivery.posts.MOST", 1)
    mail = in_forum(desk, forum)
    for number in range(2):
        await desk.messenger.post_edition(delivery(Part.POST, 20 + number, number), mail)
    with pytest.raises(DeliveryError) as failed:
        await desk.find(delivery(Part.POST, 99), mail)
    assert failed.value.fault is Fault.HISTORY_HIDDEN


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_post_that_may_be_stored_is_not_sent_again_by_discord_py(
    status: int, desk: Desk, forum: Channel
) -> None:
    fault = desk.world.fail(method="POST", path="/channels/*/threads", status=status, after=True, times=3)
    with pytest.raises(DeliveryError) as failed:
        await desk.messenger.post_edition(delivery(Part.POST, 20), in_forum(desk, forum))
    assert (failed.value.unsure, fault.seen, len(forum.threads)) == (True, 1, 1)


async def test_discord_recognises_messages_and_no_posts(desk: Desk, forum: Channel) -> None:
    mail, headline = in_forum(desk, forum), delivery(Part.HEADLINE)
    assert not desk.messenger.recognises(delivery(Part.POST), mail)
    assert not desk.messenger.recognises(headline, mail)
    assert desk.messenger.recognises(delivery(Part.PAPER, position=2), mail)
    assert desk.messenger.recognises(headline, desk.mail())
    assert desk.messenger.recognises(delivery(Part.ALERT), desk.alert())


async def test_a_post_that_was_too_early_is_sent_again(desk: Desk, forum: Channel) -> None:
    """What was refused was not stored, so it may be sent again."""
    desk.world.fail(method="POST", path="/channels/*/threads", status=429, retry_after=0.01, times=1)
    receipt = await desk.messenger.post_edition(delivery(Part.POST, 20), in_forum(desk, forum))
    assert [post.id for post in forum.threads] == [receipt.channel_id]


async def test_an_archived_post_is_edited_without_a_ping_and_archived_again(desk: Desk, forum: Channel) -> None:
    mail, part = replace(in_forum(desk, forum), mention="everyone"), delivery(Part.POST, 20)
    receipt = await desk.messenger.post_edition(part, mail)
    [post] = forum.threads
    [message] = post.messages
    pinged = message.pinged
    post.archive()
    async with desk.messenger.revising(mail) as revise:
        await revise(part, receipt)
    assert message.edited
    assert (post.archived, message.pinged) == (True, pinged)
    assert marks(message, 20)
