"""The file of a server's digests: what was written is read again, and what was not is refused in one sentence."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.document import MAX_BYTES, Entry, read, write
from bot.digests.model import MOST_VOTES, Order, Style
from bot.errors import RefusalError
from bot.locale import Language, catalogue
from tests.builders import order

TODAY = date(2024, 2, 23)

orders = st.builds(
    Order,
    channel_id=st.integers(1, 2**63 - 1),
    time=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    timezone=st.sampled_from(["Asia/Seoul", "UTC", "America/New_York", "Australia/Lord_Howe"]),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    count=st.integers(1, 10),
    min_votes=st.integers(0, MOST_VOTES),
    style=st.sampled_from(Style),
    language=st.sampled_from([None, "ko", "en"]),
    replay_from=st.none() | st.dates(date(2000, 1, 1), TODAY),
    early=st.booleans(),
    query=st.none() | st.sampled_from(["diffusion -survey", "-survey -benchmark", '"확산 모델" author:Kim', "q" * 200]),
    tags=st.lists(st.text(min_size=1, max_size=20), max_size=5).map(tuple),
    mention=st.none() | st.sampled_from(["everyone", "here"]) | st.integers(1, 2**63 - 1).map(str),
    publish=st.booleans(),
)
discussed = st.builds(lambda order: replace(order, style=Style.THREAD, discuss=True), orders)
recaps = st.builds(
    lambda order, weekday: replace(order, weekly=True, weekdays=frozenset({weekday}), replay_from=None),
    orders,
    st.integers(0, 6),
)
entries = st.lists(
    st.builds(Entry, st.integers(1, 10), orders | recaps | discussed, st.booleans()),
    min_size=1,
    max_size=10,
    unique_by=lambda e: e.number,
)


@given(entries)
def test_what_was_written_is_read_again(given_entries: list[Entry]) -> None:
    written = write(given_entries)
    assert len(written) < MAX_BYTES
    assert read(written, TODAY) == tuple(given_entries)


def document(**changes: Any) -> dict[str, Any]:
    """A file with one digest, of which some fields are others; `...` takes one away."""
    whole: dict[str, Any] = json.loads(write([Entry(1, order(), paused=False)]))
    [digest] = whole["digests"]
    digest |= changes
    whole["digests"] = [{name: value for name, value in digest.items() if value is not ...}]
    return whole


def refusal(content: bytes) -> RefusalError:
    with pytest.raises(RefusalError) as raised:
        read(content, TODAY)
    for language in Language:  # there are words for it, with all their values
        assert catalogue(language).say(raised.value.key, **raised.value.values)
    return raised.value


WRONG: dict[str, list[Any]] = {
    "number": [0, 11, "1", 1.0, True, None],
    "channel": [10, "", "x", "-1", "９", "1" * 21, None, ["10"]],
    "time": ["9:00", "25:00", "09:60", "09:00:00", 900, None, "09:00 "],
    "timezone": ["Mars", "asia/seoul", "", "../etc/passwd", "localtime", None, 9, []],
    "weekdays": [[], ["mon", "mon"], ["monday"], "mon", [0], None, {}, [["mon"]]],
    "count": [0, 11, "5", 2.5, False],
    "min_votes": [-1, MOST_VOTES + 1, 10**400, None],
    "style": ["poster", None, 1, [], {}],
    "language": ["fr", "", 0, [], {}],
    "replay_from": ["2024-02-24", "20240201", "soon", 0, False, "2024-02-30", []],
    "early": [0, "false", None, "whole"],
    "weekly": [0, None, "mon", True],
    "query": ["", "-", " diffusion", "a\nb", "x" * 201, " ".join(map(str, range(33))), 1, [], {}],
    "mention": [10, "0", "-1", "nobody", "@here", "", [], "1" * 21],
    "tags": [["a"] * 6, [""], ["x" * 21], "LLM", None, [1], {}],
    "publish": [0, "yes", None],
    "discuss": [0, "yes", None, True],  # true needs another style
    "paused": [0, "false", None],
}

REQUIRED = {"number", "channel", "time", "timezone", "paused"}
"""Fields without a default. The others may be missing: an older file does not have them."""


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in WRONG.items() for value in values])
def test_a_wrong_value_is_refused_with_its_digest_and_its_field(field: str, value: object) -> None:
    refused = refusal(json.dumps(document(**{field: value})).encode())
    assert refused.key == f"import-wrong-{field.replace('_', '-')}"
    assert refused.values == {"place": 1}


@pytest.mark.parametrize("field", sorted(REQUIRED))
def test_a_field_without_a_default_must_be_there(field: str) -> None:
    assert refusal(json.dumps(document(**{field: ...})).encode()).key == f"import-wrong-{field.replace('_', '-')}"


@pytest.mark.parametrize("missing", [{"early", "weekly"}, WRONG.keys() - REQUIRED])
def test_a_field_that_an_older_file_does_not_have_has_its_default(missing: set[str]) -> None:
    [entry] = read(json.dumps(document(**dict.fromkeys(missing, ...))).encode(), TODAY)
    assert entry == Entry(1, order(), paused=False)


def test_an_exported_file_of_the_first_version_is_read() -> None:
    digest = {
        "number": 3,
        "channel": "123456789012345678",
        "time": "07:05",
        "timezone": "Europe/London",
        "weekdays": ["fri", "mon"],
        "count": 10,
        "min_votes": 100,
        "style": "thread",
        "language": "en",
        "replay_from": "2024-02-01",
        "paused": True,
    }
    expected = Order(
        channel_id=123456789012345678,
        time=time(7, 5),
        timezone="Europe/London",
        weekdays=frozenset({0, 4}),
        count=10,
        min_votes=100,
        style=Style.THREAD,
        language="en",
        replay_from=date(2024, 2, 1),
    )
    content = json.dumps({"format": "paperboy-digests", "version": 1, "digests": [digest]})
    assert read(content.encode(), TODAY) == (Entry(3, expected, paused=True),)


@pytest.mark.parametrize(
    ("written", "meant"),
    [({"style": "cards"}, Style.FULL), ({"style": ...}, Style.FULL), ({"style": "thread"}, Style.THREAD)],
)
def test_a_style_of_the_first_version_keeps_its_look(written: dict[str, Any], meant: Style) -> None:
    [entry] = read(json.dumps(document(**written) | {"version": 1}).encode(), TODAY)
    assert entry.order.style is meant
    with pytest.raises(RefusalError):
        read(json.dumps(document(style="poster") | {"version": 1}).encode(), TODAY)


@pytest.mark.parametrize("wrong", [{"weekdays": ["mon", "fri"]}, {"replay_from": "2024-02-01"}])
def test_a_recap_has_one_day_and_replays_nothing(wrong: dict[str, Any]) -> None:
    recap = {"weekly": True, "weekdays": ["fri"]}
    [entry] = read(json.dumps(document(**recap)).encode(), TODAY)
    assert (entry.order.weekly, entry.order.weekdays) == (True, frozenset({4}))
    assert refusal(json.dumps(document(**(recap | wrong))).encode()).key == "import-wrong-weekly"


def test_a_field_that_is_none_is_refused_with_those_there_are() -> None:
    refused = refusal(json.dumps(document(guild_id="1")).encode())
    assert refused.key == "import-unknown-field"
    assert str(refused.values["fields"]).split(", ") == list(WRONG)


def test_a_number_is_one_digests_alone() -> None:
    twice = document()
    twice["digests"] *= 2
    refused = refusal(json.dumps(twice).encode())
    assert (refused.key, refused.values) == ("import-number-twice", {"place": 2, "number": 1})


def changed(**changes: object) -> bytes:
    return json.dumps(document() | changes).encode()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "import-no-json"),
        (b"\xff\xfe", "import-no-json"),
        (b"{", "import-no-json"),
        (b"[" * MAX_BYTES, "import-no-json"),
        (b'{"a":' * (MAX_BYTES // 5), "import-no-json"),
        (b"9" * MAX_BYTES, "import-no-json"),
        (changed(digests=[{"time": "\ud800"}]), "import-no-json"),
        (b'{"format": NaN}', "import-no-json"),
        (b'{"format": "paperboy-digests", "format": "paperboy-digests"}', "import-no-json"),
        (b" " * (MAX_BYTES + 1), "import-too-large"),
        (b"[]", "import-no-export"),
        (b"null", "import-no-export"),
        (b"{}", "import-no-export"),
        (changed(format="other"), "import-no-export"),
        (changed(version=True), "import-no-export"),
        (changed(version="1"), "import-no-export"),
        (changed(version=-1), "import-no-export"),
        (changed(version=3), "import-version"),
        (changed(more=1), "import-no-export"),
        (changed(digests={}), "import-no-export"),
        (changed(digests=[]), "import-how-many"),
        (changed(digests=[{}] * 11), "import-how-many"),
        (changed(digests=[[]]), "import-no-digest"),
        (changed(digests=[None]), "import-no-digest"),
        (changed(digests=[{"order": {}}]), "import-unknown-field"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_export_is_refused(content: bytes, key: str) -> None:
    assert refusal(content).key == key


def refused_key(content: bytes) -> str:
    """Why it is refused; "import-none" where it is read, and then it is what is written of it."""
    try:
        entries = read(content, TODAY)
    except RefusalError as refused:
        return refused.key
    assert read(write(entries), TODAY) == entries
    return "import-none"


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_are_anything_but_read_or_refused(content: bytes) -> None:
    assert refused_key(content).startswith("import-")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(sorted(WRONG)), json_values)
def test_no_value_of_a_field_is_anything_but_read_or_refused(field: str, value: object) -> None:
    key = refused_key(json.dumps(document(**{field: value})).encode())
    assert key in {"import-none", "import-no-json", f"import-wrong-{field.replace('_', '-')}"}
