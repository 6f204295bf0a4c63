"""What goes wrong in a server, end to end: who hears of it, what they read, and how it goes on once it is mended."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.chat.interactions.permissions import obstacle
from bot.digests.model import Edition, EditionState, Reason, Why
from bot.errors import SettingsError
from sandbox import Channel, Member, Sandbox, Server
from tests.builders import FRIDAY, day
from tests.conftest import House

SEOUL = ZoneInfo("Asia/Seoul")
SATURDAY = FRIDAY + timedelta(days=1)
WORDS = {
    "ko": {
        "notice": "1번 다이제스트를 멈췄어요",
        "lacks": "‘메시지 보내기’",
        "step": "</digest resume:",
        "failed": "실패: 채널에 글을 올릴 권한이 없었어요",
        "refused": "1번 다이제스트는 아직 멈춰 있어요",
        "mended": "이제 올릴 수 있으니",
        "resumed": "다시 시작했어요",
        "next": "다음 회차",
        "posted": "2024년 2월 24일 토요일",
        "was paused": "까지 다이제스트가 멈춰 있었어요",
        "button": "무슨 일인가요?",
    },
    "en-US": {
        "notice": "Digest #1 is paused",
        "lacks": "“Send Messages”",
        "step": "/digest resume",
        "failed": "failed: I wasn't allowed to post in the channel",
        "refused": "Digest #1 stays paused",
        "mended": "That's fixed now",
        "resumed": "is running again",
        "next": "Next edition",
        "posted": "Saturday, 24 February 2024",
        "was paused": "I had to pause the digest from",
        "button": "What happened?",
    },
}


def nine(days: int = 0) -> datetime:
    """Nine o'clock in Seoul, so many days after the Friday."""
    return datetime.combine(FRIDAY + timedelta(days=days), time(9), SEOUL)


class Town:
    """A server in one language: a lobby, which takes the system messages, the papers' channel, and an admin."""

    def __init__(self, house: House, discord: Sandbox, locale: str) -> None:
        self.house, self.discord, self.words = house, discord, WORDS[locale]
        self.server: Server = discord.add_server("ML", locale=locale)
        self.lobby: Channel = self.server.add_channel("lobby")
        self.papers: Channel = self.server.add_channel("papers")
        self.admin: Member = self.server.add_member("mina", locale=locale, manage_server=True)
        self.member: Member = self.server.add_member("jun", locale=locale)
        house.clock.move_to(nine() - timedelta(minutes=30))
        house.page(day())

    async def order(self, **options: Any) -> None:
        usual: dict[str, Any] = {"channel": self.papers, "time": "09:00", "timezone": "Asia/Seoul"}
        await self.admin.type("/digest add", **usual | options)

    async def fail_at_nine(self, app: App) -> None:
        """Take a permission away; the edition that is due fails, and its digest is paused."""
        self.papers.deny(self.discord.bot, "send_messages")
        await self.house.strike(app, nine())
        failed = await newest(app, self.server)
        assert (failed.state, failed.date, failed.message_id) == (EditionState.FAILED, FRIDAY, None)

    async def saturday(self, app: App) -> None:
        """Another day's papers come in, and it strikes nine again."""
        self.house.clock.move_to(nine(1) - timedelta(hours=1))
        self.house.page(day(SATURDAY, first=8))
        await app.look_at_archive()
        await self.house.strike(app, nine(1))

    async def says(self, command: str, **options: Any) -> str:
        return (await self.admin.type(f"/digest {command}", **options)).text


@pytest.fixture(params=["ko", "en-US"])
def town(request: pytest.FixtureRequest, house: House, discord: Sandbox) -> Town:
    return Town(house, discord, request.param)


@pytest.fixture
def english(house: House, discord: Sandbox) -> Town:
    return Town(house, discord, "en-US")


async def newest(app: App, server: Server) -> Edition:
    """The newest edition of the server's digest, once nothing is owed for it any more."""

    async def settled() -> bool:
        editions = (await app.services.digests.why(server.id, 1)).editions
        return bool(editions) and editions[0].state is not EditionState.PLANNED

    await server.discord.until(settled)
    return (await app.services.digests.why(server.id, 1)).editions[0]


