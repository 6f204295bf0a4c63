"""Work on files beside the event loop, which a file system that does not answer can't hold up."""

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
    """Does work on the archive's files in a thread, and waits `patience` seconds at most for a piece of it.

    The thread of what hangs, on a network's drive for instance, does not keep the program from ending; until that work
    is done nothing more is begun.
    """

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._hanging: Future[Any] | None = None

    async def do(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """The result of some work. Raises what it raises, and ArchiveError where it takes too long."""
        if self._hanging is not None and not self._hanging.done():
            raise self._given_up()
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(work(*arguments, **named))
            except BaseException as error:  # noqa: BLE001  it is raised where the result is awaited
                future.set_exception(error)

        Thread(target=run, name="archive", daemon=True).start()  # threads of asyncio's pool are waited for at the end
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.shield(asyncio.wrap_future(future))
        except TimeoutError:
            self._hanging = future
            raise self._given_up() from None

    def _given_up(self) -> ArchiveError:
        return ArchiveError(
            f"The archive's folder does not answer within {self._patience:g} seconds: look at the drive it is on."
        )
