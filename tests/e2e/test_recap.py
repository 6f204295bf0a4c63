"""Days that still grow and recaps of a week, as the people of a server see them: in Korean and in English."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest

from bot.app import App
from bot.storage.engine.codec import moment
from sandbox import Channel, Member, Message, Sandbox
from tests.builders import FRIDAY, day, utc
from tests.conftest import House

NINE = utc(2024, 2, 23, 9)
WORDS = {
    "ko": {
        "early": "2024년 2월 23일 금요일, 지금까지",
        "half": "2024년 2월 23일 금요일 논문은 아직 올라오는 중이에요",
        "week": "2024년 2월 17일~23일 한 주 · 전체 14편",
        "button": "이 주의 논문 보기",
    },
    "en-US": {
        "early": "Friday, 23 February 2024, so far",
        "half": "The papers from Friday, 23 February 2024 are still coming in",
        "week": "Week of 17–23 Feb 2024 · 14 in all",
        "button": "The week's papers",
    },
}


class Town:
    """A server in one language, with an admin."""

    def __init__(self, discord: Sandbox, house: House, locale: str) -> None:
        self.house = house
        self.server = discord.add_server("ML", locale=locale)
        self.papers: Channel = self.server.add_channel("papers")
        self.admin: Member = self.server.add_member("mina", locale=locale, manage_server=True)
        self.words = WORDS[locale]
        house.clock.move_to(NINE - timedelta(minutes=30))

    async def order(self, **options: Any) -> None:
        await self.admin.type("/digest add", channel=self.papers, time="09:00", timezone="UTC", **options)

    async def posted(self, app: App, number: int = 1) -> Message:
        """The next edition of a digest, once all of it is there."""
        message = await self.papers.next_message()

        async def done() -> bool:
            return (await app.services.digests.why(self.server.id, number)).editions[0].state == "posted"

        await self.house.until(done)
        return message

    async def grow(self, on: date) -> None:
        """Say that a day is the site's and still grows."""
        with closing(sqlite3.connect(self.house.settings.database.path, timeout=20)) as database:
            database.execute("UPDATE pages SET origin = 1 WHERE day = ?", (on.isoformat(),))
            database.execute(
                "INSERT INTO site_days (day, read_at, papers) VALUES (?, ?, 2)", (on.isoformat(), moment(NINE))
            )
            database.commit()


@pytest.fixture(params=["ko", "en-US"])
def town(request: pytest.FixtureRequest, discord: Sandbox, house: House) -> Town:
    return Town(discord, house, request.param)


async def test_a_day_that_grows_is_posted_early_where_that_is_asked_for_and_nowhere_else(town: Town) -> None:
    town.house.page(day(FRIDAY, votes=(2, 1)))
    async with town.house.running() as app:
        await town.grow(FRIDAY)
        await town.order(when="early")
        await town.order()
        await town.house.strike(app, NINE)
        edition = await town.posted(app)
        assert town.words["early"] in edition.content
        assert len(town.papers.messages) == 1
        assert town.words["half"] in (await town.admin.type("/digest why", digest=2)).text
        assert "Paper number 2" in (await town.admin.type("/paper day")).text


@pytest.mark.parametrize("style", ["cards", "thread"])
async def test_a_recap_tells_of_the_week_once_and_marks_what_is_new(town: Town, style: str) -> None:
    for ago in range(10):
        town.house.page(day(FRIDAY - timedelta(days=ago), votes=(40 - ago, 30 - ago), first=1 + 2 * ago))
    async with town.house.running() as app:
        await town.order(count=1)
        await town.admin.type("/digest now")
        await town.posted(app)
        await town.order(weekly="fri", count=3, style=style)
        await town.house.strike(app, NINE)
        recap = await town.posted(app, 2)
        _, heading, *_, legend = recap.content.splitlines()
        assert heading == town.words["week"]
        assert legend.startswith("🆕")
        shown = recap.thread.messages if recap.thread else [recap]
        place = ("author", "name") if recap.thread else ("footer", "text")
        marks = [embed[place[0]][place[1]] for message in shown for embed in message.raw_embeds]
        assert ["🆕" in mark for mark in marks] == [False, True, True]
        week = await town.admin.press(recap, town.words["button"])
        assert "2024-02-17" in week.text
        assert "2024-02-17 – 2024-02-23" in (await town.admin.type("/digest why", digest=2)).text
        await town.admin.type("/digest now", digest=2)
        assert len(town.papers.messages) == 2
        assert b'"weekly": true' in await app.services.exchange.export(town.server.id)
        preview = await town.admin.type("/digest preview", digest=2)
        assert town.words["week"] in (await preview.next_followup()).content
