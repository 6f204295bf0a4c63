"""`paperboy run`: the bot."""

import asyncio

from bot.assembly import open_app
from bot.clock import SystemClock
from bot.runtime.descriptors import allow_open_files
from bot.runtime.signals import call_when_told
from bot.settings import Settings


async def run_bot(settings: Settings) -> int:
    """Run the bot until Ctrl+C or SIGTERM."""
    allow_open_files()
    stop = asyncio.Event()
    call_when_told(stop.set)
    async with open_app(settings, SystemClock()) as app:
        await app.run(stop)
    return 0
