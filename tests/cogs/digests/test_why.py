"""/digest why: the latest editions, and the answer for a date."""

import re
from datetime import timedelta

from bot.app import App
from sandbox import Channel, Member, Server
from tests.cogs.digests.conftest import NINE_IN_SEOUL, add, settled
from tests.conftest import House


async def test_why_tells_of_posted_and_missed_editions(korean: Member, papers: Channel, app: App, house: House) -> None:
    await add(korean, papers)
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
    await add(admin, papers, weekdays="mon,fri")
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
    await add(admin, papers, time="23:59")
    await admin.type("/digest now")
    posted = await papers.next_message()
    await settled(app, admin)
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
    await add(admin, papers)
    assert [day.value for day in await admin.complete("/digest why", date="2월 20일")] == ["2024-02-20"]
    assert [day.value for day in await admin.complete("/digest why", date="1/2/2024")] == ["2024-01-02", "2024-02-01"]
    assert "2024-01-02 / 2024-02-01" in (await admin.type("/digest why", date="1/2/2024")).text


async def test_the_last_days_are_offered_by_their_names(
    admin: Member, korean: Member, papers: Channel, app: App
) -> None:
    await add(admin, papers)
    [tuesday, _] = await admin.complete("/digest why", date="tue")
    assert (tuesday.name, tuesday.value) == ("Tuesday, 20 February 2024", "2024-02-20")
    assert [day.value for day in await korean.complete("/digest why", date="화요일")] == ["2024-02-20", "2024-02-13"]


async def test_an_edition_that_failed_after_its_headline_has_its_link(
    admin: Member, server: Server, papers: Channel, app: App
) -> None:
    await add(admin, papers, style="thread")
    papers.deny(server.bot_role, "send_messages_in_threads")
    await app.services.digests.run_now(server.id, 1)
    headline = await papers.next_message()
    await settled(app, admin)
    text = (await admin.type("/digest why")).text
    assert (
        f"[papers from 2024-02-23, cut short](https://discord.com/channels/{server.id}/{papers.id}/{headline.id})"
        in text
    )
    assert "“Send Messages in Threads”" in text
