import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.model import State
from bot.locale import Language, catalogue
from bot.papers import Day, Listing
from sandbox import Member, Sandbox
from tests.builders import FRIDAY, paper
from tests.cogs.conftest import Club

SATURDAY = FRIDAY.replace(day=24)
COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/subscribe list", {}),
    ("/subscribe pause", {}),
    ("/subscribe preview", {"subscription": "강화학습"}),
    ("/subscribe add", {"query": "other", "where": "here"}),
    ("/subscribe remove", {"subscription": "other"}),
)


async def arrive(club: Club) -> None:
    """A paper of the next day comes in, and the alerts about it are planned."""
    await club.app.services.library.store_page(
        "2024/02/24.md", "hash", Day(SATURDAY, (Listing(paper(500), 3),)), club.house.clock.now()
    )
    await club.app.planner.run()


async def until_dms_closed(club: Club, user_id: int) -> None:
    await club.house.until(lambda: club.app.services.subscriptions.dms_closed(user_id))


async def test_a_subscription_is_kept_and_alerts_by_dm(club: Club) -> None:
    reply = await club.mina.type("/구독 추가", 검색어="강화학습 -Survey")
    assert reply.message.ephemeral
    assert "“강화학습 -Survey” 구독을 시작했어요" in reply.message.content
    assert "DM" in reply.message.content
    await arrive(club)
    assert "Paper number 500" in (await club.mina.next_dm()).text


