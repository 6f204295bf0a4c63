"""Forums as Discord has them: posts that are threads, their tags, and no messages of the forum's own."""

import pytest

from sandbox import Channel, Sandbox, Server
from sandbox.world.tags import MAX_TAGS
from tests.sandbox.rest import Reached, Rest


@pytest.fixture
def forum(server: Server, channel: Channel) -> Channel:
    del channel
    return server.add_channel("talks", kind="forum")


async def post(rest: Rest, forum: Channel, **form: object) -> Reached:
    usual = {"name": "A paper", "message": {"content": "what is new"}}
    return await rest("POST", f"/channels/{forum.id}/threads", usual | form)


async def test_a_post_is_a_thread_that_begins_with_a_message_of_its_id(rest: Rest, forum: Channel) -> None:
    made = await post(rest, forum)
    assert made.status == 201
    assert made.body["id"] == made.body["message"]["id"]
    [thread] = forum.threads
    assert (thread.name, [message.content for message in thread.messages]) == ("A paper", ["what is new"])
    path = f"/channels/{thread.id}/messages/{thread.id}"
    assert (await rest("PATCH", path, {"content": "what was new"})).status == 200
    assert (await rest("GET", path)).body["content"] == "what was new"
    assert (await rest("POST", f"/channels/{thread.id}/messages", {"content": "second"})).status == 200
    assert len(thread.messages) == 2


async def test_a_media_channel_is_a_forum_of_another_type(rest: Rest, server: Server) -> None:
    media = server.add_channel("gallery", kind="media")
    tag = media.add_tag("LLM")
    media.require_tag()
    assert (await rest.post(media, content="hi")).code == 50008
    assert (await post(rest, media)).code == 40067
    assert (await post(rest, media, applied_tags=[str(tag.id)])).status == 201
    channel = (await rest("GET", f"/channels/{media.id}")).body
    assert (channel["type"], "available_tags" in channel, "default_forum_layout" in channel) == (16, True, False)


async def test_a_forum_takes_no_messages_and_a_post_no_nonce(rest: Rest, forum: Channel) -> None:
    assert (await rest.post(forum, content="hi")).code == 50008
    message = {"content": "x", "nonce": "1", "enforce_nonce": True}
    assert [(await post(rest, forum, message=message)).status for _ in range(2)] == [201, 201]
    assert len(forum.threads) == 2


async def test_tags_are_the_forums_own_and_at_most_five(rest: Rest, forum: Channel) -> None:
    tags = [str(forum.add_tag(f"tag {number}").id) for number in range(6)]
    assert (await post(rest, forum, applied_tags=tags[:2])).body["applied_tags"] == tags[:2]
    assert (await post(rest, forum, applied_tags=tags)).errors("applied_tags") == ["BASE_TYPE_MAX_LENGTH"]
    assert (await post(rest, forum, applied_tags=["1"])).code == 10087


async def test_a_forum_that_wants_a_tag_refuses_a_post_without(rest: Rest, forum: Channel) -> None:
    tag = forum.add_tag("LLM")
    forum.require_tag()
    assert (await post(rest, forum)).code == 40067
    assert (await post(rest, forum, applied_tags=[str(tag.id)])).status == 201


async def test_a_moderated_tag_is_for_those_who_manage_threads(
    rest: Rest, server: Server, forum: Channel, world: Sandbox
) -> None:
    tag = forum.add_tag("picked", moderated=True)
    assert (await post(rest, forum, applied_tags=[str(tag.id)])).code == 50013
    forum.allow(world.bot, "manage_threads")
    assert (await post(rest, forum, applied_tags=[str(tag.id)])).status == 201


async def test_to_post_one_must_be_allowed_to_create_posts(rest: Rest, forum: Channel, world: Sandbox) -> None:
    forum.deny(world.bot, "create_public_threads")
    assert (await post(rest, forum)).status == 201
    forum.deny(world.bot, "send_messages")
    assert (await post(rest, forum)).code == 50013


async def test_archived_posts_are_listed_by_themselves(rest: Rest, server: Server, forum: Channel) -> None:
    for number in range(3):
        await post(rest, forum, name=f"Paper {number}")
    forum.threads[0].archive()
    forum.threads[2].archive()
    archived = (await rest("GET", f"/channels/{forum.id}/threads/archived/public?limit=2")).body
    assert ([one["name"] for one in archived["threads"]], archived["has_more"]) == (["Paper 2", "Paper 0"], False)
    active = (await rest("GET", f"/guilds/{server.id}/threads/active")).body
    assert [one["name"] for one in active["threads"]] == ["Paper 1"]


def test_a_forum_has_at_most_twenty_tags(forum: Channel) -> None:
    for number in range(MAX_TAGS):
        forum.add_tag(f"tag {number}")
    with pytest.raises(Exception, match="20 tags"):
        forum.add_tag("one more")
