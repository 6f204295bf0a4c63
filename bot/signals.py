"""How the system tells a program to end: the one place that knows its signals."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class Told(KeyboardInterrupt):
    """The program was told to end; `status` is what it then ends with, as shells have it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = 128 + number


@contextmanager
def ending_when_told() -> Iterator[None]:
    """Raise Told wherever the block is when Ctrl+C, SIGTERM or SIGHUP comes, so that it can clear away.

    A signal that is ignored, as by nohup, stays so.
    """
    numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _tell)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def call_when_told(stop: Callable[[], None]) -> None:
    """Call a function of the running loop on Ctrl+C and SIGTERM, and end nothing."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _tell(number: int, _: FrameType | None) -> None:
    raise Told(number)
