"""Alerts as members get and use them: the rest in pages, and what “Manage” opens."""

from bot.app import App
from bot.papers import Day, Listing
from sandbox import Member, Message, Reply, Sandbox
from tests.builders import FRIDAY, paper
from tests.cogs.conftest import Club
from tests.conftest import House

SATURDAY = FRIDAY.replace(day=24)


async def arrive(app: App, house: House, papers: int = 1, first: int = 500) -> None:
    """Papers of the next day come in, and the alerts about them are planned."""
    listings = tuple(
        Listing(paper(first + index, title=f"Diffusion number {first + index}"), 90 - index) for index in range(papers)
    )
    held = Day(SATURDAY, listings)
    await app.services.library.store_page(f"{first}.md", "hash", held, house.clock.now())
    await app.planner.run()


async def alerted(club: Club, member: Member, *queries: str, papers: int = 1) -> Message:
    """The alert that a member gets by DM for some queries."""
    for query in queries:
        await member.type("/subscribe add", query=query)
    await arrive(club.app, club.house, papers)
    return await member.next_dm()


def menu_of(panel: Reply, act: str) -> str:
    """The custom_id of one of a panel's menus."""
    [found] = [menu.custom_id for menu in panel.message.selects if menu.custom_id.startswith(f"alert:{act}")]
    return found


async def test_an_alert_of_many_papers_shows_ten_and_opens_the_rest_in_pages(club: Club) -> None:
    alert = await alerted(club, club.john, "Diffusion", papers=24)
    assert "“Diffusion”" in alert.text
    assert "**10.**" in alert.text
    assert "**11.**" not in alert.text
    rest = await club.john.press(alert, "14 more")
    assert rest.ephemeral
    assert "**11.** [Diffusion number 510]" in rest.text
    last = await club.john.press(await club.john.press(rest, "▶️"), "▶️")
    assert "**24.** [Diffusion number 523]" in last.text
    assert "Diffusion number 500" in (await club.john.choose(alert, "2402.00500")).text


async def test_the_owner_pauses_and_removes_what_matched_and_undoes_it(club: Club) -> None:
    service = club.app.services.subscriptions
    alert = await alerted(club, club.john, "Diffusion", "number", "other")
    panel = await club.john.press(alert, "Manage")
    assert panel.ephemeral
    assert "“Diffusion”" in panel.text
    assert "other" not in panel.text
    paused = await club.john.choose(panel, ["Diffusion"], menu=menu_of(panel, "pause"))
    assert paused.kind == "update"
    assert paused.message.content.startswith("⏸️ Paused “Diffusion”.")
    assert [each.paused for each in await service.of_member(club.john.id)] == [True, False, False]
    undone = await club.john.press(paused, "Undo")
    assert undone.message.content == "↩️ “Diffusion” is active again."
    assert not any(each.paused for each in await service.of_member(club.john.id))
    removed = await club.john.choose(undone, ["number"], menu=menu_of(undone, "remove"))
    assert [each.query for each in await service.of_member(club.john.id)] == ["diffusion", "other"]
    await club.john.press(removed, "Undo")
    assert len(await service.of_member(club.john.id)) == 3


async def test_a_muted_author_or_word_is_heard_of_no_more_until_it_is_undone(club: Club) -> None:
    panel = await club.john.press(await alerted(club, club.john, "강화학습"), "Manage")
    muted = await club.john.choose(panel, ["Mina Kim"], menu=menu_of(panel, "mute:author"))
    assert "Muted author Mina Kim for all" in muted.message.content
    await arrive(club.app, club.house, first=510)
    assert len(club.john.dms) == 1
    undone = await club.john.press(muted, "Undo")
    assert "No longer muted: author Mina Kim" in undone.message.content
    await arrive(club.app, club.house, first=520)
    assert "Diffusion number 520" in (await club.john.next_dm()).text
    await club.john.choose(undone, ["Diffusion"], menu=menu_of(undone, "mute:word"))
    await arrive(club.app, club.house, first=530)
    assert len(club.john.dms) == 2
    assert [mute.query for mute in await club.app.services.changes.mutes(club.john.id)] == ["-diffusion"]


async def test_fewer_papers_are_one_tap_away_and_undone(club: Club) -> None:
    service = club.app.services.subscriptions
    panel = await club.john.press(await alerted(club, club.john, "Diffusion", "number"), "Manage")
    fewer = await club.john.press(panel, "Only 20+ votes")
    assert "At least 20 votes" in fewer.message.content
    assert [each.min_votes for each in await service.of_member(club.john.id)] == [20, 20]
    assert [button.label for button in fewer.message.buttons] == ["Only 50+ votes", "Undo"]
    await club.john.press(fewer, "Undo")
    assert [each.min_votes for each in await service.of_member(club.john.id)] == [0, 0]


async def test_in_a_channel_others_may_read_on_and_are_refused_politely_to_manage(club: Club) -> None:
    await club.mina.type("/구독 추가", in_=club.channel, 검색어="Diffusion", 장소="here")
    await arrive(club.app, club.house, papers=12)
    alert = await club.channel.next_message()
    refused = await club.john.press(alert, "알림 관리")
    assert refused.ephemeral
    assert "belongs to someone else" in refused.text
    rest = await club.john.press(alert, "2편 더 보기")
    assert rest.ephemeral
    assert "Diffusion number 511" in rest.text
    own = await club.mina.press(alert, "알림 관리")
    assert own.ephemeral
    assert "“Diffusion”" in own.text
    assert len(club.channel.messages) == 1


async def test_mutes_and_buttons_outlast_a_restart(discord: Sandbox, house: House) -> None:
    server = discord.add_server("Club")
    server.add_channel("papers")
    john = server.add_member("john")
    async with house.running() as app:
        await john.type("/subscribe add", query="Diffusion")
        await arrive(app, house)
        panel = await john.press(await john.next_dm(), "Manage")
        muted = await john.choose(panel, ["number"], menu=menu_of(panel, "mute:word"))
    async with house.running() as app:
        assert "word “number”" in (await john.press(john.dms[0], "Manage")).text
        await arrive(app, house, first=510)
        assert len(john.dms) == 1
        assert "No longer muted" in (await john.press(muted, "Undo")).text
