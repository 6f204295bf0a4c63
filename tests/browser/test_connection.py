"""Several tabs, and a connection that breaks."""

import pytest
from playwright.async_api import Browser

from bot.demo.play import Visit, open_playground
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


async def test_two_tabs_play_two_roles_and_both_come_back_after_a_restart(browser: Browser) -> None:
    context = await browser.new_context()
    context.set_default_timeout(60_000)
    async with open_playground(Visit(port=0)) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        tabs = [Visitor(await context.new_page()), Visitor(await context.new_page())]
        for tab in tabs:
            await tab.page.goto(address)
            await tab.page.locator("#app:not([aria-busy])").wait_for()
        admin, member = tabs
        await member.become("john")
        await admin.use("invite")
        await member.page.locator(".welcome").wait_for(state="hidden")
        await member.open("general")
        await admin.say("@john 안녕하세요")
        await member.page.locator(".channel", has_text="papers").locator(".badge").wait_for()
        await member.open("papers")
        ping = await member.newest("@john 안녕하세요")
        assert "pinged" in str(await ping.get_attribute("class"))
        assert await admin.page.locator("main article.pinged").count() == 0
        assert await admin.page.locator(".person[aria-pressed=true]").inner_text() == "mina\nML Korea 관리자 · 한국어"
    for tab in tabs:
        await tab.page.locator(".notice:not(:empty)").wait_for()
    async with open_playground(Visit(port=port)):
        for tab in tabs:
            await tab.page.locator(".notice:empty").wait_for(state="attached")
            await tab.page.locator(".welcome button").wait_for()
        await member.page.locator(".person[aria-pressed=true]", has_text="john").wait_for()
    await context.close()
