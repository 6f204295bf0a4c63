"""Permissions: their bits and their names, as Discord documents them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """Discord's permission bits (Discord's reference, "Permissions"). MANAGE_SERVER is the client's word."""

    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    MANAGE_SERVER = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CONNECT = 1 << 20
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40


NOTHING = Permission(0)
EVERYTHING = ~NOTHING

BOT_DEFAULTS = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
"""What the bot's invitation asks for."""

EVERYONE_DEFAULTS = (
    BOT_DEFAULTS
    | Permission.ADD_REACTIONS
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.CONNECT
    | Permission.USE_APPLICATION_COMMANDS
)
"""What @everyone may do in a new server; mentioning everyone is among it, as it is in Discord."""

IN_DIRECT_MESSAGES = EVERYONE_DEFAULTS & ~Permission.CREATE_PUBLIC_THREADS & ~Permission.SEND_MESSAGES_IN_THREADS


def named(*names: str) -> Permission:
    """The permissions of these names, in lower case, such as "send_messages"; an unknown one raises KeyError."""
    permissions = NOTHING
    for name in names:
        permissions |= Permission[name.upper()]
    return permissions


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel denies and allows one role or one member."""

    deny: Permission = NOTHING
    allow: Permission = NOTHING

    def denying(self, permissions: Permission) -> Overwrite:
        """The same, with these denied."""
        return Overwrite(self.deny | permissions, self.allow & ~permissions)

    def allowing(self, permissions: Permission) -> Overwrite:
        """The same, with these allowed."""
        return Overwrite(self.deny & ~permissions, self.allow | permissions)

    def apply(self, permissions: Permission) -> Permission:
        """What is left of permissions, and what comes to them."""
        return permissions & ~self.deny | self.allow


def in_channel(
    base: Permission,
    everyone: Overwrite | None,
    roles: list[Overwrite],
    member: Overwrite | None,
) -> Permission:
    """What a member may do in a channel: @everyone's overwrite first, then all roles' together, then the member's.

    `base` is what the member's roles allow in the server. Source: Discord's reference, "Permission Hierarchy".
    """
    if Permission.ADMINISTRATOR in base:
        return EVERYTHING
    together = Overwrite()
    for role in roles:
        together = Overwrite(together.deny | role.deny, together.allow | role.allow)
    permissions = base
    for overwrite in (everyone, together, member):
        if overwrite is not None:
            permissions = overwrite.apply(permissions)
    return permissions if Permission.VIEW_CHANNEL in permissions else NOTHING
