"""Screen readers and keyboards, in light and dark."""

import pytest
from playwright.async_api import Page

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

FORM = """async () => {
  const { openForm } = await import("/js/form.js");
  const { wordsFor } = await import("/js/words.js");
  const field = { type: 4, custom_id: "name", label: "Name", style: 1 };
  openForm({ title: "A form", components: [{ type: 1, components: [field] }] }, wordsFor("en"), () => {});
}"""


async def test_axe_finds_nothing_serious_whatever_is_open(page: Page) -> None:
    visitor = Visitor(page)
    keys = page.keyboard
    await visitor.check_accessibility()
    await page.locator(".welcome button").click()
    await page.locator("main .composer .say").focus()
    await keys.type("/다이제스트 추가")
    await page.locator("main [role=option]").first.wait_for()
    await visitor.check_accessibility()
    await keys.press("Enter")
    await page.locator("main .composer .command").wait_for()
    await visitor.check_accessibility()
    await keys.press("Escape")
    await visitor.type("다이제스트 추가", 시각="09:00")
    await visitor.use("morning")
    await page.locator("main .menu").first.click()
    await page.locator("main .panel").wait_for()
    await visitor.check_accessibility()
    await keys.press("Escape")
    await visitor.reach("tools")
    await page.locator(".log-box > summary").click()
    await page.locator(".log summary").first.click()
    await page.locator(".log pre").first.wait_for()
    await visitor.check_accessibility()
    await visitor.leave("tools")
    await visitor.reach("channels")
    await visitor.check_accessibility()
    await visitor.leave("channels")
    await close_what_lies_over_the_channel(page)
    await page.evaluate(FORM)
    await visitor.check_accessibility()


async def close_what_lies_over_the_channel(page: Page) -> None:
    """Where the channels lie over the messages, a tap beside them closes them, and so does Escape."""
    toggle = page.locator(".toggle-channels")
    if not await toggle.is_visible():
        return
    for key in ("", "Escape"):
        await toggle.click()
        await page.locator(".channels").wait_for()
        await (page.keyboard.press(key) if key else page.touchscreen.tap(380, 500))
        await page.locator(".channels").wait_for(state="hidden")
    assert await toggle.evaluate("each => each === document.activeElement")


async def test_what_is_new_is_announced_and_what_was_edited_is_not(page: Page) -> None:
    visitor = Visitor(page)
    told = page.locator("#app > [role=status]")
    await page.locator(".welcome button").click()
    await visitor.type("논문 검색", 검색어="모델")
    found = visitor.private.last
    await found.locator(".button", has_text="▶").wait_for()
    assert "모델" in await told.inner_text()
    before = await told.inner_text(), await found.locator(".embed").inner_text()
    await found.locator(".button", has_text="▶").click()
    await page.wait_for_function(
        "before => document.querySelector('main article.private .embed').innerText !== before", arg=before[1]
    )
    assert await told.inner_text() == before[0]
    assert await page.evaluate("document.documentElement.lang") == "ko"
    await visitor.become("john")
    assert await page.evaluate("document.documentElement.lang") == "en-GB"
