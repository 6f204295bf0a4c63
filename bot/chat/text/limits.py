"""Discord's limits for messages, a message that fits them, and functions to make texts fit.

The figures are from https://docs.discord.com/developers/resources/message#embed-object-embed-limits and
https://docs.discord.com/developers/resources/message#create-message. Lengths are in UTF-16 code units.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.chat.text.escape import utf16_len

CONTENT = 2000
EMBEDS = 10
EMBEDS_TOTAL = 6000
"""All titles, descriptions, field names and values, footers and author names of a message together."""
TITLE = 256
DESCRIPTION = 4096
FIELD_VALUE = 1024
FOOTER = 2048
THREAD_NAME = 100
OPTIONS = 25
"""In a menu: https://docs.discord.com/developers/components/reference#string-select"""
URL = 2048


@dataclass(frozen=True, slots=True)
class Message:
    """A message that fits Discord's limits. Mentions in it ping nobody unless the sender allows it."""

    content: str = ""
    embeds: tuple[discord.Embed, ...] = ()


def share(total: int, wishes: Sequence[int]) -> list[int]:
    """Divide `total` among wishes: each gets at most its wish, and what is left over goes to the others."""
    shares = [0] * len(wishes)
    waiting = sorted(range(len(wishes)), key=lambda index: wishes[index])
    for done, index in enumerate(waiting):
        shares[index] = min(wishes[index], total // (len(waiting) - done))
        total -= shares[index]
    return shares


def join_fitting(blocks: Sequence[str], limit: int, separator: str = "\n") -> tuple[str, int]:
    """The first blocks that together fit the limit, joined, and their number."""
    size = 0
    for count, block in enumerate(blocks):
        size += utf16_len(block) + (utf16_len(separator) if count else 0)
        if size > limit:
            return separator.join(blocks[:count]), count
    return separator.join(blocks), len(blocks)


def embed_len(embed: discord.Embed) -> int:
    """What the embed counts towards EMBEDS_TOTAL."""
    texts = [embed.title, embed.description, embed.footer.text, embed.author.name]
    texts += [text for field in embed.fields for text in (field.name, field.value)]
    return sum(utf16_len(text) for text in texts if text)


def compose(content: str, embeds: Sequence[discord.Embed]) -> Message:
    """A message of the content and the first embeds that fit.

    Discord merges embeds with the same url, so only the first keeps it.
    """
    kept: list[discord.Embed] = []
    room = EMBEDS_TOTAL
    for embed in embeds[:EMBEDS]:
        room -= embed_len(embed)
        if room < 0:
            break
        if any(embed.url == earlier.url for earlier in kept):
            embed.url = None
        kept.append(embed)
    return Message(content, tuple(kept))
