"""The Apps menu of a message, and papers that no day lists."""

from collections.abc import Callable
from contextlib import closing
from sqlite3 import Connection
from typing import Any

import pytest

from bot.errors import SourceError, SourceFault
from bot.papers import Details, Listing, Paper
from bot.reading.model import MAX_SAVED
from bot.sources.model import SitePaper
from sandbox import Message, Sandbox
from sandbox.payloads.drafts import Draft
from tests.cogs.conftest import Club

STRAY = "1706.03762"
NO_PAPER = "I don't see a paper in that message."


class Site:
    """A site that knows one paper, and fails if it is to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False

    async def paper(self, arxiv_id: str) -> SitePaper | None:
        self.asked.append(arxiv_id)
        if self.fails:
            raise SourceError(SourceFault.BROKEN, "no")
        if arxiv_id != STRAY:
            return None
        paper = Paper(STRAY, "Attention", ("Noam Shazeer", "Niki Parmar"), ordered=True)
        return SitePaper(Listing(paper, 99), Details(STRAY, abstract="Only attention is used."))


@pytest.fixture
def site(club: Club, monkeypatch: pytest.MonkeyPatch) -> Site:
    site = Site()
    monkeypatch.setattr(club.app.services.strays, "_source", site)
    return site


def said(club: Club, text: str) -> Message:
    return club.mina.say(text, in_=club.channel)


async def test_one_paper_is_shown_in_full_and_in_private(club: Club) -> None:
    for text in ("see https://arxiv.org/pdf/2402.00001v2", "2402.00001 hf.co/papers/2402.00001"):
        reply = await club.john.use_menu("Show papers", said(club, text))
        assert reply.ephemeral
        assert reply.embeds[0].title == "Paper number 1"
        assert {"Save", "Cite", "Share"} <= {button.label for button in reply.buttons}


async def test_several_papers_are_a_list_with_a_menu_in_the_readers_language(club: Club) -> None:
    message = said(club, "2402.00003, 2402.00001 그리고 arXiv:2402.00013")
    reply = await club.mina.use_menu("논문 보기", message)
    assert reply.embeds[0].title == "이 메시지의 논문 3편"
    titles = [reply.text.index(f"[Paper number {number}](") for number in (3, 1, 13)]
    assert titles == sorted(titles)
    opened = await club.mina.choose(reply, "2402.00013")
    assert opened.embeds[0].title == "Paper number 13"


async def test_ten_papers_are_shown_and_the_rest_is_told_of(club: Club) -> None:
    text = " ".join(f"2402.{number:05}" for number in range(1, 12))
    reply = await club.john.use_menu("Show papers", said(club, text))
    assert reply.content == "The message names more papers; these are the first 10."
    assert [embed.title for embed in reply.embeds] == ["10 papers in this message", ""]
    assert "**10.** [Paper number 10](" in reply.text
    assert "Paper number 11" not in reply.text
    (menu,) = reply.selects
    assert [option.value for option in menu.options] == [f"2402.{number:05}" for number in range(1, 11)]


async def test_embeds_and_the_bots_own_messages_are_read_too(club: Club) -> None:
    embeds: list[dict[str, Any]] = [
        {"title": "a", "url": "https://arxiv.org/abs/2402.00001"},
        {"description": "[x](https://alphaxiv.org/abs/2402.00002)", "footer": {"text": "arXiv 2402.00003"}},
        {"fields": [{"name": "doi:10.48550/arXiv.2402.00004", "value": "https://ar5iv.org/abs/2402.00005"}]},
        {"author": {"name": "x", "url": "https://api.semanticscholar.org/arXiv:2402.00006"}},
    ]
    message = club.channel.post(club.mina.user, Draft(embeds=embeds))
    reply = await club.john.use_menu("Show papers", message)
    assert reply.embeds[0].title == "6 papers in this message"
    assert await club.channel.next_message() is message
    await club.john.press(await club.john.type("/paper day", in_=club.channel), "Share")
    again = await club.john.use_menu("Show papers", await club.channel.next_message())
    assert again.embeds[0].title == "5 papers in this message"


async def test_a_message_without_papers_says_what_is_looked_for(club: Club) -> None:
    for text in ("hello", "call 2402.146581", "https://example.org/2402.00001"):
        for menu in ("Show papers", "Save papers"):
            reply = await club.john.use_menu(menu, said(club, text))
            assert reply.ephemeral
            assert NO_PAPER in reply.content, text


async def test_papers_are_saved_to_ones_own_list(club: Club) -> None:
    message = said(club, "2402.00001 2402.00002 2402.99999")
    reply = await club.mina.use_menu("논문 저장", message)
    assert reply.ephemeral
    assert "논문 2편을 읽기 목록에 저장했어요" in reply.content
    assert "• Paper number 1\n• Paper number 2" in reply.content
    assert "[2402.99999](<https://arxiv.org/abs/2402.99999>)" in reply.content
    listed = await club.mina.press(reply, "🔖 내 읽기 목록")
    assert "Paper number 2" in listed.text
    assert "is empty" in (await club.john.type("/paper saved")).content


async def test_a_full_list_takes_what_fits(club: Club) -> None:
    saved, now = club.app.services.saved, club.house.clock.now()
    async with club.app.database.write() as tx:
        await tx.run("INSERT INTO members (user_id) VALUES (?)", (club.john.id,))
        rows = [(club.john.id, f"x{number}", now.isoformat()) for number in range(MAX_SAVED - 1)]
        await tx.many("INSERT INTO saved (user_id, arxiv_id, saved_at) VALUES (?, ?, ?)", rows)
    reply = await club.john.use_menu("Save papers", said(club, "2402.00001 2402.00002"))
    assert "“Paper number 1” is on your reading list" in reply.content
    assert "Your reading list is full" in reply.content
    assert await saved.count(club.john.id) == MAX_SAVED


async def test_a_paper_that_no_day_lists_is_asked_for_once_and_used_as_any_other(club: Club, site: Site) -> None:
    reply = await club.john.use_menu("Show papers", said(club, f"https://arxiv.org/abs/{STRAY}"))
    assert reply.ephemeral
    (embed,) = reply.embeds
    assert (embed.title, embed.author) == ("Attention", "Not in the daily papers")
    assert "Only attention is used." in embed.description
    cited = await club.john.press(reply, "Cite")
    assert "author = {Noam Shazeer and Niki Parmar}" in cited.content
    assert (await club.john.press(reply, "Save")).kind == "update"
    listed = await club.john.type("/paper saved")
    assert "Attention" in listed.text
    assert "Attention" in (await club.john.press(listed, "CSV")).message.attachments[0].content.decode()
    assert "like “Attention”" in (await club.john.type("/paper similar", paper=STRAY)).text
    assert "No papers found" in (await club.john.type("/paper search", query="attention shazeer")).text
    assert site.asked == [STRAY]


async def test_commands_know_such_papers_too(club: Club, site: Site) -> None:
    for command, told in (
        ("/논문 보기", "Daily Papers에 오르지 않은 논문"),
        ("/논문 저장", "“Attention” 논문을 읽기 목록에 저장했어요"),
        ("/논문 비슷한논문", "“Attention”"),
        ("/논문 검색", "Daily Papers에 오르지 않은 논문"),
    ):
        async with club.app.database.write() as tx:
            await tx.run("DELETE FROM strays")
        named: dict[str, Any] = {"검색어" if command == "/논문 검색" else "논문": f"https://hf.co/papers/{STRAY}"}
        reply = await club.mina.type(command, **named)
        assert reply.ephemeral, command
        assert told in f"{reply.text} {[embed.author for embed in reply.embeds]}", command
    assert site.asked == [STRAY] * 4


async def test_what_the_site_does_not_know_or_tell_is_answered_with_its_link(club: Club, site: Site) -> None:
    for fails in (False, True):
        site.fails = fails
        for command in ("/paper show", "/paper save"):
            reply = await club.john.type(command, paper="2401.12345")
            assert reply.ephemeral
            assert "Read it on arXiv: https://arxiv.org/abs/2401.12345" in reply.content
        message = said(club, "2402.00001 2401.12345 2401.12346")
        reply = await club.john.use_menu("Show papers", message)
        assert reply.content.startswith("Only on arXiv, as far as I know: [2401.12345](<https://arxiv.org/abs/2401.1")
        assert reply.embeds[0].title == "1 paper in this message"
    assert site.asked == ["2401.12345", "2401.12346"]


async def test_nothing_of_a_message_is_stored_but_what_is_saved(
    club: Club, site: Site, discord: Sandbox, database_of: Callable[[], closing[Connection]]
) -> None:
    chat = discord.add_chat(club.mina, club.john)
    club.john.add_app()
    message = club.mina.say(f"our secret xyzzy {STRAY} 2402.00002", in_=chat)
    await club.john.use_menu("Show papers", message)
    await club.john.use_menu("Save papers", message)
    with database_of() as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = [name for name in tables if not name.startswith(("paper_index", "sqlite_"))]
        told = {name: str(database.execute(f"SELECT * FROM {name}").fetchall()) for name in own}
    assert not [name for name, rows in told.items() if "xyzzy" in rows]
    assert not [name for name, rows in told.items() if str(message.id) in rows or str(club.mina.id) in rows]
    assert [name for name, rows in told.items() if str(club.john.id) in rows] == ["members", "saved"]
