"""REST routes of channels, threads, messages and DMs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sandbox.api.access import channel_of, check_may_write, message_of, place_of, require
from sandbox.api.rates import rate_limit_body, rate_limit_headers
from sandbox.api.routing import DONE, Answer, Call, Route, ok
from sandbox.payloads.drafts import Body, Draft, read_draft
from sandbox.payloads.errors import (
    FormErrors,
    Refusal,
    missing_permissions,
    refused,
    system_message,
    thread_archived,
    thread_exists,
    thread_locked,
    unknown,
)
from sandbox.payloads.permissions import Permission
from sandbox.world import wire
from sandbox.world.places import ANNOUNCEMENT, Channel, DirectMessages, Place, Thread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.payloads.errors import Json
    from sandbox.world.messages import Message
    from sandbox.world.tags import Tag

_ARCHIVE_MINUTES = (60, 1440, 4320, 10080)
_MAX_APPLIED_TAGS = 5


def get_channel(call: Call) -> Answer:
    """A channel, a thread or a DM."""
    return ok(place_of(call).payload())


def edit_channel(call: Call) -> Answer:
    """Archive, lock, reopen or rename a thread. Other channels cannot be edited in the sandbox.

    Source: Discord's reference, "Modify Channel" and "Editing & Deleting Threads".
    """
    place = place_of(call)
    if not isinstance(place, Thread):
        raise missing_permissions()
    changes, errors = call.json, FormErrors()
    if "name" in changes:
        errors.text(("name",), changes["name"], 1, 100)
    minutes = changes.get("auto_archive_duration", place.auto_archive_minutes)
    if minutes not in _ARCHIVE_MINUTES:
        errors.choice(("auto_archive_duration",), ", ".join(map(str, _ARCHIVE_MINUTES)))
    errors.check()
    _check_may_edit(call, place, changes)
    place.name = changes.get("name", place.name)
    place.auto_archive_minutes = minutes
    place.locked = changes.get("locked", place.locked)
    place.archived = changes.get("archived", place.archived)
    place.server.tell("THREAD_UPDATE", place.payload())
    return ok(place.payload())


def _check_may_edit(call: Call, thread: Thread, changes: Json) -> None:
    """Refuse changes that the bot may not make: only moderators edit locked threads, and nobody edits archived ones."""
    opens = changes.get("archived") is False
    if Permission.MANAGE_THREADS in thread.permissions_of(call.discord.bot):
        pass
    elif thread.locked or "locked" in changes:
        raise thread_locked() if thread.locked else missing_permissions()
    elif opens and len(changes) == 1:
        require(call, thread, Permission.SEND_MESSAGES_IN_THREADS)
    elif thread.owner is not call.discord.bot:
        raise missing_permissions()
    if thread.archived and not opens and changes.get("archived") is not True:
        raise thread_archived()


def list_messages(call: Call) -> Answer:
    """Messages of a channel, newest first, at most 100. Empty without READ_MESSAGE_HISTORY."""
    place, bot = place_of(call), call.discord.bot
    numbers = _query_numbers(call, "limit", "after", "before", "around")
    errors, limit = FormErrors(), numbers.get("limit", 50)
    errors.number(("limit",), limit, 1, 100)
    errors.check()
    if Permission.READ_MESSAGE_HISTORY not in place.permissions_of(bot):
        return ok([])
    chosen = _page(place.history, numbers, limit)
    return ok([wire.message(message, reader=bot) for message in reversed(chosen)])


def _query_numbers(call: Call, *names: str) -> dict[str, int]:
    """The named integers of a query. Refused with 50035 if one is not a number."""
    errors = FormErrors()
    for name in names:
        if not call.query.get(name, "0").isdecimal():
            errors.add((name,), "NUMBER_TYPE_COERCE", f'Value "{call.query[name]}" is not int.')
    errors.check()
    return {name: int(call.query[name]) for name in names if name in call.query}


def _page(messages: list[Message], bounds: Mapping[str, int], limit: int) -> list[Message]:
    if "after" in bounds:
        return [message for message in messages if message.id > bounds["after"]][:limit]
    if "before" in bounds:
        return [message for message in messages if message.id < bounds["before"]][-limit:]
    if "around" in bounds:
        older = [message for message in messages if message.id < bounds["around"]]
        start = max(0, len(older) - limit // 2)
        return messages[start : start + limit]
    return messages[-limit:]


def get_message(call: Call) -> Answer:
    """A message."""
    place = place_of(call)
    require(call, place, Permission.READ_MESSAGE_HISTORY)
    return ok(wire.message(message_of(call, place), reader=call.discord.bot))


def create_message(call: Call) -> Answer:
    """Post a message. With `enforce_nonce`, an earlier one with the same nonce is returned instead."""
    discord, place = call.discord, place_of(call)
    check_may_write(call, place)
    draft = read_draft(call.body)
    _check_reply(place, draft)
    draft = _as_permitted(call, place, draft)
    draft.check_not_empty()
    earlier = discord.nonces.earlier(draft)
    if earlier is None:
        earlier = place.post(discord.bot, draft)
        discord.nonces.note(draft, earlier)
    return ok(wire.message(earlier))


def _check_reply(place: Place, draft: Draft) -> None:
    if draft.reply_to is not None and place.find(draft.reply_to) is None:
        errors = FormErrors()
        errors.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        errors.check()


def _as_permitted(call: Call, place: Place, draft: Draft) -> Draft:
    """The draft, without embeds if the bot lacks EMBED_LINKS. Files are refused without ATTACH_FILES."""
    permissions = place.permissions_of(call.discord.bot)
    if draft.attachments and Permission.ATTACH_FILES not in permissions:
        raise missing_permissions()
    return draft if Permission.EMBED_LINKS in permissions else draft.without_embeds()


def edit_message(call: Call) -> Answer:
    """Edit a message of the bot."""
    place = place_of(call)
    message = message_of(call, place)
    if message.author is not call.discord.bot:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    if isinstance(place, Thread):
        _check_open(call, place)
    change(message, _as_permitted(call, place, read_draft(call.body)))
    return ok(wire.message(message))


def _check_open(call: Call, thread: Thread) -> None:
    """Refuse an edit in an archived or locked thread."""
    if thread.archived:
        raise thread_archived()
    if thread.locked and Permission.MANAGE_THREADS not in thread.permissions_of(call.discord.bot):
        raise thread_locked()


def change(message: Message, draft: Draft) -> None:
    """Apply a draft to a message. Refused with 50006 if the message would be empty."""
    if message.is_starter:
        raise system_message()
    before = message.as_draft()
    Draft(
        content=before.content if draft.content is None else draft.content,
        embeds=before.embeds if draft.embeds is None else draft.embeds,
        components=before.components if draft.components is None else draft.components,
        attachments=before.attachments if draft.attachments is None else draft.attachments,
    ).check_not_empty()
    message.fill(draft)
    message.edited = datetime.now(UTC)


def publish_message(call: Call) -> Answer:
    """Publish a message of an announcement channel. Discord calls it "Crosspost Message".

    Needs SEND_MESSAGES, and MANAGE_MESSAGES for others' messages.
    """
    place = place_of(call)
    message = message_of(call, place)
    if place.kind != ANNOUNCEMENT:
        raise refused(50024)
    require(call, place, Permission.SEND_MESSAGES)
    if message.author is not call.discord.bot:
        require(call, place, Permission.MANAGE_MESSAGES)
    if message.published:
        raise refused(40033)
    if wait := call.discord.publishing.take(place):
        raise _write_limit(wait)
    message.publish()
    return ok(wire.message(message))


def _write_limit(seconds: float) -> Refusal:
    """The channel's write limit. Only the body says how long it lasts: the headers are those of the route."""
    refusal = refused(20028)
    refusal.body |= rate_limit_body(seconds, is_global=False) | {"message": refusal.body["message"]}
    refusal.headers = rate_limit_headers(1.0, is_global=False) | {
        "X-RateLimit-Scope": "shared",
        "X-RateLimit-Remaining": "4",
    }
    return refusal


