"""Every colour and emoji of messages and buttons. No other file of bot/chat or cogs has one of its own."""

from enum import StrEnum

PAPER = 0x4F6D9A
"""Papers, lists, digests and /about."""
ALERT = 0x3B8F7A
"""Alerts and subscriptions."""
FIRST, SECOND, THIRD = 0xE8B923, 0xA8B2BD, 0xC27C4E
"""The first three papers of an edition."""
RANKS = (FIRST, SECOND, THIRD)
MEDALS = ("🥇", "🥈", "🥉")
"""The first three papers of an edition, where votes ranked them."""


class Sign(StrEnum):
    """An emoji in a message or on a button, named after what it stands for."""

    ABSTRACT = PAPER = "📄"
    ADDED = "➕"
    AUTHORS = "👥"
    BACK = "◀️"
    CHANGE = "⚙️"
    CITE = "📝"
    DELETE = "🗑️"
    DONE = "✅"
    EXPORT = "📎"
    LATE = "🕘"
    LIKE = "👍"
    LOOK = "🔎"
    MANAGE = "⚙️"
    MORE = "📚"
    MUTED = "🔇"
    NEW = "🆕"
    NEXT = "▶️"
    NOTE = "🗒️"
    ORGANISATION = "🏛️"
    PAUSED = "⏸️"
    READ = "☑️"
    SAVE = "🔖"
    SHARE = "📣"
    START = "🚀"
    SKIPPED = "⏭️"
    TREND = "📈"
    UNDO = "↩️"
    WAITING = "⏳"
    WARNING = "⚠️"
