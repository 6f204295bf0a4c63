"""/digest as an admin lives it, by the real client against the local Discord."""

import pytest

from bot.app import App
from sandbox import Channel, Member, NotAllowed, Server
from tests.cogs.digests.conftest import NINE_IN_SEOUL, add, settled

# -- add -------------------------------------------------------------------------------------------------------------


async def test_without_the_history_a_digest_is_set_and_what_is_lost_is_said(
    admin: Member, korean: Member, papers: Channel, app: App, server: Server
) -> None:
    assert "⚠️" not in (await add(admin, papers)).text
    papers.deny(server.bot_role, "read_message_history")
    await app.client.wait_for("guild_channel_update")
    assert "⚠️ I don't have “Read Message History” there" in (await add(admin, papers, time="10:00")).text
    assert "‘메시지 기록 보기’" in (await korean.type("/digest edit", digest=1, count=3)).text


async def test_add_says_what_is_set_and_when_the_next_edition_comes(admin: Member, papers: Channel, app: App) -> None:
    reply = await add(admin, papers)
    assert reply.ephemeral
    assert "Digest #1" in reply.text
    assert papers.mention in reply.text
    assert reply.text.splitlines()[-1].endswith(f"<t:{NINE_IN_SEOUL}:F>, <t:{NINE_IN_SEOUL}:R>")
    assert "24 February" not in reply.text


async def test_a_korean_is_answered_in_korean_and_gets_seouls_time(korean: Member, papers: Channel, app: App) -> None:
    reply = await korean.type("/다이제스트 추가", 채널=papers, 시각="09:00")
    assert "1번 다이제스트를 만들었어요" in reply.text
    assert reply.text.endswith(f"다음 회차: <t:{NINE_IN_SEOUL}:F>, <t:{NINE_IN_SEOUL}:R>")


async def test_the_second_digest_takes_the_zone_of_the_first(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers, timezone="뉴욕")
    reply = await admin.type("/digest add", channel=papers, time="18:30")
    assert "America/New_York" in reply.text


async def test_every_option_is_told_again(admin: Member, papers: Channel, app: App) -> None:
    reply = await add(
        admin,
        papers,
        weekdays="월수금",
        count=3,
        min_votes=2,
        style="thread",
        language="ko",
        when="early",
        replay_from="2024-02-01",
        query="강화학습 -survey",
    )
    told = (
        "matching “강화학습 -survey”",
        "Mon, Wed, Fri",
        "top 3 papers",
        "at least 2 votes",
        "thread",
        "in Korean",
        "aren't complete yet",
        "2024-02-01",
    )
    for words in told:
        assert words in reply.text


async def test_what_cannot_be_read_is_answered_with_an_example(admin: Member, papers: Channel, app: App) -> None:
    unreadable = (
        ("time", "at dawn", "09:00"),
        ("timezone", "Mars", "Asia/Seoul"),
        ("weekdays", "someday", "mon,wed,fri"),
        ("replay_from", "soon", "2024-02-23"),
        ("query", "- ?", "-survey"),
        ("query", " ".join("abcdefghijklmnopqrstuvwxyz0123456"), "32 words"),
    )
    for option, value, example in unreadable:
        assert example in (await add(admin, papers, **{option: value})).text, option
        assert await app.services.digests.of_server(admin.server.id) == [], option


async def test_nothing_is_saved_while_permissions_are_missing(
    korean: Member, admin: Member, closed: Channel, app: App
) -> None:
    assert "Grant me “Send Messages” there." in (await add(admin, closed)).text
    assert "‘메시지 보내기’, ‘공개 스레드 만들기’" in (await add(korean, closed, style="thread")).text
    assert await app.services.digests.of_server(admin.server.id) == []


async def test_ten_digests_are_the_most(admin: Member, papers: Channel, app: App) -> None:
    for number in range(1, 11):
        assert f"Digest #{number} is ready" in (await add(admin, papers)).text
    assert "10 digests" in (await add(admin, papers)).text


async def test_zones_weekdays_and_dates_are_offered(korean: Member, app: App) -> None:
    zones = await korean.complete("/digest add", timezone="서울")
    assert [(zone.name, zone.value) for zone in zones] == [("Asia/Seoul · 서울", "Asia/Seoul")]
    assert (await korean.complete("/digest add", timezone=""))[0].value == "Asia/Seoul"
    assert len(await korean.complete("/digest add", timezone="a")) == 25
    assert (await korean.complete("/digest add", weekdays=""))[0].name == "매일"
    assert [day.name for day in await korean.complete("/digest add", weekdays="월,수")] == ["월, 수"]
    assert [start.value for start in await korean.complete("/digest add", replay_from="")] == ["2024-02-21", "off"]


# -- the others ------------------------------------------------------------------------------------------------------


async def test_without_a_digest_every_command_says_how_to_start(admin: Member, app: App) -> None:
    for command in ("list", "edit", "remove", "pause", "resume", "preview", "now", "why"):
        assert "/digest add" in (await admin.type(f"/digest {command}")).text, command