async def test_who_subscribes_is_told_where_the_forecast_takes_too_long(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def late(*_: Any, **__: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr(club.app.services.library, "find", late)
    reply = await club.john.type("/subscribe add", query="강화학습")
    assert "Checking recent papers took too long" in reply.message.content
    assert [each.query for each in await club.app.services.subscriptions.of_member(club.john.id)] == ["강화학습"]


async def test_here_is_this_channel_and_names_the_member_alone(club: Club) -> None:
    reply = await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here", min_votes=2)
    assert club.channel.mention in reply.message.content
    assert "at least 2 votes" in reply.message.content
    await arrive(club)
    alert = await club.channel.next_message()
    assert alert.pinged == {club.john.id}
    assert not club.john.dms


async def test_here_in_a_dm_is_the_dm(club: Club) -> None:
    reply = await club.john.type("/subscribe add", in_=club.john.dm, query="강화학습", where="here")
    assert "I'll DM you" in reply.message.content
    await arrive(club)
    assert "Paper number 500" in (await club.john.next_dm()).text


@pytest.mark.parametrize("permission", ["send_messages", "embed_links"])
async def test_here_needs_the_bots_permissions(club: Club, permission: str) -> None:
    assert club.server.bot is not None
    club.channel.deny(club.server.bot, permission)
    reply = await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    assert "I need" in reply.message.content
    assert await club.app.services.subscriptions.of_member(club.john.id) == []


async def test_here_needs_the_members_permission(club: Club) -> None:
    club.channel.deny(club.john, "send_messages")
    reply = await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    assert "You need" in reply.message.content
    assert await club.app.services.subscriptions.of_member(club.john.id) == []


async def test_subscriptions_are_listed_completed_and_removed(club: Club) -> None:
    assert "no subscriptions yet" in (await club.john.type("/subscribe list")).message.content
    await club.john.type("/subscribe add", query="One *")
    await club.john.type("/subscribe add", in_=club.channel, query="two", where="here", min_votes=3)
    await club.john.type("/subscribe pause", subscription="two")
    (embed,) = (await club.john.type("/subscribe list")).message.embeds
    assert embed.title == "Your subscriptions (2 of 25)"
    assert embed.description.split("\n") == [
        "**1.** “One \\*” · by DM",
        f"**2.** “two” · {club.channel.mention} · at least 3 votes · ⏸️ paused",
    ]
    offered = await club.john.complete("/subscribe remove", subscription="TW")
    assert [choice.name for choice in offered] == ["two (paused)"]
    reply = await club.john.type("/subscribe remove", subscription=str(offered[0].value))
    assert reply.message.content == "🗑️ Removed “two”."
    undone = await club.john.press(reply, "Undo")
    assert (undone.kind, undone.message.content) == ("update", "↩️ Restored “two”.")
    assert len(await club.app.services.subscriptions.of_member(club.john.id)) == 2
    assert await club.mina.complete("/subscribe remove", subscription="") == []


async def test_another_members_subscription_is_unknown(club: Club) -> None:
    await club.mina.type("/subscribe add", query="secret")
    (offered,) = await club.mina.complete("/subscribe remove", subscription="")
    for command in ("remove", "preview", "pause", "resume"):
        for named in (str(offered.value), "secret"):
            reply = await club.john.type(f"/subscribe {command}", subscription=named)
            assert "subscription is gone" in reply.message.content
    assert len(await club.app.services.subscriptions.of_member(club.mina.id)) == 1


async def test_pause_and_resume_one_or_all(club: Club) -> None:
    async def say(command: str, **options: Any) -> str:
        return (await club.john.type(f"/subscribe {command}", **options)).message.content

    resume = catalogue(Language.EN).command("subscribe resume")
    assert await say("pause") == "There was nothing to pause."
    await say("add", query="one")
    await say("add", query="two")
    assert await say("pause", subscription="one") == f"⏸️ Paused “one”. Restart it with {resume}."
    assert "was already paused" in await say("pause", subscription="one")
    assert await say("pause") == f"⏸️ Paused 1 subscription. Restart it with {resume}."
    assert await say("resume") == "▶️ 2 subscriptions are active again."
    assert await say("resume") == "No subscription was paused."
    assert await say("resume", subscription="two") == "“two” wasn't paused."


async def test_a_preview_shows_what_would_have_matched(club: Club) -> None:
    added = await club.mina.type("/구독 추가", 검색어="강화학습", 최소추천=10)
    (button,) = added.message.buttons
    reply = await club.mina.press(added, button.label)
    assert reply.kind == "message"
    assert reply.message.embeds[0].title == "“강화학습” · 최근 30일 논문 중 9편"
    reply = await club.mina.press(reply, "▶️")
    assert reply.message.embeds[0].footer == "9편 중 6~9"
    assert [button.emoji for button in reply.message.buttons] == ["◀️", "▶️"]
    assert (await club.mina.type("/구독 미리보기", 구독="강화학습")).message.embeds


async def test_a_new_subscription_says_what_it_would_have_matched(club: Club) -> None:
    added = await club.john.type("/subscribe add", query="번째", min_votes=12)
    assert (
        "It would have matched 3 of 36 papers in the archive's last 30 days: “Paper number 1”, “Paper number 13”,"
        " “Paper number 25”"
    ) in added.message.content
    assert "⚠️" not in added.message.content
    added = await club.mina.type("/구독 추가", 검색어="강화학습", 최소추천=11)
    told = "논문 36편으로 보면 6편을 알려 드렸을 거예요: “Paper number 1”, “Paper number 2”, “Paper number 13” 외 3편"
    assert told in added.message.content


async def test_a_broad_subscription_is_warned_of(club: Club) -> None:
    added = await club.john.type("/subscribe add", query="강화학습")
    assert "would have matched 36 of 36 papers" in added.message.content
    assert "more than one paper in five" in added.message.content
    preview = await club.john.press(added, added.message.buttons[0].label)
    assert "more than one paper in five" in preview.message.content
    assert "다섯 편 중 한 편꼴로" in (await club.mina.type("/구독 추가", 검색어="강화학습")).message.content


async def test_a_subscription_that_would_have_matched_nothing_is_warned_of(club: Club) -> None:
    added = await club.john.type("/subscribe add", query="zebra")
    assert "Nothing matched in the archive's last 30 days" in added.message.content
    assert "맞는 것이 없었어요" in (await club.mina.type("/구독 추가", 검색어="얼룩말")).message.content


async def test_a_preview_shows_the_words_in_bold(club: Club) -> None:
    await club.john.type("/subscribe add", query="강화학습", min_votes=12)
    reply = await club.john.type("/subscribe preview", subscription="강화학습")
    assert "**강화학습**을" in reply.message.embeds[0].description
    assert reply.message.content == ""


async def test_a_preview_of_nothing_says_so(club: Club) -> None:
    await club.john.type("/subscribe add", query="zebra")
    reply = await club.john.type("/subscribe preview", subscription="zebra")
    assert "would have matched nothing" in reply.message.content


async def test_a_query_that_asks_for_nothing_and_one_too_many(club: Club) -> None:
    assert "at least one word" in (await club.john.type("/subscribe add", query="-x")).message.content
    for number in range(25):
        reply = await club.john.type("/subscribe add", query=f"{'long word ' * 15}{number}")
        assert reply.message.content.startswith("✅")
    assert "25" in (await club.john.type("/subscribe add", query="more")).message.content
    (embed,) = (await club.john.type("/subscribe list")).message.embeds
    assert "**25.**" in embed.description
    offered = await club.john.complete("/subscribe remove", subscription="")
    assert len(offered) == 25


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


async def test_what_nobody_can_use_does_not_count_towards_the_servers_subscriptions(
    club: Club, database_of: Callable[[], closing[sqlite3.Connection]]
) -> None:
    await club.john.type("/subscribe add", in_=club.channel, query="강화학습", where="here")
    with database_of() as database:
        database.execute("INSERT INTO members (user_id) VALUES (5)")
        database.executemany(
            "INSERT INTO subscriptions (user_id, query, place, channel_id, guild_id, min_votes, language, created_at,"
            " refused) VALUES (5, ?, 'here', ?, ?, 0, 'ko', '2024-01-01T00:00:00+00:00', ?)",
            [
                (f"word{number}", club.channel.id, club.server.id, refused)
                for number, refused in enumerate([None] * 98 + ["member-away", "channel-gone"] * 9)
            ],
        )
        database.commit()
    reply = await club.mina.type("/subscribe add", in_=club.channel, query="other", where="here")
    assert club.channel.mention in reply.message.content
    reply = await club.mina.type("/subscribe add", in_=club.channel, query="one more", where="here")
    assert "100" in reply.message.content
    assert len(await club.app.services.subscriptions.of_member(club.mina.id)) == 1


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
    assert "1 alert couldn't reach you" in listed.message.content
    button = listed.message.buttons[0]
    assert button.label == "Read what I missed"
    shown = await club.john.press(listed, button.custom_id)
    assert "Paper number 500" in shown.text
    assert shown.ephemeral
    await until_told(club, club.john.id)
    again = await club.john.type("/subscribe list")
    assert "did not reach you" not in again.message.content
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
    assert "did not reach you" not in (await club.john.type("/subscribe list")).message.content
