import pytest

from bot.chat.delivery.faults import _BY_CODE, delivery_error
from bot.delivery.verdict import MEANINGS, Verdict
from bot.errors import Fault
from sandbox.payloads.codes import CODES
from tests.bot.chat.doubles import http_error, page_error

STATUSES = (400, 403, 404, 429)
TOO_FAST = (20016, 20022, 20028, 20029, 30046, 40003, 40062)
TURNED_OFF = (40002, 40004, 40006, 40333, 110001, 130000)
BLOCKED = (20009, 200000, 200001, 240000)
NOBODY = (10013, 50007, 50033, 50278)
NO_PLACE = (10003, 40058, 50008, 50024)


def test_the_sandbox_can_refuse_with_every_code_that_leads_to_something_of_its_own() -> None:
    assert set(_BY_CODE) <= set(CODES)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("code", [*TOO_FAST, *TURNED_OFF])
def test_what_is_too_fast_or_turned_off_waits_whatever_its_status(code: int, status: int) -> None:
    fault = delivery_error(http_error(status, code)).fault
    assert MEANINGS[fault][0] is Verdict.TRY_AGAIN
    assert fault is (Fault.RATE_LIMITED if code in TOO_FAST else Fault.UNAVAILABLE)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    ("codes", "fault"),
    [
        ((160006, 160007), Fault.TOO_MANY_THREADS),
        ((50083, 160005), Fault.THREAD_CLOSED),
        (BLOCKED, Fault.BLOCKED),
        (NOBODY, Fault.DMS_CLOSED),
        (NO_PLACE, Fault.CHANNEL_GONE),
        ((50001, 50009, 50013), Fault.MISSING_PERMISSION),
    ],
)
def test_a_documented_code_counts_before_the_status(codes: tuple[int, ...], fault: Fault, status: int) -> None:
    assert {delivery_error(http_error(status, code)).fault for code in codes} == {fault}


@pytest.mark.parametrize(("status", "fault"), [(403, Fault.MISSING_PERMISSION), (404, Fault.CHANNEL_GONE)])
def test_an_unlisted_403_or_404_counts_by_its_status_and_is_no_bug_of_ours(status: int, fault: Fault) -> None:
    assert delivery_error(http_error(status, 999_999)).fault is fault
    assert delivery_error(http_error(status)).fault is fault


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413])
def test_a_page_of_a_proxys_is_no_refusal_of_the_channels_but_temporary(status: int) -> None:
    error = delivery_error(page_error(status))
    assert (error.fault, error.unsure) == (Fault.UNAVAILABLE, False)
    assert delivery_error(page_error(status, "")).fault is Fault.UNAVAILABLE


def test_json_that_is_not_discords_is_temporary_too() -> None:
    assert delivery_error(http_error(403, text="")).fault is Fault.UNAVAILABLE


def test_a_page_of_cloudflares_that_bans_the_address_is_too_many_requests() -> None:
    assert delivery_error(page_error(429, "<html>error code: 1015</html>")).fault is Fault.RATE_LIMITED
