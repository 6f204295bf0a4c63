"""The JSON objects of Discord's API v10 for the application, and for what it is and may do in a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.world import wire

if TYPE_CHECKING:
    from sandbox.payloads.errors import Json
    from sandbox.world.servers import Server
    from sandbox.world.world import World

_APPLICATION_COMMAND_BADGE = 1 << 23


def integration(server: Server) -> Json:
    """Discord's integration object for the bot in a server; `user` is who added it."""
    bot = server.discord.bot
    return {
        "id": str(server.bot_role.id),
        "name": bot.name,
        "type": "discord",
        "enabled": True,
        "account": {"id": str(bot.id), "name": bot.name},
        "application": {
            "id": str(bot.id),
            "name": bot.name,
            "icon": None,
            "description": "",
            "summary": "",
            "type": None,
            "bot": wire.user(bot),
            "flags": 0,
        },
        "scopes": ["applications.commands", "bot"],
    } | ({} if server.added_by is None else {"user": wire.user(server.added_by)})


def application(discord: World) -> Json:
    """Discord's application object."""
    return {
        "id": str(discord.bot.id),
        "name": discord.bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": wire.user(discord.developer),
        "team": None,
        "verify_key": "0" * 64,
        "flags": _APPLICATION_COMMAND_BADGE,
        "flags_new": str(_APPLICATION_COMMAND_BADGE),
        "bot": wire.user(discord.bot),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}} | ({"1": {}} if discord.commands.for_users else {}),
        "approximate_guild_count": sum(server.bot is not None for server in discord.servers.values()),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
    }
