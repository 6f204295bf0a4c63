import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox import Channel, Member, Sandbox, Server
from sandbox.payloads.drafts import CROSSPOSTED, Draft
from sandbox.payloads.errors import NotAllowed
from sandbox.window import Control, Window
from tests.sandbox.newsbot import NewsBot


class NoControls:
    """One control, which notes that it was used."""

    zone = "Asia/Seoul"
    busy = ""

    def __init__(self) -> None:
        self.used: list[str] = []

    def now(self) -> datetime:
        return datetime(2024, 2, 23, tzinfo=UTC)

    def offered(self) -> Sequence[Control]:
        return [Control("hour", "time")]

    async def use(self, name: str, given: Any) -> object:
        del given
        if name != "hour":
            raise NotAllowed("there is no such control")
        self.used.append(name)
        return None


class Visitor:
    """One at the window."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.view: Any = None
        self.log: list[Any] = []
        self._asked = 0

    async def hear(self) -> Any:
        """The next thing that the window says; views and log are kept."""
        told = json.loads((await asyncio.wait_for(self._socket.receive(), 60)).data)
        self.view = told.get("view", self.view)
        self.log += told.get("log", [])
        return told

    async def ask(self, action: str, **given: Any) -> Any:
        """Do something; the answer whole."""
        self._asked += 1
        await self._socket.send_str(json.dumps({"id": self._asked, "do": action} | given))
        while (told := await self.hear()).get("id") != self._asked:
            pass
        return told

    async def send(self, text: str) -> None:
        await self._socket.send_str(text)

    @property
    def messages(self) -> list[Any]:
        return list(self.view["open"]["messages"])


@pytest.fixture
def controls() -> NoControls:
    return NoControls()


@asynccontextmanager
async def visiting(world: Sandbox, controls: NoControls) -> AsyncIterator[Visitor]:
    application = web.Application()
    application.router.add_get("/", Window(world, controls).handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        async with aiohttp.ClientSession() as session, session.ws_connect(address) as socket:
            visitor = Visitor(socket)
            await visitor.hear()
            yield visitor
    finally:
        await runner.cleanup()


@pytest.fixture
async def visitor(
    world: Sandbox, mina: Member, jun: Member, bot: NewsBot, controls: NoControls
) -> AsyncIterator[Visitor]:
    async with visiting(world, controls) as one:
        yield one


async def test_a_visitor_sees_the_first_person_in_the_first_channel(visitor: Visitor) -> None:
    assert visitor.view["me"]["name"] == "mina"
    assert visitor.view["open"]["name"] == "papers"
    assert [person["name"] for person in visitor.view["people"]] == ["mina", "jun"]


async def test_a_command_is_answered_and_the_answer_is_in_the_view_before(visitor: Visitor) -> None:
    place = visitor.view["open"]["id"]
    commands = (await visitor.ask("commands", place=place))["result"]
    command = next(one for one in commands if one["path"] == "hello")
    answer = await visitor.ask("type", place=place, command=command["path"], options={"name": "Mina"})
    assert answer["result"]["kind"] == "message"
    assert visitor.messages[-1]["id"] == answer["result"]["message"]
    assert visitor.messages[-1]["used"] == {"name": "mina", "command": "hello"}


async def test_an_entry_of_a_messages_menu_is_offered_and_used(visitor: Visitor, mina: Member) -> None:
    mina.say("see arxiv.org")
    await visitor.ask("open", place=visitor.view["open"]["id"])
    assert visitor.view["open"]["menus"] == [{"name": "Read this", "label": "이거 읽기"}]
    answer = await visitor.ask("use", message=visitor.messages[-1]["id"], name="Read this")
    assert visitor.messages[-1]["id"] == answer["result"]["message"]
    assert visitor.messages[-1]["content"] == "mina: see arxiv.org"
    assert visitor.messages[-1]["used"] == {"name": "mina", "command": "Read this", "menu": True}


async def test_a_private_answer_is_for_one_person_and_can_be_dismissed(visitor: Visitor) -> None:
    place = visitor.view["open"]["id"]
    answer = await visitor.ask("type", place=place, command="pages", options={})
    assert answer["result"]["kind"] == "message", answer
    pressed = await visitor.ask("press", message=answer["result"]["message"], custom_id=_control(visitor, "Whisper"))
    whisper = pressed["result"]["message"]
    assert visitor.messages[-1]["ephemeral"]
    jun = visitor.view["people"][1]["id"]
    await visitor.ask("become", person=jun)
    assert whisper not in [message["id"] for message in visitor.messages]
    await visitor.ask("become", person=visitor.view["people"][0]["id"])
    await visitor.ask("dismiss", message=whisper)
    assert whisper not in [message["id"] for message in visitor.messages]


def _control(visitor: Visitor, label: str) -> str:
    items = [item for row in visitor.messages[-1]["rows"] for item in row]
    return str(next(item["custom_id"] for item in items if item.get("label") == label))


async def test_what_the_client_would_not_let_a_person_do_is_an_error(visitor: Visitor) -> None:
    place = visitor.view["open"]["id"]
    assert "no command" in (await visitor.ask("type", place=place, command="nothing", options={}))["error"]
    assert "gone" in (await visitor.ask("open", place="1"))["error"]
    assert "gone" in (await visitor.ask("press", message="1", custom_id="x"))["error"]
    assert "no such control" in (await visitor.ask("control", name="x"))["error"]
    assert "to do" in (await visitor.ask("fly"))["error"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        '{"do": "open"}',
        '{"do": "open", "place": []}',
        '{"do": "open", "place": Infinity}',
        '{"do": "type", "place": "1", "command": {}, "options": [[1, 2, 3]]}',
        '{"do": "submit", "form": "1", "values": 7}',
        "1e999",
        "[" * 100_000,
        '"\\ud800"',
    ],
    ids=lambda text: text[:40],
)
async def test_odd_json_is_answered_with_an_error(visitor: Visitor, text: str) -> None:
    await visitor.send(text)
    while "error" not in (told := await visitor.hear()):
        pass
    assert told["error"]
    assert (await visitor.ask("control", name="hour")).get("error") is None


async def test_a_control_is_handed_on(visitor: Visitor, controls: NoControls) -> None:
    await visitor.ask("control", name="hour")
    assert controls.used == ["hour"]


async def test_what_the_bot_asks_and_hears_is_in_the_log(visitor: Visitor) -> None:
    place = visitor.view["open"]["id"]
    await visitor.ask("type", place=place, command="hello", options={"name": "Mina"})
    while not any(entry["kind"] == "request" and "callback" in entry["title"] for entry in visitor.log):
        await visitor.hear()
    assert any(entry["title"] == "INTERACTION_CREATE" for entry in visitor.log)


async def test_unread_messages_and_pings_are_counted_until_the_place_is_opened(
    visitor: Visitor, server: Server, jun: Member
) -> None:
    other = server.add_channel("other")
    jun.say(f"<@{visitor.view['me']['id']}> look", in_=other)
    await visitor.ask("control", name="hour")
    listed = {place["name"]: place for place in visitor.view["servers"][0]["channels"]}
    assert (listed["other"]["unread"], listed["other"]["pings"]) == (1, 1)
    await visitor.ask("open", place=listed["other"]["id"])
    listed = {place["name"]: place for place in visitor.view["servers"][0]["channels"]}
    assert (listed["other"]["unread"], listed["other"]["pings"]) == (0, 0)


async def test_a_channel_that_is_deleted_or_closed_is_left(
    visitor: Visitor, server: Server, channel: Channel, mina: Member
) -> None:
    other = server.add_channel("other")
    await visitor.ask("open", place=str(other.id))
    other.delete()
    await visitor.ask("control", name="hour")
    assert visitor.view["open"]["name"] == "papers"
    channel.deny(mina, "view_channel")
    await visitor.ask("control", name="hour")
    assert visitor.view["open"]["gone"]
    assert visitor.messages == []


async def test_one_visitors_half_characters_reach_no_other(visitor: Visitor, world: Sandbox, mina: Member) -> None:
    place = visitor.view["open"]["id"]
    assert "understand" in (await visitor.ask("say", place=place, content="\ud800"))["error"]
    await visitor.ask("say", place=place, content="whole")
    assert [message["content"] for message in visitor.messages] == ["whole"]


async def test_a_locked_thread_is_closed_to_those_who_do_not_manage_it(
    visitor: Visitor, server: Server, channel: Channel, jun: Member
) -> None:
    thread = server.start_thread(channel, jun.user, "aside", 1440, None)
    thread.archive(locked=True)
    await visitor.ask("become", person=str(jun.id))
    await visitor.ask("open", place=str(thread.id))
    assert (visitor.view["thread"]["locked"], visitor.view["thread"]["writes"]) == (True, False)
    assert "may not write" in (await visitor.ask("say", place=str(thread.id), content="hello"))["error"]


async def test_two_visitors_have_a_seat_each_and_leave_nothing_behind(
    world: Sandbox, mina: Member, jun: Member, bot: NewsBot, controls: NoControls
) -> None:
    async with visiting(world, controls) as one:
        before = len(asyncio.all_tasks())
        async with visiting(world, controls) as other:
            await other.ask("become", person=str(jun.id))
            await one.ask("control", name="hour")
            assert (one.view["me"]["name"], other.view["me"]["name"]) == ("mina", "jun")
        assert len(asyncio.all_tasks()) == before


async def test_a_name_pings_and_a_deleted_message_is_gone(visitor: Visitor, channel: Channel, jun: Member) -> None:
    await visitor.ask("say", place=str(channel.id), content="@jun, @june and @nobody")
    assert visitor.messages[-1]["content"] == f"<@{jun.id}>, @june and @nobody"
    channel.messages[-1].delete()
    await visitor.ask("control", name="hour")
    assert visitor.messages == []


async def test_a_file_of_a_message_is_handed_out_to_those_who_see_it(
    visitor: Visitor, channel: Channel, world: Sandbox, jun: Member
) -> None:
    message = jun.say("see", in_=channel)
    message.attachments = (world.upload("a.json", b"[1]"),)
    told = await visitor.ask("download", message=str(message.id), file=str(message.attachments[0].id))
    assert told["result"] == {"name": "a.json", "content": "WzFd"}
    assert "gone" in (await visitor.ask("download", message=str(message.id), file="1"))["error"]


async def test_a_picture_of_a_message_is_shown_with_what_it_says(
    visitor: Visitor, channel: Channel, world: Sandbox, jun: Member
) -> None:
    picture = replace(world.upload("a.png", b"PNG"), content_type="image/png", description="A line.")
    jun.say("see", in_=channel).attachments = (picture, world.upload("a.txt", b"text"))
    await visitor.ask("control", name="hour")
    shown, other = visitor.messages[-1]["files"]
    assert (shown["url"], shown["description"]) == ("data:image/png;base64,UE5H", "A line.")
    assert "url" not in other


async def test_a_forum_is_the_list_of_its_posts_the_newest_first_and_takes_neither_messages_nor_commands(
    visitor: Visitor, world: Sandbox, server: Server, mina: Member, jun: Member
) -> None:
    forum = server.add_channel("talks", kind="forum", topic="Be kind")
    tag = forum.add_tag("LLM")
    forum.require_tag()
    picture = {"url": "https://a.example/b.png"}
    embed = {"title": "T", "description": "one\n\ntwo\nthree\nfour", "image": picture}
    old = server.start_post(forum, world.bot, "first", 1440, Draft(content="hello", embeds=[embed]), ())
    new = server.start_post(forum, world.bot, "second", 1440, Draft(embeds=[embed]), (tag,))
    old.archive()
    await visitor.ask("control", name="hour")
    listed = {place["name"]: place for place in visitor.view["servers"][0]["channels"]}["talks"]
    assert (listed["kind"], listed["unread"], listed["threads"]) == ("forum", 2, [])
    await visitor.ask("open", place=listed["id"])
    shown = visitor.view["open"]
    assert (shown["kind"], shown["topic"], shown["tags"], shown["requires_tag"]) == ("forum", "Be kind", ["LLM"], True)
    assert [(post["name"], post["tags"], post["text"], post["archived"]) for post in shown["posts"]] == [
        ("second", ["LLM"], "one\ntwo\nthree", False),
        ("first", [], "hello", True),
    ]
    assert shown["posts"][0]["picture"] == picture
    assert (shown["writes"], (await visitor.ask("commands", place=listed["id"]))["result"]) == (False, [])
    assert "may not write" in (await visitor.ask("say", place=listed["id"], content="hi"))["error"]
    with pytest.raises(NotAllowed, match="is a forum"):
        mina.say("hi", in_=forum)
    jun.say(f"I like it, {mina.mention}", in_=new)
    await visitor.ask("control", name="hour")
    assert [visitor.view["open"]["posts"][0][key] for key in ("count", "unread", "pings")] == [1, 2, 1]
    assert {place["name"]: place["pings"] for place in visitor.view["servers"][0]["channels"]}["talks"] == 1
    await visitor.ask("open", place=str(new.id))
    assert [message["content"] for message in visitor.view["thread"]["messages"]] == ["", f"I like it, {mina.mention}"]
    assert visitor.view["thread"]["tags"] == ["LLM"]
    assert visitor.view["open"]["posts"][0]["unread"] == 0
    new.messages[0].delete()
    await visitor.ask("control", name="hour")
    assert (visitor.view["open"]["posts"][0]["text"], visitor.view["open"]["posts"][0]["count"]) == ("", 1)


async def test_a_message_pings_me_by_my_role_and_by_everyone_and_says_whether_it_was_published(
    visitor: Visitor, world: Sandbox, server: Server, channel: Channel, mina: Member
) -> None:
    role = server.add_role("Readers", mentionable=True, color=0x2ECC71)
    server.bot_role.allow("mention_everyone")
    bot = world.bot
    for content in (role.mention, "@everyone", "nobody"):
        channel.post(bot, Draft(content=content))
    channel.messages[-1].flags |= CROSSPOSTED
    await visitor.ask("control", name="hour")
    assert [message["pings"] for message in visitor.messages] == [False, True, False]
    assert [message["published"] for message in visitor.messages] == [False, False, True]
    mina.give(role)
    channel.post(bot, Draft(content=role.mention))
    await visitor.ask("control", name="hour")
    assert visitor.messages[-1]["pings"]
    assert visitor.view["names"]["roles"][str(role.id)] == {"name": "Readers", "color": 0x2ECC71}
