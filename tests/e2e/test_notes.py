"""What a member notes of their reading list: read and unread, a note, in two languages and for nobody else."""

from dataclasses import dataclass

import pytest

from sandbox import Member, Reply, Sandbox, Server
from tests.builders import FRIDAY, day, utc
from tests.conftest import House

FIRST, SECOND = "2402.00001", "2402.00002"
MONDAY = utc(2024, 2, 26)  # nine in the morning in Seoul
SECRET = "compare with *ours* @everyone"


@pytest.fixture
def server(house: House, discord: Sandbox) -> Server:
    house.page(day(FRIDAY, votes=(9, 5)))
    server = discord.add_server("ML")
    server.add_channel("papers")
    return server


def labels(reply: Reply) -> list[str | None]:
    return [button.label for button in reply.message.buttons]


async def save(member: Member, *papers: str) -> None:
    for paper in papers:
        await member.type("/paper save", paper=paper)


@dataclass(frozen=True)
class Words:
    """What the controls say in a language."""

    save: str
    read_it: str
    read: str
    note: str
    edit: str
    label: str
    whole: str


ENGLISH = Words("Save", "Mark as read", "Read", "Note", "Edit note", "Only you can see it", "Whole list")
KOREAN = Words("저장", "읽음으로 표시", "읽음", "메모", "메모 고치기", "나만 볼 수 있는 메모", "전체 목록")


@pytest.mark.parametrize(("locale", "words"), [("en-US", ENGLISH), ("ko", KOREAN)])
async def test_a_saved_paper_is_read_and_noted(house: House, server: Server, locale: str, words: Words) -> None:
    mina, other = server.add_member("mina", locale=locale), server.add_member("other", locale=locale)
    async with house.running():
        await save(mina, SECOND)
        await save(other, FIRST)
        opened = await mina.type("/paper show", paper=FIRST)
        assert words.read_it not in labels(opened)
        pressed = await mina.press(opened, words.save)
        assert labels(pressed)[1:3] == [words.read_it, words.note]
        pressed = await mina.press(pressed, words.read_it)
        assert labels(pressed)[1] == words.read
        form = await mina.press(pressed, words.note)
        assert form.kind == "modal"
    async with house.running():  # the form that is open outlasts a restart
        told = await mina.submit(form, **{words.label: SECRET})
        assert told.kind == "update"
        assert "compare with \\*ours\\*" in told.message.content
        assert labels(told)[:3][1:] == [words.read, words.edit]
        assert told.message.embeds
        unread = await mina.type("/paper saved", unread=True)
        assert SECOND in unread.message.text
        assert FIRST not in unread.message.text
        listed = await mina.press(unread, words.whole)
        unread = await mina.type("/paper saved", unread=True)
        rest = await mina.choose(unread, [SECOND], menu="papers:seen:0:unread")
        assert rest.kind == "update"
        assert "🎉" in rest.message.content
        assert all("papers:seen" not in menu.custom_id for menu in (await mina.type("/paper saved")).message.selects)
        assert "compare with" in listed.message.text
        assert f"✅ {words.read}" in listed.message.text
        shared = await mina.press(await mina.type("/paper show", paper=FIRST), "papers:share:paper.2402.00001:0")
        assert shared.kind == "update"
        [public] = mina._where(None).messages
        assert "compare" not in public.text
        theirs = await other.type("/paper show", paper=FIRST)
        assert "compare" not in theirs.message.text
        assert labels(theirs)[1] == words.read_it
        emptied = await mina.submit(await mina.press(told, words.edit), **{words.label: ""})
        assert emptied.message.content == ""
        assert words.note in labels(emptied)


@pytest.mark.parametrize(
    ("locale", "title", "stop", "stopped"),
    [
        ("en-US", "2 papers on your reading list are still unread", "Stop reminders", "won't remind you"),
        ("ko", "아직 읽지 않은 논문이 2편 있어요", "그만 받기", "더는 알려 드리지 않아요"),
    ],
)
async def test_a_member_is_reminded_by_dm_of_what_is_unread(
    house: House, server: Server, locale: str, title: str, stop: str, stopped: str
) -> None:
    mina, other = server.add_member("mina", locale=locale), server.add_member("other", locale=locale)
    async with house.running() as app:
        await save(mina, FIRST, SECOND)
        await save(other, FIRST)
        reply = await mina.type("/paper remind", weekday="mon", timezone="Seoul")
        assert "Asia/Seoul" in reply.text
        house.clock.move_to(MONDAY)
        await app.services.reminders.run()
        told = await mina.next_dm()
        assert title in told.text
        assert "Paper number 1" in told.text
        assert FIRST in (await mina.press(told, "papers:list:saved.unread:0")).message.text
        assert stopped in (await mina.press(told, stop)).text
        assert await app.services.reminders.of(mina.id) is None
        assert (len(mina.dms), other.dms) == (1, [])
