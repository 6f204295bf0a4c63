"""A real browser at the page of `paperboy try`: Debian's chromium, driven by playwright."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bot.demo.play import Visit, open_playground

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"desktop": ViewportSize(width=1280, height=860), "phone": ViewportSize(width=390, height=844)}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        await opened.close()


@pytest.fixture
def archive() -> Path | None:
    """The archive to play with; None for the seeds."""
    return None


@pytest.fixture
async def address(archive: Path | None) -> AsyncIterator[str]:
    async with open_playground(Visit(port=0, archive=archive)) as opened:
        yield opened


@pytest.fixture(params=SIZES)
async def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> AsyncIterator[Page]:
    """The page in a window of each size; what the browser complains of fails the test."""
    touch = request.param == "phone"
    context = await browser.new_context(viewport=SIZES[request.param], has_touch=touch, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    opened = await context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "request",
        lambda asked: None if asked.url.removeprefix("blob:").startswith(address) else complaints.append(asked.url),
    )
    await opened.goto(address)
    await opened.locator("#app:not([aria-busy])").wait_for()
    yield opened
    await context.close()
    assert complaints == []


def _leaves(url: str, address: str) -> bool:
    """Whether a request leaves the page's server; a file that is saved comes from the page itself."""
    return not url.removeprefix("blob:").startswith(address)
