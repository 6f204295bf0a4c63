from typing import Any

import pytest

from sandbox import Channel, Member, Sandbox, Server
from tests.sandbox.rest import Rest


@pytest.mark.parametrize(
    ("content", "allowed", "pinged"),
    [
        ("hi {mina}", None, {"mina"}),
        ("hi {mina}", {"parse": []}, set()),
        ("hi {mina} {jun}", {"parse": [], "users": ["jun"]}, {"jun"}),
        ("hi {mina}", {"parse": ["roles", "everyone"]}, set()),
        ("hi {mina}", {"parse": ["users"]}, {"mina"}),
        ("`{mina}` and ```\n{jun}\n```", None, set()),
        ("{readers}", None, {"jun"}),
        ("{readers}", {"parse": ["users"]}, set()),
        ("{readers} {mina}", {"parse": [], "roles": ["readers"]}, {"jun"}),
        ("@everyone", None, {"everyone"}),
        ("@here", {"parse": ["everyone"]}, {"here"}),
        ("@everyone", {"parse": []}, set()),
        ("<@1>", None, set()),
    ],
)
async def test_who_is_pinged(
    rest: Rest,
    server: Server,
    channel: Channel,
    mina: Member,
    jun: Member,
    content: str,
    allowed: dict[str, Any] | None,
    pinged: set[str],
) -> None:
    readers = server.add_role("readers", mentionable=True)
    jun.give(readers)
    names = {mina.id: "mina", jun.id: "jun", str(mina.id): "mina"}
    if allowed is not None and "users" in allowed:
        allowed = allowed | {"users": [str(jun.id)]}
    if allowed is not None and "roles" in allowed:
        allowed = allowed | {"roles": [str(readers.id)]}
    words = content.format(mina=mina.mention, jun=jun.mention, readers=readers.mention)
    body = {"content": words} | ({} if allowed is None else {"allowed_mentions": allowed})
    assert (await rest.post(channel, **body)).status == 200
    assert {names.get(who, who) for who in channel.messages[0].pinged} == pinged


async def test_not_everyone_may_ping_everyone(rest: Rest, server: Server, channel: Channel, world: Sandbox) -> None:
    channel.deny(world.bot, "mention_everyone")
    role = server.add_role("quiet")
    server.owner.give(role)
    await rest.post(channel, content=f"@everyone {role.mention}")
    assert channel.messages[0].pinged == frozenset()


async def test_those_who_do_not_see_a_channel_are_not_pinged(rest: Rest, channel: Channel, jun: Member) -> None:
    channel.deny(jun, "view_channel")
    await rest.post(channel, content=jun.mention, embeds=[{"title": jun.mention}])
    assert channel.messages[0].pinged == frozenset()


async def test_an_answer_pings_whom_it_answers(rest: Rest, channel: Channel, jun: Member) -> None:
    asked = jun.say("when?")
    reference = {"message_id": str(asked.id)}
    await rest.post(channel, content="now", message_reference=reference)
    await rest.post(channel, content="now", message_reference=reference, allowed_mentions={"parse": []})
    assert [message.pinged for message in channel.messages[1:]] == [{jun.id}, frozenset()]
    told = await rest("GET", f"/channels/{channel.id}/messages/{channel.messages[1].id}")
    assert told.body["referenced_message"]["id"] == str(asked.id)
    assert [user["id"] for user in told.body["mentions"]] == [str(jun.id)]
