"""Who may manage digests: those whom Discord lets use /digest. It checks that for commands, but not for buttons.

A server changes it on its Integrations page:
https://docs.discord.com/developers/interactions/application-commands#permissions
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import discord

from bot.locale import command_id

DIGEST = "digest"
_DEFAULT = "manage_guild"
"""The permission that /digest needs where a server has set nothing."""

Entries = Mapping[int, bool]
"""Whether roles and members may use a command, by their ids; @everyone has the server's."""


@dataclass(frozen=True, slots=True)
class ServerRights:
    """What a server has set for /digest, and for all commands of the bot."""

    command: Entries = field(default_factory=dict)
    application: Entries = field(default_factory=dict)

    def allow(self, user_id: int, roles: Iterable[int], guild_id: int, permissions: discord.Permissions) -> bool:
        """Whether a member may use /digest, as Discord decides it.

        What is set for the command decides, for the member before the member's roles and @everyone. Otherwise the
        member needs Manage Server, and what is set for the whole bot must not deny it. Channels do not count, as a
        button lies where the bot posted it.
        """
        if permissions.administrator:
            return True
        holders = user_id, tuple(roles), guild_id
        own = _decided(self.command, *holders)
        if own is not None:
            return own
        return _decided(self.application, *holders) is not False and bool(getattr(permissions, _DEFAULT))


def _decided(entries: Entries, user_id: int, roles: Iterable[int], guild_id: int) -> bool | None:
    if user_id in entries:
        return entries[user_id]
    said = [entries[role] for role in roles if role in entries and role != guild_id]
    return any(said) if said else entries.get(guild_id)


class Rights:
    """What servers have set, read once and kept until Discord reports a change."""

    def __init__(self) -> None:
        self._known: dict[int, ServerRights] = {}

    async def of(self, client: discord.Client, guild_id: int) -> ServerRights:
        """What a server has set. Raises discord.py's errors."""
        if guild_id not in self._known:
            self._known[guild_id] = await _read(client, guild_id)
        return self._known[guild_id]

    def forget(self, guild_id: int) -> None:
        """Read what a server has set again when it is next needed."""
        self._known.pop(guild_id, None)

    def forget_all(self) -> None:
        """Read everything again, as events may have been missed."""
        self._known.clear()


async def _read(client: discord.Client, guild_id: int) -> ServerRights:
    application = client.application_id or 0
    listed = await client.http.get_guild_application_command_permissions(application, guild_id)
    found = {
        int(each["id"]): {
            int(entry["id"]): entry["permission"]
            for entry in each["permissions"]
            if entry["type"] != discord.AppCommandPermissionType.channel.value
        }
        for each in listed
    }
    return ServerRights(found.get(command_id(DIGEST) or 0, {}), found.get(application, {}))
