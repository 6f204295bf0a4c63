"""REST routes of the bot itself, its servers and its commands."""

from __future__ import annotations

from sandbox.api.access import server_of
from sandbox.api.routing import DONE, Answer, Call, Route, ok
from sandbox.payloads.drafts import must_be_object
from sandbox.payloads.errors import Json, missing_permissions, refused, unknown
from sandbox.payloads.permissions import Permission
from sandbox.world import wire, wire_application
from sandbox.world.commands import without_translations


def get_gateway(call: Call) -> Answer:
    """The gateway's URL, the recommended number of shards and the remaining sessions."""
    gateway = call.gateway
    limit = {
        "total": gateway.sessions_a_day,
        "remaining": max(0, gateway.sessions_a_day - gateway.identifies),
        "reset_after": gateway.reset_after_ms,
        "max_concurrency": gateway.max_concurrency,
    }
    return ok({"url": gateway.url, "shards": gateway.recommended_shards, "session_start_limit": limit})


def get_own_user(call: Call) -> Answer:
    """The bot's own user."""
    return ok(wire.own_user(call.discord.bot))


def get_user(call: Call) -> Answer:
    """A user."""
    user = call.discord.users.get(call.id("user_id"))
    if user is None:
        raise unknown("User")
    return ok(wire.user(user))


def get_application(call: Call) -> Answer:
    """The bot's application."""
    return ok(wire_application.application(call.discord))


def list_servers(call: Call) -> Answer:
    """The servers that the bot is in."""
    keys = ("id", "name", "icon", "banner", "features")
    here = [wire.guild(server) for server in call.discord.servers.values() if server.bot is not None]
    return ok([{key: guild[key] for key in keys} | {"owner": False, "permissions": "0"} for guild in here])


def leave_server(call: Call) -> Answer:
    """The bot leaves."""
    server_of(call).kick_bot()
    return DONE


def get_server(call: Call) -> Answer:
    """A server, with its member count if requested."""
    server = server_of(call)
    count = len(server.members)
    counted = call.query.get("with_counts") in ("1", "true")
    counts = {"approximate_member_count": count, "approximate_presence_count": count} if counted else {}
    return ok(wire.guild(server) | counts)


def list_channels(call: Call) -> Answer:
    """A server's channels, without its threads."""
    return ok([channel.payload() for channel in server_of(call).channels])


def list_threads(call: Call) -> Answer:
    """A server's threads that are not archived."""
    return ok(wire.threads(server_of(call).threads) | {"has_more": False})


def list_roles(call: Call) -> Answer:
    """A server's roles."""
    return ok([wire.role(role) for role in server_of(call).roles.values()])


def get_member(call: Call) -> Answer:
    """A member of a server."""
    server = server_of(call)
    user = call.discord.users.get(call.id("user_id"))
    member = None if user is None else server.member(user)
    if member is None:
        raise unknown("Member" if user else "User")
    return ok(wire.member(member))


def list_integrations(call: Call) -> Answer:
    """The server's integrations, which is the bot alone. Refused with 50013 without Manage Server."""
    server = server_of(call)
    if server.bot is None or Permission.MANAGE_GUILD not in server.bot.permissions:
        raise missing_permissions()
    return ok([wire_application.integration(server)])


def list_command_permissions(call: Call) -> Answer:
    """What a server has set for the bot's commands. Commands without entries are left out."""
    _scope(call)
    server = server_of(call)
    listed = server.command_rights.listed()
    return ok([wire.command_permissions(server, command_id, entries) for command_id, entries in listed.items()])


def _scope(call: Call) -> int | None:
    if call.id("application_id") != call.discord.bot.id:
        raise refused(20012)
    return server_of(call).id if "guild_id" in call.params else None


def list_commands(call: Call) -> Answer:
    """The commands of a scope."""
    commands = call.discord.commands.in_scope(_scope(call))
    return ok(commands if call.query.get("with_localizations") in ("1", "true") else without_translations(commands))


def overwrite_commands(call: Call) -> Answer:
    """Replace all commands of a scope."""
    raw: list[Json] = call.data if isinstance(call.data, list) else [must_be_object(call.data)]
    return ok(call.discord.commands.overwrite(_scope(call), raw))


def create_command(call: Call) -> Answer:
    """Register a command, replacing one with the same name."""
    return ok(call.discord.commands.upsert(_scope(call), call.json))


def get_command(call: Call) -> Answer:
    """A command of a scope."""
    return ok(call.discord.commands.get(_scope(call), call.id("command_id")))


def delete_command(call: Call) -> Answer:
    """Delete a command of a scope."""
    call.discord.commands.delete(_scope(call), call.id("command_id"))
    return DONE


_GUILD = "/guilds/{guild_id}"
_APPLICATION = "/applications/{application_id}"

ROUTES = [
    Route("GET", "/gateway/bot", get_gateway),
    Route("GET", "/users/@me", get_own_user),
    Route("GET", "/users/@me/guilds", list_servers),
    Route("DELETE", "/users/@me/guilds/{guild_id}", leave_server),
    Route("GET", "/users/{user_id}", get_user),
    Route("GET", "/applications/@me", get_application),
    Route("GET", "/oauth2/applications/@me", get_application),
    Route("GET", _GUILD, get_server),
    Route("GET", _GUILD + "/channels", list_channels),
    Route("GET", _GUILD + "/threads/active", list_threads),
    Route("GET", _GUILD + "/roles", list_roles),
    Route("GET", _GUILD + "/members/{user_id}", get_member),
    Route("GET", _GUILD + "/integrations", list_integrations),
    Route("GET", _APPLICATION + _GUILD + "/commands/permissions", list_command_permissions),
    *(
        Route(method, scope + path, handler)
        for scope in (_APPLICATION, _APPLICATION + _GUILD)
        for method, path, handler in (
            ("GET", "/commands", list_commands),
            ("PUT", "/commands", overwrite_commands),
            ("POST", "/commands", create_command),
            ("GET", "/commands/{command_id}", get_command),
            ("DELETE", "/commands/{command_id}", delete_command),
        )
    ),
]
