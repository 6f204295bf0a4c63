import json
import re

import pytest

from bot.chat.papers.lists.archive import DayList, OnePaper, RandomPaper, TopList
from bot.chat.papers.lists.by_key import list_of
from bot.chat.papers.lists.found import PreviewList, SearchList, SimilarList
from bot.chat.papers.pages import PaperList
from bot.chat.papers.questions import Question
from bot.search.model import Filters, Sort
from sandbox import Channel, Member, Reply, Sandbox, Server
from tests.builders import FRIDAY, day, utc
from tests.conftest import House

SHARE = "Share"


@pytest.fixture
def server(discord: Sandbox, house: House) -> Server:
    house.page(day(FRIDAY, votes=tuple(range(12, 0, -1))))
    return discord.add_server("Club", locale="ko")


@pytest.fixture
def channel(server: Server) -> Channel:
    return server.add_channel("papers")


@pytest.fixture
def john(server: Server, channel: Channel) -> Member:
    return server.add_member("john *the* <@1>")


async def search(john: Member) -> Reply:
    return await john.type("/paper search", query="paper", sort="votes")


def numbers(reply: Reply) -> list[str]:
    return [line.split(".")[0].strip("*") for line in reply.message.embeds[0].description.split("\n") if "](" in line]


async def test_pages_are_turned_to_both_ends(house: House, john: Member) -> None:
    async with house.running():
        reply = await search(john)
        assert [(button.emoji, button.disabled) for button in reply.message.buttons[:2]] == [("◀️", True), ("▶️", False)]
        reply = await john.press(reply, "▶️")
        assert reply.kind == "update"
        assert numbers(reply) == ["6", "7", "8", "9", "10"]
        reply = await john.press(reply, "▶️")
        assert numbers(reply) == ["11", "12"]
        assert [button.disabled for button in reply.message.buttons[:2]] == [False, True]
        assert numbers(await john.press(reply, "◀️")) == ["6", "7", "8", "9", "10"]


async def test_a_search_does_not_wait_for_the_disk_and_outlives_a_stop(house: House, john: Member) -> None:
    async with house.running() as app, app.database.write():
        reply = await search(john)
        assert numbers(await john.press(reply, "▶️"))[0] == "6"
    async with house.running():  # the bot was stopped while the search was not written yet
        assert numbers(await john.press(reply, "▶️"))[0] == "11"


async def test_buttons_and_menus_work_after_a_restart(house: House, john: Member, channel: Channel) -> None:
    async with house.running():
        reply = await search(john)
    async with house.running():
        assert numbers(await john.press(reply, "▶️"))[0] == "6"
        opened = await john.choose(reply, "2402.00007")
        assert opened.kind == "message"
        assert opened.message.ephemeral
        assert opened.message.embeds[0].title == "Paper number 7"
        await john.press(reply, SHARE)
        await channel.next_message()


async def test_the_menu_numbers_papers_as_the_page_does(house: House, john: Member) -> None:
    async with house.running():
        reply = await john.press(await search(john), "▶️")
        (menu,) = reply.message.selects
        assert menu.options[0].label == "6. Paper number 6"
        assert menu.options[0].description == "7 votes · Mina Kim, John Doe"


async def test_a_search_that_is_gone_is_answered(house: House, john: Member) -> None:
    async with house.running() as app:
        reply = await search(john)
        await app.client.answered()
        await app.services.desk.forget_searches(utc(2030, 1, 1))
        answer = await john.press(reply, "▶️")
        assert answer.kind == "message"
        assert "Search again with </paper search:" in answer.message.content


async def test_another_members_search_is_not_told(house: House, server: Server, john: Member) -> None:
    mallory = server.add_member("mallory")
    async with house.running():
        johns = re.findall(r"search\.\d+", json.dumps((await search(john)).message.raw_components))[0]
        own = await mallory.type("/paper search", query="강화학습")
        forged = re.sub(r"search\.\d+", johns, json.dumps(own.message.raw_components))
        own.message.raw_components = json.loads(forged)
        answer = await mallory.press(own, "▶️")
        assert "isn't yours" in answer.message.text
        assert "paper”" not in answer.message.text


