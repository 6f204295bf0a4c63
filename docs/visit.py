"""Takes the three pictures of `paperboy try` for the README, with the real bot in Debian's chromium."""

from pathlib import Path

from playwright.async_api import Browser, Page

from bot.demo.play import Visit, open_playground

DESKTOP = {"width": 1280, "height": 760}
PHONE = {"width": 390, "height": 760}


async def photograph(browser: Browser, folder: Path) -> None:
    """A command being typed, the edition of the next morning, and an alert on a phone: `folder`/try-1.png to 3."""
    async with open_playground(Visit(port=0)) as address:
        page = await _open(browser, address, DESKTOP)
        await page.locator(".welcome button").click()
        await page.locator(".welcome").wait_for(state="hidden")
        await _begin(page, "다이제스트 추가")
        await page.get_by_label("시각").fill("09:00")
        await page.screenshot(path=folder / "try-1.png")
        await page.keyboard.press("Enter")
        member = await _open(browser, address, PHONE)
        await _tap(member, "channels", ".person:has-text('john')")
        await member.locator(".person[aria-pressed=true]:has-text('john')").wait_for()
        await member.locator(".toggle-channels").click()
        await _begin(member, "subscribe add")
        await member.get_by_label("query").fill("model")
        await member.keyboard.press("Enter")
        await member.locator("main .private .content").first.wait_for()
        await page.locator("[data-use=morning]").click()
        await page.locator(".controls:not([aria-busy]) [data-use=hour]:enabled").wait_for()
        edition = page.locator("main article", has=page.locator(".embed")).last
        await edition.locator(".menu").wait_for()
        await edition.evaluate("each => each.scrollIntoView({ block: 'start' })")
        await page.screenshot(path=folder / "try-2.png")
        await _tap(member, "channels", ".channel:has-text('Paperboy')")
        await member.locator("main article .embed").last.wait_for()
        await member.locator("main article").last.evaluate("each => each.scrollIntoView({ block: 'start' })")
        await member.screenshot(path=folder / "try-3.png")


async def _open(browser: Browser, address: str, size: dict[str, int]) -> Page:
    context = await browser.new_context(viewport={"width": size["width"], "height": size["height"]})
    page = await context.new_page()
    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    await page.goto(address)
    await page.locator("#app:not([aria-busy])").wait_for()
    return page


async def _begin(page: Page, command: str) -> None:
    """Choose a command as one does who types it."""
    await page.locator("main .composer .say").focus()
    await page.keyboard.type(f"/{command}")
    await page.locator("main .composer [role=option]").first.wait_for()
    await page.keyboard.press("Enter")


async def _tap(page: Page, panel: str, what: str) -> None:
    """Open a panel that a phone has no room for, and tap something in it."""
    await page.locator(f".toggle-{panel}").click()
    await page.locator(what).click()
