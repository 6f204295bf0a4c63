"""What an error means: try again, give up, rest, or stop. One table."""

from datetime import timedelta
from enum import StrEnum
from random import Random

from bot.delivery.model import Policy
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
    Fault.MEMBER_AWAY: (Verdict.PAUSE, Why.MISSING_PERMISSION),
    Fault.THREAD_CLOSED: (Verdict.GIVE_UP, Why.THREAD_CLOSED),
    Fault.TOO_MANY_THREADS: (Verdict.GIVE_UP, Why.TOO_MANY_THREADS),
    Fault.BLOCKED: (Verdict.GIVE_UP, Why.BLOCKED),
    Fault.REJECTED: (Verdict.GIVE_UP, Why.REJECTED),
    Fault.UNAUTHORISED: (Verdict.STOP, Why.UNAVAILABLE),
    Fault.RATE_LIMITED: (Verdict.TRY_AGAIN, Why.UNAVAILABLE),
    Fault.UNAVAILABLE: (Verdict.TRY_AGAIN, Why.UNAVAILABLE),
    Fault.HISTORY_HIDDEN: (Verdict.GIVE_UP, Why.UNSURE),
}
"""For each fault what to do, and what an edition that failed of it says."""

_MOST_DOUBLINGS = 20  # of one second: twelve days
PATIENCE = timedelta(days=1)
"""For so long is tried what belongs to no digest: alerts and notices."""


def pause(attempts: int, policy: Policy, random: Random) -> timedelta:
    """How long to wait after the given number of attempts (from 1): doubling, up to the longest.

    A part of it, half at most, is left to chance: deliveries that failed together do not come back together.
    """
    longest = min(policy.first_pause * (1 << min(attempts - 1, _MOST_DOUBLINGS)), policy.longest_pause)
    return longest * random.uniform(0.5, 1.0)
