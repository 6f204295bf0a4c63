"""Takes the pictures of `paperboy try` for the README, with the real bot in Debian's chromium."""

import re
from pathlib import Path

from playwright.async_api import Browser, Page

from bot.demo.play import Visit, open_playground

DESKTOP = {"width": 1280, "height": 760}
PHONE = {"width": 390, "height": 760}


async def photograph(browser: Browser, folder: Path) -> None:
    """A subject being typed, the next morning's edition, a forum's post, an alert: `folder`/try-1.png to try-4.png."""
    async with open_playground(Visit(port=0)) as address:
        page = await _open(browser, address, DESKTOP)
        await page.locator(".welcome button").click()
        await page.locator("main article").wait_for()
        await _begin(page, "다이제스트 추가", 시각="09:00", 검색어="모델 -video")
        await page.locator("main .suggestions .row", has_text="30일").wait_for()
        await page.screenshot(path=folder / "try-1.png")
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        await page.locator("main .private").wait_for()
        await _begin(page, "다이제스트 추가", 채널="#talks", 시각="09:00", 태그="LLM", 멘션="Readers")
        await page.locator("main .send").click()
        await page.locator("main .private", has_text="Readers").wait_for()
        member = await _open(browser, address, PHONE)
        await _tap(member, "channels", ".person:has-text('john')")
        await member.locator(".person[aria-pressed=true]:has-text('john')").wait_for(state="attached")
        await member.locator(".toggle-channels").click()
        await _begin(member, "subscribe add", query="model")
        await member.locator("main .send").click()
        await member.locator("main .private .content").first.wait_for()
        await page.locator("[data-use=morning]").click()
        await page.locator(".controls:not([aria-busy]) [data-use=hour]:enabled").wait_for()
        edition = page.locator("main article", has=page.locator(".embed")).last
        await edition.locator(".menu").wait_for()
        await edition.evaluate("each => each.scrollIntoView({ block: 'start' })")
        await page.screenshot(path=folder / "try-2.png")
        await page.locator(".channel", has_text="talks").click()
        await page.locator(".post button").first.click()
        await page.locator(".thread-side article .embed").wait_for()
        await page.screenshot(path=folder / "try-3.png")
        await _tap(member, "channels", ".channel:has-text('Paperboy')")
        await member.locator("main article .embed").last.wait_for()
        await member.locator("main article").last.evaluate("each => each.scrollIntoView({ block: 'start' })")
        await member.mouse.move(0, 0)
        await member.screenshot(path=folder / "try-4.png")


async def _open(browser: Browser, address: str, size: dict[str, int]) -> Page:
    context = await browser.new_context(viewport={"width": size["width"], "height": size["height"]})
    page = await context.new_page()
    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    await page.goto(address)
    await page.locator("#app:not([aria-busy])").wait_for()
    return page


async def _begin(page: Page, command: str, **options: str) -> None:
    """Choose a command and give it options, as one does who types it."""
    await page.locator("main .composer .say").focus()
    await page.keyboard.type(f"/{command}")
    await page.locator("main .composer [role=option]").first.wait_for()
    await page.keyboard.press("Enter")
    await page.locator("main .composer .command").wait_for()
    for name, value in options.items():
        chip = page.locator("main .chip", has_text=re.compile(rf"^\+ {name}$"))
        if await chip.count():
            await chip.click()
        field = page.locator("main .option :focus")
        await (field.select_option(value) if value.startswith("#") else field.fill(value))


async def _tap(page: Page, panel: str, what: str) -> None:
    """Open a panel that a phone has no room for, and tap something in it."""
    await page.locator(f".toggle-{panel}").click()
    await page.locator(what).click()