def delete_message(call: Call) -> Answer:
    """Delete a message of the bot, or any message with MANAGE_MESSAGES."""
    place = place_of(call)
    message = message_of(call, place)
    if message.is_starter:
        raise system_message()
    if message.author is not call.discord.bot:
        require(call, place, Permission.MANAGE_MESSAGES)
    message.delete()
    return DONE


def _thread_form(call: Call) -> tuple[str, int]:
    data, errors = call.json, FormErrors()
    errors.text(("name",), data.get("name"), 1, 100)
    minutes = data.get("auto_archive_duration") or 1440
    if minutes not in _ARCHIVE_MINUTES:
        errors.choice(("auto_archive_duration",), ", ".join(map(str, _ARCHIVE_MINUTES)))
    errors.check()
    return data["name"], minutes


def start_thread(call: Call) -> Answer:
    """Start a public thread in a channel, on the message of the path if there is one."""
    channel = channel_of(call)
    if channel.is_forum:
        return _start_post(call, channel)
    require(call, channel, Permission.CREATE_PUBLIC_THREADS)
    message = message_of(call, channel) if "message_id" in call.params else None
    name, minutes = _thread_form(call)
    if message is not None and message.thread is not None:
        raise thread_exists()
    return Answer(201, channel.home.start_thread(channel, call.discord.bot, name, minutes, message).payload())


