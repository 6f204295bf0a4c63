from typing import Any

import discord
import pytest

from bot.chat.delivery.faults import delivery_error
from bot.chat.delivery.following import open_thread, publish, telling_of_message
from bot.delivery.model import Part
from bot.errors import DeliveryError, Fault
from tests.bot.chat.doubles import http_error


class Refused:
    """A message of which Discord refuses all that is asked."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def publish(self) -> None:
        raise self.error

    async def create_thread(self, **_: object) -> None:
        raise self.error


def refused(error: Exception) -> Any:
    return Refused(error)


async def test_what_is_done_already_is_done() -> None:
    await publish(refused(http_error(400, 40033)))
    await open_thread(refused(http_error(400, 160004)), "A paper")


async def do(part: Part, error: Exception) -> None:
    """Do what a part says to a message that Discord refuses so, as the messenger does."""
    with telling_of_message(part):
        try:
            await (publish(refused(error)) if part is Part.PUBLICATION else open_thread(refused(error), "A paper"))
        except (discord.HTTPException, discord.RateLimited) as raised:
            raise delivery_error(raised) from raised


async def fault_of(part: Part, error: Exception) -> tuple[Fault, float]:
    """The fault, and the seconds to wait."""
    with pytest.raises(DeliveryError) as failed:
        await do(part, error)
    return failed.value.fault, failed.value.wait


@pytest.mark.parametrize(
    ("part", "error", "fault"),
    [
        (Part.PUBLICATION, http_error(400, 50024), Fault.NOT_ANNOUNCING),
        (Part.PUBLICATION, http_error(403, 50013), Fault.PUBLISHING_DENIED),
        (Part.PUBLICATION, http_error(403, 50001), Fault.PUBLISHING_DENIED),
        (Part.PUBLICATION, http_error(404, 10008), Fault.MESSAGE_GONE),
        (Part.PUBLICATION, http_error(404, 10003), Fault.CHANNEL_GONE),
        (Part.PUBLICATION, http_error(429), Fault.RATE_LIMITED),  # it doesn't say how long
        (Part.PUBLICATION, http_error(503), Fault.UNAVAILABLE),
        (Part.DISCUSSION, http_error(404, 10008), Fault.MESSAGE_GONE),
        (Part.DISCUSSION, http_error(400, 160006), Fault.TOO_MANY_THREADS),
        (Part.DISCUSSION, http_error(403, 50013), Fault.MISSING_PERMISSION),
        (Part.THREAD, http_error(404, 10008), Fault.THREAD_CLOSED),
    ],
)
async def test_refusals_are_told_by_what_was_to_be_done(part: Part, error: Exception, fault: Fault) -> None:
    assert await fault_of(part, error) == (fault, 0.0)


async def test_a_limit_of_an_hour_is_waited_for_and_counts_as_one_of_publishing() -> None:
    assert await fault_of(Part.PUBLICATION, discord.RateLimited(2712.5)) == (Fault.PUBLISHING_LIMIT, 2712.5)
    assert await fault_of(Part.DISCUSSION, discord.RateLimited(60.0)) == (Fault.RATE_LIMITED, 60.0)
