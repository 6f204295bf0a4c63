"""A server that invites the bot is greeted once, and goes from there to its first edition by two taps."""

from datetime import time

import pytest
from discord import Guild

from bot.chat.delivery.greeter import Greeter
from bot.digests.greetings import Greeting
from bot.storage.ledger.greetings import GreetingLedger
from sandbox import Channel, Member, Message, Sandbox, Server
from sandbox.payloads.permissions import Permission
from tests.builders import FRIDAY, day
from tests.conftest import House


@pytest.fixture
def server(discord: Sandbox, house: House) -> Server:
    """A Korean server without the bot, and papers in the archive."""
    house.page(day(FRIDAY, votes=tuple(range(12, 0, -1))))
    server = discord.add_server("ML Korea", locale="ko", with_bot=False)
    server.add_channel("lobby")
    server.add_channel("papers")
    return server


@pytest.fixture
def lobby(server: Server) -> Channel:
    return server.channels[0]


@pytest.fixture
def papers(server: Server) -> Channel:
    return server.channels[1]


@pytest.fixture
def mina(server: Server) -> Member:
    return server.add_member("mina", locale="ko", manage_server=True)


def said(server: Server) -> list[Message]:
    """What the bot has said in the server."""
    return [message for channel in server.channels for message in channel.messages]


async def test_from_the_invitation_to_the_first_edition_by_two_taps(
    server: Server, lobby: Channel, mina: Member, house: House
) -> None:
    guest = server.add_member("guest", locale="ko")
    async with house.running() as app:
        server.invite_bot()
        hello = await lobby.next_message()
        assert "Asia/Seoul" in hello.content
        assert "관리하는 분만" in (await guest.press(hello, "시작")).text
        private = await (await mina.press(hello, "시작")).next_followup()
        assert private.ephemeral
        assert "1번 다이제스트" in private.content
        assert hello.components == ()
        assert f"오전 9:00(Asia/Seoul)에 {lobby.mention}" in hello.content
        await mina.press(private, "지금 올리기")
        assert len((await lobby.next_message()).embeds) == 5
        [standing] = await app.services.digests.of_server(server.id)
        order = standing.digest.order
        assert (order.channel_id, order.time, order.timezone) == (lobby.id, time(9), "Asia/Seoul")


async def test_what_is_chosen_is_in_the_message_also_after_a_restart(
    server: Server, lobby: Channel, papers: Channel, mina: Member, house: House
) -> None:
    async with house.running():
        server.invite_bot()
        hello = await lobby.next_message()
        await mina.choose(hello, [papers], menu=hello.selects[0].custom_id)
    async with house.running() as app:
        await mina.choose(hello, "오후 6:00", menu=hello.selects[1].custom_id)
        assert hello.selects[0].defaults == (papers.id,)
        sample = await mina.press(hello, "미리보기")
        assert papers.mention in sample.text
        assert len((await sample.next_followup()).embeds) == 5
        assert await app.services.digests.of_server(server.id) == []
        papers.deny(server.bot_role, "send_messages")
        await app.client.wait_for("guild_channel_update")
        assert "‘메시지 보내기’" in (await mina.press(hello, "시작")).text
        papers.allow(server.bot_role, "send_messages")
        await app.client.wait_for("guild_channel_update")
        await (await mina.press(hello, "시작")).next_followup()
        [standing] = await app.services.digests.of_server(server.id)
        assert (standing.digest.order.channel_id, standing.digest.order.time) == (papers.id, time(18))