def _start_post(call: Call, forum: Channel) -> Answer:
    """Create a post in a forum. Source: Discord's reference, "Start Thread in Forum or Media Channel".

    The permission is SEND_MESSAGES, which the client calls "Create Posts". There is no nonce.
    """
    require(call, forum, Permission.SEND_MESSAGES)
    errors = FormErrors()
    wanted = errors.count(("applied_tags",), call.json.get("applied_tags") or [], 0, _MAX_APPLIED_TAGS)
    if not isinstance(call.json.get("message"), dict):
        errors.required(("message",))
    errors.check()
    name, minutes = _thread_form(call)
    tags = _tags_of(call, forum, wanted)
    draft = replace(read_draft(Body(call.json["message"], call.files)), nonce=None, enforce_nonce=False)
    draft = _as_permitted(call, forum, draft)
    draft.check_not_empty()
    post = forum.home.start_post(forum, call.discord.bot, name, minutes, draft, tags)
    return Answer(201, post.payload() | {"message": wire.message(post.history[0])})


def _tags_of(call: Call, forum: Channel, wanted: list[Any]) -> tuple[Tag, ...]:
    known = {str(tag.id): tag for tag in forum.tags}
    if not known.keys() >= set(map(str, wanted)):
        raise refused(10087)
    tags = tuple(known[str(tag_id)] for tag_id in wanted)
    moderates = Permission.MANAGE_THREADS in forum.permissions_of(call.discord.bot)
    if any(tag.moderated for tag in tags) and not moderates:
        raise missing_permissions()
    if forum.requires_tag and not tags and not moderates:
        raise refused(40067)
    return tags


def list_archived_threads(call: Call) -> Answer:
    """The public archived threads of a channel, most recently archived first. Needs READ_MESSAGE_HISTORY."""
    channel = channel_of(call)
    require(call, channel, Permission.READ_MESSAGE_HISTORY)
    limit = _query_numbers(call, "limit").get("limit", 50)
    errors = FormErrors()
    errors.number(("limit",), limit, 2, 100)
    errors.check()
    before = call.query.get("before")
    archived = sorted(
        (thread for thread in channel.threads if thread.archived), key=lambda one: one.archive_changed, reverse=True
    )
    if before is not None:
        archived = [thread for thread in archived if thread.archive_changed < datetime.fromisoformat(before)]
    return ok(wire.threads(archived[:limit]) | {"has_more": len(archived) > limit})


def join_thread(call: Call) -> Answer:
    """Join a thread."""
    _thread_of(call).join(call.discord.bot)
    return DONE


def leave_thread(call: Call) -> Answer:
    """Leave a thread."""
    _thread_of(call).leave(call.discord.bot)
    return DONE


def _thread_of(call: Call) -> Thread:
    thread = place_of(call)
    if not isinstance(thread, Thread):
        raise unknown("Channel")
    return thread


def show_typing(call: Call) -> Answer:
    """Show that the bot is typing."""
    check_may_write(call, place_of(call))
    return DONE


def open_dm(call: Call) -> Answer:
    """The DM with a user. Whether the user accepts DMs is only checked when sending."""
    recipient = str(call.json.get("recipient_id"))
    user = call.discord.users.get(int(recipient)) if recipient.isdecimal() else None
    if user is None or user.bot:
        raise refused(50033)
    dm: DirectMessages = call.discord.dm_with(user)
    return ok(dm.payload())


_CHANNEL = "/channels/{channel_id}"
_MESSAGE = _CHANNEL + "/messages/{message_id}"

ROUTES = [
    Route("GET", _CHANNEL, get_channel),
    Route("PATCH", _CHANNEL, edit_channel),
    Route("GET", _CHANNEL + "/messages", list_messages),
    Route("POST", _CHANNEL + "/messages", create_message),
    Route("GET", _MESSAGE, get_message),
    Route("PATCH", _MESSAGE, edit_message),
    Route("DELETE", _MESSAGE, delete_message),
    Route("POST", _MESSAGE + "/threads", start_thread),
    Route("POST", _MESSAGE + "/crosspost", publish_message),
    Route("POST", _CHANNEL + "/threads", start_thread),
    Route("GET", _CHANNEL + "/threads/archived/public", list_archived_threads),
    Route("PUT", _CHANNEL + "/thread-members/@me", join_thread),
    Route("DELETE", _CHANNEL + "/thread-members/@me", leave_thread),
    Route("POST", _CHANNEL + "/typing", show_typing),
    Route("POST", "/users/@me/channels", open_dm),
]
