import sys
from datetime import timedelta
from typing import Any

import pytest

from bot.papers import Bullet, Day, Listing
from sandbox import NotAllowed
from tests.builders import FRIDAY, day, paper
from tests.cogs.conftest import Club

EVERY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/paper search", {"query": "paper"}),
    ("/paper day", {}),
    ("/paper top", {"period": "all"}),
    ("/paper random", {}),
    ("/paper show", {"paper": "2402.00013"}),
    ("/paper similar", {"paper": "2402.00090"}),
)


async def put(club: Club, page: Day) -> None:
    """Load a page in the place of an earlier one."""
    await club.app.services.library.store_page(f"{page.date:%Y/%m/%d}.md", "new", page, club.house.clock.now())


async def test_a_search_is_private_and_shows_five(club: Club) -> None:
    reply = await club.john.type("/paper search", query="강화학습", sort="newest")
    assert reply.message.ephemeral
    (embed,) = reply.message.embeds
    assert embed.title == "36 papers for “강화학습”"
    for told in (
        "[Paper number 1](",
        "12\u00a0votes",
        "Mina Kim, John Doe",
        "arXiv\u00a02402.00001",
        "2024-02-23",
        "다룹니다",
    ):
        assert told in embed.description
    assert embed.description.count("arXiv\u00a0") == 5
    assert embed.footer == "1–5 of 36 · newest first · Summary: Korean"


async def test_the_filters_count_and_are_told(club: Club) -> None:
    reply = await club.john.type(
        "/paper search", query="paper", since="yesterday", until="2024-02-22", min_votes=10, sort="votes"
    )
    (embed,) = reply.message.embeds
    assert embed.title.startswith("3 papers")
    facts = "since 2024-02-22 · until 2024-02-22 · at least 10 votes · most votes first"
    assert embed.footer == f"{facts} · Summary: Korean"


async def test_a_korean_member_reads_and_types_korean(club: Club) -> None:
    reply = await club.mina.type("/논문 검색", 검색어="강화학습", 정렬="최신순", 시작일="오늘")
    (embed,) = reply.message.embeds
    assert embed.title == "“강화학습” 검색 결과 12편"
    assert "추천 12" in embed.description
    assert embed.footer == "12편 중 1~5 · 2024-02-23부터 · 최신순"


async def test_a_search_without_results_says_what_to_try(club: Club) -> None:
    searches: tuple[tuple[dict[str, Any], str], ...] = (
        ({"query": "zebra"}, "another spelling"),
        ({"query": "zebra -paper"}, "without -words"),
        ({"query": "paper", "min_votes": 99}, "There are 36 without the filters (at least 99 votes)"),
        ({"query": "-paper"}, "at least one word"),
        ({"query": "paper", "since": "2024-13-01"}, "Try 2024-02-23"),
        ({"query": "paper", "since": "2024-02-23", "until": "2024-02-22"}, "Swap"),
    )
    for options, told in searches:
        reply = await club.john.type("/paper search", **options)
        assert reply.message.ephemeral, options
        assert told in reply.message.content, options
        assert not reply.message.buttons, options


async def test_why_a_paper_was_found_is_bold(club: Club) -> None:
    reply = await club.john.type("/paper search", query="강화 학습")
    assert "번째 논문은 **강화학습**을 다룹니다." in reply.message.embeds[0].description
    reply = await club.mina.type("/논문 검색", 검색어="title:paper")
    assert "번째 논문은 강화학습을 다룹니다." in reply.message.embeds[0].description


async def test_papers_with_some_of_the_words_are_shown_as_such(club: Club) -> None:
    reply = await club.john.type("/paper search", query="강화학습 zebra")
    assert reply.message.content == "No paper has all of these words; these have some of them."
    assert "**강화학습**" in reply.message.embeds[0].description
    reply = await club.mina.type("/논문 검색", 검색어="강화학습 zebra")
    assert reply.message.content == "모든 단어가 들어 있는 논문은 없어서, 일부가 들어 있는 논문을 보여 드려요."


async def test_a_typing_error_is_mended_and_told(club: Club) -> None:
    reply = await club.john.type("/paper search", query="nunber")
    assert reply.message.content == "Nothing matched exactly, so here are results for “number”."
    reply = await club.mina.type("/논문 검색", 검색어="nunber")
    assert reply.message.content == "그대로는 찾지 못해서 “number” 검색 결과를 보여 드려요."


async def test_what_stands_in_the_other_language_is_found_and_told(club: Club) -> None:
    explaining = "모델의 환각(hallucination)을 다룹니다."
    papers = [paper(70 + index, summary=(Bullet(explaining),)) for index in range(3)]
    literal = paper(80, title="Hallucination", summary=())
    await put(club, Day(FRIDAY, tuple(Listing(one) for one in (*papers, literal))))
    reply = await club.mina.type("/논문 검색", 검색어="환각")
    assert reply.message.content == "함께 찾은 단어: hallucination"
    assert "**4.** [Hallucination]" in reply.message.embeds[0].description


