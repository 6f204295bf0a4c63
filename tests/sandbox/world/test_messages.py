import io

import discord
import pytest

from sandbox import Channel, Member, NoAnswer, NotAllowed, Sandbox, Server
from sandbox.payloads.permissions import Permission
from tests.sandbox.conftest import Clock
from tests.sandbox.newsbot import NewsBot
from tests.sandbox.rest import Rest


async def refusal_of(awaitable: object) -> int:
    with pytest.raises(discord.HTTPException) as refused:
        await awaitable  # type: ignore[misc]
    return refused.value.code


async def test_a_message_is_seen_with_all_that_is_in_it(bot: NewsBot, channel: Channel) -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Read", url="https://arxiv.org/abs/1706.03762"))
    embed = discord.Embed(title="Attention", url="https://arxiv.org/abs/1706.03762", colour=0xFFD21E)
    embed.add_field(name="votes", value=" 42 ").set_image(url="https://cdn.example/x.png").set_footer(text="HF")
    sent = await (await bot.channel(channel.id)).send("**today**", embed=embed, view=view)
    message = await channel.next_message()
    assert (message.id, message.content, message.author.name) == (sent.id, "**today**", "Paperboy")
    (shown,) = message.embeds
    assert (shown.title, shown.colour, shown.image, shown.footer) == (
        "Attention",
        0xFFD21E,
        "https://cdn.example/x.png",
        "HF",
    )
    assert (shown.fields[0].name, shown.fields[0].value) == ("votes", "42")
    assert message.buttons[0].url.endswith("1706.03762")


async def test_embeds_of_one_url_show_as_one(bot: NewsBot, channel: Channel) -> None:
    url = "https://huggingface.co/papers"
    embeds = [discord.Embed(title=t, url=url).set_image(url=f"https://x.example/{t}.png") for t in "ab"]
    await (await bot.channel(channel.id)).send(embeds=embeds)
    (shown,) = channel.messages[0].embeds
    assert (shown.title, shown.images) == ("a", ("https://x.example/a.png", "https://x.example/b.png"))


async def test_editing(bot: NewsBot, channel: Channel, mina: Member) -> None:
    sent = await (await bot.channel(channel.id)).send("first", embed=discord.Embed(title="x"))
    await sent.edit(content="second", suppress=True)
    (message,) = channel.messages
    assert (message.content, message.embeds) == ("second", ())
    assert await refusal_of(sent.edit(content="", embeds=[])) == 50006
    others = mina.say("not yours")
    fetched = await (await bot.channel(channel.id)).fetch_message(others.id)
    assert await refusal_of(fetched.edit(content="mine")) == 50005
    assert await refusal_of(fetched.delete()) == 50013
    message.delete()
    assert await refusal_of(sent.edit(content="third")) == 10008


async def test_history_hides_what_others_wrote(bot: NewsBot, channel: Channel, mina: Member) -> None:
    for number in range(3):
        await (await bot.channel(channel.id)).send(str(number))
    mina.say("private words")
    history = [message async for message in (await bot.channel(channel.id)).history(limit=10)]
    assert [message.content for message in history] == ["", "2", "1", "0"]
    ids = [message.id for message in channel.messages]
    text = await bot.channel(channel.id)
    older = [message.id async for message in text.history(before=discord.Object(ids[2]))]
    newer = [message.id async for message in text.history(after=discord.Object(ids[1]))]
    around = [message.id async for message in text.history(around=discord.Object(ids[1]), limit=3)]
    assert (older, newer, sorted(around)) == ([ids[1], ids[0]], [ids[2], ids[3]], ids[:3])


async def test_history_needs_permission(bot: NewsBot, world: Sandbox, channel: Channel) -> None:
    text = await bot.channel(channel.id)
    sent = await text.send("x")
    channel.deny(world.bot, "read_message_history")
    assert [message async for message in text.history()] == []
    assert await refusal_of(text.fetch_message(sent.id)) == 50013


