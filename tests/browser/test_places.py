"""Forums, roles, subjects, publishing, late papers and languages, as people see them in their servers."""

import re

import pytest
from playwright.async_api import Browser, Page

from bot.demo.play import Visit, open_playground
from tests.browser.conftest import SIZES
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

READS = 3
"""The papers of an edition in the forum."""


async def test_a_forum_gets_a_post_for_each_paper_with_tags_a_subject_and_a_role_that_is_pinged(page: Page) -> None:
    visitor = Visitor(page)
    await page.locator("main .say").fill("/")
    await page.locator(".welcome button").click()
    await page.locator("main .composer [role=option]").first.wait_for()  # they come with the bot
    await page.locator("main .say").fill("")
    await order_posts(visitor)
    await visitor.type("다이제스트 추가", 채널="#news", 시각="09:00", 발행="예")
    await visitor.newest("2번 다이제스트")
    await visitor.open("talks")
    assert await page.locator(".forum .tag").all_inner_texts() == ["LLM", "vision", "theory"]
    await page.get_by_text("글마다 태그가 필요해요").wait_for()
    await page.locator(".footer", has_text="아직 아무것도 없어요").wait_for()
    await visitor.use("morning")
    await page.locator(".post").nth(READS - 1).wait_for()
    assert await page.locator(".post .tag").all_inner_texts() == ["LLM"] * READS
    newest = await page.locator(".post h2").first.inner_text()
    assert newest in await page.locator("#app > [role=status]").inner_text()
    await visitor.check_accessibility()
    await visitor.open("news")
    await visitor.newest("발행됨")
    await visitor.open("talks")
    await visitor.become("john")
    await read_the_post_that_pings(visitor)
    await visitor.become("newcomer")
    assert await page.locator(".post.pinged").count() == 0
    assert await page.locator("main .composer").is_hidden()
    await visitor.use("thread-locked")
    await page.locator(".forum > h2", has_text="Older posts").wait_for()
    assert await page.locator(".forum > h2 ~ .post", has_text="locked").count() == READS


async def test_a_newcomer_reads_what_a_message_names_where_paperboy_is_not(page: Page) -> None:
    visitor = Visitor(page)
    await visitor.use("invite")
    await visitor.become("newcomer")
    await visitor.open("lounge")
    assert await page.locator(".welcome").is_hidden()
    message = visitor.public.first
    await message.locator(".apps-button").focus()
    await page.keyboard.press("Enter")
    await page.locator(".apps .panel [role=option]", has_text="Show papers").wait_for()
    await visitor.check_accessibility()
    await page.keyboard.press("Enter")
    answer = await visitor.newest("2 papers in this message")
    assert await answer.locator(".apps").count() == 0
    await visitor.type("paper random")
    shown = await visitor.newest("arXiv")
    await shown.locator(".button", has_text="Share").click()
    await visitor.public.nth(1).locator(".content", has_text="newcomer shared").wait_for()


async def order_posts(visitor: Visitor) -> None:
    """A digest in the forum, which wants a tag; what its subject finds is told while it is typed."""
    page, keys = visitor.page, visitor.page.keyboard
    await visitor.type("다이제스트 추가", 채널="#talks", 시각="09:00")
    await visitor.newest("LLM, vision, theory")
    await visitor.begin("다이제스트 추가", 채널="#talks", 시각="09:00", 편수=str(READS))
    for option, typed, offered in (
        ("검색어", "모델", r"^모델 · .*30일"),
        ("태그", "ll", "^LLM$"),
        ("멘션", "read", "^@?Readers$"),
    ):
        await (await visitor.field(option)).focus()
        await keys.type(typed)
        await page.locator("main .composer [role=option]", has_text=re.compile(offered)).wait_for()
        await keys.press("Enter")
    await keys.press("Enter")
    answer = await visitor.newest("1번 다이제스트")
    assert "“모델”" in await answer.inner_text()
    assert await answer.locator(".mention.role").inner_text() == "@Readers"


async def read_the_post_that_pings(visitor: Visitor) -> None:
    """By keyboard: the post opens at the side, its button answers there, and Escape leads back to it."""
    page, keys = visitor.page, visitor.page.keyboard
    post, side = page.locator(".post.pinged"), page.locator(".thread-side")
    assert await post.locator(".badge").inner_text() == "1 new"
    await post.locator("button").focus()
    await keys.press("Enter")
    starter = side.locator("article.pinged")
    await starter.locator(".embed .image").wait_for()
    assert await starter.locator(".mention.role").inner_text() == "@Readers"
    assert await side.locator(".post-tags").inner_text() == "LLM"
    assert await side.locator(".messages").evaluate("each => each === document.activeElement")
    await starter.locator(".button", has_text="자세히 보기").focus()
    await keys.press("Enter")
    await side.locator("article.private .embed").first.wait_for()
    await visitor.check_accessibility()
    await keys.press("Escape")
    await side.wait_for(state="hidden")
    assert await post.count() == 0
    assert await page.evaluate("document.activeElement.closest('.post .words h2') !== null")


async def test_two_servers_read_one_day_each_in_its_language_and_what_came_late_is_marked(browser: Browser) -> None:
    pytest.importorskip("openai")
    async with open_playground(Visit(port=0, site=True, model=True)) as address:
        mina, john = [await sit_down(browser, address, size) for size in ("phone", "desktop")]
        await mina.page.locator(".welcome button").click()
        await mina.type("다이제스트 추가", 시각="09:00", 편수=str(READS))
        await mina.newest("1번 다이제스트")
        await mina.type("다이제스트 추가", 채널="#talks", 시각="09:00", 편수=str(READS), 태그="LLM")
        await mina.newest("2번 다이제스트")
        await john.become("john")
        await john.open("daily")
        await john.type("digest add", time="09:00", timezone="Asia/Seoul", count=str(READS))
        await john.newest("Digest #1")
        await john.use("morning")
        korean, english = await mina.newest("논문 3편"), await john.newest("3 papers")
        titles = [await each.locator(".title").all_inner_texts() for each in (korean, english)]
        assert titles[0] == titles[1]
        assert "이 연구는" in await korean.inner_text()
        assert "The paper proposes" in await english.inner_text()
        assert "이 연구는" not in await english.inner_text()
        await john.use("morning")
        await mina.newest("늦게")
        await john.newest("late")
        await mina.open("talks")
        await mina.page.locator(".post", has_text="늦게").wait_for()
        await john.use("morning")
        await mina.page.locator(".post button").last.click()
        await mina.page.locator(".thread-side article .small", has_text="(수정됨)").wait_for()
        for visitor in (mina, john):
            await visitor.check_accessibility()
            await visitor.page.context.close()


async def sit_down(browser: Browser, address: str, size: str) -> Visitor:
    """A visitor with a window of their own."""
    context = await browser.new_context(viewport=SIZES[size], reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = await context.new_page()
    await page.goto(address)
    await page.locator("#app:not([aria-busy])").wait_for()
    return Visitor(page)
