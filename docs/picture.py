"""Draws what Paperboy says, by the page's own code in Debian's chromium.

    python -m docs.picture            docs/channel.png, docs/search.png, and docs/try-1.png to try-4.png
    python -m docs.picture --all DIR  every message, in every language, at a desktop's and a phone's width, into
                                      DIR, and a list with the height of each

The messages are real: see `docs.scenes`. Pictures of papers are replaced by a drawing; none is fetched. `make
test-browser` installs the browser.
"""

import argparse
import asyncio
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Page, ViewportSize, async_playwright

from docs.scenes import LANGUAGES, gather
from docs.stage import Gallery
from docs.visit import photograph
from page.server import serving

HERE = Path(__file__).resolve().parent
WIDTHS = {"desktop": 760, "phone": 390}
SHOWN = {"channel": ("edition-cards", "ko"), "search": ("search-without", "en")}
"""The pictures of the documentation: a scene, and in which language."""
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")

Heights = dict[tuple[str, str, str], int]
"""The height in pixels by scene, language and width."""


async def draw(
    galleries: Iterable[Gallery], folder: Path, scenes: Iterable[str] = (), widths: Mapping[str, int] = WIDTHS
) -> Heights:
    """Draw scenes (all without a choice) as `folder`/LANGUAGE-WIDTH-SCENE.png; the height of each."""
    heights: Heights = {}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        for gallery in galleries:
            told = json.dumps(asdict(gallery), ensure_ascii=False).encode()
            async with serving(None, 0, more={"gallery.json": told}) as address:
                for name, width in widths.items():
                    viewport = ViewportSize(width=width, height=900)
                    page = await browser.new_page(viewport=viewport, color_scheme="dark", device_scale_factor=1)
                    await page.goto(f"{address}gallery.html")
                    await page.locator("body[data-drawn]").wait_for()
                    heights |= await _shoot(page, gallery, name, folder, set(scenes))
                    await page.close()
        await browser.close()
    return heights


async def _shoot(page: Page, gallery: Gallery, width: str, folder: Path, scenes: set[str]) -> Heights:
    language, heights = gallery.locale[:2], {}
    for scene in gallery.scenes:
        if scenes and scene.name not in scenes:
            continue
        drawn = page.locator(f"[data-scene='{scene.name}']")
        box = await drawn.locator("article").bounding_box()
        heights[scene.name, language, width] = round(box["height"]) if box else 0
        await drawn.screenshot(path=folder / f"{language}-{width}-{scene.name}.png")
    return heights


async def _all(folder: Path) -> None:
    heights = await draw([await gather(language, rare=True) for language in LANGUAGES], folder)
    lines = [f"{height:5} {language} {width:8} {scene}" for (scene, language, width), height in heights.items()]
    (folder / "heights.txt").write_text("\n".join(sorted(lines, reverse=True)) + "\n", encoding="utf-8")
    print("\n".join(lines))  # noqa: T201  it is the answer


async def _documentation(folder: Path) -> None:
    galleries = {language: await gather(language, count=3) for language in LANGUAGES}
    for name, (scene, language) in SHOWN.items():
        await draw([galleries[language]], folder, [scene])
        shutil.move(folder / f"{language}-desktop-{scene}.png", HERE / f"{name}.png")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        await photograph(browser, HERE)
        await browser.close()


def main() -> None:
    """Read the command line and draw."""
    top = argparse.ArgumentParser(prog="python -m docs.picture")
    top.add_argument("--all", type=Path, metavar="DIR", help="every message, into this folder")
    options = top.parse_args()
    if options.all:
        options.all.mkdir(parents=True, exist_ok=True)
        asyncio.run(_all(options.all))
    else:
        with TemporaryDirectory() as folder:
            asyncio.run(_documentation(Path(folder)))


if __name__ == "__main__":
    main()
