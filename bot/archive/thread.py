"""Runs file work in a thread, so that a file system that does not answer can't block the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any, ParamSpec, TypeVar

from bot.errors import ArchiveError

PATIENCE_SECONDS = 60.0

P = ParamSpec("P")
T = TypeVar("T")


class FileThread:
    """Runs work on the archive's files in a thread, and waits at most `patience` seconds for each call.

    A call that hangs, as on a network drive, does not keep the program from ending; no other is started until it is
    done.
    """

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._hanging: Future[Any] | None = None

    async def do(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Run a function and return its result. Raises what it raises, and ArchiveError if it takes too long."""
        if self._hanging is not None and not self._hanging.done():
            raise self._given_up()
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(work(*arguments, **named))
            except BaseException as error:  # noqa: BLE001  raised in the awaiting task
                future.set_exception(error)

        told = asyncio.wrap_future(future)
        told.add_done_callback(lambda done: done.cancelled() or done.exception())  # else asyncio logs what fails late
        Thread(target=run, name="archive", daemon=True).start()  # asyncio's own threads are joined at exit
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.shield(told)
        except TimeoutError:
            self._hanging = future
            raise self._given_up() from None

    def _given_up(self) -> ArchiveError:
        return ArchiveError(f"The archive's folder did not answer within {self._patience:g} seconds: check its drive.")
