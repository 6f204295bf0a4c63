"""Draws pictures beside the bot, so that its event loop never waits for them."""

import asyncio
import logging
import os
import sys
from collections import OrderedDict
from importlib.util import find_spec

from bot.charts.model import Lines

log = logging.getLogger(__name__)

_PACKAGES = ("pygal", "resvg_py", "noto_cjk_sans_otc")
_SECONDS = 10.0
_KEPT = 32
_PROGRAM = (sys.executable, "-m", "bot.charts.draw")


class Charts:
    """Draws one picture at a time, in a process of its own, and keeps the last ones."""

    def __init__(self, program: tuple[str, ...] = _PROGRAM, seconds: float = _SECONDS) -> None:
        self._program = program
        self._seconds = seconds
        self._kept: OrderedDict[Lines, bytes] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, lines: Lines) -> bytes | None:
        """The lines as a PNG; None if they can't be drawn, which is logged."""
        async with self._one_at_a_time:
            if lines not in self._kept:
                drawn = await self._drawn(lines)
                if drawn is None:
                    return None
                self._kept[lines] = drawn
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(lines)
            return self._kept[lines]

    async def _drawn(self, lines: Lines) -> bytes | None:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *self._program, stdin=pipe, stdout=pipe, stderr=pipe, env=_surroundings()
        )
        try:
            async with asyncio.timeout(self._seconds):
                picture, told = await process.communicate(lines.written())
        except TimeoutError:
            log.warning("a chart was not drawn within %g s", self._seconds)
            return None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            log.warning("a chart can't be drawn: %s", told.decode(errors="replace").strip()[-500:])
            return None
        return picture


def open_charts() -> Charts | None:
    """What draws pictures; None if the extra `charts` is not installed."""
    return Charts() if all(map(find_spec, _PACKAGES)) else None


def _surroundings() -> dict[str, str]:
    """The environment without Paperboy's settings, one of which may be the token."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PAPERBOY_")}
