"""Two people, in Korean and in English, in a server with the bot and where it is not: with a local site."""

from bot.settings import SourceSettings
from sandbox import LocalSite, Sandbox
from tests.builders import FRIDAY, day
from tests.conftest import NOON, House

STRAY, UNKNOWN = "1706.03762", "2401.12345"


async def test_two_members_read_and_save_in_any_place(discord: Sandbox, house: House) -> None:
    house.page(day(FRIDAY, votes=(9, 8, 7)))
    home = discord.add_server("Home", locale="en-US")
    channel = home.add_channel("papers")
    lab = discord.add_server("Lab", locale="ja", with_bot=False)
    talk = lab.add_channel("talk")
    yuna, ken = lab.add_member("yuna", locale="ko"), lab.add_member("ken", locale="en-GB")
    home.join(ken.user)
    chat = discord.add_chat(yuna, ken, lab.owner)
    yuna.add_app()
    ken.add_app()
    async with LocalSite(lambda: NOON) as site:
        site.add_paper(STRAY, title="Attention", summary="Only attention is used.", authors=[{"name": "Noam Shazeer"}])
        house.settings = house.settings.model_copy(update={"source": SourceSettings(url=site.url)})
        async with house.running(site_apart=0.0):
            message = ken.say(f"arXiv:{STRAY} https://hf.co/papers/2402.00002, and {UNKNOWN}?", in_=talk)
            shown = await yuna.use_menu("논문 보기", message)
            assert shown.ephemeral
            assert shown.embeds[0].title == "이 메시지의 논문 2편"
            assert f"[{UNKNOWN}](<https://arxiv.org/abs/{UNKNOWN}>)" in shown.content
            read = await yuna.choose(shown, STRAY)
            assert read.embeds[0].author == "Daily Papers에 오르지 않은 논문"
            shared = await yuna.press(read, "채널에 공유")
            assert (shared.message.only_for, shared.content) == (None, "📣 yuna 님이 공유했어요")

            assert "2편" in (await yuna.use_menu("논문 저장", message)).content
            assert "is on your reading list" in (await ken.use_menu("Save papers", shared.message)).content
            mine = await yuna.type("/논문 읽기목록", in_=chat)
            assert mine.embeds[0].title == "내 읽기 목록 · 논문 2편"
            his = await ken.type("/paper saved", in_=channel)
            assert his.embeds[0].title == "Your reading list · 1 paper"
            file = (await ken.press(his, "BibTeX")).message.attachments[0].content.decode()
            assert "eprint = {1706.03762}" in file

            assert "장소" in (await yuna.type("/구독 추가", in_=chat, 검색어="강화학습", 장소="here")).content
            page = await ken.type("/paper day", in_=chat)
            public = await ken.press(page, "Share")
            assert (public.message.only_for, chat.messages) == (None, [public.message])
            home_page = await ken.type("/paper day", in_=channel, date="2024-02-23")
            await ken.press(home_page, "Share")
            assert (await channel.next_message()).interaction is None  # posted by the bot itself
        asked = [request for request in site.asked if not request.query]
        assert len(asked) == 2  # one for each paper that the archive lacks
