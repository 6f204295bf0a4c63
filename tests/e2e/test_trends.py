"""What is talked about, as members ask for it: in Korean and in English."""

import pytest

from bot.papers import Day, Listing
from sandbox import Sandbox
from tests.builders import paper, utc
from tests.conftest import House

RISING = "Speculative Decoding"
SPAN = "Jan\u2009–\u2009Feb 2024"
WORDS = {
    "ko": ("요즘 늘어난 주제 · 2024년 1월~2월", "제목에 나온 비율", "꺾은선 그래프, 2024년 1월~2월.", "1~5개"),
    "en-US": (f"Talked about more · {SPAN}", "In titles", "Line chart, Jan – Feb 2024.", "one to 5"),
}


@pytest.mark.parametrize("locale", ["ko", "en-US"])
async def test_what_rose_is_drawn_and_told_and_given_terms_have_their_lines(
    house: House, discord: Sandbox, locale: str
) -> None:
    rose, asked, alt, terms = WORDS[locale]
    for month, named in ((1, 0), (2, 20)):
        titles = [RISING if index < named else "A Study of Vegetables" for index in range(100)]
        listings = tuple(Listing(paper(100 * month + index, title=title)) for index, title in enumerate(titles))
        house.page(Day(utc(2024, month, 22).date(), listings))
    server = discord.add_server("ML", locale=locale)
    server.add_channel("papers")
    mina = server.add_member("mina", locale=locale)
    async with house.running() as app:
        told = await mina.type("/paper trends", months=2)
        assert told.ephemeral
        assert f"{rose}\n**{RISING}** · 0.0% → 20.0%" in told.text
        [picture] = told.message.attachments
        assert picture.content.startswith(b"\x89PNG")
        assert picture.description is not None
        assert picture.description.startswith(alt)
        assert "20.0%" in picture.description
        found = await mina.choose(told, RISING)
        assert found.ephemeral
        assert found.text.count(RISING) >= 5
        assert "Vegetables" not in found.text
        object.__setattr__(app.services, "charts", None)  # as without the extra
        own = await mina.type("/paper trends", terms="vegetables, 시금치", months=2)
        assert asked in own.text
        assert "**vegetables** · 100.0% → 80.0%\n█▇\n**시금치** · 0.0% → 0.0%\n▁▁" in own.text
        assert own.message.attachments == ()
        assert terms in (await mina.type("/paper trends", terms="a,b,c,d,e,f")).text
        assert terms in (await mina.type("/paper trends", terms=" , ")).text
