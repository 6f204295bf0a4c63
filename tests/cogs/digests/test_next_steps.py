"""`/digest add` alone starts a digest, and the buttons below its answer do what comes next."""

from datetime import time

from bot.app import App
from bot.digests.model import Style
from sandbox import Channel, Member, Server


async def test_without_options_it_is_this_channel_at_nine(
    admin: Member, server: Server, papers: Channel, app: App
) -> None:
    other = server.add_channel("other")
    await app.client.wait_for("guild_channel_create")
    reply = await admin.type("/digest add", in_=other)
    assert other.mention in reply.text
    [standing] = await app.services.digests.of_server(server.id)
    order = standing.digest.order
    assert (order.channel_id, order.time, order.timezone) == (other.id, time(9), "UTC")


async def test_where_no_digest_can_be_it_asks_for_a_channel(
    admin: Member, server: Server, papers: Channel, app: App
) -> None:
    voice = server.add_channel("voice", kind="voice")
    await app.client.wait_for("guild_channel_create")
    assert "“channel” option" in (await admin.type("/digest add", in_=voice)).text
    hidden = server.add_channel("hidden")
    hidden.deny(server.bot_role, "view_channel")
    await app.client.wait_for("guild_channel_update")
    assert "“View Channel”" in (await admin.type("/digest add", in_=hidden)).text
    assert await app.services.digests.of_server(server.id) == []


async def test_post_now_is_the_second_tap(admin: Member, papers: Channel, app: App) -> None:
    added = await admin.type("/digest add")
    assert [button.label for button in added.buttons] == ["Preview", "Post now", "Change"]
    assert papers.mention in (await admin.press(added, "Post now")).text
    assert len((await papers.next_message()).embeds) == 5


async def test_what_is_chosen_is_set_at_once(admin: Member, server: Server, papers: Channel, app: App) -> None:
    other = server.add_channel("other")
    closed = server.add_channel("closed")
    closed.deny(server.bot_role, "send_messages")
    menus = await admin.press(await admin.type("/digest add"), "Change")
    channel, at, count = menus.selects
    assert channel.defaults == (papers.id,)
    assert [option.label for option in at.options if option.default] == ["9:00 AM"]
    await admin.choose(menus, [other], menu=channel.custom_id)
    await admin.choose(menus, "6:00 PM", menu=at.custom_id)
    shown = await admin.choose(menus, "3", menu=count.custom_id)
    assert shown.kind == "update"
    assert "6:00 PM" in shown.text
    assert shown.selects[0].defaults == (other.id,)
    refused = await admin.choose(menus, [closed], menu=channel.custom_id)
    assert "“Send Messages”" in refused.text
    [standing] = await app.services.digests.of_server(server.id)
    order = standing.digest.order
    assert (order.channel_id, order.time, order.count) == (other.id, time(18), 3)


async def test_a_digest_in_a_forum_may_move_to_another_forum(
    admin: Member, server: Server, papers: Channel, app: App
) -> None:
    forum, gallery = server.add_channel("talks", kind="forum"), server.add_channel("gallery", kind="media")
    menus = await admin.press(await admin.type("/digest add", channel=forum), "Change")
    channel = menus.selects[0].custom_id
    assert gallery.mention in (await admin.choose(menus, [gallery], menu=channel)).text
    assert "“posts” is for forum" in (await admin.choose(menus, [papers], menu=channel)).text
    [standing] = await app.services.digests.of_server(server.id)
    assert (standing.digest.order.channel_id, standing.digest.order.style) == (gallery.id, Style.POSTS)