async def test_what_was_typed_pings_and_marks_nothing(club: Club) -> None:
    for query in ("@everyone **zebra**", f"<@{club.mina.id}>"):
        reply = await club.john.type("/paper search", query=query)
        assert not reply.message.pinged
        assert "**" not in reply.message.content.replace("\\*", "")


async def test_titles_are_completed(club: Club) -> None:
    await put(club, Day(FRIDAY, (Listing(paper(90, title="강화학습의 값")), Listing(paper(91, title="Deep Thought")))))
    for typed, title, value in (
        ("deep tho", "Deep Thought", "2402.00091"),
        ("강화하", "강화학습의 값", "2402.00090"),
        ("https://arxiv.org/abs/2402.00091", "Deep Thought", "2402.00091"),
    ):
        for command in ("/paper show", "/paper similar", "/paper save"):
            offered = await club.mina.complete(command, paper=typed)
            assert (offered[0].name, offered[0].value) == (title, value)
    assert len(await club.mina.complete("/paper show", paper="paper")) == 24


async def test_a_paper_is_shown_by_id_link_or_title(club: Club) -> None:
    for named in ("2402.00013", "https://arxiv.org/abs/2402.00013v2", "paper number 13"):
        reply = await club.john.type("/paper show", paper=named)
        assert reply.message.ephemeral, named
        head, body = reply.message.embeds
        assert head.title == "Paper number 13", named
        assert head.author == "12 votes · Thursday, 22 February 2024", named
        assert head.image == "https://example.org/13.png", named
        assert "[PDF](https://arxiv.org/pdf/2402.00013)" in body.text, named


async def test_a_search_for_a_reference_opens_the_paper(club: Club) -> None:
    for named in ("2402.00013v3", "https://doi.org/10.48550/arXiv.2402.00013"):
        reply = await club.john.type("/paper search", query=named, min_votes=99)
        assert reply.message.ephemeral, named
        assert reply.message.embeds[0].title == "Paper number 13", named
        assert "Save" in [button.label for button in reply.message.buttons], named


async def test_a_paper_that_the_archive_lacks_is_answered_with_its_link(club: Club) -> None:
    for command in ("/paper search", "/paper show", "/paper similar", "/paper save"):
        option = "query" if command == "/paper search" else "paper"
        named: dict[str, Any] = {option: "https://www.alphaxiv.org/abs/2499.12345v2"}
        reply = await club.john.type(command, **named)
        assert reply.message.ephemeral, command
        assert reply.message.content == (
            "The archive doesn't have 2499.12345. It holds the Daily Papers from 2024-02-21 to 2024-02-23."
            " Read it on arXiv: https://arxiv.org/abs/2499.12345"
        ), command


async def test_a_reference_is_saved(club: Club) -> None:
    reply = await club.john.type("/paper save", paper="https://ar5iv.org/abs/2402.00013")
    assert "“Paper number 13” is on your reading list" in reply.message.content


async def put_mambas(club: Club) -> None:
    """A day of seven papers on one thing, and one on another."""
    mambas = [Listing(paper(90 + index, title=f"Mamba {index}"), 9 - index) for index in range(7)]
    await put(club, Day(FRIDAY, (*mambas, Listing(paper(99, title="Deep Thought")))))


async def test_papers_like_one_are_shown_by_id_or_title(club: Club) -> None:
    await put_mambas(club)
    for named in ("2402.00093", "mamba 3"):
        reply = await club.john.type("/paper similar", paper=named)
        assert reply.message.ephemeral, named
        (embed,) = reply.message.embeds
        assert embed.title == "6 papers like “Mamba 3”", named
        assert embed.footer == "1–5 of 6 · Summary: Korean", named
        assert "Mamba 3" not in embed.description, named
        reply = await club.john.press(reply, "▶️")
        assert reply.message.embeds[0].footer == "6–6 of 6 · Summary: Korean", named
        reply = await club.mina.type("/논문 비슷한논문", 논문=named)
        assert reply.message.embeds[0].title == "“Mamba 3” · 비슷한 논문 6편", named


async def test_more_like_a_paper_is_a_button_under_it(club: Club) -> None:
    await put_mambas(club)
    shown = await club.john.type("/paper show", paper="2402.00090")
    reply = await club.john.press(shown, "🔎 More like this")
    assert reply.kind == "message"
    assert reply.message.ephemeral
    assert reply.message.embeds[0].title == "6 papers like “Mamba 0”"
    opened = await club.john.choose(reply, "2402.00092")
    assert "🔎 More like this" in [button.label for button in opened.message.buttons]


async def test_a_paper_without_its_like_says_so(club: Club) -> None:
    await put(club, Day(FRIDAY, (Listing(paper(99, title="Deep Thought", summary=())),)))
    reply = await club.john.type("/paper similar", paper="deep thought")
    assert reply.message.content == "There are no papers like “Deep Thought” yet."
    reply = await club.mina.press(await club.mina.type("/논문 보기", 논문="2402.00099"), "🔎 비슷한 논문")
    assert reply.message.content.startswith("“Deep Thought” 논문과 비슷한 논문이 아직 없어요")


