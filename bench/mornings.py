"""`python -m bench.mornings`: what a morning of more and more servers takes, as a table in docs/operations.md.

Each is one of bench.delivery's, with Discord's limits, in which all servers are due at once. The largest one ends when
all editions are planned: to send them takes as long as Discord's limit says.
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import report, scenery
from bench.corpus import ROOT
from bench.processes import DATABASE, PER_SHARD, BotProcess, TownProcess, Usage, limited, owe, shards_of
from sandbox import GLOBAL_RATE

PAGE = ROOT / "docs" / "operations.md"
MORNINGS = (1_000, 10_000, 100_000)
SENT_WHOLE = 20_000
"""Of more servers, the messages are not waited for."""
MEMORY = "250 MB with 10,000; 1,500 MB with 100,000"
_RATE = 48
"""The requests a second that Paperboy allows itself."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What was measured, in seconds since the start.

    `ready` is when each shard was connected, by its number, `served` when the first message in one of its servers came.
    `planned` is when the last edition was planned, `sent` when the last message came, None if that was not waited for.
    `disk` is in MB.
    """

    servers: int
    ready: Sequence[float]
    served: Sequence[float]
    planned: float
    sent: float | None
    used: Usage
    disk: float


async def morning(servers: int) -> Morning:
    """Play one. Raises RuntimeError if the bot ends before, or stops working."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with TownProcess.open(str(servers), *limited(servers)) as discord:
            await owe(folder, discord.town)
            began = time.time()
            async with BotProcess.run(folder, discord.town) as bot:

                async def planned_count() -> int:
                    return _planned(folder / DATABASE)

                await bot.until(planned_count, servers)
                planned = time.time() - began
                await bot.until(discord.served, shards_of(servers))
                if servers <= SENT_WHOLE:
                    await bot.until(discord.count, servers)
                used = bot.usage
            seen = await discord.report()
        disk = _disk(folder)
    return Morning(
        servers,
        ready=[at - began for at in seen.ready],
        served=[at - began for at in seen.served],
        planned=planned,
        sent=seen.came[-1] - began if len(seen.came) == servers else None,
        used=used,
        disk=disk,
    )


def _planned(path: Path) -> int:
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return int(database.execute("SELECT count(*) FROM editions").fetchone()[0])
    finally:
        database.close()


def _disk(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.glob(f"{DATABASE}*")) / 1024**2


def told(mornings: Sequence[Morning]) -> str:
    """The table: a column for each morning, and one of the limits."""
    rows = [
        ("shards", [f"{len(each.ready)}" for each in mornings], f"{PER_SHARD:,} servers each"),
        ("first shard connected after", [f"{each.ready[0]:.1f} s" for each in mornings], ""),
        ("first message in its servers after", [f"{each.served[0]:.1f} s" for each in mornings], "15 s"),
        ("last shard connected after", [f"{each.ready[-1]:.1f} s" for each in mornings], "5 s a shard"),
        ("first message in its servers after", [f"{each.served[-1]:.1f} s" for each in mornings], ""),
        ("from connected to first message, at most", [f"{_longest(each):.1f} s" for each in mornings], ""),
        ("all editions planned after", [f"{each.planned:.0f} s" for each in mornings], ""),
        ("all messages sent after", [_sent(each) for each in mornings], f"{GLOBAL_RATE} a second"),
        ("memory of the bot", [f"{each.used.memory:,.0f} MB" for each in mornings], ""),
        ("the same, at most", [f"{each.used.peak:,.0f} MB" for each in mornings], MEMORY),
        ("CPU of the bot", [f"{each.used.cpu:.0f} s" for each in mornings], ""),
        ("database on disk", [f"{each.disk:.0f} MB" for each in mornings], ""),
    ]
    head = ("", *(f"{each.servers:,} servers" for each in mornings), "limit")
    return report.table(head, [(name, *cells, limit) for name, cells, limit in rows])


def _longest(each: Morning) -> float:
    """The longest time in which a connected shard's servers waited for a first message."""
    return max(came - ready for ready, came in zip(each.ready, each.served, strict=True))


def _sent(each: Morning) -> str:
    """When the last message came, or by the rate when it would."""
    return f"({each.servers / _RATE:.0f} s)" if each.sent is None else f"{each.sent:.0f} s"


def main(servers: Sequence[int] = ()) -> None:
    """Measure, print, and write into the page if all mornings were played."""
    parser = argparse.ArgumentParser(prog="python -m bench.mornings", description=__doc__)
    parser.add_argument("--servers", type=int, action="append", help="only such a morning, and print only")
    chosen = servers or parser.parse_args().servers or MORNINGS
    played = [asyncio.run(morning(each)) for each in chosen]
    text = f"{told(played)}\n\nServers {scenery.DRAWN}, one digest each. {report.machine()}"
    print(text)
    if chosen == MORNINGS:
        report.write("mornings", text, PAGE, by="mornings")


if __name__ == "__main__":
    main()
