"""Nonces: a message of the bot's that comes again within a few minutes is not posted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.drafts import Draft
    from sandbox.messages import Message


class Nonces:
    """The nonces of the bot's messages with the moments they came, over all channels.

    Discord compares nonces by author alone (Discord's reference, "Create Message", enforce_nonce).
    """

    def __init__(self, time: Callable[[], float], window: float) -> None:
        self._time = time
        self._window = window
        self._posted: dict[str, tuple[float, Message]] = {}

    def earlier(self, draft: Draft) -> Message | None:
        """The message that came with the draft's nonce within the window, if the draft asks for that."""
        if draft.nonce is None or not draft.enforce_nonce or draft.nonce not in self._posted:
            return None
        moment, message = self._posted[draft.nonce]
        return message if self._time() - moment <= self._window else None

    def note(self, draft: Draft, message: Message) -> None:
        """Remember a message by its draft's nonce."""
        if draft.nonce is not None:
            self._posted[draft.nonce] = (self._time(), message)

    def clear(self) -> None:
        """Forget them all."""
        self._posted.clear()
