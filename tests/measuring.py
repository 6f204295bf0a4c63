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

_UNMEASURED = frozenset(
    {
        "bot/alerts/test_matching.py",
        "bot/archive/test_real_archive.py",
        "bot/chat/digests/test_zones.py",
        "bot/chat/members/test_alerts.py",
        "bot/chat/papers/test_passages.py",
        "bot/chat/test_archive.py",
        "bot/chat/text/test_prose.py",
        "bot/chat/text/test_theme.py",
        "bot/delivery/test_together.py",
        "bot/digests/test_choice.py",
        "bot/digests/test_late.py",
        "bot/locale/test_commands.py",
        "bot/locale/test_completeness.py",
        "bot/search/finding/test_phrases.py",
        "bot/search/test_analysis.py",
        "bot/search/test_query.py",
        "bot/search/test_right.py",
        "bot/search/test_service.py",
        "bot/sources/test_pages.py",
        "bot/sources/test_poller.py",
        "bot/storage/engine/test_examine.py",
        "bot/storage/engine/test_migrate.py",
        "bot/storage/papers/test_index.py",
        "bot/storage/papers/test_uncounted.py",
        "bot/storage/papers/test_pairs.py",
        "bot/storage/papers/test_shelf.py",
        "bot/storage/papers/test_texts_by_language.py",
        "bot/archive/test_loader.py::test_the_real_archive_loads_whole",
        "bot/chat/digests/test_reasons.py::test_each_reason_is_worded_with_its_facts",
        "bot/demo/test_play.py::test_new_papers_come_by_a_local_site_and_are_summarised_where_a_model_is_asked_for",
        "bot/demo/test_play.py::test_a_visit_goes_from_the_invitation_over_a_week_to_a_restart",
        "bot/locale/test_words.py::test_cities_are_read_in_the_language",
        "bot/runtime/test_proxies.py::test_the_model_goes_through_the_proxy",
        "bot/runtime/test_signals.py::test_lock_signals_and_descriptors_are_the_only_places_that_know_the_platform",
        "bot/search/test_budget.py::test_no_question_of_a_hunter_takes_more_than_its_budget",
        "bot/search/test_pairs.py::test_long_and_unbalanced_texts_take_no_time",
        "bot/summaries/test_openai.py::test_the_key_is_in_no_error_and_no_log",
        "bot/tools/test_fetch.py::test_papers_are_summarised_where_members_read_them",
        "bot/tools/test_streams.py::test_a_full_disk_behind_standard_output_is_one_line",
    }
)
"""Tests of the rooms that reach next to nothing that the others do not, and take long."""

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
    path = item.path.relative_to(item.config.rootpath / "tests")
    if path.parts[0] not in {"bot", "cogs"}:
        return path.as_posix() in _MEASURED
    names = {path.as_posix(), f"{path.as_posix()}::{item.name.partition('[')[0]}"}
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
