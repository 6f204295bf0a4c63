import asyncio
import gc
from threading import Event
from threading import enumerate as enumerate_threads
from typing import Any

import pytest

from bot.archive.thread import FileThread
from bot.errors import ArchiveError


async def test_what_the_work_gives_and_what_it_raises() -> None:
    files = FileThread()
    assert await files.do(int, "7") == 7
    with pytest.raises(ValueError, match="seven"):
        await files.do(int, "seven")


async def test_work_that_hangs_is_given_up_and_nothing_more_is_begun_until_it_is_done() -> None:
    files, goes_on, begun = FileThread(0.01), Event(), Event()
    with pytest.raises(ArchiveError, match="did not answer"):
        async with asyncio.timeout(5):
            await files.do(goes_on.wait)
    with pytest.raises(ArchiveError, match="did not answer"):
        await files.do(begun.set)
    assert not begun.is_set()
    goes_on.set()
    async with asyncio.timeout(5):
        while not begun.is_set():
            try:
                await files.do(begun.set)
            except ArchiveError:
                await asyncio.sleep(0)


async def test_what_fails_after_it_was_given_up_is_no_error_of_anyone() -> None:
    files, goes_on, others = FileThread(0.01), Event(), {*enumerate_threads()}
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))

    def fail() -> None:
        goes_on.wait()
        raise OSError("too late")

    with pytest.raises(ArchiveError):
        await files.do(fail)
    goes_on.set()
    for thread in {*enumerate_threads()} - others:
        thread.join()
    for _ in range(2):  # the loop learns of it, and then whoever gave up
        await asyncio.sleep(0)
    assert files._hanging is not None
    assert isinstance(files._hanging.exception(), OSError)
    files._hanging = None
    gc.collect()  # asyncio tells of an exception that nobody asked for when its future goes
    assert told == []