async def test_sharing_posts_the_page_in_the_servers_language(house: House, john: Member, channel: Channel) -> None:
    async with house.running():
        reply = await john.press(await search(john), "▶️")
        reply = await john.press(reply, SHARE)
        posted = await channel.next_message()
        assert (
            posted.content == r"📣 john \*the\* \<\@1> 님이 공유했어요:".replace(r"\@", "@") or "john" in posted.content
        )
        assert not posted.ephemeral
        assert not posted.pinged
        assert "“paper” 검색 결과 12편" in posted.text
        assert "**6.**" in posted.text
        assert [button.label for button in posted.buttons] == []
        assert posted.selects[0].options[0].value == "2402.00006"
        shared = reply.message.buttons[-1]
        assert (shared.label, shared.disabled) == ("Shared", True)


async def test_a_shared_page_opens_papers_for_whoever_chooses(
    house: House, server: Server, john: Member, channel: Channel
) -> None:
    mina = server.add_member("mina", locale="ko")
    async with house.running():
        await john.press(await search(john), SHARE)
        opened = await mina.choose(await channel.next_message(), "2402.00002")
        assert opened.message.ephemeral
        assert opened.message.embeds[0].author.startswith("추천 11")


async def test_one_paper_is_shared_too(house: House, john: Member, channel: Channel) -> None:
    async with house.running():
        await john.press(await john.type("/paper show", paper="2402.00003"), SHARE)
        posted = await channel.next_message()
        assert posted.embeds[0].title == "Paper number 3"
        assert not posted.selects


async def test_a_random_paper_is_shared_as_it_is_shown(house: House, john: Member, channel: Channel) -> None:
    async with house.running():
        reply = await john.type("/paper random")
        shown = reply.message.embeds[0].title
        reply = await john.press(reply, SHARE)
        assert (await channel.next_message()).embeds[0].title == shown
        assert reply.message.embeds[0].title == shown


@pytest.mark.parametrize("permission", ["send_messages", "embed_links"])
async def test_where_the_bot_may_not_post_nothing_is_shared(
    house: House, server: Server, john: Member, channel: Channel, permission: str
) -> None:
    async with house.running():
        reply = await search(john)
        assert server.bot is not None
        channel.deny(server.bot, permission)
        answer = await john.press(reply, SHARE)
        assert answer.message.ephemeral
        assert "I need" in answer.message.content
        assert channel.messages == []


async def test_where_the_member_may_not_post_nothing_is_shared(house: House, john: Member, channel: Channel) -> None:
    async with house.running():
        reply = await search(john)
        channel.deny(john, "send_messages")
        answer = await john.press(reply, SHARE)
        assert answer.message.ephemeral
        assert "You need" in answer.message.content
        assert channel.messages == []


async def test_in_a_thread_the_threads_permission_counts(
    house: House, server: Server, john: Member, channel: Channel
) -> None:
    async with house.running():
        thread = server.start_thread(channel, john.user, "talk", 60, None)
        channel.deny(john, "send_messages")
        reply = await john.type("/paper search", in_=thread, query="paper")
        await john.press(reply, SHARE)
        assert (await thread.next_message()).embeds
        channel.deny(john, "send_messages_in_threads")
        answer = await john.press(await john.type("/paper day", in_=thread), SHARE)
        assert "“Send Messages in Threads”" in answer.message.content


async def test_what_discord_refuses_after_all_is_told(
    discord: Sandbox, house: House, john: Member, channel: Channel
) -> None:
    async with house.running():
        reply = await search(john)
        discord.fail(method="POST", path="*/channels/*/messages", status=403, code=50001, message="Missing Access")
        answer = await john.press(reply, SHARE)
        assert "I need" in answer.message.content
        assert channel.messages == []


@pytest.mark.parametrize(
    "papers",
    [
        OnePaper("2402.00001"),
        OnePaper("cs/9901001"),
        RandomPaper(),
        DayList(FRIDAY),
        TopList(),
        TopList(FRIDAY, FRIDAY),
        SearchList(10**15),
        PreviewList(10**15),
        SimilarList("2402.00001"),
        SimilarList("cs/9901001"),
    ],
)
def test_a_list_is_found_by_its_key(papers: PaperList) -> None:
    assert list_of(papers.key) == papers
    assert len(f"papers:share:{papers.key}:99999") <= 100


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(FRIDAY, FRIDAY, 3, Sort.NEWEST), Filters(min_votes=0, sort=Sort.VOTES)]
)
def test_a_question_is_kept_whole(filters: Filters) -> None:
    question = Question('"문구" -x', filters)
    assert Question.from_json(question.to_json()) == question
