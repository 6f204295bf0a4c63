from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.model import Policy
from bot.delivery.verdict import MEANINGS, Verdict, pause
from bot.errors import Fault


def test_every_fault_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Fault)


def test_what_lasts_rests_what_passes_is_tried_again_and_without_a_token_all_ends() -> None:
    by_verdict = {verdict: {fault for fault in Fault if MEANINGS[fault][0] is verdict} for verdict in Verdict}
    assert by_verdict == {
        Verdict.TRY_AGAIN: {Fault.RATE_LIMITED, Fault.UNAVAILABLE},
        Verdict.GIVE_UP: {
            Fault.THREAD_CLOSED,
            Fault.TOO_MANY_THREADS,
            Fault.BLOCKED,
            Fault.REJECTED,
            Fault.HISTORY_HIDDEN,
            Fault.MESSAGE_GONE,
            Fault.NOT_ANNOUNCING,
            Fault.PUBLISHING_DENIED,
        },
        Verdict.WAIT: {Fault.PUBLISHING_LIMIT},
        Verdict.PAUSE: {
            Fault.CHANNEL_GONE,
            Fault.MISSING_PERMISSION,
            Fault.SERVER_LEFT,
            Fault.DMS_CLOSED,
            Fault.MEMBER_AWAY,
            Fault.TAG_REQUIRED,
        },
        Verdict.STOP: {Fault.UNAUTHORISED},
    }


@given(st.integers(1, 100_000), st.integers())
def test_pauses_double_to_an_hour_and_half_of_each_is_chance(attempts: int, seed: int) -> None:
    longest = min(timedelta(seconds=15) * 2 ** min(attempts - 1, 20), timedelta(hours=1))
    assert longest / 2 <= pause(attempts, Policy(), Random(seed)) <= longest


def test_deliveries_that_failed_together_do_not_come_back_together() -> None:
    random = Random(7)
    pauses = {pause(4, Policy(), random) for _ in range(100)}
    assert len(pauses) == 100
    assert max(pauses) - min(pauses) > timedelta(seconds=40)
