"""The main job, end to end, as the people of a server live it: in Korean and in English."""

import asyncio
import shutil
import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.papers import Bullet, Day, Listing
from sandbox import Channel, Member, Sandbox, Server
from sandbox.payloads.components import Button
from sandbox.world.bell import PATIENCE
from tests.builders import FRIDAY, day, paper, utc
from tests.conftest import House

SEOUL = ZoneInfo("Asia/Seoul")
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SATURDAY = FRIDAY + timedelta(days=1)

WORDS = {
    "ko": {"posted": "논문 5편 · 1위: ", "found": "검색 결과", "matched": "구독", "why": "새 논문이 없어요"},
    "en-US": {"posted": "5 papers · Top: ", "found": "paper", "matched": "match your", "why": "no new papers"},
}


def nine(on: datetime | None = None) -> datetime:
    return datetime.combine(on.date() if on else FRIDAY, time(9), SEOUL)


class Town:
    """A server in one language, with an admin and two members."""

    def __init__(self, discord: Sandbox, locale: str) -> None:
        self.server: Server = discord.add_server("ML", locale=locale)
        self.papers: Channel = self.server.add_channel("papers")
        self.admin: Member = self.server.add_member("mina", locale=locale, manage_server=True)
        self.member: Member = self.server.add_member("jun", locale=locale)
        self.words = WORDS[locale]


@pytest.fixture(params=["ko", "en-US"])
def town(request: pytest.FixtureRequest, discord: Sandbox) -> Town:
    return Town(discord, request.param)


@pytest.fixture
def seeded(house: House) -> House:
    shutil.copytree(SEEDS, house.folder / "archive", dirs_exist_ok=True)
    house.clock.move_to(nine() - timedelta(minutes=30))
    return house


async def settled(app: App, town: Town, number: int) -> None:
    """Wait until the digest has so many editions that nothing is owed for any more."""

    async def done() -> bool:
        history = await app.services.digests.why(town.server.id, 1)
        return sum(edition.state != "planned" for edition in history.editions) >= number

    await town.server.discord.until(done)


async def test_a_digest_is_posted_once_and_not_again_on_a_restart(seeded: House, town: Town) -> None:
    async with seeded.running() as app:
        answer = await town.admin.type("/digest add", channel=town.papers, time="09:00", timezone="Asia/Seoul")
        assert f"<t:{int(nine().timestamp())}:F>" in answer.message.text
        assert town.papers.messages == []
        await seeded.strike(app, nine())
        edition = await town.papers.next_message()
        assert town.words["posted"] in edition.content
        assert len(edition.embeds) == 5
        assert "](https://arxiv.org/abs/2402.14658)**" in edition.embeds[0].description
        assert edition.pinged == frozenset()
        await settled(app, town, 1)
    for restart in (timedelta(minutes=1), timedelta(hours=5)):
        seeded.clock.move_to(nine() + restart)
        async with seeded.running() as app:
            await app.courier.send_owed()
            await settled(app, town, 1)
    assert len(town.papers.messages) == 1
    seeded.clock.move_to(nine() + timedelta(hours=23, minutes=59))
    async with seeded.running() as app:
        await seeded.strike(app, nine() + timedelta(days=1))
        await settled(app, town, 2)
        why = await town.admin.type("/digest why")
        assert town.words["why"] in why.message.text
        assert f"/{town.papers.id}/{edition.id}" in why.message.text
    assert len(town.papers.messages) == 1


async def test_an_admin_types_in_japanese_and_the_server_reads_japanese(seeded: House, discord: Sandbox) -> None:
    server = discord.add_server("機械学習", locale="ja")
    papers, admin = server.add_channel("論文"), server.add_member("yui", locale="ja", manage_server=True)
    async with seeded.running() as app:
        answer = await admin.type(
            "/ダイジェスト 追加",
            チャンネル=papers,
            時刻="午前九時",
            タイムゾーン="東京",
            曜日="月〜金",
            言語="ja",
        )
        assert f"<t:{int(nine().timestamp())}:F>" in answer.message.text
        assert "平日（月〜金） 午前9:00（Asia/Tokyo）" in answer.message.text
        await seeded.strike(app, nine())
        assert "論文5本 · 1位：" in (await papers.next_message()).content


async def test_what_was_missed_while_the_bot_was_down_comes_once(seeded: House, town: Town) -> None:
    async with seeded.running():
        await town.admin.type("/digest add", channel=town.papers, time="09:00", timezone="Asia/Seoul")
    seeded.clock.move_to(nine() + timedelta(hours=3))
    async with seeded.running() as app:
        assert town.words["posted"] in (await town.papers.next_message()).content
        await settled(app, town, 1)
    async with seeded.running() as app:
        await settled(app, town, 1)
    assert len(town.papers.messages) == 1


