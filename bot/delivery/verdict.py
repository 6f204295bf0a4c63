"""What each fault means: try again, give up, pause, or stop. One table."""

from datetime import timedelta
from enum import StrEnum
from random import Random

from bot.delivery.model import Policy
from bot.digests.model import Why
from bot.errors import Fault


class Verdict(StrEnum):
    """What to do about a failed delivery."""

    TRY_AGAIN = "try-again"
    """It may pass: try again until the digest's next run is due."""
    WAIT = "wait"
    """It is not its turn yet: it waits as long as Discord says, and this counts as no failed attempt."""
    GIVE_UP = "give-up"
    """Only this message can't be delivered; the next one may."""
    PAUSE = "pause"
    """It lasts: give up, and pause what it came from until someone fixes the cause."""
    STOP = "stop"
    """The program can't succeed at all: it ends."""


MEANINGS = {
    Fault.CHANNEL_GONE: (Verdict.PAUSE, Why.CHANNEL_GONE),
    Fault.MISSING_PERMISSION: (Verdict.PAUSE, Why.MISSING_PERMISSION),
    Fault.SERVER_LEFT: (Verdict.PAUSE, Why.SERVER_LEFT),
    Fault.DMS_CLOSED: (Verdict.PAUSE, Why.MISSING_PERMISSION),
    Fault.MEMBER_AWAY: (Verdict.PAUSE, Why.MISSING_PERMISSION),
    Fault.THREAD_CLOSED: (Verdict.GIVE_UP, Why.THREAD_CLOSED),
    Fault.TOO_MANY_THREADS: (Verdict.GIVE_UP, Why.TOO_MANY_THREADS),
    Fault.TAG_REQUIRED: (Verdict.PAUSE, Why.TAG_REQUIRED),
    Fault.BLOCKED: (Verdict.GIVE_UP, Why.BLOCKED),
    Fault.REJECTED: (Verdict.GIVE_UP, Why.REJECTED),
    Fault.UNAUTHORISED: (Verdict.STOP, Why.UNAVAILABLE),
    Fault.RATE_LIMITED: (Verdict.TRY_AGAIN, Why.UNAVAILABLE),
    Fault.UNAVAILABLE: (Verdict.TRY_AGAIN, Why.UNAVAILABLE),
    Fault.HISTORY_HIDDEN: (Verdict.GIVE_UP, Why.UNSURE),
    Fault.MESSAGE_GONE: (Verdict.GIVE_UP, Why.MESSAGE_GONE),
    Fault.NOT_ANNOUNCING: (Verdict.GIVE_UP, Why.NOT_ANNOUNCING),
    Fault.PUBLISHING_DENIED: (Verdict.GIVE_UP, Why.PUBLISHING_DENIED),
    Fault.PUBLISHING_LIMIT: (Verdict.WAIT, Why.UNAVAILABLE),
}
"""What to do about each fault, and the reason that its edition gives."""

_MOST_DOUBLINGS = 20  # of one second: twelve days
PATIENCE = timedelta(days=1)
"""How long alerts and notices, which have no next run, are tried."""


def longest_pause(attempts: int, policy: Policy) -> timedelta:
    """The longest wait after so many attempts: doubling from the first on, up to the policy's longest."""
    return min(policy.first_pause * (1 << min(max(attempts - 1, 0), _MOST_DOUBLINGS)), policy.longest_pause)


def pause(attempts: int, policy: Policy, random: Random) -> timedelta:
    """How long to wait after so many attempts (from 1): `longest_pause` or less.

    Up to half of it is random, so that deliveries that failed together are not retried together.
    """
    return longest_pause(attempts, policy) * random.uniform(0.5, 1.0)
