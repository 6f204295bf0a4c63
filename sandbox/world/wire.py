"""The JSON objects of Discord's API v10 for users, servers, channels and messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sandbox.payloads.drafts import Attachment
    from sandbox.payloads.errors import Json
    from sandbox.world.chats import Chat
    from sandbox.world.messages import Message
    from sandbox.world.people import Member, User
    from sandbox.world.places import Channel, DirectMessages, Place, Thread
    from sandbox.world.servers import Role, Server
    from sandbox.world.world import World

_HAS_THREAD = 1 << 5
_LOADING = 1 << 7
_DEFAULT, _REPLY, _CHAT_INPUT_COMMAND, _THREAD_STARTER, _MENU_COMMAND = 0, 19, 20, 21, 23
_VOICE = 2
_GROUP = 3
_FORUM = 15
_REQUIRE_TAG = 1 << 4


def when(moment: datetime) -> str:
    """A time as Discord writes it: ISO 8601 with offset."""
    return moment.isoformat()


def _id(identified: Place | Role | None) -> str | None:
    return None if identified is None else str(identified.id)


def user(who: User) -> Json:
    """Discord's user object."""
    return {
        "id": str(who.id),
        "username": who.name,
        "global_name": who.name,
        "discriminator": "0",
        "avatar": None,
        "avatar_decoration_data": None,
        "bot": who.bot,
        "system": False,
        "public_flags": 0,
        "flags": 0,
        "banner": None,
        "accent_color": None,
        "collectibles": None,
        "primary_guild": None,
    }


def own_user(who: User) -> Json:
    """The bot's own user object, with the fields that only it receives."""
    return user(who) | {"verified": True, "mfa_enabled": False, "locale": who.locale, "email": None}