@pytest.mark.parametrize(
    ("denied", "code"), [("send_messages", 50013), ("view_channel", 50001), ("attach_files", None)]
)
async def test_permissions_to_write(
    bot: NewsBot, world: Sandbox, channel: Channel, denied: str, code: int | None
) -> None:
    text = await bot.channel(channel.id)
    channel.deny(world.bot, denied)
    if code is None:
        await text.send("x")
    else:
        assert await refusal_of(text.send("x")) == code
        assert channel.messages == []
    channel.allow(world.bot, denied)
    await text.send("again")


async def test_without_embed_links_embeds_are_dropped(bot: NewsBot, world: Sandbox, channel: Channel) -> None:
    text = await bot.channel(channel.id)
    channel.deny(world.bot, "embed_links")
    await text.send("words", embed=discord.Embed(title="lost"))
    assert (channel.messages[0].content, channel.messages[0].embeds) == ("words", ())
    assert await refusal_of(text.send(embed=discord.Embed(title="lost"))) == 50006


async def test_permissions_come_from_roles_overwrites_and_ownership(server: Server, channel: Channel) -> None:
    bot, write = server.bot, Permission.SEND_MESSAGES
    assert bot is not None
    role = server.add_role("readers")
    bot.give(role)
    channel.deny(server.everyone, "view_channel", "send_messages")
    assert channel.permissions_of(bot.user) == Permission(0)
    channel.allow(role, "view_channel", "send_messages")
    assert write in channel.permissions_of(bot.user)
    channel.deny(bot, "send_messages")
    assert write not in channel.permissions_of(bot.user)
    server.bot_role.allow("administrator")
    assert Permission.MANAGE_SERVER in channel.permissions_of(bot.user)
    assert Permission.ADMINISTRATOR in channel.permissions_of(server.owner.user)
    bot.take(role)
    with pytest.raises(KeyError):
        channel.deny(bot, "fly")


async def test_a_file_comes_with_a_message(bot: NewsBot, world: Sandbox, channel: Channel) -> None:
    text = await bot.channel(channel.id)
    await text.send("refs", file=discord.File(io.BytesIO(b"@misc{}"), "papers.bib"))
    (file,) = channel.messages[0].attachments
    assert (file.filename, file.content) == ("papers.bib", b"@misc{}")
    channel.deny(world.bot, "attach_files")
    assert await refusal_of(text.send(file=discord.File(io.BytesIO(b"x"), "x"))) == 50013


async def test_a_picture_comes_with_what_it_says(bot: NewsBot, channel: Channel) -> None:
    text = await bot.channel(channel.id)
    sent = await text.send(file=discord.File(io.BytesIO(b"PNG"), "lines.png", description="Two lines."))
    assert (sent.attachments[0].description, sent.attachments[0].content_type) == ("Two lines.", "image/png")
    (file,) = channel.messages[0].attachments
    assert (file.is_picture, file.description) == (True, "Two lines.")
    assert await refusal_of(text.send(file=discord.File(io.BytesIO(b"x"), "x.png", description="x" * 1025))) == 50035


async def test_threads(bot: NewsBot, world: Sandbox, channel: Channel) -> None:
    text = await bot.channel(channel.id)
    sent = await text.send("edition")
    thread = await sent.create_thread(name="9월의 논문")
    await thread.send("in the thread")
    (message,) = channel.messages
    assert message.thread is not None
    assert (message.thread.name, message.thread.messages[0].content) == ("9월의 논문", "in the thread")
    assert await refusal_of(sent.create_thread(name="twice")) == 160004
    channel.deny(world.bot, "create_public_threads", "send_messages_in_threads")
    second = await text.send("next")
    assert await refusal_of(second.create_thread(name="no")) == 50013
    assert await refusal_of(thread.send("no")) == 50013


