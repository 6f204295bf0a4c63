"""Text of papers is text, whatever stands in it."""

from datetime import date
from pathlib import Path

import pytest
from playwright.async_api import Page

from bot.archive.writer import write_page
from bot.papers import Bullet, Day, Listing, Paper
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

EVIL = (
    "<img src=x onerror=evil()>",
    "<script>evil()</script>",
    "[press me](javascript:evil())",
    "</article><style>*{display:none}</style>",
    "**bold <b onmouseover=evil()>** `<svg onload=evil()>`",
    '<t:99999999999999999:F> <@1> @everyone https://a.b/"onclick=evil()',
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three pages of papers whose every text is an attack."""
    for number, on in enumerate((date(2024, 2, 19), date(2024, 2, 20), date(2024, 2, 21))):
        papers = [
            Paper(f"2402.{number:02}{index:03}", evil, (evil,), summary=(Bullet(evil, heading=evil),))
            for index, evil in enumerate(EVIL, 1)
        ]
        page = tmp_path / f"{on:%Y/%m/%d}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        day = Day(on, tuple(Listing(paper, 10 - index) for index, paper in enumerate(papers)))
        page.write_text(write_page(day), encoding="utf-8")
    return tmp_path


async def test_hostile_papers_are_shown_as_text(page: Page) -> None:
    visitor = Visitor(page)
    await page.evaluate("() => { window.evil = () => { window.wasEvil = true; }; }")
    await page.locator(".welcome button").click()
    await visitor.type("다이제스트 추가", 시각="09:00", 편수="10")
    await visitor.use("morning")
    edition = page.locator("main article", has=page.locator(".embed")).last
    await edition.locator(".embed").first.wait_for()
    await visitor.type("논문 검색", 검색어="evil")
    await page.locator("main article.private .embed").last.wait_for()
    shown = await page.locator("main").inner_text()
    assert "onerror=evil()" in shown
    assert await page.evaluate("window.wasEvil") is None
    assert await page.locator("main script, main style, main svg, main [onerror], main [onclick]").count() == 0
    links = await page.locator("main a").evaluate_all("all => all.map(each => each.href)")
    assert all(link.startswith("https://") for link in links), links
