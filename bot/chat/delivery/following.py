"""What is done to posted messages: opening a thread on one, and publishing it. Discord lets both be done only once."""

from collections.abc import Iterator
from contextlib import contextmanager

import discord

from bot.chat.delivery.faults import ALREADY_PUBLISHED, NO_SUCH_KIND, THREAD_EXISTS
from bot.chat.delivery.threads import ARCHIVE_MINUTES
from bot.delivery.model import Part
from bot.errors import DeliveryError, Fault


async def open_thread(message: discord.PartialMessage, name: str) -> None:
    """Open the message's thread, which has the message's id. It may exist already. Raises discord.py's errors."""
    try:
        await message.create_thread(name=name, auto_archive_duration=ARCHIVE_MINUTES)
    except discord.HTTPException as error:
        if error.code != THREAD_EXISTS:
            raise


async def publish(message: discord.PartialMessage) -> None:
    """Publish the message to the channels that follow its own. It may be published already.

    For the bot's own messages, Send Messages is enough:
    https://docs.discord.com/developers/resources/message#crosspost-message

    Raises DeliveryError with NOT_ANNOUNCING if its channel is no announcement channel, and discord.py's errors.
    """
    try:
        await message.publish()
    except discord.HTTPException as error:
        if error.code == NO_SUCH_KIND:
            raise DeliveryError(Fault.NOT_ANNOUNCING, f"{error.status} {error.code} {error.text}") from error
        if error.code != ALREADY_PUBLISHED:
            raise


@contextmanager
def telling_of_message(part: Part) -> Iterator[None]:
    """Translate faults in the block to those of what is done to a message."""
    try:
        yield
    except DeliveryError as error:
        fault = _fault(part, error)
        if fault is error.fault:
            raise
        raise DeliveryError(fault, error.detail, unsure=error.unsure, wait=error.wait) from error


def _fault(part: Part, error: DeliveryError) -> Fault:
    if part is Part.PUBLICATION and error.fault is Fault.RATE_LIMITED and error.wait:
        return Fault.PUBLISHING_LIMIT
    return _FAULTS.get(part, {}).get(error.fault, error.fault)


_FAULTS = {
    Part.DISCUSSION: {Fault.THREAD_CLOSED: Fault.MESSAGE_GONE},
    Part.PUBLICATION: {Fault.THREAD_CLOSED: Fault.MESSAGE_GONE, Fault.MISSING_PERMISSION: Fault.PUBLISHING_DENIED},
}
