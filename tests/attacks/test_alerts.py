"""What a stranger may try with the buttons and menus of alerts and subscriptions."""

from bot.papers import Day, Listing
from tests.attacks.conftest import Scene, own_page
from tests.builders import FRIDAY, paper

VALUES: tuple[list[str], ...] = (
    [],
    [""],
    ["x" * 100],
    ["1", "2"],
    ["-1"],
    ["9" * 40],
    ["１"],
    ["' OR 1=1"],
    ["-a -b"],
    ["-title:x"],
)
MENUS = (
    "alert:pause:1",
    "alert:remove:1",
    "alert:mute:author:1",
    "alert:mute:word:1",
    "subscriptions:remove",
    "mutes:remove",
)


async def test_a_menu_of_alerts_takes_no_value_for_granted(scene: Scene) -> None:
    await scene.victim.admin.type("/subscribe add", query="secretword")
    page = await own_page(scene)
    for custom_id in MENUS:
        for values in VALUES:
            reply = await scene.attacker.choose(page, custom_id, values)
            assert reply.ephemeral, (custom_id, values)
            for forbidden in ("Something went wrong", "secretword", "slower"):
                assert forbidden not in reply.text, (custom_id, values)
        scene.pass_a_minute()
    assert len(await scene.app.services.subscriptions.of_member(scene.victim.admin.id)) == 1


async def test_the_alert_of_another_is_neither_shown_nor_managed(scene: Scene) -> None:
    """Numbers of deliveries are in a row: anyone can guess one."""
    service, owner = scene.app.services, scene.victim.admin
    await owner.type("/subscribe add", query="secretword")
    held = Day(FRIDAY, (Listing(paper(900, title="Of secretword"), 9),))
    await scene.attacker.member.type("/subscribe add", query="mine")
    [mine] = await service.subscriptions.of_member(scene.attacker.member.id)
    await service.library.store_page("secret.md", "hash", held, scene.house.clock.now())
    await scene.app.planner.run()
    assert "secretword" in (await owner.next_dm()).text
    page = await own_page(scene)
    for number in range(1, 4):
        custom_ids = [f"papers:list:alert.{number}:0", f"alert:manage:{number}", f"alert:votes:5:{number}"]
        custom_ids += [f"alert:{act}:{number}:{each}" for act in ("pause", "remove") for each in (1, mine.id)]
        for custom_id in custom_ids:
            reply = await scene.attacker.press(page, custom_id)
            assert "secretword" not in reply.text, custom_id
        for menu in ("alert:pause", "alert:remove", "alert:mute:word"):
            await scene.attacker.choose(page, f"{menu}:{number}", ["-secretword" if "mute" in menu else "1"])
        scene.pass_a_minute()
    [kept] = await service.subscriptions.of_member(owner.id)
    assert (kept.paused, kept.min_votes) == (False, 0)
    assert await service.subscriptions.of_member(scene.attacker.member.id) == [mine]
    assert await service.changes.mutes(scene.attacker.member.id) == []


async def test_the_change_of_another_is_not_undone(scene: Scene) -> None:
    owner, changes = scene.victim.admin, scene.app.services.changes
    change = await changes.mute(owner.id, "-secretword")
    reply = await scene.attacker.press(await own_page(scene), f"undo:{change.number}:0")
    assert "can't be undone" in reply.text
    assert len(await changes.mutes(owner.id)) == 1
