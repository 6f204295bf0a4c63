"""Permissions: their bits and names, and how a channel's overwrites change them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """Discord's permission bits (Discord's reference, "Permissions"). The client calls MANAGE_GUILD "Manage Server"."""

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
    USE_EXTERNAL_APPS = 1 << 50


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
"""The permissions that the bot's invitation requests."""

EVERYONE_DEFAULTS = (
    BOT_DEFAULTS
    | Permission.ADD_REACTIONS
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.CONNECT
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.USE_EXTERNAL_APPS
)
"""The permissions of @everyone in a new server. As in Discord, they include mentioning everyone."""

OF_ANSWERS = (
    Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE | Permission.USE_EXTERNAL_EMOJIS
)
"""What an app may do in its answers where it has no bot (Discord's change log, "app_permissions")."""

IN_DIRECT_MESSAGES = EVERYONE_DEFAULTS & ~Permission.CREATE_PUBLIC_THREADS & ~Permission.SEND_MESSAGES_IN_THREADS


def named(*names: str) -> Permission:
    """The permissions with these lower-case names, such as "send_messages". Raises KeyError for an unknown name."""
    permissions = NOTHING
    for name in names:
        permissions |= Permission[name.upper()]
    return permissions


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel denies and allows for one role or member."""

    deny: Permission = NOTHING
    allow: Permission = NOTHING

    def denying(self, permissions: Permission) -> Overwrite:
        """The overwrite with these permissions denied."""
        return Overwrite(self.deny | permissions, self.allow & ~permissions)

    def allowing(self, permissions: Permission) -> Overwrite:
        """The overwrite with these permissions allowed."""
        return Overwrite(self.deny & ~permissions, self.allow | permissions)

    def apply(self, permissions: Permission) -> Permission:
        """The permissions after this overwrite."""
        return permissions & ~self.deny | self.allow


def in_channel(
    base: Permission,
    everyone: Overwrite | None,
    roles: list[Overwrite],
    member: Overwrite | None,
) -> Permission:
    """A member's permissions in a channel. Overwrites apply in order: @everyone's, all roles' together, the member's.

    `base` are the member's permissions in the server. Source: Discord's reference, "Permission Hierarchy".
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
