from collections.abc import AsyncIterator, Callable

import discord as discord_py
import pytest

from bot.chat.interactions.permissions import missing_to_post, permission_names, require_posting
from bot.digests.model import Style
from bot.errors import RefusalError
from bot.locale import Language, catalogue
from sandbox import Channel, Sandbox, Server
from tests.conftest import House

_ENGLISH = catalogue(Language.EN)

Look = Callable[[Channel], discord_py.TextChannel]


@pytest.fixture
def server(discord: Sandbox) -> Server:
    return discord.add_server("Lab")


@pytest.fixture
def papers(server: Server) -> Channel:
    return server.add_channel("papers")


@pytest.fixture
async def look(house: House, papers: Channel) -> AsyncIterator[Look]:
    """The channel as the bot sees it."""

    def found(channel: Channel) -> discord_py.TextChannel:
        seen = app.client.get_channel(channel.id)
        assert isinstance(seen, discord_py.TextChannel)
        return seen

    async with house.running() as app:
        yield found


def _missing(channel: discord_py.TextChannel, style: Style = Style.CARDS, language: Language = Language.EN) -> object:
    with pytest.raises(RefusalError) as refused:
        require_posting(channel, style, catalogue(language))
    assert refused.value.values["channel"] == channel.mention
    return refused.value.values["permissions"]


@pytest.fixture
def closed(papers: Channel, server: Server) -> Channel:
    """Where the bot may look and embed links, and nothing else that it needs."""
    papers.deny(server.bot_role, "send_messages", "create_public_threads")
    return papers


def test_a_channel_that_may_be_posted_in_is_fine(papers: Channel, look: Look) -> None:
    for style in set(Style) - {Style.POSTS}:
        require_posting(look(papers), style, _ENGLISH)


def test_posts_are_for_forums(papers: Channel, look: Look) -> None:
    with pytest.raises(RefusalError) as refused:
        require_posting(look(papers), Style.POSTS, _ENGLISH)
    assert refused.value.key == "error-style-posts"


def test_what_is_missing_is_named_and_nothing_else(closed: Channel, look: Look) -> None:
    assert _missing(look(closed)) == "“Send Messages”"
    assert _missing(look(closed), language=Language.KO) == "‘메시지 보내기’"


def test_threads_need_more(closed: Channel, look: Look) -> None:
    assert _missing(look(closed), Style.THREAD) == "“Send Messages”, “Create Public Threads”"


def test_papers_that_are_discussed_need_their_threads_opened_and_nothing_written_in_them() -> None:
    allowed = discord_py.Permissions(view_channel=True, send_messages=True, embed_links=True)
    assert missing_to_post(allowed, Style.THREAD, discuss=True) == ["create_public_threads"]
    assert missing_to_post(allowed, Style.THREAD) == ["create_public_threads", "send_messages_in_threads"]


@pytest.fixture
def overruled(closed: Channel, server: Server) -> Channel:
    """What a role is denied, the bot itself is allowed here."""
    assert server.bot is not None
    closed.allow(server.bot, "send_messages", "create_public_threads")
    return closed


def test_what_the_bot_itself_is_allowed_goes_before_its_roles(overruled: Channel, look: Look) -> None:
    require_posting(look(overruled), Style.THREAD, _ENGLISH)


@pytest.fixture
def administered(closed: Channel, server: Server) -> Channel:
    server.bot_role.allow("administrator")
    return closed


def test_an_administrator_lacks_nothing(administered: Channel, look: Look) -> None:
    require_posting(look(administered), Style.THREAD, _ENGLISH)


def test_a_permission_that_is_never_asked_for_is_named_all_the_same() -> None:
    assert permission_names(["ban_members"], _ENGLISH) == "“Ban Members”"