async def test_a_page_added_while_running_makes_one_alert_a_member_and_the_next_edition(
    seeded: House, town: Town
) -> None:
    async with seeded.running() as app:
        await town.admin.type("/digest add", channel=town.papers, time="09:00", timezone="Asia/Seoul")
        await town.member.type("/subscribe add", query="강화학습")
        await town.member.type("/subscribe add", query="author:kim")
        await town.admin.type("/subscribe add", query="nothing-like-this")
        await seeded.strike(app, nine())
        await town.papers.next_message()
        await settled(app, town, 1)
        seeded.clock.move_to(datetime(2024, 2, 24, 1, tzinfo=SEOUL))
        seeded.page(day(SATURDAY, (4, 9)))
        await app.look_at_archive()
        alert = await town.member.next_dm()
        assert town.words["matched"] in alert.text
        assert "Paper number 2" in alert.text
        assert alert.text.index("Paper number 2") < alert.text.index("Paper number 1")
        await seeded.strike(app, nine() + timedelta(days=1))
        edition = await town.papers.next_message()
        first, second = (embed.description for embed in edition.embeds)
        assert "[Paper number 2]" in first
        assert "[Paper number 1]" in second
        seeded.page(day(SATURDAY, (5, 9)))
        await app.look_at_archive()
        await app.courier.send_owed()
        assert len(town.member.dms) == 1
        assert town.admin.dms == []
        assert len(town.papers.messages) == 2


async def test_an_alert_here_mentions_the_member_alone(seeded: House, town: Town) -> None:
    async with seeded.running() as app:
        await town.member.type("/subscribe add", query="강화학습", where="here", in_=town.papers)
        hostile = paper(9, title="@everyone <@1> look", summary=(Bullet("강화학습 @here"),))
        seeded.page(Day(SATURDAY, (Listing(hostile, 3),)))
        seeded.clock.move_to(utc(2024, 2, 24, 1))
        await app.look_at_archive()
        alert = await town.papers.next_message()
        assert alert.pinged == {town.member.id}


async def test_paper_search_finds_the_seeds_in_korean_and_english(seeded: House, town: Town) -> None:
    async with seeded.running():
        for query, title in (("트랜스포머 계획", "Beyond A*"), ("opencodeinterpreter", "OpenCodeInterpreter")):
            reply = await town.member.type("/paper search", query=query)
            assert reply.ephemeral
            assert title in reply.message.text
            assert town.words["found"] in reply.message.text


async def test_buttons_work_after_a_restart(seeded: House, town: Town) -> None:
    async with seeded.running() as app:
        await town.admin.type("/digest add", channel=town.papers, time="09:00", timezone="Asia/Seoul")
        await seeded.strike(app, nine())
        edition = await town.papers.next_message()
        search = await town.member.type("/paper search", query="모델")
        await settled(app, town, 1)
    async with seeded.running():
        all_of_the_day = await town.member.press(edition, edition.buttons[0].custom_id)
        assert all_of_the_day.ephemeral
        assert "OpenCodeInterpreter" in all_of_the_day.message.text
        chosen = await town.member.choose(edition, [edition.selects[0].options[1].value])
        assert chosen.ephemeral
        assert "2402.14083" in chosen.message.text
        first_page = search.message.text
        turned = await town.member.press(search, _next_button(search.message.buttons))
        assert turned.message.text != first_page


def _next_button(buttons: tuple[Button, ...]) -> str:
    enabled = [button for button in buttons if not button.disabled]
    return next(button.custom_id for button in enabled if button.emoji == "▶️")


async def test_a_lost_connection_is_taken_up_again(seeded: House, town: Town, discord: Sandbox) -> None:
    async with seeded.running() as app:
        app.client.before_identify_hook = _at_once  # type: ignore[method-assign]  # discord.py waits 5 s here
        for resume in (True, False):
            connected = app.client.wait_for("shard_resumed" if resume else "shard_ready", timeout=PATIENCE)
            waiting = asyncio.ensure_future(connected)
            await asyncio.sleep(0)
            discord.disconnect(resume=resume)
            await waiting
            assert (await town.member.type("/paper random")).embeds


async def _at_once(*_: object, **__: object) -> None:
    """Identify without waiting."""


async def test_paperboy_load_from_another_process_alerts_at_once(seeded: House, town: Town) -> None:
    async with seeded.running():
        await town.member.type("/subscribe add", query="강화학습")
        seeded.clock.move_to(utc(2024, 2, 24, 1))
        page = seeded.page(day(SATURDAY, (4,)))
        other = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "load",
            str(seeded.folder / "archive"),
            env={"PAPERBOY_DATABASE__PATH": str(seeded.settings.database.path)},
            cwd=SEEDS.parent,
        )
        assert await other.wait() == 0
        alert = await town.member.next_dm()
        assert "Paper number 1" in alert.text
        assert page.is_file()
