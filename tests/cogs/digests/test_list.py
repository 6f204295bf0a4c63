"""/digest list, and the button that changes a digest to short cards."""

from bot.app import App
from bot.digests.model import Style
from sandbox import Channel, Member, Server
from tests.cogs.digests.conftest import NINE_IN_SEOUL, add


async def test_list_shows_the_next_run_or_that_it_is_paused(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    await add(admin, papers, time="18:30")
    await admin.type("/digest pause", digest=2)
    first, second = (await admin.type("/digest list")).text.split("**#2**")
    assert f"<t:{NINE_IN_SEOUL}:F>" in first
    assert "Paused" in second
    assert "<t:" in (await admin.type("/digest resume", digest=2)).text


async def test_list_promises_nothing_where_no_edition_can_come(
    admin: Member, korean: Member, papers: Channel, closed: Channel, app: App, server: Server
) -> None:
    await add(admin, papers)
    await add(admin, papers)
    papers.delete()
    await server.discord.until(lambda: app.client.get_channel(papers.id) is None)
    text = (await admin.type("/digest list", in_=closed)).text
    assert text.count("The channel is gone") == 2
    assert "Next edition" not in text
    assert "채널이 사라져서 다음 회차를 올릴 수 없어요" in (await korean.type("/digest list", in_=closed)).text


async def test_the_list_offers_the_short_card_and_a_press_changes_the_digest(
    admin: Member, papers: Channel, app: App
) -> None:
    await add(admin, papers, style="full")
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
    await add(admin, papers, style="full")
    shown = await admin.type("/digest list")
    admin.roles[-1].deny("manage_server")
    refused = await admin.press(shown, "#1: use short cards")
    assert "may manage that server's digests" in refused.text
    [standing] = await app.services.digests.of_server(papers.server.id)
    assert standing.digest.order.style is Style.FULL


async def test_a_digest_that_was_changed_meanwhile_keeps_its_style(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers, style="full")
    shown = await admin.type("/digest list")
    await admin.type("/digest edit", style="thread")
    await admin.press(shown, "#1: use short cards")
    [standing] = await app.services.digests.of_server(papers.server.id)
    assert standing.digest.order.style is Style.THREAD
