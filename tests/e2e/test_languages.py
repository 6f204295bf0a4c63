"""The whole bot with a site and a model: on one day, each server and each member reads their own language."""

from datetime import date

import pytest

from bot.app import App
from bot.settings import SourceSettings, SummarySettings
from bot.summaries.model import SummaryLanguage
from sandbox import LocalSite, ModelServer, Sandbox
from tests.builders import utc
from tests.conftest import House

THURSDAY = date(2024, 2, 22)
LINE, MADE = "The site's own line.", "이 연구는 새로운 접근 방식"


@pytest.mark.parametrize(
    ("languages", "english_text"),
    [((SummaryLanguage.KO,), LINE), (tuple(SummaryLanguage), "The paper proposes a new approach")],
)
async def test_two_servers_read_two_languages_from_one_bot(
    house: House, discord: Sandbox, languages: tuple[SummaryLanguage, ...], english_text: str
) -> None:
    korean, english = discord.add_server("마을", locale="ko"), discord.add_server("Town", locale="en-US")
    async with LocalSite(house.clock.now) as site, ModelServer() as model:
        house.settings = house.settings.model_copy(
            update={
                "source": SourceSettings(url=site.url),
                "summaries": SummarySettings(by="openai", base_url=model.url, model="a local one", languages=languages),
            }
        )
        house.clock.move_to(utc(2024, 2, 22, 6))
        async with house.running(site_apart=0.0) as app:
            channels = [server.add_channel("papers") for server in (korean, english)]
            jihun = korean.add_member("jihun", manage_server=True, locale="ko")
            mina = english.add_member("mina", manage_server=True, locale="en-US")
            await jihun.type("/digest add", in_=channels[0], channel=channels[0], time="09:00", timezone="Asia/Seoul")
            await mina.type("/digest add", in_=channels[1], channel=channels[1], time="09:00", timezone="Asia/Seoul")
            site.day(THURSDAY).add("2402.00001", votes=3, summary="The abstract of it.", ai_summary=LINE)
            house.clock.move_to(utc(2024, 2, 22, 22, 30))
            await app.newsroom.read()
            await app.newsroom.summarise()

            async def is_shown(app: App = app) -> bool:
                return len(await app.database.rows("SELECT 1 FROM summaries WHERE shown")) == len(languages)

            await house.until(is_shown)
            assert len(model.questions) == 1
            house.clock.move_to(utc(2024, 2, 23, 0, 1))
            await app.runner.run()
            await house.until(lambda: all(channel.messages for channel in channels))
            posted = [str(channel.messages[0].embeds[0].description) for channel in channels]
            assert [MADE in text for text in posted] == [True, False]
            assert [english_text in text for text in posted] == [False, True]
            for member, channel, text in ((jihun, channels[0], MADE), (mina, channels[1], english_text)):
                view = (await member.type("/paper show", in_=channel, paper="2402.00001")).message
                assert text in str(view.embeds[-1].description)
