"""Which tests measure coverage: to measure takes as much time as the tests themselves.

The others of `tests/e2e`, `tests/attacks` and the property tests reach next to nothing that these do not. Nothing is
measured while tests are collected, and between them.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from coverage import Coverage

import bot
import cogs

_UNMEASURED = frozenset(Path(__file__).with_name("unmeasured.txt").read_text("utf-8").splitlines())
"""Files and functions; the file says which."""

_MEASURED = frozenset({"e2e/test_greeting.py", "e2e/test_reading.py"})
"""Tests of all together that reach what no test of the rooms does."""

_set_up = set[Path]()
"""The measured files of which one test has been set up."""

_measuring: list[Coverage] = []
"""What pytest-cov has begun, if it has."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Measure how the modules are imported, in one process that tests: it is the same in all of them. Then stop."""
    measuring = Coverage.current()
    if measuring is not None:
        _measuring.append(measuring)
        hands_out = session.config.pluginmanager.has_plugin("dsession")  # the process that has others do the tests
        if not hands_out and os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
            _import_all()
        measuring.stop()
    return (yield)


def _import_all() -> None:
    """Import all modules that are measured. The largest library that one of them needs comes first, unmeasured."""
    with _untraced(), suppress(ImportError):
        import_module("openai")
    for package in (bot, cogs):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(found.name)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure coverage in some tests alone."""
    if not _measuring or not _is_measured(item):
        return (yield)
    _measuring[0].start()
    try:
        return (yield)
    finally:
        _measuring[0].stop()


def _is_measured(item: pytest.Item) -> bool:
    path = item.path.relative_to(item.config.rootpath / "tests").as_posix()
    if not path.startswith(("bot/", "cogs/")) and path not in _MEASURED:
        return False
    names = {path, f"{path}::{item.name.partition('[')[0]}"}
    return not names & _UNMEASURED and item.get_closest_marker("hypothesis") is None


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
