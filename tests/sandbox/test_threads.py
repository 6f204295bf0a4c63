"""Threads as Discord keeps them: how they begin, who is in them, and when they close by themselves."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import discord
import pytest

from sandbox import Channel, Member, Sandbox, Thread
from sandbox.world.bell import PATIENCE
from tests.sandbox.conftest import Clock
from tests.sandbox.newsbot import NewsBot
from tests.sandbox.rest import Rest

DAY = 24 * 60 * 60


async def begin(rest: Rest, channel: Channel, minutes: int = 1440) -> Thread:
    """A thread that the bot begins on a message of its own."""
    await rest.post(channel, content="edition")
    message = channel.messages[-1]
    form = {"name": "talk", "auto_archive_duration": minutes}
    assert (await rest("POST", f"/channels/{channel.id}/messages/{message.id}/threads", form)).status == 201
    assert message.thread is not None
    return message.thread


async def test_a_thread_on_a_message_begins_with_a_message_that_refers_to_it(rest: Rest, channel: Channel) -> None:
    thread = await begin(rest, channel)
    await rest("POST", f"/channels/{thread.id}/messages", {"content": "first"})
    second, starter = (await rest("GET", f"/channels/{thread.id}/messages")).body
    assert (second["type"], second["content"]) == (0, "first")
    assert (starter["type"], starter["content"]) == (21, "")
    assert starter["message_reference"] == {
        "type": 0,
        "guild_id": str(channel.server.id),
        "channel_id": str(channel.id),
        "message_id": str(thread.id),
    }
    assert starter["referenced_message"]["content"] == "edition"
    told = (await rest("GET", f"/channels/{thread.id}")).body
    assert (told["message_count"], told["total_message_sent"]) == (1, 1)
    assert [message.content for message in thread.messages] == ["first"]


async def test_the_message_that_a_thread_begins_with_is_not_edited_and_not_deleted(
    rest: Rest, channel: Channel
) -> None:
    thread = await begin(rest, channel)
    (starter,) = (await rest("GET", f"/channels/{thread.id}/messages")).body
    path = f"/channels/{thread.id}/messages/{starter['id']}"
    assert (await rest("PATCH", path, {"content": "x"})).code == 50021
    assert (await rest("DELETE", path)).code == 50021


async def test_a_thread_whose_message_is_gone_still_begins_with_its_reference(rest: Rest, channel: Channel) -> None:
    thread = await begin(rest, channel)
    channel.messages[0].delete()
    (starter,) = (await rest("GET", f"/channels/{thread.id}/messages")).body
    assert starter["referenced_message"] is None


async def test_a_thread_on_no_message_begins_empty(rest: Rest, channel: Channel) -> None:
    made = await rest("POST", f"/channels/{channel.id}/threads", {"name": "talk", "type": 11})
    assert (await rest("GET", f"/channels/{made.body['id']}/messages")).body == []


@pytest.mark.parametrize("minutes", [60, 1440, 4320, 10080])
async def test_a_thread_archives_itself_when_nobody_has_written_for_so_long(
    rest: Rest, channel: Channel, clock: Clock, minutes: int
) -> None:
    thread = await begin(rest, channel, minutes)
    clock.now += minutes * 60 - 1
    await rest("POST", f"/channels/{thread.id}/messages", {"content": "still here"})
    clock.now += minutes * 60 - 1
    assert not thread.archived
    assert channel.server.threads == [thread]
    clock.now += 1
    assert thread.archived
    assert channel.server.threads == []
    metadata = (await rest("GET", f"/channels/{thread.id}")).body["thread_metadata"]
    assert (metadata["archived"], metadata["auto_archive_duration"]) == (True, minutes)


async def test_a_thread_that_was_opened_again_has_its_whole_time_anew(
    rest: Rest, channel: Channel, clock: Clock
) -> None:
    thread = await begin(rest, channel)
    clock.now += DAY
    assert thread.archived
    clock.now += DAY
    assert (await rest("PATCH", f"/channels/{thread.id}", {"archived": False})).status == 200
    clock.now += DAY - 1
    assert not thread.archived
    clock.now += 1
    assert thread.archived


async def test_a_bot_is_told_of_a_thread_that_archived_itself(
    bot: NewsBot, rest: Rest, channel: Channel, clock: Clock
) -> None:
    thread = await begin(rest, channel)
    updated = next_event(bot, "thread_update")
    clock.now += DAY
    assert thread.archived
    before, after = await updated
    assert (before.archived, after.archived) == (False, True)


async def test_a_bot_is_told_who_comes_into_a_thread_and_who_leaves(
    bot: NewsBot, rest: Rest, channel: Channel, jun: Member
) -> None:
    thread = await begin(rest, channel)
    came = next_event(bot, "thread_member_join")
    thread.join(jun.user)
    assert (await came)[0].id == jun.id
    assert thread.payload()["member_count"] == 2
    left = next_event(bot, "thread_member_remove")
    thread.leave(jun.user)
    assert [member.id for member in await left] == [jun.id]
    assert thread.payload()["member_count"] == 1


async def test_a_bot_joins_and_leaves_a_thread(rest: Rest, world: Sandbox, channel: Channel, jun: Member) -> None:
    thread = channel.server.start_thread(channel, jun.user, "talk", 60, None)
    path = f"/channels/{thread.id}/thread-members/@me"
    assert "member" not in thread.payload()
    assert (await rest("PUT", path)).status == 204
    assert thread.payload()["member"]["user_id"] == str(world.bot.id)
    listed = (await rest("GET", f"/guilds/{channel.server.id}/threads/active")).body
    assert [member["user_id"] for member in listed["members"]] == [str(world.bot.id)]
    assert (await rest("DELETE", path)).status == 204
    assert "member" not in thread.payload()


async def test_a_bot_is_told_the_threads_of_a_channel_that_it_sees_again(
    bot: NewsBot, rest: Rest, channel: Channel
) -> None:
    began = next_event(bot, "thread_create")
    thread = await begin(rest, channel)
    await began
    guild = bot.get_guild(channel.server.id)
    assert guild is not None
    guild._remove_thread(discord.Object(thread.id))  # as if it had never heard of it
    joined = next_event(bot, "thread_join")
    channel.sync_threads()
    assert [known.id for known in await joined] == [thread.id]
    assert guild.get_thread(thread.id) is not None


def next_event(bot: NewsBot, name: str) -> Awaitable[Any]:
    """What discord.py tells its listeners of the next event of a name."""
    told: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    async def listen(*what: Any) -> None:
        if not told.done():
            told.set_result(what)

    bot.add_listener(listen, f"on_{name}")
    return asyncio.wait_for(told, PATIENCE)