async def test_with_several_the_digest_must_be_named(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    await add(admin, papers, time="18:30")
    assert "several digests" in (await admin.type("/digest pause")).text
    offered = await admin.complete("/digest pause", digest="")
    assert [choice.name for choice in offered] == ["#1 · #papers · 09:00 Asia/Seoul", "#2 · #papers · 18:30 Asia/Seoul"]
    assert "#2 is paused" in (await admin.type("/digest pause", digest=2)).text
    assert "no digest #7" in (await admin.type("/digest pause", digest=7)).text


async def test_edit_changes_what_is_given_and_keeps_the_rest(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers, count=3, language="ko", replay_from="2024-02-01")
    reply = await admin.type("/digest edit", time="7:15", weekdays="weekend")
    for words in ("weekend", "7:15 AM (Asia/Seoul)", "top 3", "in Korean", "2024-02-01"):
        assert words in reply.text
    reply = await admin.type("/digest edit", language="server", replay_from="off")
    assert "Korean" not in reply.text
    assert "replay" not in reply.text


async def test_a_subject_is_set_and_taken_away(admin: Member, korean: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    reply = await admin.type("/digest edit", query="title:number -survey")
    assert "matching “title:number -survey”" in reply.text
    [offered] = await admin.complete("/digest edit", digest="")
    assert offered.name == "#1 · #papers · 09:00 Asia/Seoul · title:number -survey"
    assert "“title:number -survey”에 맞는 논문" in (await korean.type("/다이제스트 목록")).text
    assert "matching" in (await admin.type("/digest edit", query='"off"')).text
    assert "matching" not in (await admin.type("/digest edit", query="off")).text
    await admin.type("/digest edit", query="off -x")
    assert "주제" not in (await korean.type("/다이제스트 수정", 검색어="끔")).text
    [standing] = await app.services.digests.of_server(admin.server.id)
    assert standing.digest.order.query is None


async def test_what_a_subject_would_have_found_is_said_while_it_is_typed_and_in_the_answer(
    admin: Member, korean: Member, papers: Channel, app: App
) -> None:
    [typed] = await admin.complete("/digest add", min_votes=7, query=" 강화학습  -survey")
    assert (typed.name, typed.value) == (
        "강화학습 -survey · 18 in 30 days, 6.0 a day, days without: 0",
        "강화학습 -survey",
    )
    [typed] = await korean.complete("/다이제스트 추가", 검색어="title:7")
    assert typed.name == "title:7 · 최근 30일 1편, 하루 0.3편, 없는 날 2일"
    assert [each.value for each in await admin.complete("/digest edit", query="")] == ["off"]
    assert await admin.complete("/digest edit", query="-") == []
    assert await admin.complete("/digest edit", query="x" * 101) == []
    reply = await add(admin, papers, query="title:7")
    assert "In the last 30 days, 1 of 36 papers match: 0.3 a day. Days without any: 2 of 3." in reply.text
    assert "⚠️" not in reply.text
    reply = await add(admin, papers, query='"paper 7"')
    assert "⚠️ On more than two days in three, nothing would come. To find more, try: “paper 7” (1 paper)" in reply.text
    reply = await korean.type("/다이제스트 수정", 다이제스트=2, 검색어="audio")
    assert "최근 30일 논문 36편 중에는 맞는 것이 없었어요." in reply.text
    assert "단어나 빼는 말을 줄여 보세요" in reply.text
    assert "⚠️" not in (await admin.type("/digest edit", digest=2, weekly="fri")).text


async def test_a_recap_comes_on_its_one_day(admin: Member, korean: Member, papers: Channel, app: App) -> None:
    reply = await add(admin, papers, weekly="fri", count=10)
    for words in ("Fridays at 9:00 AM", "recap of the week", "top 10"):
        assert words in reply.text
    both = "A recap comes on one day of the week"
    assert both in (await add(admin, papers, weekly="fri", weekdays="mon")).text
    assert both in (await admin.type("/digest edit", weekdays="mon")).text
    assert "can't replay" in (await admin.type("/digest edit", replay_from="2024-02-01")).text
    assert (
        "지난 논문을 다시 보낼 수 없어요"
        in (await korean.type("/다이제스트 추가", 채널=papers, 시각="09:00", 주간="sun", 지난논문="2024-02-01")).text
    )
    assert "Sundays at 9:00 AM" in (await admin.type("/digest edit", weekly="sun")).text
    assert "recap" not in (reply := await admin.type("/digest edit", weekly="off", weekdays="mon,tue")).text
    assert "Mon, Tue" in reply.text
    await admin.type("/digest edit", weekly="mon")
    assert "every day" in (await admin.type("/digest edit", weekly="off")).text
    assert "Mon" not in (await admin.type("/digest edit", weekly="off")).text


async def test_edit_checks_the_channel_too(admin: Member, papers: Channel, closed: Channel, app: App) -> None:
    await add(admin, papers)
    assert "“Send Messages”" in (await admin.type("/digest edit", channel=closed)).text
    assert papers.mention in (await admin.type("/digest list")).text


async def test_a_digest_is_removed_after_a_question(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    question = await admin.type("/digest remove")
    assert question.ephemeral
    assert "9:00 AM (Asia/Seoul)" in question.text
    assert "stays" in (await admin.press(question, "Keep it")).text
    assert len(await app.services.digests.of_server(admin.server.id)) == 1
    done = await admin.press(await admin.type("/digest remove"), "Remove it")
    assert (done.kind, done.message.buttons) == ("update", ())
    assert "9:00 AM (Asia/Seoul)" in done.text
    assert "no digests yet" in (await admin.type("/digest list")).text


async def test_an_old_question_removes_no_digest_that_has_the_number_now(
    admin: Member, papers: Channel, app: App
) -> None:
    await add(admin, papers)
    old, other = await admin.type("/digest remove"), await admin.type("/digest remove")
    await admin.press(other, "Remove it")
    await add(admin, papers, time="18:30")
    assert "changed since I asked" in (await admin.press(old, "Remove it")).text
    assert len(await app.services.digests.of_server(admin.server.id)) == 1


async def test_the_preview_is_what_is_posted(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    preview = await (reply := await admin.type("/digest preview")).next_followup()
    assert papers.mention in reply.text
    assert reply.ephemeral
    assert preview.ephemeral
    await admin.type("/digest now")
    posted = await papers.next_message()
    assert posted.pinged == frozenset()
    assert (posted.content, posted.raw_embeds) == (preview.content, preview.raw_embeds)
    for shown in (posted, preview):
        assert (await admin.press(shown, "All 12 papers of the day")).ephemeral
        assert "Paper number 2" in (await admin.choose(shown, ["2402.00002"])).text


async def test_the_preview_of_a_thread_has_its_headline_and_its_papers(
    admin: Member, papers: Channel, app: App
) -> None:
    await add(admin, papers, style="thread", count=2)
    reply = await admin.type("/digest preview")
    assert "thread named" in reply.text
    previews = [await reply.next_followup() for _ in range(3)]
    await admin.type("/digest now")
    headline = await papers.next_message()
    assert headline.content == previews[0].content
    await settled(app, admin)
    assert headline.thread is not None
    posted = [await headline.thread.next_message() for _ in range(2)]
    assert [message.raw_embeds for message in posted] == [preview.raw_embeds for preview in previews[1:]]


async def test_a_preview_that_would_be_skipped_says_why_and_shows_a_sample(
    admin: Member, papers: Channel, app: App
) -> None:
    await add(admin, papers)
    await admin.type("/digest now")
    reply = await admin.type("/digest preview")
    assert "would be skipped" in reply.text
    assert "since Friday, 23 February 2024" in reply.text
    assert "\nFriday, 23 February 2024 · 12 in all\n" in (await reply.next_followup()).text


async def test_now_says_where_it_goes_or_why_not(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    assert papers.mention in (await admin.type("/digest now")).text
    assert "no new papers" in (await admin.type("/digest now")).text
    await papers.next_message()


async def test_now_in_a_channel_that_is_gone_says_what_to_do(
    admin: Member, papers: Channel, closed: Channel, app: App
) -> None:
    await add(admin, papers)
    papers.delete()
    assert "/digest edit" in (await admin.type("/digest now", in_=closed)).text


async def test_an_ambiguous_zone_is_answered_with_its_cities(admin: Member, papers: Channel, app: App) -> None:
    assert "America/Chicago / Asia/Shanghai" in (await add(admin, papers, timezone="CST")).text
    assert "America/New_York" in (await add(admin, papers, time="오전 9시 30분", timezone="EST")).text


async def test_only_those_who_manage_the_server_see_what_a_notice_is_about(
    admin: Member, server: Server, papers: Channel, closed: Channel, app: App
) -> None:
    lobby = server.system_channel
    assert lobby is papers
    await add(admin, papers)
    closed.allow(server.bot_role, "send_messages")
    await admin.type("/digest edit", channel=closed)
    closed.deny(server.bot_role, "send_messages")
    await app.services.digests.run_now(server.id, 1)
    notice = await papers.next_message()
    member = server.add_member("someone")
    assert "people who may manage" in (await member.press(notice, "What happened?")).text
    assert "failed" in (await admin.press(notice, "What happened?")).text


# -- who may ---------------------------------------------------------------------------------------------------------


async def test_only_those_who_manage_the_server_are_offered_it(server: Server, papers: Channel, app: App) -> None:
    with pytest.raises(NotAllowed):
        await server.add_member("someone").type("/digest list", in_=papers)


async def test_it_is_not_offered_in_a_dm(admin: Member, app: App) -> None:
    with pytest.raises(NotAllowed):
        await admin.type("/digest list", in_=admin.dm)
