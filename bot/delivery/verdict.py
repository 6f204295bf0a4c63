"""What an error means: try again, or give up. One table."""

from datetime import timedelta
from enum import StrEnum

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
}

MAX_ATTEMPTS = 10
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


def verdict(fault: Fault, attempts: int) -> Verdict:
    """What to do after the given number of attempts: what may pass is tried MAX_ATTEMPTS times."""
    return Verdict.GIVE_UP if attempts >= MAX_ATTEMPTS else VERDICTS[fault]


def pause(attempts: int) -> timedelta:
    """How long to wait after the given number of attempts (from 1): doubling, an hour at most."""
    return min(FIRST_PAUSE * (1 << (attempts - 1)), LONGEST_PAUSE)
