"""Publishing in announcement channels as Discord has it: once, by whom, and ten an hour."""

import pytest

from sandbox import Channel, Sandbox, Server
from sandbox.payloads.drafts import CROSSPOSTED, Draft
from sandbox.payloads.errors import Json
from sandbox.world.publishing import PER_HOUR
from sandbox.world.traffic import Request
from tests.sandbox.conftest import Clock
from tests.sandbox.rest import Reached, Rest


class Events:
    """What the gateway tells."""

    def __init__(self) -> None:
        self.updates: list[Json] = []

    def on_request(self, request: Request) -> None:
        del request

    def on_event(self, event: str, data: Json) -> None:
        if event == "MESSAGE_UPDATE":
            self.updates.append(data)


@pytest.fixture
def news(server: Server) -> Channel:
    return server.add_channel("news", kind="announcement")


async def publish(rest: Rest, channel: Channel, message_id: object) -> Reached:
    return await rest("POST", f"/channels/{channel.id}/messages/{message_id}/crosspost")


async def post(rest: Rest, channel: Channel) -> str:
    return str((await rest.post(channel, content="news")).body["id"])


async def test_a_message_is_published_once_and_says_so(rest: Rest, news: Channel, world: Sandbox) -> None:
    events = Events()
    world.watchers.append(events)
    message = await post(rest, news)
    published = await publish(rest, news, message)
    assert (published.status, published.body["flags"]) == (200, CROSSPOSTED)
    assert [update["id"] for update in events.updates] == [message]
    assert (await publish(rest, news, message)).code == 40033
    path = f"/channels/{news.id}/messages/{message}"
    assert (await rest("PATCH", path, {"content": "later news"})).body["flags"] == CROSSPOSTED


async def test_only_messages_of_announcement_channels_can_be_published(
    rest: Rest, news: Channel, channel: Channel
) -> None:
    assert (await publish(rest, channel, await post(rest, channel))).code == 50024
    assert (await publish(rest, news, 1)).code == 10008


async def test_others_messages_need_manage_messages_and_ones_own_send_messages(
    rest: Rest, news: Channel, server: Server, world: Sandbox
) -> None:
    others, own = news.post(server.owner.user, Draft("hello")).id, await post(rest, news)
    assert (await publish(rest, news, others)).code == 50013
    news.allow(world.bot, "manage_messages")
    assert (await publish(rest, news, others)).status == 200
    news.deny(world.bot, "send_messages")
    assert (await publish(rest, news, own)).code == 50013


async def test_ten_an_hour_are_published_in_a_channel(rest: Rest, news: Channel, server: Server, clock: Clock) -> None:
    messages = [await post(rest, news) for _ in range(PER_HOUR + 1)]
    assert {(await publish(rest, news, message)).status for message in messages[:PER_HOUR]} == {200}
    clock.now += 600
    refused = await publish(rest, news, messages[PER_HOUR])
    assert (refused.status, refused.code, refused.body["retry_after"]) == (429, 20028, 3000.0)
    assert {"Via", "Retry-After"} <= refused.headers.keys()
    other = server.add_channel("other news", kind="announcement")
    assert (await publish(rest, other, await post(rest, other))).status == 200
    clock.now += 3000
    assert (await publish(rest, news, messages[PER_HOUR])).status == 200
