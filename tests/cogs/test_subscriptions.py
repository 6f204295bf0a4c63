import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from bot.locale import Language, catalogue
from tests.cogs.conftest import Club, arrive


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
    assert "More than one paper in five" in added.message.content
    preview = await club.john.press(added, added.message.buttons[0].label)
    assert "More than one paper in five" in preview.message.content
    assert "다섯 편 중 한 편 넘게" in (await club.mina.type("/구독 추가", 검색어="강화학습")).message.content


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
