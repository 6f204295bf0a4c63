"""The page's modules load, and draw Discord's markup and messages as Discord's client does."""

import json
from importlib.resources import files

import pytest
from playwright.async_api import Browser

from page.server import serving
from sandbox import Sandbox
from sandbox.payloads.drafts import CROSSPOSTED, Draft
from sandbox.window.view import Seat, message_of, names_of

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


async def test_a_role_has_its_colour_and_a_message_says_that_it_pings_me_and_that_it_was_published(
    browser: Browser,
) -> None:
    discord = Sandbox()
    server = discord.add_server("ML Korea")
    news, mina = server.add_channel("news", kind="announcement"), server.add_member("mina")
    role = server.add_role("Readers", mentionable=True, color=0x2A9D6F)
    mina.give(role)
    sent = [news.post(discord.bot, Draft(content=content)) for content in (role.mention, "hello")]
    sent[1].flags |= CROSSPOSTED
    scenes = [
        {
            "name": name,
            "place": "news",
            "now": discord.now().isoformat(),
            "message": message_of(message, Seat(mina.user, news)),
        }
        for name, message in zip(("ping", "news"), sent, strict=True)
    ]
    gallery = json.dumps({"locale": "ko", "names": names_of(discord), "scenes": scenes}).encode()
    async with serving(None, 0, more={"gallery.json": gallery}) as address:
        page = await browser.new_page()
        await page.goto(address + "gallery.html")
        ping, published = (page.locator(f"[data-scene={name}] article") for name in ("ping", "news"))
        await published.get_by_text("발행됨").wait_for()
        assert await ping.get_by_text("발행됨").count() == 0
        assert await page.locator("article.pinged").count() == await ping.locator(".mention.role").count() == 1
        assert await ping.locator(".mention").inner_text() == "@Readers"
        assert await ping.locator(".mention").evaluate("each => each.style.getPropertyValue('--role')") == "#2a9d6f"
        await page.close()
