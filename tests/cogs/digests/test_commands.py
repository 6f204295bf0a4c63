"""/digest as an admin lives it, by the real client against the local Discord."""

import re
from datetime import timedelta

import pytest

from bot.app import App
from bot.digests.model import EditionState, Style
from sandbox import Channel, Member, NotAllowed, Server
from sandbox.world.interactions import Reply
from tests.conftest import House

NINE_IN_SEOUL = 1708732800  # Saturday, 24 February 2024: the first after the house's clock


async def _add(admin: Member, papers: Channel, **options: object) -> Reply:
    usual: dict[str, object] = {"channel": papers, "time": "09:00", "timezone": "Asia/Seoul"}
    return await admin.type("/digest add", in_=None, **usual | options)


# -- add -------------------------------------------------------------------------------------------------------------


async def test_without_the_history_a_digest_is_set_and_what_is_lost_is_said(
    admin: Member, korean: Member, papers: Channel, app: App, server: Server
) -> None:
    assert "⚠️" not in (await _add(admin, papers)).text
    papers.deny(server.bot_role, "read_message_history")
    await app.client.wait_for("guild_channel_update")
    assert "⚠️ I don't have “Read Message History” there" in (await _add(admin, papers, time="10:00")).text
    assert "‘메시지 기록 보기’" in (await korean.type("/digest edit", digest=1, count=3)).text


async def test_add_says_what_is_set_and_when_the_next_edition_comes(admin: Member, papers: Channel, app: App) -> None:
    reply = await _add(admin, papers)
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
    await _add(admin, papers, timezone="뉴욕")
    reply = await admin.type("/digest add", channel=papers, time="18:30")
    assert "America/New_York" in reply.text


