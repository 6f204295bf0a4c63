"""Chats of people without the bot: a DM between two, or a group chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.payloads.permissions import IN_DIRECT_MESSAGES, NOTHING, Permission
from sandbox.world import wire
from sandbox.world.places import Place

if TYPE_CHECKING:
    from sandbox.payloads.errors import Json
    from sandbox.world.messages import Pinged
    from sandbox.world.people import User

GROUP = 3


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Chat(Place):
    """A chat of its people, which the bot can't see."""

    people: list[User]

    @property
    def server(self) -> None:
        """None: it belongs to no server."""

    def permissions_of(self, user: User) -> Permission:
        """The fixed permissions of the people."""
        return IN_DIRECT_MESSAGES if user in self.people else NOTHING

    def audience(self) -> list[User]:
        """Its people."""
        return list(self.people)

    def mentionable_members(self, role_id: int, author: User) -> set[Pinged]:  # noqa: ARG002 - it has no roles
        """Nobody: it has no roles."""
        return set()

    def payload(self) -> Json:
        """Discord's channel object."""
        return wire.chat(self)
