import ast
import asyncio
import signal

import pytest

from bot.runtime.signals import call_when_told
from tests.shared import ROOT


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("loops_handle_signals", [True, False])
async def test_a_running_bot_is_called_and_not_ended(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch, *, loops_handle_signals: bool
) -> None:
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    if not loops_handle_signals:  # as on Windows

        def refuse(*_: object) -> None:
            raise NotImplementedError

        monkeypatch.setattr(loop, "add_signal_handler", refuse)
    call_when_told(told.set)
    try:
        signal.raise_signal(number)
        async with asyncio.timeout(5):
            await told.wait()
    finally:
        for each, handler in before.items():
            loop.remove_signal_handler(each)
            signal.signal(each, handler)


def test_lock_signals_and_descriptors_are_the_only_places_that_know_the_platform() -> None:
    knowing = {
        path.relative_to(ROOT).as_posix()
        for room in ("bot", "cogs", "sandbox")
        for path in (ROOT / room).rglob("*.py")
        if knows_the_platform(path.read_text(encoding="utf-8"))
    }
    assert knowing == {"bot/runtime/descriptors.py", "bot/runtime/signals.py", "bot/storage/engine/lock.py"}


def knows_the_platform(source: str) -> bool:
    asked = {"fcntl", "msvcrt", "signal", "resource", "pwd", "sys.platform", "os.name", "platform.system"}
    return any(name in source for name in asked) and not asked.isdisjoint(names(ast.parse(source)))


def names(module: ast.Module) -> set[str]:
    """The modules that are imported, and what is asked of `sys`, `os` and `platform`."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{node.value.id}.{node.attr}")
    return found
