"""Edits messages in threads that Discord may have archived."""

from collections.abc import Awaitable, Callable
from typing import Final

import discord

from bot.chat.delivery.faults import THREAD_ARCHIVED, delivery_error
from bot.errors import DeliveryError, Fault

ARCHIVE_MINUTES: Final = 4320
"""Discord may archive an edition's thread after three days without a message. By then its votes have settled."""


class EditedThread:
    """A thread whose messages are edited. If Discord refuses because it is archived, it is unarchived for the edits."""

    def __init__(self, client: discord.Client, thread_id: int) -> None:
        self._client = client
        self._id = thread_id
        self._opened: discord.Thread | None = None

    async def edit(self, request: Callable[[], Awaitable[object]]) -> None:
        """Make an edit.

        Raises DeliveryError with THREAD_CLOSED if a moderator locked the thread, and discord.py's errors.
        """
        try:
            await request()
        except discord.HTTPException as error:
            if error.code != THREAD_ARCHIVED or self._opened is not None:
                raise
            await self._open()
            await request()

    @property
    def was_opened(self) -> bool:
        """Whether the thread has to be archived again."""
        return self._opened is not None

    async def close(self) -> None:
        """Archive the thread again if it was unarchived. Raises discord.py's errors."""
        if self._opened is not None:
            await self._opened.edit(archived=True)

    async def _open(self) -> None:
        thread = await self._client.fetch_channel(self._id)
        if not isinstance(thread, discord.Thread) or thread.locked:
            raise DeliveryError(Fault.THREAD_CLOSED, "the thread is locked")
        try:
            self._opened = await thread.edit(archived=False)
        except discord.HTTPException as error:
            refused = delivery_error(error)
            if refused.fault is not Fault.TOO_MANY_THREADS:
                raise
            raise DeliveryError(Fault.RATE_LIMITED, refused.detail) from error  # until another one is archived
