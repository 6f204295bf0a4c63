"""`python -m bench.delivery`: ten thousand servers due at once, as a table in docs/operations.md.

The bot is the program that an operator runs, in a process of its own, on a database that owes every server an edition;
Discord is the sandbox, in another. First with Discord's limits, members asking the bot once its shards are there; then
with the limits lifted, between runs of a bare discord.py loop that sends the same message: to as many channels, and to
so few that discord.py's bookkeeping of their limits costs nothing.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import mornings, report, scenery
from bench.bare import PAPERS
from bench.corpus import ROOT
from bench.processes import BotProcess, TownProcess, limited, owe, python, shards_of
from bench.timing import Timing
from bench.town import Report
from sandbox import GLOBAL_RATE

PAGE = ROOT / "docs" / "operations.md"
HANDS = 32
FEW = 200
"""Of fewer than 256 channels discord.py keeps the limits without looking through them."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A run of the bot: what Discord saw, from start to first message (seconds), and the bot's memory at most (MB)."""

    seen: Report
    start: float
    memory: float

    @property
    def rate(self) -> float:
        """Messages a second, from the first to the last."""
        return _rate(self.seen.came)


async def delivered(servers: int, *, lifted: bool = False) -> Delivered:
    """Run the bot until every server had its message.

    With Discord's limits, members ask the bot as soon as all its shards are there; with limits lifted, nobody does.
    """
    limits = () if lifted else limited(servers)
    with tempfile.TemporaryDirectory() as folder:
        async with TownProcess.open(str(servers), *limits) as discord:
            await owe(Path(folder), discord.town)
            began = time.time()
            async with BotProcess.run(Path(folder), discord.town, lifted=lifted) as bot:
                if not lifted:
                    await bot.until(discord.served, shards_of(servers))
                    discord.tell("people")
                await bot.until(discord.count, servers)
                memory = bot.usage.peak
                discord.tell("quiet")
                await discord.count()  # once it answers, it is quiet
            seen = await discord.report()
    return Delivered(seen, seen.came[0] - began, memory)


def _rate(came: Sequence[float]) -> float:
    return (len(came) - 1) / (came[-1] - came[0])


async def bare(messages: int, channels: int) -> float:
    """Messages a second of a bare loop over so many channels."""
    async with TownProcess.open(str(channels)) as discord:
        process = await python("bench.bare", str(messages), str(HANDS))
        out, _ = await process.communicate(json.dumps(asdict(discord.town)).encode())
        return float(out)


# -- what is told ------------------------------------------------------------------------------------------------------


def told(paced: Delivered, lifted: Delivered, many: Sequence[float], few: Sequence[float]) -> str:
    """The table: what was measured, what was asked for, and how the one stands to the other.

    `many` and `few` are the bare loops' messages a second, to as many channels and to few.
    """
    waits = Timing.of(paced.seen.answers)
    refused = paced.seen.statuses.get("429", 0)
    rows = [
        ("messages a second under Discord's limit", f"{paced.rate:.1f}", f"{GLOBAL_RATE}", paced.rate / GLOBAL_RATE),
        ("answers of 429", f"{refused}", "0", None),
        ("servers without their message, or with two", f"{paced.seen.twice + lifted.seen.twice}", "0", None),
        (f"{len(paced.seen.answers)} members asked meanwhile, p50", f"{waits.p50:.0f} ms", "", None),
        ("the same, p99", f"{waits.p99:.0f} ms", "300 ms", waits.p99 / 300),
        ("members who were not answered", f"{paced.seen.unanswered}", "0", None),
        _against("messages a second with the limits lifted, beside a bare loop to as many channels", lifted, many),
        _against(f"the same, beside a bare loop to {FEW} channels", lifted, few),
        ("memory of the bot at most", f"{paced.memory:.0f} MB", "250 MB", paced.memory / 250),
        ("from start to the first message", f"{paced.start:.1f} s", "15 s", paced.start / 15),
    ]
    return report.table(
        ("", "measured", "limit", "ratio"),
        [(name, value, limit, "" if ratio is None else f"{ratio:.2f}") for name, value, limit, ratio in rows],
    )


def _against(name: str, lifted: Delivered, loops: Sequence[float]) -> tuple[str, str, str, float]:
    loop = sum(loops) / len(loops)
    return name, f"{lifted.rate:.0f}", f"{loop:.0f}", lifted.rate / loop


def _busy() -> str:
    return f"{os.getloadavg()[0]:.1f}"


async def measure(servers: int) -> str:
    """All of it."""
    busy = [_busy()]
    paced = await delivered(servers)
    busy.append(_busy())
    many, few = [await bare(servers, servers)], [await bare(servers, FEW)]
    lifted = await delivered(servers, lifted=True)
    many.append(await bare(servers, servers))
    few.append(await bare(servers, FEW))
    busy.append(_busy())
    words = (
        f"{servers:,} servers {scenery.DRAWN} on {shards_of(servers)} shards, one digest each, {PAPERS} papers an"
        f" edition. The bare loops before and after: {_both(many)} and {_both(few)}. Processes that wanted a core at"
        f" the start, in the middle and at the end: {', '.join(busy)}. {report.machine()}"
    )
    return f"{told(paced, lifted, many, few)}\n\n{words}"


def _both(loops: Sequence[float]) -> str:
    return " / ".join(f"{loop:.0f}" for loop in loops)


def main() -> None:
    """Measure, print, and write into the page unless it is a quick look."""
    parser = argparse.ArgumentParser(prog="python -m bench.delivery", description=__doc__)
    parser.add_argument("--servers", type=int, default=10_000, help="of very many: gateway and planning only")
    parser.add_argument("--quick", action="store_true", help="500 servers, and print only")
    options = parser.parse_args()
    if options.servers > mornings.SENT_WHOLE:
        mornings.main([options.servers])
        return
    text = asyncio.run(measure(500 if options.quick else options.servers))
    print(text)
    if not options.quick:
        report.write("ten thousand servers", text, PAGE, by="delivery")


if __name__ == "__main__":
    main()
