"""Alerts that Discord does not take: the member is told with the next commands, and how to get them again."""

from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.model import State
from sandbox import Member, Sandbox
from tests.cogs.conftest import Club, arrive

COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/subscribe list", {}),
    ("/subscribe pause", {}),
    ("/subscribe preview", {"subscription": "강화학습"}),
    ("/subscribe add", {"query": "other", "where": "here"}),
    ("/subscribe remove", {"subscription": "other"}),
)


async def until_dms_closed(club: Club, user_id: int) -> None:
    await club.house.until(lambda: club.app.services.subscriptions.dms_closed(user_id))


async def test_closed_dms_are_told_with_each_command_until_resumed(club: Club) -> None:
    await club.john.type("/subscribe add", query="강화학습")
    club.john.close_dms()
    await arrive(club)
    await until_dms_closed(club, club.john.id)
    for command, options in COMMANDS:
        reply = await club.john.type(command, in_=club.channel, **options)
        assert reply.message.ephemeral
        assert "I couldn't DM you" in reply.message.content, command
        assert "/subscribe resume" in reply.message.content, command
    club.john.open_dms()
    reply = await club.john.type("/subscribe resume")
    assert "active again" in reply.message.content
    assert "I'm trying again from now on" in reply.message.content
    assert "DMs" not in (await club.john.type("/subscribe pause")).message.content


async def test_a_new_subscription_by_dm_tries_again_too(club: Club) -> None:
    await club.mina.type("/subscribe add", query="강화학습")
    club.mina.close_dms()
    await arrive(club)
    await until_dms_closed(club, club.mina.id)
    reply = await club.mina.type("/구독 추가", 검색어="다른 말")
    assert "이제 다시 보내 볼게요" in reply.message.content
    assert not await club.app.services.subscriptions.dms_closed(club.mina.id)


async def until_refused(club: Club, user_id: int) -> None:
    async def is_refused() -> bool:
        return any(each.refused for each in await club.app.services.subscriptions.of_member(user_id))

    await club.house.until(is_refused)


async def until_told(club: Club, user_id: int) -> None:
    """Wait until it is noted that a member was told of missed alerts, which is after the answer."""

    async def is_told() -> bool:
        return all(each.told for each in await club.app.services.subscriptions.missed(user_id))

    await club.house.until(is_told)


async def test_a_channel_that_takes_no_alert_is_told_with_each_command_until_resumed(club: Club) -> None:
    assert club.server.bot is not None
    lobby = club.server.add_channel("lobby")
    await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    await club.mina.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    club.channel.deny(club.server.bot, "send_messages")
    await arrive(club)
    await until_refused(club, club.john.id)
    told = f"I couldn't post in {club.channel.mention}, so alerts for “강화학습” have stopped."
    for command, options in (
        ("/subscribe list", {}),
        ("/subscribe pause", {}),
        ("/subscribe add", {"query": "other"}),
        ("/subscribe remove", {"subscription": "other"}),
    ):
        reply = await club.john.type(command, in_=lobby, **options)
        assert told in reply.message.content, command
        assert "“Send Messages” there, then use </subscribe resume:" in reply.message.content, command
    (embed,) = (await club.john.type("/subscribe list", in_=lobby)).message.embeds
    assert embed.description.endswith("⚠️ stopped")
    assert "‘메시지 보내기’ 권한을" in (await club.mina.type("/구독 목록", in_=lobby)).message.content
    club.channel.allow(club.server.bot, "send_messages")
    reply = await club.john.type("/subscribe resume", in_=lobby)
    assert (
        f"I couldn't post your last alert in {club.channel.mention}. I'm trying again from now on"
        in reply.message.content
    )
    await until_told(club, club.john.id)
    assert (await club.john.type("/subscribe list", in_=lobby)).message.content == ""


async def test_a_channel_that_is_gone_is_not_tried_again_and_another_is_proposed(club: Club) -> None:
    lobby = club.server.add_channel("lobby")
    await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    club.channel.delete()
    await arrive(club)
    await until_refused(club, club.john.id)
    for command in ("list", "resume", "list"):
        reply = await club.john.type(f"/subscribe {command}", in_=lobby)
        assert "The channel for “강화학습” is gone" in reply.message.content
    reply = await club.john.type("/subscribe remove", in_=lobby, subscription="강화학습")
    assert "gone" not in reply.message.content


