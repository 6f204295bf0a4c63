"""Sends a message without the parts that Discord refuses: one bad link must not cost the papers beside it."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

import discord

from bot.chat.text.limits import Message

log = logging.getLogger(__name__)

_INVALID_FORM = 50035
# discord.py has a line for each part: "In embeds.0.image.url: Not a well formed URL." Answers have it in "data.embeds".
_EMBED = re.compile(r"^In (?:data\.)?embeds(?:\.(\d+))?[.:]", re.MULTILINE)

Sent = TypeVar("Sent")


async def send_accepted(message: Message, send: Callable[[Message], Awaitable[Sent]], what: str) -> Sent:
    """Send a message; where Discord refuses embeds, without their pictures, then without them.

    `what` names the message in the log. Raises what `send` raises where nothing is left to leave out. A refused request
    stored nothing, so a nonce may be used again.
    """
    while True:
        try:
            return await send(message)
        except discord.HTTPException as error:
            less = _without_refused(message, error)
            if less is None:
                raise
            log.warning("%s is sent without what Discord refused: %s", what, " ".join(error.text.split()))
            message = less


def _without_refused(message: Message, error: discord.HTTPException) -> Message | None:
    """The message with less of the embeds that the error names; None where it names none, or nothing would be left."""
    last = len(message.embeds) - 1
    named = _EMBED.findall(error.text) if error.code == _INVALID_FORM else []
    # Without a number all embeds together are too much.
    refused = {int(number) if number else last for number in named}
    if refused.isdisjoint(range(len(message.embeds))):
        return None
    embeds = [_less(embed) if number in refused else embed for number, embed in enumerate(message.embeds)]
    kept = tuple(embed for embed in embeds if embed is not None)
    return Message(message.content, kept) if kept or message.content else None


def _less(embed: discord.Embed) -> discord.Embed | None:
    """The embed without its pictures; None where it has none."""
    if not (embed.image.url or embed.thumbnail.url):
        return None
    return embed.copy().set_image(url=None).set_thumbnail(url=None)
