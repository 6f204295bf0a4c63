from typing import Any
from unittest.mock import MagicMock

import discord

from bot.chat.papers.named import papers_named


def message(**changes: object) -> discord.Message:
    """A message as Discord sends it."""
    data: Any = {
        "id": "1",
        "channel_id": "2",
        "type": 0,
        "author": {"id": "3", "username": "mina", "discriminator": "0", "avatar": None},
        "content": "",
        "timestamp": "2024-02-23T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": 0,
    }
    state = MagicMock()
    return discord.Message(state=state, channel=MagicMock(), data=data | changes)


def test_what_a_message_forwards_is_read() -> None:
    told = {"content": "arXiv:2402.00001", "embeds": [{"url": "https://arxiv.org/abs/2402.00002", "type": "rich"}]}
    snapshot = {"message": message_data(told)}
    assert papers_named(message(message_snapshots=[snapshot])) == ("2402.00001", "2402.00002")


def message_data(told: dict[str, Any]) -> dict[str, Any]:
    """What a forward keeps of a message."""
    kept = {"type": 0, "timestamp": "2024-02-23T00:00:00+00:00", "edited_timestamp": None, "flags": 0}
    return kept | {"attachments": [], "mentions": [], "mention_roles": [], "components": []} | told


def test_buttons_menus_and_displayed_texts_are_read() -> None:
    button = {"type": 2, "style": 5, "label": "Read", "url": "https://arxiv.org/abs/2402.00001"}
    options = [{"label": "1. A paper", "value": "2402.00002"}, {"label": "2. Another", "value": "2402.00003"}]
    menu = {"type": 3, "custom_id": "papers", "options": options}
    container = {"type": 17, "components": [{"type": 10, "content": "[x](https://hf.co/papers/2402.00004)"}]}
    rows = [{"type": 1, "components": [button]}, {"type": 1, "components": [menu]}, container]
    assert papers_named(message(components=rows)) == tuple(f"2402.0000{number}" for number in range(1, 5))
