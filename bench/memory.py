"""Run in a process of its own: prints by how many MB it grows when it searches, resident and anonymous memory.

The queries come as JSON on standard input. Before: the database is open and a day has been read. After: all queries
have been asked twice. Linux alone tells a process's memory this way; elsewhere the figures are 0.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.engine import open_engine

_STATUS = Path("/proc/self/status")


async def grown(path: Path, texts: Sequence[str]) -> tuple[float, float]:
    """How much this process grows when a database is asked so many texts, in MB."""
    async with open_engine(path) as engine:
        newest = await engine.library.newest_day()
        if newest is not None:
            await engine.library.day(newest)
        before = _memory()
        ask = engine.asking()
        for text in (*texts, *texts):
            await ask(text)
        after = _memory()
    return after[0] - before[0], after[1] - before[1]


def _memory() -> tuple[float, float]:
    lines = _STATUS.read_text(encoding="ascii").splitlines() if _STATUS.exists() else []
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.endswith(" kB")}
    return kilobytes.get("VmRSS", 0) / 1024, kilobytes.get("RssAnon", 0) / 1024


if __name__ == "__main__":
    print(*asyncio.run(grown(Path(sys.argv[1]), json.load(sys.stdin))))
