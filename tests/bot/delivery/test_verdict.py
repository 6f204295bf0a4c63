from datetime import timedelta

from bot.delivery.model import Policy
from bot.delivery.verdict import MAX_ATTEMPTS, VERDICTS, WHYS, Verdict, pause, verdict
from bot.errors import Fault

POLICY = Policy()


def test_every_fault_has_a_verdict_and_a_reason() -> None:
    assert set(VERDICTS) == set(WHYS) == set(Fault)


def test_what_may_pass_is_tried_again_but_not_for_ever() -> None:
    assert verdict(Fault.UNAVAILABLE, 1) is Verdict.TRY_AGAIN
    assert verdict(Fault.UNAVAILABLE, MAX_ATTEMPTS) is Verdict.GIVE_UP
    assert verdict(Fault.CHANNEL_GONE, 1) is Verdict.GIVE_UP


def test_what_is_in_doubt_is_not_given_up_for_what_may_pass() -> None:
    assert verdict(Fault.UNAVAILABLE, MAX_ATTEMPTS, unsure=True) is Verdict.TRY_AGAIN
    assert verdict(Fault.CHANNEL_GONE, 1, unsure=True) is Verdict.GIVE_UP


def test_pauses_grow_to_an_hour() -> None:
    pauses = [pause(attempt, POLICY) for attempt in range(1, MAX_ATTEMPTS + 1)]
    assert pauses[0] == timedelta(seconds=15)
    assert pauses == sorted(pauses)
    assert pauses[-1] == POLICY.longest_pause


def test_a_pause_is_never_too_long_to_be_reckoned() -> None:
    assert pause(10_000, POLICY) == POLICY.longest_pause
