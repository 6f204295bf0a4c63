from datetime import timedelta

from bot.delivery.verdict import LONGEST_PAUSE, MAX_ATTEMPTS, VERDICTS, WHYS, Verdict, pause, verdict
from bot.errors import Fault


def test_every_fault_has_a_verdict_and_a_reason() -> None:
    assert set(VERDICTS) == set(WHYS) == set(Fault)


def test_what_may_pass_is_tried_again_but_not_for_ever() -> None:
    assert verdict(Fault.UNAVAILABLE, 1) is Verdict.TRY_AGAIN
    assert verdict(Fault.UNAVAILABLE, MAX_ATTEMPTS) is Verdict.GIVE_UP
    assert verdict(Fault.CHANNEL_GONE, 1) is Verdict.GIVE_UP


def test_pauses_grow_to_an_hour() -> None:
    pauses = [pause(attempt) for attempt in range(1, MAX_ATTEMPTS + 1)]
    assert pauses[0] == timedelta(seconds=15)
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
