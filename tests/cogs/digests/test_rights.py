"""Who may use /digest and the buttons below its answers is the server's choice."""

import pytest

from bot.app import App
from sandbox import Channel, Member, NotAllowed, Sandbox, Server
from tests.conftest import House

REFUSED = "people who may manage"


async def test_a_role_that_the_server_lets_use_digest_is_not_refused(
    server: Server, papers: Channel, house: House, app: App
) -> None:
    editors = server.add_role("editors")
    jo = server.add_member("jo")
    jo.give(editors)
    with pytest.raises(NotAllowed):
        await jo.type("/digest add")
    server.let(editors, "digest")
    added = await jo.type("/digest add")
    assert "Digest #1" in added.text
    assert "would get now" in (await jo.press(added, "Preview")).text


async def test_buttons_follow_a_change_at_once(
    admin: Member, server: Server, papers: Channel, discord: Sandbox, app: App
) -> None:
    added = await admin.type("/digest add")
    change = next(button.custom_id for button in added.buttons if "change" in button.custom_id)
    assert REFUSED not in (await admin.press(added, change)).text
    server.let(admin, "digest", allowed=False)
    await app.client.wait_for("raw_app_command_permissions_update")
    assert REFUSED in (await admin.press(added, change)).text
    server.let(admin, "digest", allowed=None)
    await app.client.wait_for("raw_app_command_permissions_update")
    assert REFUSED not in (await admin.press(added, change)).text


async def test_what_is_set_is_asked_once(admin: Member, papers: Channel, discord: Sandbox, app: App) -> None:
    added = await admin.type("/digest add")
    for _ in range(3):
        await admin.press(added, "⚙️")
    asked = [request for request in discord.requests if request.path.endswith("/commands/permissions")]
    assert len(asked) == 1


async def test_an_administrator_needs_no_right(server: Server, papers: Channel, discord: Sandbox, app: App) -> None:
    added = await server.owner.type("/digest add")
    server.let(server.everyone, "digest", allowed=False)
    assert REFUSED not in (await server.owner.press(added, "⚙️")).text
    assert not [request for request in discord.requests if request.path.endswith("/commands/permissions")]