async def test_who_began_a_thread_opens_it_from_the_archive_unless_it_is_locked(bot: NewsBot, channel: Channel) -> None:
    sent = await (await bot.channel(channel.id)).send("edition")
    thread = await sent.create_thread(name="talk", auto_archive_duration=4320)
    known = channel.messages[0].thread
    assert known is not None
    assert known.auto_archive_minutes == 4320
    known.archive()
    assert await refusal_of(thread.edit(name="other")) == 50083
    assert not (await thread.edit(archived=False)).archived
    await thread.edit(auto_archive_duration=10080)
    assert (known.archived, known.auto_archive_minutes) == (False, 10080)
    known.archive(locked=True)
    assert await refusal_of(thread.edit(archived=False)) == 160005
    assert await refusal_of(thread.edit(locked=False)) == 160005


async def test_archived_threads(bot: NewsBot, world: Sandbox, channel: Channel) -> None:
    sent = await (await bot.channel(channel.id)).send("edition")
    thread = await sent.create_thread(name="talk")
    inside = await thread.send("x")
    known = channel.messages[0].thread
    assert known is not None
    known.archive()
    assert await refusal_of(inside.edit(content="y")) == 50083
    await thread.send("opens it again")
    assert not known.archived
    known.archive(locked=True)
    assert await refusal_of(thread.send("locked")) == 50083
    known.reopen()
    assert await refusal_of(thread.send("locked")) == 160005
    assert await refusal_of(inside.edit(content="y")) == 160005
    assert await refusal_of(thread.edit(archived=True, locked=False)) == 160005
    channel.allow(world.bot, "manage_threads")
    await thread.edit(archived=True, locked=False)
    assert known.archived
    known.delete()
    assert await refusal_of(thread.send("gone")) == 10003


async def test_deleted_channels(bot: NewsBot, channel: Channel) -> None:
    text = await bot.channel(channel.id)
    channel.delete()
    assert await refusal_of(text.send("x")) == 10003


async def test_direct_messages(bot: NewsBot, world: Sandbox, mina: Member) -> None:
    user = await bot.fetch_user(mina.id)
    await user.send("alert")
    assert (await mina.next_dm()).content == "alert"
    mina.close_dms()
    assert await refusal_of(user.send("again")) == 50007
    mina.open_dms()
    mina.server.kick(mina)
    assert await refusal_of(user.send("again")) == 50007
    assert await refusal_of(bot.fetch_user(1)) == 10013
    assert await refusal_of(bot.http.start_private_message(1)) == 50033
    assert [message.content for message in mina.dms] == ["alert"]


async def test_a_nonce_is_honoured_within_its_window(bot: NewsBot, channel: Channel, clock: Clock) -> None:
    text = await bot.channel(channel.id)
    first = await text.send("once", nonce="edition-1")
    clock.now += 299
    assert (await text.send("once", nonce="edition-1")).id == first.id
    assert len(channel.messages) == 1
    clock.now += 2
    assert (await text.send("once", nonce="edition-1")).id != first.id


async def test_a_nonce_not_enforced_posts_again(rest: Rest, channel: Channel) -> None:
    for _ in range(2):
        assert (await rest.post(channel, content="x", nonce="n")).status == 200
    assert len(channel.messages) == 2


async def test_members_write_where_they_may(server: Server, channel: Channel, jun: Member, mina: Member) -> None:
    assert jun.say("hi").author is jun.user
    channel.deny(jun, "send_messages")
    with pytest.raises(NotAllowed):
        jun.say("no")
    channel.deny(jun, "view_channel")
    assert jun.sees(channel) == []
    assert len(mina.sees(channel)) == 1
    with pytest.raises(NotAllowed, match="sees no channel"):
        jun.say("where?")


async def test_no_message_in_time(channel: Channel) -> None:
    with pytest.raises(NoAnswer, match="papers"):
        await channel.next_message(timeout=0.01)


async def test_each_message_is_waited_for_once(bot: NewsBot, channel: Channel, mina: Member) -> None:
    await mina.type("/hello", name="reply")
    await (await bot.channel(channel.id)).send("post")
    assert (await channel.next_message()).content == "post"
    with pytest.raises(NoAnswer):
        await channel.next_message(timeout=0.01)
