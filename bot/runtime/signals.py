"""The signals that end the program. No other module handles signals."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class Told(KeyboardInterrupt):
    """A signal asked the program to end; `status` is its exit status, 128 plus the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = 128 + number


@contextmanager
def ending_when_told() -> Iterator[None]:
    """Raise Told in the block on Ctrl+C, SIGTERM or SIGHUP, so that it can clean up.

    A signal that was ignored, as by nohup, stays ignored.
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
    """Call `stop` in the running loop on Ctrl+C and SIGTERM, instead of ending the program."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _tell(number: int, _: FrameType | None) -> None:
    raise Told(number)
