"""A visit, from the invitation to a button that outlives a restart."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

CHANGED = "before => [...document.querySelectorAll('main article.private .embed')].at(-1).innerText !== before"


async def test_a_visitor_uses_the_bot_from_its_invitation_to_a_restart(page: Page, tmp_path: Path) -> None:
    visitor = Visitor(page)
    await visitor.check_accessibility()
    await begin_by_two_taps(visitor)
    await take_the_digests_along(visitor, tmp_path)
    edition = await read_the_edition(visitor)
    await search_turn_and_share(visitor)
    await subscribe_and_be_alerted(visitor)
    await visitor.become("mina")
    await visitor.open("papers")
    await have_an_edition_in_a_thread(visitor)
    await ask_why_nothing_came(visitor)
    await press_an_old_button_after_a_restart(visitor, edition)


async def begin_by_two_taps(visitor: Visitor) -> None:
    """From the invitation to the first edition, by keyboard alone."""
    keys = visitor.page.keyboard
    await visitor.page.locator(".welcome button").focus()
    await keys.press("Enter")
    hello = await visitor.newest("안녕하세요")
    await visitor.page.locator(".welcome").wait_for(state="hidden")
    await visitor.check_accessibility()
    await hello.locator(".button", has_text="시작").focus()
    await keys.press("Enter")
    answer = await visitor.newest("1번 다이제스트")
    await answer.locator(".button", has_text="지금 올리기").focus()
    await keys.press("Enter")
    await visitor.public.locator(".embed").nth(4).wait_for()


async def take_the_digests_along(visitor: Visitor, folder: Path) -> None:
    """As a file, which is downloaded and handed in again, also after a change."""
    await visitor.type("다이제스트 내보내기")
    sent = visitor.private.last.locator(".file")
    async with visitor.page.expect_download() as coming:
        await sent.click()
    file = folder / "digests.json"
    await (await coming.value).save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["digests"]
    await visitor.type("다이제스트 가져오기", file=file)
    await visitor.newest("바꾼 것이 없어요")
    await visitor.type("다이제스트 수정", 편수="4")
    await visitor.newest("상위 4편")
    await visitor.type("다이제스트 가져오기", file=file)
    await (await visitor.newest("파일에 든 것으로 바꿀까요?")).locator(".button", has_text="가져오기").click()
    await visitor.newest("가져왔어요")


async def read_the_edition(visitor: Visitor) -> Locator:
    """The next morning it is there, and a summary is one choice away."""
    keys = visitor.page.keyboard
    await visitor.use("morning")
    edition = await visitor.newest("논문")
    await edition.locator(".embed").nth(4).wait_for()
    await edition.locator(".menu").first.focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        await keys.press(key)
    await visitor.private.last.locator(".embed").first.wait_for()
    await visitor.check_accessibility()
    return edition


async def search_turn_and_share(visitor: Visitor) -> None:
    """A search in Korean, its next page, and a paper of it for everyone."""
    await visitor.type("논문 검색", 검색어="모델")
    found = visitor.private.last
    await found.locator(".button", has_text="▶").wait_for()
    before = await found.locator(".embed").inner_text()
    await found.locator(".button", has_text="▶").click()
    await visitor.page.wait_for_function(CHANGED, arg=before)
    posted = await visitor.public.count()
    await found.locator(".button", has_text="공유").click()
    await visitor.public.nth(posted).wait_for()


async def subscribe_and_be_alerted(visitor: Visitor) -> None:
    """As the English member; the alert comes the day after, by DM."""
    await visitor.become("john")
    await visitor.type("subscribe add", query="model")
    await visitor.private.last.wait_for()
    await visitor.use("morning")
    await visitor.reach("channels")
    await visitor.page.locator(".channel", has_text="Paperboy").locator(".badge").wait_for()
    await visitor.open("Paperboy")
    await visitor.newest("model")
    await visitor.check_accessibility()


async def have_an_edition_in_a_thread(visitor: Visitor) -> None:
    """It opens at the side, where nobody may write once it is locked; Escape closes it."""
    await visitor.type("다이제스트 수정", 형식="스레드")
    await visitor.use("morning")
    await visitor.messages.locator(".thread").last.click()
    thread = visitor.page.locator(".thread-side")
    await thread.locator("article").nth(1).wait_for()
    await visitor.check_accessibility()
    await visitor.page.keyboard.press("Escape")
    await thread.wait_for(state="hidden")
    await visitor.use("thread-locked")
    await visitor.messages.locator(".thread").last.click()
    await thread.locator(".footer", has_text="잠긴").wait_for()
    assert await thread.locator(".say").is_disabled()
    await thread.locator("header button").click()
    await thread.wait_for(state="hidden")
    await visitor.use("thread-locked")


async def ask_why_nothing_came(visitor: Visitor) -> None:
    """The bot may not write in the channel any more, and says so."""
    await visitor.use("no-permission")
    await visitor.use("morning")
    await visitor.type("다이제스트 내역")
    await visitor.newest("권한")
    await visitor.use("no-permission")


async def press_an_old_button_after_a_restart(visitor: Visitor, edition: Locator) -> None:
    """It works; while Discord was away, nothing answered it."""
    await visitor.use("away")
    await edition.locator(".button").first.click()
    await visitor.page.locator(".notice", has_text="애플리케이션이 응답하지 않았어요").wait_for()
    await visitor.use("away")
    await visitor.use("restart")
    count = await visitor.private.count()
    await edition.locator(".button").first.click()
    await visitor.private.nth(count).wait_for()
