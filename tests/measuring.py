"""Which tests measure coverage: to measure takes as much time as the tests themselves.

The others of `tests/e2e`, `tests/attacks` and the property tests reach next to nothing that these do not.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from coverage import Coverage

_UNMEASURED = frozenset(
    {
        "bot/archive/test_real_archive.py",
        "bot/chat/test_archive.py",
        "bot/locale/test_completeness.py",
        "bot/search/finding/test_phrases.py",
        "bot/search/test_analysis.py",
        "bot/search/test_right.py",
        "bot/search/test_service.py",
        "bot/sources/test_poller.py",
        "bot/storage/engine/test_migrate.py",
    }
)
"""Tests of the rooms that reach next to nothing that the others do not, and take long."""

_MEASURED = frozenset({"e2e/test_greeting.py", "e2e/test_reading.py"})
"""Tests of all together that reach what no test of the rooms does."""

_set_up = set[Path]()
"""The measured files of which one test has been set up."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure coverage in some tests alone."""
    measuring = Coverage.current()
    if measuring is None or _is_measured(item):
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


def _is_measured(item: pytest.Item) -> bool:
    path = item.path.relative_to(item.config.rootpath / "tests")
    if path.parts[0] not in {"bot", "cogs"}:
        return path.as_posix() in _MEASURED
    return path.as_posix() not in _UNMEASURED and item.get_closest_marker("hypothesis") is None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Measure what the fixtures do once for each file: they do the same for its other tests."""
    if item.path not in _set_up:
        _set_up.add(item.path)
        return (yield)
    with _untraced():
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Measure nothing of what ends a test."""
    with _untraced():
        return (yield)


@contextmanager
def _untraced() -> Iterator[None]:
    """Stop measuring this thread alone. Those that begin meanwhile work on in the test: they are measured."""
    trace = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(trace)