async def test_every_option_is_told_again(admin: Member, papers: Channel, app: App) -> None:
    reply = await _add(
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
        assert example in (await _add(admin, papers, **{option: value})).text, option
        assert await app.services.digests.of_server(admin.server.id) == [], option


async def test_nothing_is_saved_while_permissions_are_missing(
    korean: Member, admin: Member, closed: Channel, app: App
) -> None:
    assert "Grant me “Send Messages” there." in (await _add(admin, closed)).text
    assert "‘메시지 보내기’, ‘공개 스레드 만들기’" in (await _add(korean, closed, style="thread")).text
    assert await app.services.digests.of_server(admin.server.id) == []


async def test_ten_digests_are_the_most(admin: Member, papers: Channel, app: App) -> None:
    for number in range(1, 11):
        assert f"Digest #{number} is ready" in (await _add(admin, papers)).text
    assert "10 digests" in (await _add(admin, papers)).text


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
    await _add(admin, papers)
    await _add(admin, papers, time="18:30")
    assert "several digests" in (await admin.type("/digest pause")).text
    offered = await admin.complete("/digest pause", digest="")
    assert [choice.name for choice in offered] == ["#1 · #papers · 09:00 Asia/Seoul", "#2 · #papers · 18:30 Asia/Seoul"]
    assert "#2 is paused" in (await admin.type("/digest pause", digest=2)).text
    assert "no digest #7" in (await admin.type("/digest pause", digest=7)).text


async def test_edit_changes_what_is_given_and_keeps_the_rest(admin: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers, count=3, language="ko", replay_from="2024-02-01")
    reply = await admin.type("/digest edit", time="7:15", weekdays="weekend")
    for words in ("weekend", "7:15 AM (Asia/Seoul)", "top 3", "in Korean", "2024-02-01"):
        assert words in reply.text
    reply = await admin.type("/digest edit", language="server", replay_from="off")
    assert "Korean" not in reply.text
    assert "replay" not in reply.text


async def test_a_subject_is_set_and_taken_away(admin: Member, korean: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers)
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
    reply = await _add(admin, papers, query="title:7")
    assert "In the last 30 days, 1 of 36 papers match: 0.3 a day. Days without any: 2 of 3." in reply.text
    assert "⚠️" not in reply.text
    reply = await _add(admin, papers, query='"paper 7"')
    assert "⚠️ On more than two days in three, nothing would come. To find more, try: “paper 7” (1 paper)" in reply.text
    reply = await korean.type("/다이제스트 수정", 다이제스트=2, 검색어="audio")
    assert "최근 30일 논문 36편 중에는 맞는 것이 없었어요." in reply.text
    assert "단어나 빼는 말을 줄여 보세요" in reply.text
    assert "⚠️" not in (await admin.type("/digest edit", digest=2, weekly="fri")).text


async def test_a_recap_comes_on_its_one_day(admin: Member, korean: Member, papers: Channel, app: App) -> None:
    reply = await _add(admin, papers, weekly="fri", count=10)
    for words in ("Fridays at 9:00 AM", "recap of the week", "top 10"):
        assert words in reply.text
    both = "A recap comes on one day of the week"
    assert both in (await _add(admin, papers, weekly="fri", weekdays="mon")).text
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
    await _add(admin, papers)
    assert "“Send Messages”" in (await admin.type("/digest edit", channel=closed)).text
    assert papers.mention in (await admin.type("/digest list")).text


async def test_list_shows_the_next_run_or_that_it_is_paused(admin: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers)
    await _add(admin, papers, time="18:30")
    await admin.type("/digest pause", digest=2)
    first, second = (await admin.type("/digest list")).text.split("**#2**")
    assert f"<t:{NINE_IN_SEOUL}:F>" in first
    assert "Paused" in second
    assert "<t:" in (await admin.type("/digest resume", digest=2)).text


async def test_a_digest_is_removed_after_a_question(admin: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers)
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
    await _add(admin, papers)
    old, other = await admin.type("/digest remove"), await admin.type("/digest remove")
    await admin.press(other, "Remove it")
    await _add(admin, papers, time="18:30")
    assert "changed since I asked" in (await admin.press(old, "Remove it")).text
    assert len(await app.services.digests.of_server(admin.server.id)) == 1


async def test_the_preview_is_what_is_posted(admin: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers)
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
    await _add(admin, papers, style="thread", count=2)
    reply = await admin.type("/digest preview")
    assert "thread named" in reply.text
    previews = [await reply.next_followup() for _ in range(3)]
    await admin.type("/digest now")
    headline = await papers.next_message()
    assert headline.content == previews[0].content
    await _settled(app, admin)
    assert headline.thread is not None
    posted = [await headline.thread.next_message() for _ in range(2)]
    assert [message.raw_embeds for message in posted] == [preview.raw_embeds for preview in previews[1:]]


async def test_a_preview_that_would_be_skipped_says_why_and_shows_a_sample(
    admin: Member, papers: Channel, app: App
) -> None:
    await _add(admin, papers)
    await admin.type("/digest now")
    reply = await admin.type("/digest preview")
    assert "would be skipped" in reply.text
    assert "since Friday, 23 February 2024" in reply.text
    assert "\nFriday, 23 February 2024 · 12 in all\n" in (await reply.next_followup()).text


async def test_now_says_where_it_goes_or_why_not(admin: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers)
    assert papers.mention in (await admin.type("/digest now")).text
    assert "no new papers" in (await admin.type("/digest now")).text
    await papers.next_message()


async def test_now_in_a_channel_that_is_gone_says_what_to_do(
    admin: Member, papers: Channel, closed: Channel, app: App
) -> None:
    await _add(admin, papers)
    papers.delete()
    assert "/digest edit" in (await admin.type("/digest now", in_=closed)).text


async def test_why_tells_of_posted_and_missed_editions(korean: Member, papers: Channel, app: App, house: House) -> None:
    await _add(korean, papers)
    assert "아직 올린 회차가 없어요" in (await korean.type("/digest why")).text
    await korean.type("/digest now")
    posted = await papers.next_message()
    house.clock.advance(timedelta(days=3))
    await app.runner.run()
    text = (await korean.type("/digest why")).text
    assert f"[2024-02-23 논문](https://discord.com/channels/{papers.home.id}/{papers.id}/{posted.id})" in text
    assert text.count("건너뜀: ") == 3
    assert re.search(r"다음 회차: <t:\d+:F>", text)


async def test_why_answers_for_a_date_without_an_edition(
    admin: Member, korean: Member, papers: Channel, app: App
) -> None:
    await _add(admin, papers, weekdays="mon,fri")
    answers = (
        ("2024-02-20", "set up later", "그 뒤인"),
        ("yesterday", "set up later", "그 뒤인"),
        ("2024-02-24", "Nothing is due on that day. This digest comes on Mon, Fri;", "월, 금에만 올라와요"),
        ("2024-02-26", f"It comes on <t:{NINE_IN_SEOUL + 2 * 86_400}:f>", "아직 올릴 때가 아니에요"),
    )
    for date, english, translated in answers:
        assert english in (await admin.type("/digest why", date=date)).text, date
        assert translated in (await korean.type("/다이제스트 내역", 날짜=date)).text, date


async def test_why_answers_for_the_dates_of_pauses_and_editions(
    admin: Member, app: App, papers: Channel, house: House
) -> None:
    await _add(admin, papers, time="23:59")
    await admin.type("/digest now")
    posted = await papers.next_message()
    await _settled(app, admin)
    assert f"/{papers.id}/{posted.id})" in (await admin.type("/digest why", date="today")).text
    await admin.type("/digest pause")
    house.clock.advance(timedelta(days=1, hours=12))
    assert "An admin paused the digest on <t:" in (await admin.type("/digest why", date="yesterday")).text
    await admin.type("/digest resume")
    assert "An admin had paused the digest from <t:" in (await admin.type("/digest why", date="yesterday")).text
    house.clock.advance(timedelta(hours=1))
    await admin.type("/digest edit", time="09:30")
    assert "time or weekdays were changed later" in (await admin.type("/digest why", date="today")).text
    assert "I can't read that date" in (await admin.type("/digest why", date="someday")).text


async def test_all_that_a_typed_date_may_mean_is_offered(admin: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers)
    assert [day.value for day in await admin.complete("/digest why", date="2월 20일")] == ["2024-02-20"]
    assert [day.value for day in await admin.complete("/digest why", date="1/2/2024")] == ["2024-01-02", "2024-02-01"]
    assert "2024-01-02 / 2024-02-01" in (await admin.type("/digest why", date="1/2/2024")).text


async def test_an_ambiguous_zone_is_answered_with_its_cities(admin: Member, papers: Channel, app: App) -> None:
    assert "America/Chicago / Asia/Shanghai" in (await _add(admin, papers, timezone="CST")).text
    assert "America/New_York" in (await _add(admin, papers, time="오전 9시 30분", timezone="EST")).text


async def test_the_last_days_are_offered_by_their_names(
    admin: Member, korean: Member, papers: Channel, app: App
) -> None:
    await _add(admin, papers)
    [tuesday, _] = await admin.complete("/digest why", date="tue")
    assert (tuesday.name, tuesday.value) == ("Tuesday, 20 February 2024", "2024-02-20")
    assert [day.value for day in await korean.complete("/digest why", date="화요일")] == ["2024-02-20", "2024-02-13"]


async def test_an_edition_that_failed_after_its_headline_has_its_link(
    admin: Member, server: Server, papers: Channel, app: App
) -> None:
    await _add(admin, papers, style="thread")
    papers.deny(server.bot_role, "send_messages_in_threads")
    await app.services.digests.run_now(server.id, 1)
    headline = await papers.next_message()
    await _settled(app, admin)
    text = (await admin.type("/digest why")).text
    assert (
        f"[papers from 2024-02-23, cut short](https://discord.com/channels/{server.id}/{papers.id}/{headline.id})"
        in text
    )
    assert "“Send Messages in Threads”" in text


async def test_list_promises_nothing_where_no_edition_can_come(
    admin: Member, korean: Member, papers: Channel, closed: Channel, app: App, server: Server
) -> None:
    await _add(admin, papers)
    await _add(admin, papers)
    papers.delete()
    await server.discord.until(lambda: app.client.get_channel(papers.id) is None)
    text = (await admin.type("/digest list", in_=closed)).text
    assert text.count("The channel is gone") == 2
    assert "Next edition" not in text
    assert "채널이 사라져서 다음 회차를 올릴 수 없어요" in (await korean.type("/digest list", in_=closed)).text


async def test_only_those_who_manage_the_server_see_what_a_notice_is_about(
    admin: Member, server: Server, papers: Channel, closed: Channel, app: App
) -> None:
    lobby = server.system_channel
    assert lobby is papers
    await _add(admin, papers)
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


async def _settled(app: App, admin: Member) -> None:
    """Wait until the newest edition owes nothing any more."""

    async def is_settled() -> bool:
        return not await _is_planned(app, admin)

    await admin.server.discord.until(is_settled)


async def _is_planned(app: App, admin: Member) -> bool:
    history = await app.services.digests.why(admin.server.id, 1)
    return history.editions[0].state is EditionState.PLANNED


async def test_the_list_offers_the_short_card_and_a_press_changes_the_digest(
    admin: Member, papers: Channel, app: App
) -> None:
    await _add(admin, papers, style="full")
    await admin.type("/digest add", channel=papers, time="18:00", style="thread")
    shown = await admin.type("/digest list")
    assert [button.label for button in shown.message.buttons] == ["#1: use short cards"]
    changed = await admin.press(shown, "#1: use short cards")
    assert changed.message.content.startswith("✅ Digest #1 posts short cards from its next edition.")
    assert not changed.message.buttons
    styles = [each.digest.order.style for each in await app.services.digests.of_server(papers.server.id)]
    assert styles == [Style.CARDS, Style.THREAD]
    assert not (await admin.type("/digest list")).message.buttons


async def test_who_may_not_manage_the_server_changes_no_card(admin: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers, style="full")
    shown = await admin.type("/digest list")
    admin.roles[-1].deny("manage_server")
    refused = await admin.press(shown, "#1: use short cards")
    assert "may manage that server's digests" in refused.text
    [standing] = await app.services.digests.of_server(papers.server.id)
    assert standing.digest.order.style is Style.FULL


async def test_a_digest_that_was_changed_meanwhile_keeps_its_style(admin: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers, style="full")
    shown = await admin.type("/digest list")
    await admin.type("/digest edit", style="thread")
    await admin.press(shown, "#1: use short cards")
    [standing] = await app.services.digests.of_server(papers.server.id)
    assert standing.digest.order.style is Style.THREAD