async def test_to_subscribe_again_in_the_channel_opens_it(club: Club) -> None:
    assert club.server.bot is not None
    await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    club.channel.deny(club.server.bot, "embed_links")
    await arrive(club)
    await until_refused(club, club.john.id)
    club.channel.allow(club.server.bot, "embed_links")
    reply = await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    assert "have stopped" not in reply.message.content
    assert not any(each.refused for each in await club.app.services.subscriptions.of_member(club.john.id))


async def test_what_closed_dms_do_not_take_goes_to_the_channel_once(club: Club) -> None:
    await club.john.type("/subscribe add", query="강화학습")
    await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    club.john.close_dms()
    await arrive(club)
    alert = await club.channel.next_message()
    assert alert.pinged == {club.john.id}
    assert "Paper number 500" in alert.text
    await until_dms_closed(club, club.john.id)
    await club.app.courier.send_owed()
    assert [message.text for message in club.channel.messages].count(alert.text) == 1


LEFT, BLIND = "left", "blind"


def take_sight(club: Club, member: Member, how: str) -> None:
    """Let a member leave the server, or see the channel no more."""
    if how == LEFT:
        club.server.kick(member)
    else:
        club.channel.deny(member, "view_channel")


def give_sight(club: Club, member: Member, how: str) -> None:
    if how == LEFT:
        club.server.join(member.user)
    else:
        club.channel.allow(member, "view_channel")


@pytest.mark.parametrize("how", [LEFT, BLIND])
async def test_who_left_the_server_or_sees_the_channel_no_more_is_pinged_no_more_and_told_at_the_next_command(
    club: Club, how: str
) -> None:
    lobby = club.server.add_channel("lobby")
    await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    await club.mina.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    take_sight(club, club.john, how)
    await arrive(club)
    assert (await club.channel.next_message()).pinged == {club.mina.id}
    await until_refused(club, club.john.id)
    assert club.john.id not in {pinged for message in club.channel.messages for pinged in message.pinged}
    assert club.john.dms == []
    give_sight(club, club.john, how)
    for command in ("list", "pause"):
        reply = await club.john.type(f"/subscribe {command}", in_=lobby)
        assert "You had left the server or couldn't see" in reply.message.content, command
    assert "알림" not in (await club.mina.type("/구독 목록", in_=lobby)).message.content
    reply = await club.john.type("/subscribe resume", in_=lobby)
    assert "I'm trying again from now on" in reply.message.content
    assert not any(each.refused for each in await club.app.services.subscriptions.of_member(club.john.id))


async def miss(club: Club, discord: Sandbox) -> None:
    """An alert to John that Discord takes for no whole day long."""
    await club.john.type("/subscribe add", query="강화학습")
    discord.fail(path="/users/@me/channels", status=503, times=99)
    await arrive(club)
    for state, later in ((State.RETRYING, timedelta(days=1, hours=1)), (State.FAILED, timedelta(0))):
        await club.house.until_delivery(club.app, state)
        club.house.clock.advance(later)
        club.app.courier.wake()


async def test_an_alert_that_was_given_up_is_told_of_at_the_next_command_and_can_be_read(
    club: Club, discord: Sandbox
) -> None:
    await miss(club, discord)
    assert "1 alert couldn't reach you" in (await club.john.type("/subscribe pause")).message.content
    listed = await club.john.type("/subscribe list")
    assert listed.message.content.endswith("1 alert couldn't reach you. Read it with the button below.")
    button = listed.message.buttons[0]
    assert button.label == "Read what I missed"
    shown = await club.john.press(listed, button.custom_id)
    assert "Paper number 500" in shown.text
    assert shown.ephemeral
    await until_told(club, club.john.id)
    again = await club.john.type("/subscribe list")
    assert "couldn't reach you" not in again.message.content
    assert "Paper number 500" in (await club.john.press(again, again.message.buttons[0].custom_id)).text


async def test_nobody_reads_anothers_missed_alerts_and_who_missed_none_is_told_nothing(
    club: Club, discord: Sandbox
) -> None:
    await miss(club, discord)
    others = await club.mina.type("/구독 목록")
    assert "전하지 못했어요" not in others.message.content
    assert not others.message.buttons
    assert await club.app.services.subscriptions.missed(club.mina.id) == []


async def test_what_a_closed_dm_kept_back_and_a_channel_got_is_not_missed(club: Club) -> None:
    await club.john.type("/subscribe add", query="강화학습")
    await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    club.john.close_dms()
    await arrive(club)
    assert "Paper number 500" in (await club.channel.next_message()).text
    assert "couldn't reach you" not in (await club.john.type("/subscribe list")).message.content
