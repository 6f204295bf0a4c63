"""Logs where the event loop stalls: a thread pings the loop, and reads its stack when it does not answer."""

import asyncio
import logging
import math
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

log = logging.getLogger(__name__)

STALL_SECONDS = 0.25
_LOOK_SECONDS = 0.05
_FRAMES = 12
"""Innermost stack frames in the log line."""


@contextmanager
def watching_loop(stall_seconds: float = STALL_SECONDS) -> Iterator[None]:
    """Log each stall of the running loop longer than `stall_seconds`, with the loop's stack during the stall.

    If the whole machine stalls, or C code holds the interpreter's lock, the stack is from just after the stall. Costs
    twenty wake-ups a second.
    """
    watchdog = _Watchdog(asyncio.get_running_loop(), threading.get_ident(), stall_seconds)
    watchdog.start()
    try:
        yield
    finally:
        watchdog.stop()


class _Watchdog(threading.Thread):
    """Pings the loop until stopped."""

    def __init__(self, loop: asyncio.AbstractEventLoop, watched: int, stall_seconds: float) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._loop = loop
        self._watched = watched
        self._stall = stall_seconds
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Stop pinging, and wait for the thread to end."""
        self._stopped.set()
        self.join()

    def run(self) -> None:
        """Ping the loop until stopped."""
        while not self._stopped.wait(_LOOK_SECONDS):
            answered = threading.Event()
            began = time.monotonic()
            try:
                self._loop.call_soon_threadsafe(answered.set)
            except RuntimeError:  # the loop is closed
                return
            if self._waits(answered, self._stall):
                continue
            where = self._where()
            if self._waits(answered):
                log.warning("the event loop stalled for %.2f s, in %s", time.monotonic() - began, where)

    def _waits(self, answered: threading.Event, seconds: float = math.inf) -> bool:
        """Whether the answer came within `seconds`. False once stopped: `stop` blocks the loop."""
        end = time.monotonic() + seconds
        while not answered.wait(min(_LOOK_SECONDS, max(end - time.monotonic(), 0.0))):
            if time.monotonic() >= end or self._stopped.is_set():
                return False
        return True

    def _where(self) -> str:
        """The loop's present stack, innermost frame first: names, files and lines, no values."""
        frame = sys._current_frames().get(self._watched)  # noqa: SLF001  there is no other way in
        if frame is None:
            return "an unknown place"
        stack = traceback.extract_stack(frame)[-_FRAMES:]
        return " < ".join(f"{each.name} ({_short(each.filename)}:{each.lineno})" for each in reversed(stack))


def _short(filename: str) -> str:
    return "/".join(Path(filename).parts[-3:])
