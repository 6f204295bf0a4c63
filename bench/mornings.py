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

from bench import report
from bench.corpus import ROOT
from bench.processes import DATABASE, TownProcess, Usage, owe, start_bot, usage
from sandbox import GLOBAL_RATE

PAGE = ROOT / "docs" / "operations.md"
MORNINGS = (1_000, 10_000, 100_000)
SENT_WHOLE = 20_000
"""Of more servers, the messages are not waited for."""
PER_SHARD = 2_500
_RATE = 48
"""The requests a second that Paperboy allows itself."""
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Morning:
    """What was measured, in seconds since the start.

    `first` is when the first message came, `connected` when the last shard had, `planned` when the last edition was,
    `sent` when the last message came, None if that was not waited for. `disk` is in MB.
    """

    servers: int
    shards: int
    first: float
    connected: float
    planned: float
    sent: float | None
    used: Usage
    disk: float


async def morning(servers: int) -> Morning:
    """Play one."""
    shards = max(1, -(-servers // PER_SHARD))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with TownProcess.open(
            str(servers), "--global-rate", str(GLOBAL_RATE), "--shards", str(shards)
        ) as discord:
            await owe(folder, discord.town)
            began = time.time()
            bot = await start_bot(folder, discord.town)
            try:
                while await discord.shards() < shards:  # noqa: ASYNC110  it is another process that knows
                    await asyncio.sleep(_LOOK_SECONDS)
                connected = time.time() - began
                while _planned(folder / DATABASE) < servers:  # noqa: ASYNC110
                    await asyncio.sleep(_LOOK_SECONDS)
                planned = time.time() - began
                if servers <= SENT_WHOLE:
                    await discord.until_all_came()
                else:
                    await discord.until_one_came()
                used = usage(bot.pid)
            finally:
                bot.terminate()
                await bot.wait()
            came = (await discord.report()).came
        disk = _disk(folder)
    sent = came[-1] - began if len(came) == servers else None
    return Morning(servers, shards, came[0] - began, connected, planned, sent, used, disk)


def _planned(path: Path) -> int:
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return int(database.execute("SELECT count(*) FROM editions").fetchone()[0])
    finally:
        database.close()


def _disk(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.glob(f"{DATABASE}*")) / 1024**2


def told(mornings: Sequence[Morning]) -> str:
    """The table, a column for each morning."""
    rows = [
        ("shards", [f"{each.shards}" for each in mornings]),
        ("first message after", [f"{each.first:.0f} s" for each in mornings]),
        ("all shards connected after", [f"{each.connected:.0f} s" for each in mornings]),
        ("all editions planned after", [f"{each.planned:.0f} s" for each in mornings]),
        ("all messages sent after", [_sent(each) for each in mornings]),
        ("memory of the bot", [f"{each.used.memory:.0f} MB" for each in mornings]),
        ("the same, at most", [f"{each.used.peak:.0f} MB" for each in mornings]),
        ("CPU of the bot", [f"{each.used.cpu:.0f} s" for each in mornings]),
        ("database on disk", [f"{each.disk:.0f} MB" for each in mornings]),
    ]
    head = ("", *(f"{each.servers:,} servers" for each in mornings))
    return report.table(head, [(name, *cells) for name, cells in rows])


def _sent(each: Morning) -> str:
    """When the last message came, or by the rate when it would."""
    return f"({each.servers / _RATE:.0f} s)" if each.sent is None else f"{each.sent:.0f} s"


def main(servers: Sequence[int] = ()) -> None:
    """Measure, print, and write into the page if all mornings were played."""
    parser = argparse.ArgumentParser(prog="python -m bench.mornings", description=__doc__)
    parser.add_argument("--servers", type=int, action="append", help="only such a morning, and print only")
    chosen = servers or parser.parse_args().servers or MORNINGS
    text = f"{told([asyncio.run(morning(each)) for each in chosen])}\n\n{report.machine()}"
    print(text)
    if chosen == MORNINGS:
        report.write("mornings", text, PAGE, by="mornings")


if __name__ == "__main__":
    main()
