import discord
import pytest

from bot.chat.interactions.rights import Entries, ServerRights

EVERYONE, EDITORS, GUESTS, MINA = 1, 2, 3, 9
MANAGER, MEMBER = discord.Permissions(manage_guild=True), discord.Permissions.none()


@pytest.mark.parametrize(
    ("command", "application", "permissions", "allowed"),
    [
        ({}, {}, MANAGER, True),
        ({}, {}, MEMBER, False),
        ({EDITORS: True}, {}, MEMBER, True),
        ({EDITORS: True, GUESTS: False}, {}, MEMBER, True),
        ({GUESTS: False}, {}, MANAGER, False),
        ({EDITORS: True, MINA: False}, {}, MANAGER, False),
        ({GUESTS: False, MINA: True}, {}, MEMBER, True),
        ({EVERYONE: True}, {}, MEMBER, True),
        ({EVERYONE: True, EDITORS: False}, {}, MEMBER, False),
        ({EVERYONE: False}, {}, MANAGER, False),
        ({}, {EDITORS: True}, MEMBER, False),
        ({}, {EDITORS: False}, MANAGER, False),
        ({EDITORS: True}, {EVERYONE: False}, MEMBER, True),
        ({EVERYONE: False, MINA: False}, {}, discord.Permissions(administrator=True), True),
    ],
)
def test_who_may_use_the_command(
    command: Entries, application: Entries, permissions: discord.Permissions, *, allowed: bool
) -> None:
    rights = ServerRights(command, application)
    assert rights.allow(MINA, (EVERYONE, EDITORS, GUESTS), EVERYONE, permissions) is allowed
