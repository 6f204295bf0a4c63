"""What is handed to Discord, before it is: a message's content and embeds."""

from dataclasses import dataclass

import discord


@dataclass(frozen=True, slots=True)
class Message:
    """A message that fits Discord's limits. Mentions in it ping nobody unless the sender allows it."""

    content: str = ""
    embeds: tuple[discord.Embed, ...] = ()
