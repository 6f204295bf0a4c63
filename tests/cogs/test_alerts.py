"""Alerts as members get and use them: the rest in pages, and what “Manage” opens."""

from bot.app import App
from bot.papers import Day, Listing
from sandbox import Member, Message, Reply, Sandbox
from sandbox.payloads.components import Button
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


def rows_of(panel: Reply) -> list[list[str]]:
    """What is in each row of a panel: the labels of buttons, the placeholders of menus."""
    rows = panel.message.components
    return [[item.label if isinstance(item, Button) else item.placeholder for item in row] for row in rows]


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


async def test_one_subscription_is_paused_removed_and_restored_by_a_tap_each(club: Club) -> None:
    service = club.app.services.subscriptions
    panel = await club.john.press(await alerted(club, club.john, "Diffusion", "other"), "Manage")
    assert panel.ephemeral
    assert "“Diffusion”" in panel.text
    assert "other" not in panel.text
    mutes = [["Mute an author everywhere…"], ["Mute a word everywhere…"]]
    votes = ["Only 5+ votes", "Only 10+ votes", "Only 20+ votes", "Only 50+ votes"]
    assert rows_of(panel) == [["Pause", "Remove"], *mutes, votes]
    paused = await club.john.press(panel, "Pause")
    assert paused.kind == "update"
    assert paused.message.content.startswith("⏸️ Paused “Diffusion”.")
    assert rows_of(paused) == [["Undo", "Remove"], *mutes, votes]
    assert [each.paused for each in await service.of_member(club.john.id)] == [True, False]
    undone = await club.john.press(paused, "Undo")
    assert undone.message.content == "↩️ “Diffusion” is active again."
    assert not any(each.paused for each in await service.of_member(club.john.id))
    removed = await club.john.press(undone, "Remove")
    assert [each.query for each in await service.of_member(club.john.id)] == ["other"]
    assert rows_of(removed)[-1] == ["Undo"]
    await club.john.press(removed, "Undo")
    assert len(await service.of_member(club.john.id)) == 2


async def test_a_few_subscriptions_have_a_button_each_in_the_members_language(club: Club) -> None:
    service = club.app.services.subscriptions
    alert = await alerted(club, club.mina, "Diffusion", "number")
    panel = await club.mina.press(alert, "알림 관리")
    assert rows_of(panel)[:2] == [
        ["“Diffusion” 멈추기", "“number” 멈추기"],
        ["“Diffusion” 지우기", "“number” 지우기"],
    ]
    paused = await club.mina.press(panel, "“number” 멈추기")
    assert paused.message.content.startswith("⏸️ 구독을 멈췄어요: “number”")
    assert rows_of(paused)[:2] == [["되돌리기", "“Diffusion” 멈추기"], ["“Diffusion” 지우기", "“number” 지우기"]]
    assert [each.paused for each in await service.of_member(club.mina.id)] == [False, True]
    removed = await club.mina.press(paused, "“Diffusion” 지우기")
    assert rows_of(removed)[0] == ["되돌리기", "지우기"]
    restored = await club.mina.press(removed, "되돌리기")
    assert restored.message.content == "↩️ 구독을 되살렸어요: “Diffusion”"
    assert len(await service.of_member(club.mina.id)) == 2


async def test_many_subscriptions_are_in_menus_that_act_at_once(club: Club) -> None:
    service = club.app.services.subscriptions
    alert = await alerted(club, club.john, "Diffusion", "number", "diffusion number", "number -survey")
    panel = await club.john.press(alert, "Manage")
    assert rows_of(panel)[:2] == [["Pause a subscription…"], ["Remove a subscription…"]]
    paused = await club.john.choose(panel, ["number"], menu=menu_of(panel, "pause"))
    assert paused.message.content.startswith("⏸️ Paused “number”.")
    assert [each.paused for each in await service.of_member(club.john.id)] == [False, True, False, False]
    assert rows_of(paused)[-1][0] == "Undo"
    removed = await club.john.choose(paused, ["Diffusion"], menu=menu_of(paused, "remove"))
    assert len(await service.of_member(club.john.id)) == 3
    await club.john.press(removed, "Undo")
    assert len(await service.of_member(club.john.id)) == 4


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
    assert rows_of(fewer)[-1] == ["Only 50+ votes"]
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
