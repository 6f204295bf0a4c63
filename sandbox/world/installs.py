"""Where the bot's commands are: in servers that have the bot, and wherever somebody is who added it to their account.

Source: Discord's reference, "Interaction Context Types", "Authorizing Integration Owners Object" and "Contexts".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.payloads.command_form import FOR_SERVERS, FOR_USERS
from sandbox.payloads.permissions import OF_ANSWERS, Permission
from sandbox.world.places import DirectMessages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.payloads.errors import Json
    from sandbox.world.people import User
    from sandbox.world.places import Place

IN_SERVER, IN_BOT_DM, IN_PRIVATE = 0, 1, 2
"""Contexts of interactions: the last are chats of people without the bot."""

_IN_CHATS = OF_ANSWERS & ~Permission.USE_EXTERNAL_EMOJIS


def context_of(place: Place) -> int:
    """The context of interactions in a place."""
    if place.server is not None:
        return IN_SERVER
    return IN_BOT_DM if isinstance(place, DirectMessages) else IN_PRIVATE


def owners_of(user: User, place: Place, integration_types: Iterable[int]) -> Json:
    """The installs by which a user may use a command of these types in a place; empty if there are none."""
    owners: Json = {}
    if FOR_SERVERS in integration_types:
        if place.server is not None and place.server.bot is not None:
            owners["0"] = str(place.server.id)
        elif isinstance(place, DirectMessages) and user.discord.shares_server(user):
            owners["0"] = "0"
    if FOR_USERS in integration_types and user.has_app:
        owners["1"] = str(user.id)
    return owners


def app_permissions(place: Place, user: User) -> Permission:
    """What the bot may do in an answer to a user in a place: where it is no member, what the user may, of little."""
    bot = user.discord.bot
    if place.server is None:
        return place.permissions_of(bot) if context_of(place) == IN_BOT_DM else _IN_CHATS
    return place.permissions_of(bot) if place.server.bot is not None else place.permissions_of(user) & OF_ANSWERS


def is_hushed(place: Place, user: User, owners: Json) -> bool:
    """Whether Discord shows answers to the user alone, whatever the bot asks for.

    That is so for an app that is not in the server, if the user lacks Use External Apps there.
    """
    may_not = Permission.USE_EXTERNAL_APPS not in place.permissions_of(user)
    return place.server is not None and "0" not in owners and may_not
