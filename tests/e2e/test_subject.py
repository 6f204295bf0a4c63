"""A digest with a subject, from its order to the reason why nothing came: in Korean and in English."""

from datetime import date, timedelta

import pytest

from bot.app import App
from bot.papers import Day, Listing
from sandbox import Channel, Member, Message, Sandbox
from tests.builders import FRIDAY, paper, utc
from tests.conftest import House

NINE = utc(2024, 2, 23, 9)
DAY = timedelta(days=1)
WORDS = {
    "ko": {
        "typed": "확산 -survey · 최근 30일 2편, 하루 2.0편, 없는 날 0일",
        "set": "“확산 -survey”에 맞는 논문",
        "outlook": "논문 4편 중 2편이 맞아요",
        "headline": "2024년 2월 23일 금요일 · 확산 -survey · 논문 4편 중 2편",
        "why": "2024-02-23 논문](",
        "why subject": ") · “확산 -survey” · 논문 4편 중 2편",
        "beside": "채널의 다른 다이제스트가 이미 모두 올렸어요",
        "no match": "2024년 2월 24일 토요일 논문 1편 중에 “확산 -survey” 검색어에 맞는 것이 없어요",
    },
    "en-US": {
        "typed": "확산 -survey · 2 in 30 days, 2.0 a day, days without: 0",
        "set": "matching “확산 -survey”",
        "outlook": "2 of 4 papers match: 2.0 a day, and some on every day.",
        "headline": "Friday, 23 February 2024 · 확산 -survey · 2 of 4 papers",
        "why": "papers from 2024-02-23",
        "why subject": " · “확산 -survey” · 2 of 4 papers",
        "beside": "posted all of this digest's papers from Friday, 23 February 2024 in the channel",
        "no match": "The only paper from Saturday, 24 February 2024 doesn't match “확산 -survey”",
    },
}


class Lab:
    """A server in one language, with an admin and a channel."""

    def __init__(self, discord: Sandbox, house: House, locale: str) -> None:
        self.house = house
        self.server = discord.add_server("Lab", locale=locale)
        self.papers: Channel = self.server.add_channel("papers")
        self.admin: Member = self.server.add_member("mina", locale=locale, manage_server=True)
        self.words = WORDS[locale]
        house.clock.move_to(NINE - timedelta(minutes=30))

    def page(self, on: date, *titles: str, first: int = 1) -> None:
        """A page of papers with these titles, each with fewer votes than the one before."""
        listed = enumerate(titles)
        self.house.page(Day(on, tuple(Listing(paper(first + n, title=title), 90 - n) for n, title in listed)))

    async def next(self, app: App, number: int = 1) -> Message:
        """The next edition of a digest, once all of it is there."""
        message = await self.papers.next_message()

        async def done() -> bool:
            return (await app.services.digests.why(self.server.id, number)).editions[0].state == "posted"

        await self.house.until(done)
        return message


@pytest.fixture(params=["ko", "en-US"])
def lab(request: pytest.FixtureRequest, discord: Sandbox, house: House) -> Lab:
    return Lab(discord, house, request.param)


async def test_a_digest_posts_what_matches_its_subject_and_says_where_nothing_does(lab: Lab) -> None:
    lab.page(FRIDAY, "Robots", "확산 A", "Survey: 확산", "확산 B")
    async with lab.house.running() as app:
        [typed] = await lab.admin.complete("/digest add", query="확산 -survey")
        assert typed.name == lab.words["typed"]
        reply = await lab.admin.type(
            "/digest add", channel=lab.papers, time="09:00", timezone="UTC", query="확산 -survey"
        )
        assert lab.words["set"] in reply.text
        assert lab.words["outlook"] in reply.text
        preview = await lab.admin.type("/digest preview")
        assert lab.words["headline"] in (await preview.next_followup()).content
        await lab.house.strike(app, NINE)
        edition = await lab.next(app)
        assert edition.content.splitlines()[1] == lab.words["headline"]
        assert [embed["description"].splitlines()[0].split("]")[0][-4:] for embed in edition.raw_embeds] == [
            "확산 A",
            "확산 B",
        ]
        why = (await lab.admin.type("/digest why")).text
        assert lab.words["why"] in why
        assert lab.words["why subject"] in why
        assert b'"query": "\xed\x99\x95\xec\x82\xb0 -survey"' in await app.services.exchange.export(lab.server.id)
        lab.page(FRIDAY + DAY, "Robots again", first=11)
        await app.look_at_archive()
        assert lab.words["no match"] in (await lab.admin.type("/digest now")).text


async def test_digests_of_one_channel_post_no_paper_twice_at_the_same_minute(lab: Lab) -> None:
    lab.page(FRIDAY, "확산 A", "Robots", "확산 B")
    async with lab.house.running() as app:
        for options in ({"query": "확산", "count": 1}, {"query": "-video"}, {"query": "robots"}):
            await lab.admin.type("/digest add", channel=lab.papers, time="09:00", timezone="UTC", **options)
        await lab.house.strike(app, NINE)
        await lab.papers.next_message()
        await lab.papers.next_message()
        await lab.house.until(lambda: _is_skipped(app, lab))
        assert [len(message.raw_embeds) for message in lab.papers.messages] == [1, 2]
        assert lab.words["beside"] in (await lab.admin.type("/digest why", digest=3)).text


async def _is_skipped(app: App, lab: Lab) -> bool:
    editions = (await app.services.digests.why(lab.server.id, 3)).editions
    return bool(editions) and editions[0].state == "skipped"
