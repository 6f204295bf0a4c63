from datetime import time

from bot import __version__
from bot.errors import SourceFault
from bot.sources.health import SiteHealth
from tests.builders import order
from tests.cogs.conftest import Club


async def fields(club: Club, *, dm: bool = False) -> dict[str, str]:
    reply = await club.john.type("/about", in_=club.john.dm if dm else club.channel)
    assert reply.message.ephemeral
    (embed,) = reply.message.embeds
    assert embed.title == f"Paperboy {__version__}"
    return {field.name: field.value for field in embed.fields}


async def test_it_says_what_the_archive_covers(club: Club) -> None:
    assert (await fields(club))["The archive"] == "2024-02-21 to 2024-02-23: 36 papers on 3 days"


async def test_it_says_which_digest_comes_next_in_this_server(club: Club) -> None:
    assert "/digest add" in (await fields(club))["Next digest here"]
    digests = club.app.services.digests
    await digests.add(club.server.id, order(channel_id=1, time=time(23)), club.john.id)
    await digests.add(club.server.id, order(channel_id=club.channel.id, time=time(22)), club.john.id)
    told = (await fields(club))["Next digest here"]
    assert told == f"{club.channel.mention} · <t:1708693200> (<t:1708693200:R>)"  # 22:00 in Seoul


async def test_in_a_dm_there_is_no_digest(club: Club) -> None:
    told = await fields(club, dm=True)
    assert "Next digest here" not in told
    assert "/help" in told["What you can do"]


async def test_a_korean_member_is_told_in_korean(club: Club) -> None:
    (embed,) = (await club.mina.type("/소개")).message.embeds
    assert "</help:" in embed.text
    assert "논문 36편" in embed.text


async def test_a_members_data_is_deleted_after_a_confirmation(club: Club) -> None:
    await club.john.type("/subscribe add", query="강화학습")
    await club.mina.type("/subscribe add", query="강화학습")
    search = await club.john.type("/paper search", query="paper")
    await club.app.services.digests.add(club.server.id, order(channel_id=club.channel.id), club.john.id)
    question = await club.john.press(await club.john.type("/about"), "Delete my data")
    assert question.message.ephemeral
    assert "1 subscription," in question.message.content
    done = await club.john.press(question, "Delete everything")
    assert done.kind == "update"
    assert "deleted" in done.message.content
    assert not done.message.buttons
    assert await club.app.services.subscriptions.of_member(club.john.id) == []
    assert len(await club.app.services.subscriptions.of_member(club.mina.id)) == 1
    assert "Search again" in (await club.john.press(search, "▶️")).message.content
    (standing,) = await club.app.services.digests.of_server(club.server.id)
    assert not standing.digest.created_by


async def test_nothing_is_deleted_without_it(club: Club) -> None:
    await club.john.type("/subscribe add", query="강화학습")
    question = await club.john.press(await club.john.type("/about"), "Delete my data")
    kept = await club.john.press(question, "Keep it")
    assert kept.message.content == "Nothing was deleted."
    assert len(await club.app.services.subscriptions.of_member(club.john.id)) == 1


async def test_it_says_how_the_site_is(club: Club) -> None:
    assert "New papers" not in await fields(club)
    desk, now = club.app.services.desk, club.house.clock.now()
    await desk.note_site(SiteHealth().failed(now, SourceFault.TIMEOUT))
    assert "doesn't answer in time" in (await fields(club))["New papers"]
    await desk.note_site((await desk.site_health()).read(now))
    assert (await fields(club))["New papers"].startswith("From Hugging Face, last read")
