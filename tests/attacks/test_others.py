"""What a stranger may try with what is another member's: searches, lists, notes, reminders, likes."""

import pytest

from bot.reading.likes import Liking
from bot.reading.model import Mark
from tests.attacks.conftest import Scene, own_page

KINDS = ("list", "turn", "share")


async def test_the_search_of_another_is_never_shown(scene: Scene) -> None:
    """Ids of searches are numbers in a row: anyone can guess one."""
    await scene.victim.admin.type("/paper search", query="number secretword")
    page = await own_page(scene)
    for kind in KINDS:
        for search_id in range(1, 6):
            reply = await scene.attacker.press(page, f"papers:{kind}:search.{search_id}:0")
            assert "secretword" not in reply.text, kind
            assert "slower" not in reply.text, kind
        scene.pass_a_minute()
    assert all("secretword" not in message.text for message in scene.lobby.messages)


async def test_the_subscription_of_another_is_never_shown(scene: Scene) -> None:
    await scene.victim.admin.type("/subscribe add", query="secretword")
    page = await own_page(scene)
    for kind in KINDS:
        for subscription_id in range(1, 4):
            reply = await scene.attacker.press(page, f"papers:{kind}:preview.{subscription_id}:0")
            assert "subscription is gone" in reply.text, kind
            assert "secretword" not in reply.text, kind


async def test_the_reading_list_of_another_is_never_touched(scene: Scene) -> None:
    """A list's buttons name nobody: they are about whoever presses."""
    saved = scene.app.services.saved
    await scene.victim.admin.type("/paper save", paper="2402.00001")
    page = await own_page(scene)
    for custom_id in ("papers:list:saved:0", "papers:turn:saved:0", "papers:export:csv"):
        reply = await scene.attacker.press(page, custom_id)
        assert "reading list is empty" in reply.text
    for custom_id in ("papers:list:foryou:0", "papers:turn:foryou:0"):
        assert "Save 3 more papers" in (await scene.attacker.press(page, custom_id)).text
    for menu in ("papers:remove:0", "papers:remove:0:unread", "papers:seen:0", "papers:seen:0:unread"):
        await scene.attacker.choose(page, menu, ["2402.00001"])
    await scene.attacker.press(page, "papers:save:2402.00001:no")
    assert await saved.mark(scene.victim.admin.id, "2402.00001") == Mark()
    assert not await saved.count(scene.attacker.member.id)


async def test_what_another_read_and_noted_is_neither_shown_nor_changed(scene: Scene) -> None:
    saved, victim = scene.app.services.saved, scene.victim.admin
    await victim.type("/paper save", paper="2402.00001")
    await saved.set_note(victim.id, "2402.00001", "secretword")
    page = await own_page(scene)
    for custom_id in ("papers:read:2402.00001:yes", "papers:note:2402.00001"):
        assert "no longer on your reading list" in (await scene.attacker.press(page, custom_id)).text
    sent = await scene.attacker.send_form(page, "papers:note:2402.00001", {"text": "mine"})
    assert "no longer on your reading list" in sent.text
    for custom_id in ("papers:list:saved.unread:0", "papers:list:paper.2402.00001:0", "papers:export:csv"):
        assert "secretword" not in (await scene.attacker.press(page, custom_id)).text
    opened = await victim.type("/paper show", paper="2402.00001", in_=scene.victim.secret)
    assert "secretword" in opened.text
    await victim.press(opened, "Share")
    [public] = scene.victim.secret.messages
    assert "secretword" not in public.text
    assert await saved.mark(victim.id, "2402.00001") == Mark(note="secretword")


@pytest.mark.parametrize(
    "value", ["", "x", "paper", '-author:"Mina Kim"', "author:a org:b", "title:x", "2402.00001", "author:", "org:🤗"]
)
async def test_only_an_author_or_an_organisation_is_followed(scene: Scene, value: str) -> None:
    reply = await scene.attacker.choose(await own_page(scene), "follow", [value])
    assert "That button has expired" in reply.text
    assert await scene.app.services.subscriptions.of_member(scene.attacker.member.id) == []


async def test_what_another_follows_can_not_be_undone_or_seen(scene: Scene) -> None:
    victim = scene.victim.admin
    shown = await victim.type("/paper show", paper="2402.00001", in_=scene.victim.secret)
    followed = await victim.choose(shown, ["Mina Kim"], menu="follow")
    page = await own_page(scene)
    for button in followed.message.buttons:
        reply = await scene.attacker.press(page, str(button.custom_id))
        assert "Mina Kim" not in reply.text
    assert len(await scene.app.services.subscriptions.of_member(victim.id)) == 1


async def test_the_reminder_of_another_is_never_touched(scene: Scene) -> None:
    reminders, victim = scene.app.services.reminders, scene.victim.admin
    await victim.type("/paper remind", weekday="mon")
    await scene.attacker.press(await own_page(scene), "reminder:stop")
    assert await reminders.of(victim.id)


@pytest.mark.parametrize("custom_id", ["papers:note:", "papers:note:x:y", "nothing", "papers:read:2402.00001:yes"])
async def test_a_form_that_the_bot_never_showed_is_answered(scene: Scene, custom_id: str) -> None:
    reply = await scene.attacker.send_form(await own_page(scene), custom_id, {"text": "x" * 9000, "other": ""})
    assert "That button has expired" in reply.text


async def test_the_like_of_another_is_never_told_nor_taken_back(scene: Scene) -> None:
    """A button names nobody: it is about whoever presses, in the server where it is pressed."""
    likes, server = scene.app.services.likes, scene.victim.server.id
    await scene.victim.admin.type("/paper show", paper="2402.00001")
    await likes.add(server, scene.victim.admin.id, "2402.00001", scene.app.clock.now())
    page = await own_page(scene)
    reply = await scene.attacker.press(page, "papers:like:2402.00001:no")
    assert await likes.of(server, scene.victim.admin.id, "2402.00001") == Liking(1, own=True)
    opened = await scene.attacker.press(page, "papers:list:paper.2402.00001:0")
    for shown in (reply, opened):
        [like] = [button for button in shown.message.buttons if button.custom_id.startswith("papers:like")]
        assert (like.label, like.custom_id) == ("Like", "papers:like:2402.00001:yes")
    for key in ("liked.all", "liked.2024-02-01.2024-02-29"):
        assert "Paper number" not in (await scene.attacker.press(page, f"papers:list:{key}:0")).text
    assert "Paper number 1" in (await scene.victim.admin.type("/paper top", period="all", server=True)).text


async def test_nothing_is_liked_that_the_archive_does_not_hold(scene: Scene) -> None:
    page = await own_page(scene)
    assert "no longer in the archive" in (await scene.attacker.press(page, "papers:like:9999.99999:yes")).text
    for value in ("9999.99999", "", "x" * 100):
        assert "no longer in the archive" in (await scene.attacker.choose(page, "papers:like-one", [value])).text


async def test_nothing_is_saved_that_the_archive_does_not_hold(scene: Scene) -> None:
    page = await own_page(scene)
    assert "no longer in the archive" in (await scene.attacker.press(page, "papers:save:9999.99999:yes")).text
    assert not await scene.app.services.saved.count(scene.attacker.member.id)