async def test_a_server_that_can_not_be_greeted_costs_no_other_its_greeting(
    server: Server, lobby: Channel, house: House, discord: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = discord.add_server("Odd", with_bot=False)
    odd.add_channel("lobby")
    greet = Greeter._greet

    async def stumble(greeter: Greeter, guild: Guild, owed: Greeting) -> None:
        if guild.id == odd.id:
            raise ValueError
        await greet(greeter, guild, owed)

    monkeypatch.setattr(Greeter, "_greet", stumble)
    async with house.running():
        odd.invite_bot()
        server.invite_bot()
        assert "시작" in str((await lobby.next_message()).components)
    assert said(odd) == []


async def test_two_servers_that_invite_it_at_the_same_moment_are_both_greeted(
    discord: Sandbox, server: Server, lobby: Channel, house: House
) -> None:
    other = discord.add_server("ML London", with_bot=False)
    hall = other.add_channel("hall")
    async with house.running():
        now = discord.now()
        for each in (server, other):
            each.invite_bot(at=now)
        await house.until(lambda: bool(lobby.messages and hall.messages))


async def test_no_restart_outage_or_lost_session_greets_twice(
    discord: Sandbox, server: Server, lobby: Channel, house: House
) -> None:
    async with house.running() as app:
        server.invite_bot()
        await lobby.next_message()
        discord.nonces.clear()  # Discord remembers them for minutes only
        server.go_down()
        await app.client.wait_for("guild_unavailable")
        server.come_back()
        await app.client.wait_for("guild_available")
        discord.gateway.disconnect(resume=False)
        await app.client.wait_for("ready")
        await app.client.take_stock(0)
        await app.client.greet()
    async with house.running() as app:
        await app.client.greet()
    assert len(said(server)) == 1


async def test_an_invitation_while_the_bot_is_away_is_answered_at_its_start(
    server: Server, lobby: Channel, house: House
) -> None:
    server.invite_bot()
    async with house.running():
        await lobby.next_message()


@pytest.mark.parametrize("arrived", ["arrived", ""])
async def test_a_greeting_in_doubt_is_looked_for_before_it_is_sent_again(
    arrived: str, discord: Sandbox, server: Server, lobby: Channel, house: House
) -> None:
    discord.fail(method="POST", path="/channels/*/messages", status=503, after=bool(arrived))
    async with house.running() as app:
        server.invite_bot()
        await house.until(lambda: "503" in str(discord.requests[-1:]))
    discord.nonces.clear()  # Discord remembers them for minutes only
    async with house.running() as app:
        await lobby.next_message()
        await app.client.greet()
    assert len(said(server)) == 1


async def test_without_a_channel_to_greet_in_the_next_one_is_taken_that_all_read(
    server: Server, lobby: Channel, papers: Channel, house: House
) -> None:
    staff, news = server.add_channel("staff"), server.add_channel("news", kind="announcement")
    staff.deny(server.everyone, "view_channel")
    server.channels = [staff, news, lobby, papers]
    lobby.deny(server.everyone, "send_messages")
    async with house.running():
        server.invite_bot(Permission.VIEW_CHANNEL | Permission.EMBED_LINKS)
        papers.allow(server.bot_role, "send_messages")
        hello = await papers.next_message()
        assert hello.selects[0].defaults == (papers.id,)


async def test_where_it_may_write_nowhere_who_added_it_is_told_if_discord_tells_who_that_is(
    discord: Sandbox, server: Server, mina: Member, house: House
) -> None:
    server.everyone.deny("send_messages")
    hall = server.add_channel("hall")
    hall.deny(server.everyone, "view_channel")
    async with house.running() as app:
        server.invite_bot(Permission.VIEW_CHANNEL, by=mina)
        ledger = GreetingLedger(app.database)
        await house.until(lambda: _is_done(ledger))
        assert mina.dms == []
        server.kick_bot()
        await house.until(lambda: app.client.get_guild(server.id) is None)
        server.invite_bot(Permission.VIEW_CHANNEL | Permission.MANAGE_GUILD, by=mina)
        hello = await mina.next_dm()
        assert "채널 보기" in hello.content
        assert hello.components == ()
        server.kick_bot()
        await house.until(lambda: app.client.get_guild(server.id) is None)
        hall.allow(discord.bot, "view_channel", "send_messages")
        server.invite_bot(Permission.VIEW_CHANNEL | Permission.MANAGE_GUILD | Permission.EMBED_LINKS, by=mina)
        hello = await mina.next_dm()
        listed = hello.selects[0]
        assert [option.label for option in listed.options] == ["#hall"]
        await mina.choose(hello, "#hall", menu=listed.custom_id)
        await (await mina.press(hello, "시작")).next_followup()
        [standing] = await app.services.digests.of_server(server.id)
        assert standing.digest.order.channel_id == hall.id


async def _is_done(ledger: GreetingLedger) -> bool:
    return bool(await ledger.joined()) and not await ledger.owed()


async def test_invited_again_it_says_what_goes_on(server: Server, lobby: Channel, mina: Member, house: House) -> None:
    async with house.running() as app:
        server.invite_bot()
        private = await (await mina.press(await lobby.next_message(), "시작")).next_followup()
        assert "1번" in private.content
        server.kick_bot()
        await house.until(lambda: app.client.get_guild(server.id) is None)
        server.invite_bot()
        back = await lobby.next_message()
        assert "다이제스트 1개를 이어서" in back.content
        assert lobby.mention in back.embeds[0].text
        assert back.components == ()