@pytest.mark.parametrize("style", ["cards", "thread"])
async def test_a_permission_is_taken_away_the_admin_hears_mends_it_and_the_digest_goes_on(
    house: House, town: Town, style: str
) -> None:
    words = town.words
    async with house.running() as app:
        await town.order(style=style)
        await town.fail_at_nine(app)
        notice = await town.lobby.next_message()
        assert words["notice"] in notice.content
        assert town.papers.mention in notice.content
        assert words["lacks"] in notice.content
        assert words["step"] in notice.content
        assert not notice.pinged
        assert words["failed"] in (await town.admin.press(notice, words["button"])).text
        for command in ("list", "why"):
            text = await town.says(command)
            assert words["lacks"] in text
            assert words["step"] in text
            assert words["next"] not in text
        refused = await town.says("resume")
        assert words["refused"] in refused
        assert words["lacks"] in refused
    async with house.running() as app:  # a bot that is started anew tells nobody again
        town.papers.allow(town.discord.bot, "send_messages")
        await app.courier.send_owed()
        await house.until(lambda: _is_free(app, town))
        assert words["mended"] in await town.says("list")
        house.clock.move_to(nine(1) - timedelta(hours=2))
        resumed = await town.says("resume")
        assert words["resumed"] in resumed
        assert words["next"] in resumed
        await town.saturday(app)
        assert words["posted"] in (await town.papers.next_message()).content
        assert (await newest(app, town.server)).state is EditionState.POSTED
        assert words["failed"] in await town.says("why", date="2024-02-23")
    assert len(town.papers.messages) == 1
    assert len(town.lobby.messages) == 1
    assert not town.admin.dms


async def test_a_permission_that_is_back_changes_nothing_until_the_admin_resumes(house: House, town: Town) -> None:
    async with house.running() as app:
        await town.order()
        await town.fail_at_nine(app)
        await town.lobby.next_message()
        town.papers.allow(town.discord.bot, "send_messages")
        await town.saturday(app)
        await app.runner.run()
        house.clock.move_to(nine(2) - timedelta(hours=1))
        assert town.words["resumed"] in await town.says("resume")
        assert town.words["was paused"] in await town.says("why", date="2024-02-24")
    assert town.papers.messages == []


async def test_without_a_system_channel_the_admin_hears_by_dm(house: House, town: Town) -> None:
    town.lobby.deny(town.discord.bot, "send_messages")
    async with house.running() as app:
        await town.order()
        await town.fail_at_nine(app)
        notice = await town.admin.next_dm()
        assert "**ML**" in notice.content
        assert town.words["notice"] in notice.content
        assert town.words["failed"] in (await town.admin.press(notice, town.words["button"])).text
    assert town.lobby.messages == []
    assert len(town.admin.dms) == 1


async def test_an_admin_who_left_the_server_hears_nothing_of_it(house: House, english: Town) -> None:
    english.lobby.deny(english.discord.bot, "send_messages")
    async with house.running() as app:
        await english.order()
        english.discord.add_server("Elsewhere").join(english.admin.user)
        english.server.kick(english.admin)
        await english.fail_at_nine(app)
        await house.until(lambda: _is_quiet(app))
    assert english.admin.dms == []


async def test_where_nobody_can_be_told_the_list_says_it_all_the_same(house: House, english: Town) -> None:
    english.lobby.deny(english.discord.bot, "send_messages")
    english.admin.close_dms()
    async with house.running() as app:
        await english.order()
        await english.fail_at_nine(app)
        await house.until(lambda: _is_quiet(app))
        assert "because I can't post in" in await english.says("list")
    assert english.admin.dms == []


async def test_links_that_may_not_be_embedded_are_no_edition_without_its_papers(house: House, english: Town) -> None:
    async with house.running() as app:
        await english.order()
        english.papers.deny(english.discord.bot, "embed_links")
        await house.strike(app, nine())
        assert (await newest(app, english.server)).state is EditionState.FAILED
        assert "“Embed Links”" in (await english.lobby.next_message()).content
    assert english.papers.messages == []


async def test_another_channel_takes_the_cause_away(house: House, english: Town) -> None:
    async with house.running() as app:
        await english.order()
        english.papers.delete()
        await house.strike(app, nine())
        assert (await newest(app, english.server)).state is EditionState.FAILED
        assert "Its channel is gone" in (await english.lobby.next_message()).content
        assert "Pick another channel with </digest edit:" in await english.says("resume")
        edited = await english.says("edit", channel=english.lobby)
        assert "is updated and running again" in edited
        assert "Next edition" in edited
        await english.saturday(app)
        assert "Saturday, 24 February 2024" in (await english.lobby.next_message()).content


