"""A bare discord.py send loop, in a process of its own: `python -m bench.bare HANDS`, what it needs on standard input.

It sends one message that is rendered already to each channel, a nonce of its own with each, HANDS at a time, and prints
its CPU time in seconds as JSON. Nothing is recorded, chosen or paced.
"""

import asyncio
import json
import sys
import time

import discord
from discord.http import Route

from bench.corpus import ROOT, archive_days
from bench.town import Town
from bot.chat.buttons_delivered import edition_view
from bot.chat.cards import edition_cards
from bot.digests.model import Selection
from bot.locale import Language, catalogue
from bot.papers import Day, ranked

PAPERS = 5
"""What an edition shows unless an admin asks for more or fewer."""


def newest_day() -> Day:
    """The newest day of the seeds."""
    return archive_days(ROOT / "seeds")[-1]


async def send(town: Town, hands: int) -> float:
    """Send to all channels; the CPU time in seconds."""
    Route.BASE = town.url
    korean, day = catalogue(Language.KO), newest_day()
    selection = Selection(day.date, len(day.listings), tuple(ranked(day)[:PAPERS]))
    message, view = edition_cards(selection, korean), edition_view(selection, korean, 1)
    quiet = discord.AllowedMentions.none()
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(town.token)
        channels = iter([channel for _, channel in town.channels])

        async def hand() -> None:
            for channel in channels:
                place = client.get_partial_messageable(channel)
                await place.send(
                    message.content, embeds=message.embeds, view=view, nonce=f"b-{channel}", allowed_mentions=quiet
                )

        began = time.process_time()
        await asyncio.gather(*(hand() for _ in range(hands)))
        return time.process_time() - began


def main() -> None:
    """Send, and tell how much time that took."""
    town = Town(**json.load(sys.stdin))
    print(json.dumps(asyncio.run(send(town, int(sys.argv[1])))))


if __name__ == "__main__":
    main()
