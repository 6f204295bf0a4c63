"""The page reads Discord's markup as Discord's client does."""

import pytest
from playwright.async_api import Page

pytestmark = pytest.mark.browser

DRAWN = """async text => {
  const { inline } = await import("/js/markup.js");
  const holder = document.createElement("div");
  holder.append(...inline(text, { names: { users: {}, channels: {}, roles: {} }, zone: "UTC", locale: "en", now: "" }));
  return holder.innerHTML.replace(/ (href|target|rel)="[^"]*"/g, "");
}"""


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (r"\# **[A\*](https://a.example)**", r"# <strong><a>A\*</a></strong>"),
        (r"\*not bold\*", "*not bold*"),
        ("**a _b_** ~~c~~ `*d*`", "<strong>a <em>b</em></strong> <s>c</s> <code>*d*</code>"),
        ("[a [b]](https://c.example) <script>", "<a>a [b]</a> &lt;script&gt;"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
    ],
)
async def test_markup_is_drawn_as_discord_draws_it(page: Page, text: str, drawn: str) -> None:
    assert await page.evaluate(DRAWN, text) == drawn
