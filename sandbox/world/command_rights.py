"""Who may use the bot's commands in a server, as set on its Integrations page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.payloads.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.payloads.errors import Json
    from sandbox.world.people import User
    from sandbox.world.servers import Server

_ROLE, _USER = 1, 2


@dataclass(slots=True)
class CommandRights:
    """The entries of each command by its id, and those of the whole bot by the application's.

    Entries for channels are not supported.
    """

    _entries: dict[int, dict[int, Json]] = field(default_factory=dict)

    def set(self, command_id: int, who: int, *, allowed: bool | None, is_role: bool) -> list[Json]:
        """Set or remove the entry of a role or user; return all entries of the command."""
        entries = self._entries.setdefault(command_id, {})
        entries.pop(who, None)
        if allowed is not None:
            entries[who] = {"id": str(who), "type": _ROLE if is_role else _USER, "permission": allowed}
        return list(entries.values())

    def listed(self) -> dict[int, list[Json]]:
        """The entries by the id of their command or the application. What has none is left out."""
        return {key: list(entries.values()) for key, entries in self._entries.items() if entries}

    def allow(
        self, server: Server, user: User, permissions: Permission, command_id: int, wanted: Permission | None
    ) -> bool:
        """Whether Discord lets a member use a command that needs `wanted` by default; None is no permission.

        What is set for the command decides, for the member before the member's roles and @everyone. Otherwise the
        member needs the default permission, and what is set for the whole bot must not deny it.
        """
        if Permission.ADMINISTRATOR in permissions:
            return True
        own = self._decided(server, user, self._entries.get(command_id, {}))
        if own is not None:
            return own
        if self._decided(server, user, self._entries.get(server.discord.bot.id, {})) is False:
            return False
        return wanted is None or (bool(wanted) and permissions & wanted == wanted)

    @staticmethod
    def _decided(server: Server, user: User, entries: Mapping[int, Json]) -> bool | None:
        member = server.member(user)
        roles = [] if member is None else [role.id for role in member.roles]
        if user.id in entries:
            return bool(entries[user.id]["permission"])
        said = [bool(entries[role]["permission"]) for role in roles if role in entries]
        if said:
            return any(said)
        return bool(entries[server.id]["permission"]) if server.id in entries else None
