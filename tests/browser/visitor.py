"""A person at the page: what they do by keyboard and pointer, at any width."""

import re
from pathlib import Path
from typing import Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page

SERIOUS = {"serious", "critical"}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


class Visitor:
    """Uses the page as a person does."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def messages(self) -> Locator:
        """The messages of the open channel."""
        return self.page.locator("main article")

    @property
    def private(self) -> Locator:
        """Those that this person alone sees."""
        return self.page.locator("main article.private")

    @property
    def public(self) -> Locator:
        """Those that everyone sees."""
        return self.page.locator("main article:not(.private)")

    async def newest(self, text: str) -> Locator:
        """The newest message that says something, once it is there."""
        found = self.messages.filter(has_text=text).last
        await found.wait_for()
        return self.page.locator(f"article[data-id='{await found.get_attribute('data-id')}']")

    async def reach(self, panel: str) -> None:
        """Open the channels or the tools where the window is too narrow to show them."""
        toggle = self.page.locator(f".toggle-{panel}")
        if await toggle.is_visible() and await toggle.get_attribute("aria-expanded") == "false":
            await toggle.click()

    async def leave(self, panel: str) -> None:
        """Close what `reach` opened."""
        toggle = self.page.locator(f".toggle-{panel}")
        if await toggle.is_visible() and await toggle.get_attribute("aria-expanded") == "true":
            await toggle.click()

    async def use(self, control: str) -> None:
        """Use a control and wait until all that follows has happened."""
        await self.reach("tools")
        await self.page.locator(f"[data-use={control}]").click()
        await self.page.locator(".controls:not([aria-busy]) [data-use=hour]:enabled").wait_for()
        await self.leave("tools")

    async def become(self, name: str) -> None:
        """Play another role."""
        await self.reach("channels")
        await self.page.locator(".person", has_text=name).click()
        await self.page.locator(".person[aria-pressed=true]", has_text=name).wait_for(state="attached")
        await self.leave("channels")

    async def open(self, name: str) -> None:
        """Open a channel, or the DM ("Paperboy")."""
        await self.reach("channels")
        await self.page.locator(".channel", has_text=name).first.click()
        await self.page.locator("main h1", has_text=name).wait_for()
        await self.leave("channels")

    async def say(self, text: str) -> None:
        """Write a plain message."""
        await self.page.locator("main .composer .say").fill(text)
        await self.page.keyboard.press("Enter")

    async def type(self, command: str, *, file: Path | None = None, **options: str) -> None:
        """Use a slash command, all but a file by keyboard; options are named as the person's language has them."""
        await self.begin(command, **options)
        if file is not None:
            await self.page.locator("main .option input[type=file]").set_input_files(file)
        await self.page.locator("main .composer .send").focus()
        await self.page.keyboard.press("Enter")
        await self.page.locator("main .composer .say").wait_for()

    async def begin(self, command: str, **options: str) -> None:
        """Choose a slash command by its name, and fill in options, but do not send it."""
        keys = self.page.keyboard
        await self.page.locator("main .composer .say").focus()
        await keys.type(f"/{command}")
        await self.page.locator("main .composer [role=option]").first.wait_for()
        await keys.press("Enter")
        await self.page.locator("main .composer .command").wait_for()
        for name, value in options.items():
            field = await self.field(name)
            await field.focus()
            await self._fill(field, value)

    async def field(self, option: str) -> Locator:
        """The field of a command's option, which is added if it is not there yet."""
        chip = self.page.locator("main .chip", has_text=re.compile(rf"^\+ {option}$"))
        if await chip.count():
            await chip.focus()
            await self.page.keyboard.press("Enter")
        label = self.page.locator("label", has_text=re.compile(rf"^{option}( |$)"))
        return self.page.locator("main .option").filter(has=label).locator("input, select")

    async def _fill(self, field: Locator, value: str) -> None:
        """Type a value; in a list of choices, go down to the one that begins so."""
        if await field.evaluate("each => each.tagName") == "INPUT":
            await self.page.keyboard.type(value)
            return
        for _ in range(await field.locator("option").count()):
            if str(await field.evaluate("each => each.selectedOptions[0]?.text ?? ''")).startswith(value):
                return
            await self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"there is no choice {value}")

    async def check_accessibility(self) -> None:
        """axe-core finds nothing serious in what is shown now, in light and in dark."""
        for scheme in SCHEMES:
            await self.page.emulate_media(color_scheme=scheme)
            found = await Axe().run(self.page, options={"rules": {"target-size": {"enabled": True}}})
            serious = [each for each in found.response["violations"] if each["impact"] in SERIOUS]
            told = [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in serious]
            assert not told, (scheme, told)
