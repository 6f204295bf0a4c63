"""What an error means: try again, give up, rest, or stop. One table."""

from datetime import timedelta
from enum import StrEnum
from random import Random

from bot.digests.model import Why
from bot.errors import Fault


class Verdict(StrEnum):
    """What to do about a delivery that failed."""

    TRY_AGAIN = "try-again"
    """It may pass: try again until the edition is older than its digest's next run."""
    GIVE_UP = "give-up"
    """This one message can't be delivered; the next may."""
    PAUSE = "pause"
    """It lasts: give up, and let what it came from rest until someone mends it."""
    STOP = "stop"
    """Nothing that the program does can succeed: it ends."""


MEANINGS = {
    Fault.CHANNEL_GONE: (Verdict.PAUSE, Why.CHANNEL_GONE),
    Fault.MISSING_PERMISSION: (Verdict.PAUSE, Why.MISSING_PERMISSION),
    Fault.SERVER_LEFT: (Verdict.PAUSE, Why.SERVER_LEFT),
    Fault.DMS_CLOSED: (Verdict.PAUSE, Why.MISSING_PERMISSION),
    Fault.THREAD_CLOSED: (Verdict.GIVE_UP, Why.THREAD_CLOSED),
    Fault.REJECTED: (Verdict.GIVE_UP, Why.REJECTED),
    Fault.UNAUTHORISED: (Verdict.STOP, Why.UNAVAILABLE),
    Fault.RATE_LIMITED: (Verdict.TRY_AGAIN, Why.UNAVAILABLE),
    Fault.UNAVAILABLE: (Verdict.TRY_AGAIN, Why.UNAVAILABLE),
}
"""For each fault what to do, and what an edition that failed of it says."""

FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
PATIENCE = timedelta(days=1)
"""For so long is tried what belongs to no digest: alerts and notices."""


def pause(attempts: int, random: Random) -> timedelta:
    """How long to wait after the given number of attempts (from 1): doubling, an hour at most.

    A part of it, half at most, is left to chance: deliveries that failed together do not come back together.
    """
    longest = min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1.0)
