"""Posts in forums: creates them, and finds them again after a lost answer.

Discord takes no nonce for a post: https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import discord
from discord import ui

from bot.chat.delivery.faults import UNKNOWN_MESSAGE
from bot.chat.delivery.threads import ARCHIVE_MINUTES
from bot.chat.interactions.controls import bears_mark
from bot.chat.interactions.tags import applicable
from bot.chat.text.limits import Message
from bot.chat.text.refused import send_accepted
from bot.delivery.model import Receipt
from bot.errors import DeliveryError, Fault

MOST = 100
"""At most this many posts are looked at, each with a request."""


async def create_post(
    forum: discord.ForumChannel,
    name: str,
    written: Message,
    view: ui.View,
    *,
    tags: Sequence[str],
    mentions: discord.AllowedMentions,
    what: str,
) -> Receipt:
    """Create a post with those of the tags that the forum has.

    Raises DeliveryError: TAG_REQUIRED, without a request, if it has none and requires one; and discord.py's errors.
    """
    applied = applicable(forum, tags)
    if not applied and forum.flags.require_tag and not forum.permissions_for(forum.guild.me).manage_threads:
        raise DeliveryError(Fault.TAG_REQUIRED, "the forum has none of the digest's tags")

    async def post(message: Message) -> discord.Thread:
        made = await forum.create_thread(
            name=name,
            auto_archive_duration=ARCHIVE_MINUTES,
            content=message.content,
            embeds=message.embeds,
            view=view,
            applied_tags=applied,
            allowed_mentions=mentions,
        )
        return made.thread

    thread = await send_accepted(written, post, what)
    return Receipt(thread.id, thread.id)


async def find_post(forum: discord.ForumChannel, delivery: int, since: datetime, until: datetime) -> Receipt | None:
    """The bot's post whose first message has a delivery's mark, made between two moments on Discord's clock, or None.

    Raises DeliveryError with HISTORY_HIDDEN if this can't be found out, and discord.py's errors.
    """
    if not forum.permissions_for(forum.guild.me).read_message_history:
        raise DeliveryError(Fault.HISTORY_HIDDEN, "Read Message History is missing")
    looked = 0
    async for thread in _newest_posts(forum, since):
        if thread.owner_id != forum.guild.me.id or not since <= discord.utils.snowflake_time(thread.id) <= until:
            continue
        if looked == MOST:
            raise DeliveryError(Fault.HISTORY_HIDDEN, f"more than {MOST} posts")
        looked += 1
        try:
            message = await thread.fetch_message(thread.id)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:  # else its first message was deleted
                raise
        else:
            if bears_mark(message, delivery):
                return Receipt(thread.id, thread.id)
    return None


async def _newest_posts(forum: discord.ForumChannel, since: datetime) -> AsyncIterator[discord.Thread]:
    """The active posts, and those archived since a moment: others were made before it."""
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id:
            yield thread
    async for thread in forum.archived_threads(limit=None):
        if thread.archive_timestamp < since:
            return
        yield thread
