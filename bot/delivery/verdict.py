"""What an error means: try again, or give up. One table."""

from datetime import timedelta
from enum import StrEnum

from bot.delivery.model import Policy
from bot.digests.model import Why
from bot.errors import Fault


class Verdict(StrEnum):
    """What to do with a delivery that failed."""

    TRY_AGAIN = "try-again"
    GIVE_UP = "give-up"


VERDICTS = {
    Fault.CHANNEL_GONE: Verdict.GIVE_UP,
    Fault.MISSING_PERMISSION: Verdict.GIVE_UP,
    Fault.SERVER_LEFT: Verdict.GIVE_UP,
    Fault.DMS_CLOSED: Verdict.GIVE_UP,
    Fault.THREAD_CLOSED: Verdict.GIVE_UP,
    Fault.REJECTED: Verdict.GIVE_UP,
    Fault.UNAUTHORISED: Verdict.TRY_AGAIN,
    Fault.RATE_LIMITED: Verdict.TRY_AGAIN,
    Fault.UNAVAILABLE: Verdict.TRY_AGAIN,
    Fault.HISTORY_HIDDEN: Verdict.GIVE_UP,
}

WHYS = {
    Fault.CHANNEL_GONE: Why.CHANNEL_GONE,
    Fault.MISSING_PERMISSION: Why.MISSING_PERMISSION,
    Fault.SERVER_LEFT: Why.SERVER_LEFT,
    Fault.DMS_CLOSED: Why.MISSING_PERMISSION,
    Fault.THREAD_CLOSED: Why.THREAD_CLOSED,
    Fault.REJECTED: Why.REJECTED,
    Fault.UNAUTHORISED: Why.UNAVAILABLE,
    Fault.RATE_LIMITED: Why.UNAVAILABLE,
    Fault.UNAVAILABLE: Why.UNAVAILABLE,
    Fault.HISTORY_HIDDEN: Why.UNSURE,
}

MAX_ATTEMPTS = 10
_MOST_DOUBLINGS = 20  # of one second: twelve days


def verdict(fault: Fault, attempts: int, *, unsure: bool = False) -> Verdict:
    """What to do after the given number of attempts: what may pass is tried MAX_ATTEMPTS times.

    A delivery in doubt is not given up for what may pass: Discord comes back, and then it is known what became of it.
    """
    return Verdict.GIVE_UP if attempts >= MAX_ATTEMPTS and not unsure else VERDICTS[fault]


def pause(attempts: int, policy: Policy) -> timedelta:
    """How long to wait after the given number of attempts (from 1): doubling, up to the longest."""
    doublings = min(attempts - 1, _MOST_DOUBLINGS)
    return min(policy.first_pause * (1 << doublings), policy.longest_pause)