def member(who: Member) -> Json:
    """Discord's guild member object."""
    return {
        "user": user(who.user),
        "nick": who.nick,
        "avatar": None,
        "banner": None,
        "roles": [str(role.id) for role in who.roles],
        "joined_at": when(who.joined),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def role(of: Role) -> Json:
    """Discord's role object."""
    return {
        "id": str(of.id),
        "name": of.name,
        "color": of.color,
        "colors": {"primary_color": of.color, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": list(of.server.roles).index(of.id),
        "permissions": str(of.permissions.value),
        "managed": of.managed,
        "mentionable": of.mentionable,
        "flags": 0,
    } | ({"tags": {"bot_id": str(of.server.discord.bot.id)}} if of.managed else {})


def channel(of: Channel) -> Json:
    """Discord's channel object for a channel of a server."""
    overwrites = [
        {
            "id": str(target),
            "type": 0 if target in of.home.roles else 1,
            "allow": str(overwrite.allow.value),
            "deny": str(overwrite.deny.value),
        }
        for target, overwrite in of.overwrites.items()
    ]
    return {
        "id": str(of.id),
        "type": of.kind,
        "guild_id": str(of.home.id),
        "name": of.name,
        "topic": of.topic,
        "position": of.position,
        "parent_id": None,
        "nsfw": False,
        "flags": _REQUIRE_TAG if of.requires_tag else 0,
        "rate_limit_per_user": 0,
        "last_message_id": None if of.last_message_id is None else str(of.last_message_id),
        "permission_overwrites": overwrites,
    } | _of_its_kind(of)


def _of_its_kind(of: Channel) -> Json:
    """The fields that only a voice channel, a forum or a media channel has."""
    if of.kind == _VOICE:
        return {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
    if not of.is_forum:
        return {}
    emoji = {"emoji_id": None, "emoji_name": None}
    tags = [{"id": str(tag.id), "name": tag.name, "moderated": tag.moderated} | emoji for tag in of.tags]
    return {
        "available_tags": tags,
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_thread_rate_limit_per_user": 0,
    } | ({"default_forum_layout": 0} if of.kind == _FORUM else {})


def thread(of: Thread) -> Json:
    """Discord's channel object for a thread."""
    return (
        {
            "id": str(of.id),
            "type": of.kind,
            "guild_id": str(of.server.id),
            "parent_id": str(of.parent.id),
            "owner_id": str(of.owner.id),
            "name": of.name,
            "flags": 0,
            "rate_limit_per_user": 0,
            "last_message_id": None if of.last_message_id is None else str(of.last_message_id),
            "message_count": len(of.messages),
            "total_message_sent": len(of.messages),
            "member_count": len(of.members),
            "thread_metadata": {
                "archived": of.archived,
                "archive_timestamp": when(of.archive_changed),
                "auto_archive_duration": of.auto_archive_minutes,
                "locked": of.locked,
                "create_timestamp": when(of.started),
            },
        }
        | _of_a_post(of)
        | ({"member": thread_member(of, of.discord.bot)} if of.discord.bot.id in of.members else {})
    )


def _of_a_post(of: Thread) -> Json:
    return {"applied_tags": [str(tag.id) for tag in of.tags]} if of.parent.is_forum else {}


def thread_member(of: Thread, who: User) -> Json:
    """Discord's thread member object."""
    return {"id": str(of.id), "user_id": str(who.id), "join_timestamp": when(of.members[who.id]), "flags": 0}


def threads(some: Sequence[Thread]) -> Json:
    """Threads, with the bot's thread member objects."""
    told = [thread(of) for of in some]
    return {"threads": told, "members": [one["member"] for one in told if "member" in one]}


def deleted_thread(of: Thread) -> Json:
    """The data of THREAD_DELETE."""
    whole = thread(of)
    return {key: whole[key] for key in ("id", "guild_id", "parent_id", "type")}


def direct_messages(of: DirectMessages) -> Json:
    """Discord's channel object for a DM."""
    last = None if of.last_message_id is None else str(of.last_message_id)
    return {
        "id": str(of.id),
        "type": of.kind,
        "flags": 0,
        "last_message_id": last,
        "recipients": [user(of.user)],
    }


def chat(of: Chat) -> Json:
    """Discord's channel object for a DM between people, or a group chat."""
    last = None if of.last_message_id is None else str(of.last_message_id)
    data: Json = {
        "id": str(of.id),
        "type": of.kind,
        "flags": 0,
        "last_message_id": last,
        "recipients": [user(one) for one in of.people],
    }
    if of.kind != _GROUP:
        return data
    return data | {"name": of.name, "icon": None, "owner_id": str(of.people[0].id)}


def place_for(of: Place, who: User) -> Json:
    """The partial channel object of an interaction, with the user's permissions."""
    partial = of.payload()
    partial.pop("permission_overwrites", None)
    return partial | {"permissions": str(of.permissions_of(who).value)}


def guild(server: Server) -> Json:
    """Discord's guild object as REST returns it: without channels and members."""
    return {
        "id": str(server.id),
        "name": server.name,
        "icon": None,
        "icon_hash": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "owner_id": str(server.owner_id),
        "region": "south-korea",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "roles": [role(of) for of in server.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "application_id": None,
        "system_channel_id": _id(server.system_channel),
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": server.locale,
        "nsfw": False,
        "nsfw_level": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "widget_enabled": False,
        "widget_channel_id": None,
        "incidents_data": None,
    }


def whole_guild(server: Server) -> Json:
    """The data of GUILD_CREATE: the guild with channels, threads and the bot as the only member.

    Without the privileged members intent, a bot does not receive the other members.
    """
    bot = server.bot
    return guild(server) | {
        "joined_at": None if bot is None else when(bot.joined),
        "large": False,
        "member_count": len(server.members),
        "members": [] if bot is None else [member(bot)],
        "channels": [channel(of) for of in server.channels],
        "threads": [thread(of) for of in server.threads],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def arriving_guild(server: Server) -> Json:
    """The data of GUILD_CREATE after connecting or after an outage; during an outage, only the id."""
    if not server.available:
        return {"id": str(server.id), "unavailable": True}
    return whole_guild(server) | {"unavailable": False}


def arriving_text(server: Server) -> str:
    """The same as JSON, with the server's scenery, which is JSON already."""
    whole = arriving_guild(server)
    lists = {key: [*map(json.dumps, whole.pop(key, ())), more] for key, more in server.scenery.items()}
    told = [f'"{key}": [{", ".join(filter(None, items))}]' for key, items in lists.items()]
    return f"{json.dumps(whole)[:-1]}, {', '.join(told)}}}"


def attachment(file: Attachment, discord: World) -> Json:
    """Discord's attachment object. The sandbox serves the file."""
    url = discord.file_url(file)
    described = {} if file.description is None else {"description": file.description}
    return described | {
        "id": str(file.id),
        "filename": file.filename,
        "size": file.size,
        "url": url,
        "proxy_url": url,
        "content_type": file.content_type,
    }


def message(of: Message, *, reader: User | None = None) -> Json:
    """Discord's message object. For the bot as `reader`, other users' content is empty, since it lacks the intent."""
    discord = of.place.discord
    people = [discord.users[pinged] for pinged in of.pinged if isinstance(pinged, int)]
    data: Json = {
        "id": str(of.id),
        "channel_id": str(of.place.id),
        "type": _type(of),
        "author": user(of.author),
        "content": of.content,
        "timestamp": when(of.created),
        "edited_timestamp": None if of.edited is None else when(of.edited),
        "tts": False,
        "mention_everyone": bool({"everyone", "here"} & of.pinged),
        "mentions": [user(person) for person in people],
        "mention_roles": [],
        "attachments": [attachment(file, discord) for file in of.attachments],
        "embeds": of.raw_embeds,
        "components": of.raw_components,
        "pinned": False,
        "flags": of.flags | (_HAS_THREAD if of.thread else 0) | (_LOADING if of.loading else 0),
    }
    if of.nonce is not None:
        data["nonce"] = of.nonce
    if of.thread is not None:
        data["thread"] = thread(of.thread)
    if of.reply_to is not None:
        data["message_reference"] = _reference(of.reply_to)
        data["referenced_message"] = None if of.reply_to.deleted else message(of.reply_to, reader=reader)
    if of.interaction is not None:
        data |= _answering(of, of.interaction)
    if reader is not None and _hidden_from(of, reader):
        data |= {"content": "", "embeds": [], "components": [], "attachments": []}
    return data


def _type(of: Message) -> int:
    if of.is_starter:
        return _THREAD_STARTER
    return _DEFAULT if of.reply_to is None else _REPLY


def _reference(to: Message) -> Json:
    server = to.place.server
    here = {} if server is None else {"guild_id": str(server.id)}
    return {"type": 0, "message_id": str(to.id), "channel_id": str(to.place.id)} | here


def _answering(of: Message, metadata: Json) -> Json:
    is_command = metadata["type"] == 2 and "original_response_message_id" not in metadata  # noqa: PLR2004 - a command
    application = str(of.place.discord.bot.id)
    of_command = _MENU_COMMAND if "target_message_id" in metadata else _CHAT_INPUT_COMMAND
    return {
        "type": of_command if is_command else _DEFAULT,
        "application_id": application,
        "webhook_id": application,
        "interaction_metadata": metadata,
    }


def _hidden_from(of: Message, reader: User) -> bool:
    return of.author is not reader and of.place.server is not None and reader.id not in of.pinged


def command_permissions(server: Server, command_id: int, entries: list[Json]) -> Json:
    """Discord's guild application command permissions object; the id is a command's, or the application's for all."""
    return {
        "id": str(command_id),
        "application_id": str(server.discord.bot.id),
        "guild_id": str(server.id),
        "permissions": entries,
    }
