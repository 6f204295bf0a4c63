"""The mark that every delivered message bears unseen: a control's custom_id ends in the delivery's number.

It survives edits and comes back with the channel's history, so that a message can be known again.
"""

import discord

PATTERN = r"(?::d(?P<delivery>[0-9]{1,19}))?"
"""The end of a template whose control may bear a mark."""


def mark(delivery: int | str | None) -> str:
    """The end of a custom_id; empty where no delivery is named."""
    return "" if delivery is None else f":d{delivery}"


def bears_mark(message: discord.Message, delivery: int) -> bool:
    """Whether a control of the message bears the delivery's mark."""
    return any(custom_id.endswith(mark(delivery)) for custom_id in _custom_ids(message))


def _custom_ids(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [getattr(item, "custom_id", None) or "" for row in rows for item in row.children]
