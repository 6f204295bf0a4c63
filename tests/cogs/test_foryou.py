"""“For you” as two members use it in two languages: the list, the daily alert, and why nothing came."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.papers import Day, Listing, Paper
from sandbox import Member, Sandbox
from tests.bot.foryou.shelf import BY_AUTHOR, LIKE, NEW, OLD, OTHER, about
from tests.builders import FRIDAY
from tests.cogs.conftest import Club
from tests.conftest import House

SATURDAY = FRIDAY + timedelta(days=1)


def page(*papers: Paper, on: object = FRIDAY) -> Day:
    return Day(on, tuple(Listing(one, 3) for one in papers))  # type: ignore[arg-type]


@pytest.fixture
async def club(discord: Sandbox, house: House) -> AsyncIterator[Club]:
    """The bot in a server, with an archive in which interests can be told apart."""
    house.page(page(*OLD, on=FRIDAY - timedelta(days=30)))
    house.page(page(*NEW[2:]))
    server = discord.add_server("Club", locale="ko")
    channel = server.add_channel("papers")
    mina, john = server.add_member("mina", locale="ko"), server.add_member("john")
    async with house.running() as app:
        yield Club(app, house, server, channel, mina, john)


async def save(member: Member, *papers: Paper) -> None:
    for one in papers:
        if member.name == "mina":
            await member.type("/논문 저장", 논문=one.arxiv_id)
        else:
            await member.type("/paper save", paper=one.arxiv_id)


async def arrive(club: Club, *papers: Paper) -> None:
    """Papers of the next day come in, and the alerts about them are planned."""
    held = page(*papers, on=SATURDAY)
    await club.app.services.library.store_page(f"{papers[0].arxiv_id}.md", "hash", held, club.house.clock.now())
    await club.app.planner.run()


async def listed(member: Member) -> str:
    return (await member.type("/구독 목록" if member.name == "mina" else "/subscribe list")).text


async def test_it_says_what_to_do_until_enough_is_saved(club: Club) -> None:
    few = await club.john.type("/paper foryou")
    assert few.message.ephemeral
    assert few.text.startswith("Save 3 more papers, so that I can find new ones like them.")
    await save(club.mina, *OLD[:2])
    assert (await club.mina.type("/논문 맞춤")).text.startswith(
        "논문을 1편 더 저장하면 비슷한 새 논문을 골라 드릴게요."
    )
    await save(club.mina, OLD[2])
    assert "가까운 것이 없어요" in (await club.mina.type("/논문 맞춤")).text


async def test_each_member_sees_papers_like_their_own_and_why(club: Club) -> None:
    await save(club.john, *OLD[:3])
    await save(club.mina, *OLD[:3])
    await arrive(club, LIKE, BY_AUTHOR)
    shown = await club.john.type("/paper foryou")
    assert "For you · 2 new papers" in shown.text
    assert "**1.** [Reasoning Again]" in shown.text
    assert "and 2 more that you saved: " in shown.text
    assert "Like “A Reward for Reasoning” and 1 more that you saved: Yuandong Tian" in shown.text
    assert "Get the best ones by DM every day with </subscribe foryou:" in shown.text
    assert "Share" not in {button.label for button in shown.message.buttons}
    korean = await club.mina.type("/논문 맞춤")
    assert "맞춤 논문 · 새 논문 2편" in korean.text
    assert "저장한 “A Reward for Reasoning” 외 1편과 비슷해요: Yuandong Tian" in korean.text
    await club.mina.type("/논문 저장", 논문=LIKE.arxiv_id)
    assert "Reasoning Again" not in (await club.mina.type("/논문 맞춤")).text
    assert "Reasoning Again" in (await club.john.type("/paper foryou")).text


async def test_the_daily_alert_comes_by_dm_with_why(club: Club) -> None:
    await save(club.john, *OLD[:3])
    await save(club.mina, *OLD[:3])
    done = await club.john.type("/subscribe foryou")
    assert done.message.content == "✅ Each day I'll DM you up to 3 new papers like the ones you saved."
    await club.mina.type("/구독 맞춤")
    await arrive(club, LIKE, OTHER)
    alert, korean = await club.john.next_dm(), await club.mina.next_dm()
    assert alert.content == "1 paper from Saturday, 24 February 2024 for you"
    assert "**“For you”**" in alert.text
    assert "-# Like “" in alert.text
    assert "Cooking" not in alert.text
    assert "맞춤 논문이 1편 있어요" in korean.content
    assert "-# 저장한 “" in korean.text
    assert len(club.john.dms) == 1


async def test_the_list_of_subscriptions_says_why_nothing_came(club: Club) -> None:
    few = await club.mina.type("/구독 맞춤")
    assert "매일 3편까지 DM으로 보내 드릴게요" in few.text
    assert "논문을 3편 더 저장하면" in few.text
    assert "“맞춤 논문” · DM으로\n-# 아직 보내 드리지 못해요. 먼저 논문을 3편 더 저장해 주세요." in await listed(
        club.mina
    )
    await save(club.mina, *OLD[:3])
    assert "금요일 새 논문 중에는 저장한 논문과 가까운 것이 없어요." in await listed(club.mina)
    await club.john.type("/subscribe foryou")
    await save(club.john, *OLD[:3])
    await arrive(club, about(400, "Sailing Far"))
    assert "No new paper from Saturday, 24 February 2024 is close to what you saved." in await listed(club.john)
    await arrive(club, LIKE)
    assert "Last time I told you of papers from Saturday, 24 February 2024." in await listed(club.john)


async def test_it_is_managed_like_any_subscription(club: Club) -> None:
    await save(club.john, *OLD[:3])
    await club.john.type("/subscribe foryou")
    await club.john.type("/subscribe foryou")
    assert len(await club.app.services.subscriptions.of_member(club.john.id)) == 1
    for typed in ("For", "you"):
        [offered] = await club.john.complete("/subscribe pause", subscription=typed)
        assert offered.name == "For you"
    paused = await club.john.type("/subscribe pause", subscription="For you")
    assert paused.text.startswith("⏸️ Paused “For you”.")
    assert "For you" not in (await club.john.type("/subscribe remove", subscription="??")).text
    await club.john.type("/subscribe resume", subscription="For you")
    await arrive(club, LIKE)
    assert "Reasoning Again" in (await club.john.type("/subscribe preview", subscription="For you")).text
    panel = await club.john.press(await club.john.next_dm(), "Manage")
    assert "“For you” · by DM" in panel.text
    removed = await club.john.press(panel, "Remove")
    assert "🗑️ Removed “For you”." in removed.text
    assert not await club.app.services.subscriptions.of_member(club.john.id)
    await club.john.press(removed, "Undo")
    assert [each.is_for_you for each in await club.app.services.subscriptions.of_member(club.john.id)] == [True]
