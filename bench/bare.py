"""A bare discord.py send loop, in a process of its own: `python -m bench.bare MESSAGES HANDS`.

A Town comes on standard input. It sends one message that is rendered already to one channel after the other, a nonce of
its own with each, HANDS at a time, and prints how many it sent a second. Nothing is recorded, chosen or paced.
"""

import asyncio
import json
import sys
import time
from itertools import cycle

import discord
from discord.http import Route

from bench.corpus import ROOT, archive_days
from bench.town import Town
from bot.chat.papers.buttons_delivered import edition_view
from bot.chat.papers.editions import edition_cards
from bot.digests.model import Selection
from bot.locale import Language, catalogue
from bot.papers import Day, ranked

PAPERS = 5
"""What an edition shows unless an admin asks for more or fewer."""


def newest_day() -> Day:
    """The newest day of the seeds."""
    return archive_days(ROOT / "seeds")[-1]


async def send(town: Town, messages: int, hands: int) -> float:
    """Send so many messages; how many a second."""
    Route.BASE = town.url
    korean, day = catalogue(Language.KO), newest_day()
    selection = Selection(day.date, len(day.listings), tuple(ranked(day)[:PAPERS]))
    message, view = edition_cards(selection, korean), edition_view(selection, korean, 1)
    quiet = discord.AllowedMentions.none()
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(town.token)
        owed = iter(zip(range(messages), cycle(channel for _, channel in town.channels), strict=False))

        async def hand() -> None:
            for number, channel in owed:
                place = client.get_partial_messageable(channel)
                await place.send(
                    message.content, embeds=message.embeds, view=view, nonce=f"b-{number}", allowed_mentions=quiet
                )

        began = time.perf_counter()
        await asyncio.gather(*(hand() for _ in range(hands)))
        return messages / (time.perf_counter() - began)


def main() -> None:
    """Send, and tell how fast that was."""
    messages, hands = map(int, sys.argv[1:])
    print(asyncio.run(send(Town(**json.load(sys.stdin)), messages, hands)))


if __name__ == "__main__":
    main()
