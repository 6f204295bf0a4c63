"""The page's modules load, and read Discord's markup as Discord's client does."""

from importlib.resources import files

import pytest
from playwright.async_api import Browser

from page.server import serving

pytestmark = pytest.mark.browser

DRAWN = """async text => {
  const { inline } = await import("/js/markup.js");
  const holder = document.createElement("div");
  holder.append(...inline(text, { names: { users: {}, channels: {}, roles: {} }, zone: "UTC", locale: "en", now: "" }));
  return holder.innerHTML.replace(/ (href|target|rel)="[^"]*"/g, "");
}"""
CASES = {
    r"\# **[A\*](https://a.example)**": r"# <strong><a>A\*</a></strong>",
    r"\*not bold\*": "*not bold*",
    "**a _b_** ~~c~~ `*d*`": "<strong>a <em>b</em></strong> <s>c</s> <code>*d*</code>",
    "[a [b]](https://c.example) <script>": "<a>a [b]</a> &lt;script&gt;",
    "snake_case_name 2 * 3 * 4": "snake_case_name 2 * 3 * 4",
    "*a b* *c": "<em>a b</em> *c",
}


async def test_every_module_loads_and_markup_is_drawn_as_discord_draws_it(browser: Browser) -> None:
    empty = b'{"locale": "en", "names": {}, "scenes": []}'
    async with serving(None, 0, more={"gallery.json": empty}) as address:
        page = await browser.new_page()
        await page.goto(address + "gallery.html")
        await page.locator("body[data-drawn]").wait_for(state="attached")
        modules = [each.name for each in files("page").joinpath("static", "js").iterdir() if each.name != "main.js"]
        for module in modules:
            assert await page.evaluate("name => import(`/js/${name}`).then(() => true)", module)
        for text, drawn in CASES.items():
            assert await page.evaluate(DRAWN, text) == drawn
        await page.close()