async def test_an_admins_own_pause_stays_whatever_is_edited(house: House, english: Town) -> None:
    async with house.running() as app:
        await english.order()
        await english.fail_at_nine(app)
        await english.says("pause")
        english.papers.allow(english.discord.bot, "send_messages")
        assert "Paused by an admin" in await english.says("edit", channel=english.lobby)
        assert "An admin paused the digest" in await english.says("why", date="2024-02-25")


async def test_a_bot_that_was_kicked_carries_on_when_it_is_invited_again(house: House, town: Town) -> None:
    async with house.running() as app:
        await town.order()
        town.server.kick_bot()
        await house.until(lambda: _is_removed(app, town))
        await house.strike(app, nine())
        await app.runner.run()
        assert (await app.services.digests.why(town.server.id, 1)).editions == ()
        house.clock.move_to(nine() + timedelta(hours=3))
        town.server.invite_bot()
        await house.until(lambda: _is_back(app, town))
        await app.runner.run()
        (missed,) = (await app.services.digests.why(town.server.id, 1)).editions
        assert (missed.state, missed.date) == (EditionState.SKIPPED, FRIDAY)
        assert missed.reason == Reason(Why.SERVER_LEFT, {})
        await town.saturday(app)
        assert town.words["posted"] in (await town.papers.next_message()).content
    assert len(town.papers.messages) == 1


async def test_a_removal_while_the_bot_was_away_is_seen_when_it_is_back(house: House, english: Town) -> None:
    async with house.running():
        await english.order()
        await english.admin.type("/subscribe add", in_=english.lobby, query="강화학습", where="here")
    english.server.kick_bot()
    async with house.running() as app:
        assert await _is_removed(app, english)
        house.clock.advance(timedelta(days=30, seconds=1))
        await app.services.servers.tidy()
        assert await app.services.digests.of_server(english.server.id) == []
        assert await app.services.subscriptions.of_member(english.admin.id) == []
        assert not await _is_removed(app, english)


async def test_a_removal_during_a_lost_session_is_seen_too(house: House, english: Town) -> None:
    async with house.running() as app:
        await english.order()
        english.discord.disconnect(resume=False)
        english.server.kick_bot()
        await house.until(lambda: _is_removed(app, english))


async def test_an_outage_is_no_removal(house: House, english: Town) -> None:
    async with house.running() as app:
        await english.order()
        english.server.go_down()
        other = english.discord.add_server("Other")
        other.kick_bot()
        servers = app.client.servers
        await house.until(lambda: servers[english.server.id].unavailable and other.id not in servers)
        assert not await _is_removed(app, english)


async def test_a_token_that_is_no_longer_accepted_ends_the_program(house: House, english: Town) -> None:
    async def post() -> None:
        await english.order()
        await english.says("now")

    refusal = english.discord.fail(method="POST", path="/channels/*/messages", status=401, times=9)
    with pytest.raises(SettingsError, match="no longer accepts the token"):
        await _run_to_its_end(house, post)
    refusal.stop()
    house.clock.advance(timedelta(minutes=1))
    async with house.running() as app:  # with a new token, what was owed goes out
        assert (await newest(app, english.server)).state is EditionState.POSTED


async def test_a_token_that_the_gateway_no_longer_accepts_ends_the_program(house: House, english: Town) -> None:
    async def change_token() -> None:
        english.discord.token = "another"
        english.discord.disconnect(resume=False)

    with pytest.raises(SettingsError, match="no longer accepts the token"):
        await _run_to_its_end(house, change_token)


async def _run_to_its_end(house: House, act: Callable[[], Awaitable[None]]) -> None:
    async with house.running() as app:
        await act()
        await house.until(app.client.is_closed)


async def _is_quiet(app: App) -> bool:
    return await app.courier._ledger.next_due() is None


async def _is_free(app: App, town: Town) -> bool:
    guild = app.client.get_guild(town.server.id)
    standing = (await app.services.digests.of_server(town.server.id))[0]
    return obstacle(guild, standing.digest.order) is None


async def _is_removed(app: App, town: Town) -> bool:
    return town.server.id in await app.services.servers._store.removals()


async def _is_back(app: App, town: Town) -> bool:
    return not await _is_removed(app, town)
