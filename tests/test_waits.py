"""Tests wait for events: one that sleeps is slow on a quiet machine and wrong on a busy one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
BY_TIME = frozenset({"kill", "soak"})
"""Folders whose tests follow other processes, or kill them at a random moment; not part of `make test`."""


def sleeps(source: str) -> Iterator[int]:
    """The lines that sleep. `asyncio.sleep(0)` lets other tasks run, and is no sleep."""
    if "sleep" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"asyncio.sleep", "time.sleep"}
            and ast.unparse(node.args[0]) != "0"
        ):
            yield node.lineno


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("await asyncio.sleep(0.01)", 1),
        ("await asyncio.sleep(seconds)", 1),
        ("time.sleep(1)", 1),
        ("await asyncio.sleep(0)", 0),
        ("await self.sleep(5)", 0),
        ("house.sleep = asyncio.sleep", 0),
    ],
)
def test_a_sleep_is_seen(line: str, count: int) -> None:
    assert len(list(sleeps(line))) == count


def test_no_test_sleeps() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("*.py"))
        if path.relative_to(TESTS).parts[0] not in BY_TIME
        for line in sleeps(path.read_text("utf-8"))
    ]
    assert found == []