async def test_a_paper_that_is_not_there(club: Club) -> None:
    reply = await club.john.type("/paper show", paper="no such title")
    assert "No papers found for “no such title”" in reply.message.content


async def test_a_day_is_the_newest_unless_named(club: Club) -> None:
    newest = await club.john.type("/paper day")
    assert newest.message.embeds[0].title == "Friday, 23 February 2024 · 12 papers"
    named = await club.mina.type("/논문 하루", 날짜="어제")
    assert named.message.embeds[0].title == "2024년 2월 22일 목요일 · 논문 12편"


async def test_a_day_without_papers_leads_to_the_nearest(club: Club) -> None:
    reply = await club.john.type("/paper day", date="2024-02-10")
    assert "covers 2024-02-21 to 2024-02-23" in reply.message.content
    reply = await club.john.press(reply, "Wednesday, 21 February 2024")
    assert reply.kind == "update"
    assert reply.message.embeds[0].title.startswith("Wednesday, 21 February 2024")


async def test_today_is_that_of_the_servers_zone(club: Club) -> None:
    club.house.clock.advance(timedelta(hours=4))  # 16:00 in UTC, 01:00 on the next day in Seoul
    assert "2024년 2월 24일" in (await club.mina.type("/paper day", date="today")).message.content
    assert (await club.john.type("/paper day", date="today")).message.embeds


async def test_a_day_whose_papers_are_still_to_come_is_not_a_day_without_papers(club: Club) -> None:
    club.house.clock.advance(timedelta(days=1))
    today = await club.john.type("/paper day", date="today")
    assert today.message.content == (
        "The papers from Saturday, 24 February 2024 are still coming in. Here's the nearest day:"
    )
    reply = await club.john.press(today, "Friday, 23 February 2024")
    assert reply.message.embeds[0].title.startswith("Friday, 23 February 2024")
    future = await club.mina.type("/논문 하루", 날짜="2024-02-26")
    assert future.message.content.startswith("아직 오지 않은 날이에요: 2024년 2월 26일 월요일.")


async def test_the_top_says_its_dates(club: Club) -> None:
    headings = {
        "week": "Most votes, 2024-02-17 to 2024-02-23 · 36 papers",
        "month": "Most votes, 2024-01-25 to 2024-02-23 · 36 papers",
        "year": "Most votes, 2023-02-24 to 2024-02-23 · 36 papers",
        "all": "Most votes of all time · 36 papers",
    }
    for period, heading in headings.items():
        reply = await club.john.type("/paper top", period=period)
        assert reply.message.embeds[0].title == heading
        reply = await club.john.press(reply, "▶️")
        assert reply.message.embeds[0].footer == "6–10 of 36 · Summary: Korean", period


async def test_a_top_without_papers_leads_on(club: Club) -> None:
    club.house.clock.advance(timedelta(days=60))
    reply = await club.john.type("/paper top", period="week")
    assert reply.message.content.endswith("has votes. Look at all time, or at the newest day:")
    assert (await club.john.press(reply, "Friday, 23 February 2024")).message.embeds[0].title.startswith("Friday, 23")


async def test_a_random_paper_and_another(club: Club) -> None:
    reply = await club.john.type("/paper random")
    assert reply.message.ephemeral
    reply = await club.john.press(reply, "🎲 Another")
    assert reply.kind == "update"
    assert reply.message.embeds[0].title.startswith("Paper number")


async def test_all_works_in_a_dm_without_sharing(club: Club) -> None:
    await put_mambas(club)
    for command, options in EVERY:
        reply = await club.john.type(command, in_=club.john.dm, **options)
        assert reply.message.embeds
        assert "Share" not in [button.label for button in reply.message.buttons]


async def test_periods_are_chosen_from_a_list(club: Club) -> None:
    with pytest.raises(NotAllowed):
        await club.john.type("/paper top", period="fortnight")


async def test_an_empty_archive_says_so(club: Club) -> None:
    async with club.app.services.library._database.write() as tx:  # no command empties a library
        for table in ("papers", "appearances"):
            await tx.run(f"DELETE FROM {table}")
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('delete-all')")
    for command, options in EVERY:
        reply = await club.john.type(command, **options)
        assert reply.message.content == "There are no papers yet. Try again later."
    assert await club.john.complete("/paper show", paper="") == []


async def test_a_day_may_hold_fewer_papers_later(club: Club) -> None:
    reply = await club.john.type("/paper day")
    reply = await club.john.press(reply, "▶️")
    await put(club, day(FRIDAY, votes=(5, 4)))
    reply = await club.john.press(reply, "▶️")
    assert reply.message.embeds[0].title == "Friday, 23 February 2024 · 2 papers"
    assert "◀️" not in [button.emoji for button in reply.message.buttons]


async def test_titles_that_take_too_long_are_not_offered(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    async def late(*_: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr(sys.modules["cogs.papers"], "complete", late)
    assert await club.john.complete("/paper show", paper="paper") == []
    assert (await club.john.type("/paper show", paper="paper number 1")).message.embeds
