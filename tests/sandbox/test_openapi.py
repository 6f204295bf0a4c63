import pytest

from sandbox import Request
from tests.sandbox.openapi import Spec, find_spec, problems
from tests.shared import needs_specification

pytestmark = needs_specification


@pytest.fixture
def spec() -> Spec:
    spec = find_spec()
    assert spec is not None
    return spec


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (Request("POST", "/channels/1/messages", {}, body={"content": "x"}), None),
        (Request("POST", "/channels/1/messages", {}, body={"content": 5}), "$.content"),
        (Request("POST", "/channels/1/messages", {}), "needs a body"),
        (Request("POST", "/channels/1/messages", {"wait": "1"}, body={}), "unknown query parameter wait"),
        (Request("GET", "/users/@me", {}), None),
        (Request("GET", "/users/@me", {}, body={}), "takes no body"),
        (Request("POST", "/users/@me/channels", {}, body={"recipient_id": 5}), None),
        (Request("GET", "/nonsense", {}), "no such operation"),
        (Request("PUT", "/users/@me", {}), "no such operation"),
    ],
)
def test_requests_are_held_against_the_specification(spec: Spec, request_: Request, problem: str | None) -> None:
    found = problems(request_, spec)
    assert (found == []) if problem is None else (problem in found[0])


MESSAGE = "/channels/1/messages/2"
REFUSAL = {"message": "Missing Access", "code": 50001}


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (Request("GET", MESSAGE, {}, status=200, answer={"id": 2}), "answered $"),
        (Request("GET", MESSAGE, {}, status=200), "answered None"),
        (Request("GET", MESSAGE, {}, status=201, answer={}), "no such status"),
        (Request("GET", MESSAGE, {}, status=403, answer=REFUSAL), None),
        (Request("GET", MESSAGE, {}, status=403, answer={"message": "no"}), "answered $"),
        (Request("GET", MESSAGE, {}, status=429, answer=REFUSAL), "answered $"),
        (Request("GET", MESSAGE, {}, status=403, answer="<html>", faked=True), None),
        (Request("GET", MESSAGE, {}, status=503, answer=REFUSAL), None),
        (Request("GET", MESSAGE, {}), None),
        (Request("DELETE", MESSAGE, {}, status=204), None),
        (Request("DELETE", MESSAGE, {}, status=204, answer={}), "answered {}"),
    ],
)
def test_answers_are_held_against_the_specification(spec: Spec, request_: Request, problem: str | None) -> None:
    found = problems(request_, spec)
    assert (found == []) if problem is None else (problem in found[0])
