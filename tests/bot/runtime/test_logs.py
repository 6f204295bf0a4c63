import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DatabaseAwayError, DatabaseDamagedError, StorageError
from bot.runtime.logs import Hider, logging_to_stderr
from bot.settings import LogSettings

TOKEN = "MTk4NjIy.G9x/+_=.se\"cr'et\\"
FORMATS = ["console", "json"]
log = logging.getLogger("bot.test")


@contextmanager
def written(monkeypatch: pytest.MonkeyPatch, **settings: Any) -> Iterator[Callable[[], str]]:
    stream = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr("sys.stderr", stream)
        with logging_to_stderr(LogSettings(**settings), Hider(TOKEN)):
            yield stream.getvalue


def raised(what: str, cause: Exception) -> ConnectionError:
    """An error that was raised from another, with its traceback."""
    try:
        raise ConnectionError(what) from cause  # noqa: TRY301  only a raised error has a traceback
    except ConnectionError as error:
        return error


@pytest.mark.parametrize("how", FORMATS)
@pytest.mark.parametrize("name", ["bot.test", "discord.http", "aiohttp.client", "asyncio"])
def test_the_token_is_never_in_the_log(monkeypatch: pytest.MonkeyPatch, how: str, name: str) -> None:
    """Whoever says it, and wherever: in messages, addresses, headers, tracebacks, their causes and fields."""
    said = logging.getLogger(name)
    dresses = [TOKEN, f"Bot {TOKEN}", f"https://x/?t={quote(TOKEN, safe='')}", repr({"a": TOKEN}), json.dumps(TOKEN)]
    with written(monkeypatch, format=how, level="DEBUG") as text:
        for dress in dresses:
            said.debug("asked with %s", dress)
            said.warning("%r", {"Authorization": f"Bot {TOKEN}"}, extra={"edition_id": dress}, stack_info=True)
            error = raised(f"GET {dress} failed", ValueError(dress))
            said.error("can't reach %s", dress, exc_info=error)
        told = text()
    assert told.count("[secret]") >= 6 * len(dresses)
    for dress in (TOKEN, quote(TOKEN, safe=""), json.dumps(TOKEN)[1:-1], repr(TOKEN)[1:-1], "se\"cr'et", "G9x"):
        assert dress not in told


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=20), st.text(), st.text())
def test_a_secret_is_hidden_wherever_it_stands(secret: str, before: str, after: str) -> None:
    hide = Hider(secret)
    for dress in (secret, quote(secret, safe=""), json.dumps(secret), repr(secret)):
        assert secret not in hide(f"{before}{dress}{after}")


def test_without_a_secret_nothing_is_hidden() -> None:
    assert Hider(None)("a [b] c") == "a [b] c"


def test_a_line_of_json_is_an_object_with_its_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    with written(monkeypatch, format="json") as text:
        log.info("edition %d\nplanned: 환각", 3, extra={"edition_id": 3, "digest_id": 2, "guild_id": 1, "else": 5})
        log.info("quiet")
        first, second = map(json.loads, text().splitlines())
    assert first.pop("time").endswith("+00:00")
    assert first == {
        "level": "INFO",
        "logger": "bot.test",
        "message": "edition 3\nplanned: 환각",
        "edition_id": 3,
        "digest_id": 2,
        "guild_id": 1,
    }
    assert set(second) == {"time", "level", "logger", "message"}


def test_json_has_the_traceback_in_the_same_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with written(monkeypatch, format="json") as text:
        log.error("failed", exc_info=raised("no", ValueError("cause")))
        (line,) = text().splitlines()
    assert "ConnectionError: no" in json.loads(line)["error"]


def test_a_line_for_people_ends_in_its_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    with written(monkeypatch) as text:
        log.info("sent", extra={"delivery_id": 7, "edition_id": None})
        log.info("quiet")
        first, second = text().splitlines()
    assert first.endswith(" INFO bot.test: sent (delivery_id=7)")
    assert second.endswith(" INFO bot.test: quiet")


def test_the_level_holds_and_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = logging.getLogger().level
    with written(monkeypatch, level="WARNING") as text:
        log.info("not this")
        log.warning("this")
        assert [line.split()[-1] for line in text().splitlines()] == ["this"]
    assert logging.getLogger().level == before


@pytest.mark.parametrize("error", [DatabaseDamagedError("damaged"), DatabaseAwayError("disk full")], ids=repr)
@pytest.mark.parametrize("how", FORMATS)
def test_a_damaged_or_full_database_is_no_flood_of_traces(
    monkeypatch: pytest.MonkeyPatch, how: str, error: StorageError
) -> None:
    with written(monkeypatch, format=how) as text:
        for _ in range(3):
            log.error("unforeseen", exc_info=raised("a command failed", error))
        assert text() == ""
