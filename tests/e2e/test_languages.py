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
LINE, MADE = "The site's own line, on otters.", "이 연구는 새로운 접근 방식"
KO, EN = SummaryLanguage.KO, SummaryLanguage.EN


@pytest.mark.parametrize(
    ("languages", "english_text", "word"),
    [((KO,), LINE, "line"), ((KO, EN), "The paper proposes a new approach", "proposes")],
)
async def test_two_servers_read_two_languages_from_one_bot(
    house: House, discord: Sandbox, languages: tuple[SummaryLanguage, ...], english_text: str, word: str
) -> None:
    """An edition, an alert, a search and a paper; the alert of a member is in the other language than the server's."""
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
            guests = [korean.add_member("kate", locale="en-US"), english.add_member("kim", locale="ko")]
            await jihun.type("/digest add", in_=channels[0], channel=channels[0], time="09:00", timezone="Asia/Seoul")
            await mina.type("/digest add", in_=channels[1], channel=channels[1], time="09:00", timezone="Asia/Seoul")
            for guest, channel in zip(guests, channels, strict=True):
                await guest.type("/subscribe add", in_=channel, query="otters")
            site.day(THURSDAY).add(
                "2402.00001", title="Otters", votes=3, summary="The abstract of it.", ai_summary=LINE
            )
            house.clock.move_to(utc(2024, 2, 22, 22, 29))
            await app.newsroom.read()
            await app.newsroom.summarise()

            async def is_shown(app: App = app) -> bool:
                return len(await app.database.rows("SELECT 1 FROM summaries WHERE shown")) == len(languages)

            await house.until(is_shown)
            assert len(model.questions) == 1
            house.clock.move_to(utc(2024, 2, 22, 22, 30))
            await app.newsroom.close()
            await app.planner.run()
            house.clock.move_to(utc(2024, 2, 23, 0, 1))
            await app.runner.run()
            await house.until(lambda: all(channel.messages for channel in channels) and all(one.dms for one in guests))

            def are_read(texts: list[str]) -> bool:
                """Whether the first text is Korean and the second English."""
                return [(MADE in text, english_text in text) for text in texts] == [(True, False), (False, True)]

            assert are_read([str(channel.messages[0].embeds[0].description) for channel in channels])
            assert are_read([str(guest.dms[0].embeds[0].description) for guest in reversed(guests)])
            for query, in_korean, in_english in (
                ("otters", f"{MADE}(**Otters**)", "**otters**"),  # both match: each reads their own
                ("접근", "새로운 **접근** 방식", "새로운 **접근** 방식"),
                (word, f"**{word}**", f"**{word}**"),
            ):
                for member, channel, passage in ((jihun, channels[0], in_korean), (mina, channels[1], in_english)):
                    found = (await member.type("/paper search", in_=channel, query=query)).message
                    assert passage.casefold() in str(found.embeds[0].description).casefold(), (query, member.name)
            shown = [
                (await member.type("/paper show", in_=channel, paper="2402.00001")).message
                for member, channel in zip((jihun, mina), channels, strict=True)
            ]
            assert are_read([str(view.embeds[-1].description) for view in shown])
