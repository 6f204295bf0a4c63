"""`paperboy fetch`: reads days from the site into the database."""

import sys
from collections.abc import Sequence
from datetime import date, timedelta

from rich.console import Console

from bot.clock import SystemClock
from bot.errors import SourceError, UsageError
from bot.newsroom import make_days, make_poller
from bot.runtime.proxies import proxy_for
from bot.settings import Settings
from bot.sources.huggingface import open_site
from bot.sources.whole import LAST_DAYS, Taken
from bot.storage.members.desk import Desk
from bot.storage.papers.library import Library
from bot.tools.load import progress_bar
from bot.tools.opening import open_database

_AWAY = 2
"""So many days in a row can't be read: the site is away."""


async def fetch_days(settings: Settings, first: date | None, last: date | None) -> int:
    """Read the days from `first` to `last` (default: the last ones) that are not whole; return 1 if one failed.

    Each day is stored once it is read, so an interrupted command can be repeated. A single day is always read again.
    Raises UsageError for a day in the future of the site.
    """
    clock = SystemClock()
    proxy = proxy_for(settings.source.url, settings.network)
    async with (
        open_database(settings, durable=False) as database,
        open_site(settings.source, clock, proxy=proxy) as site,
    ):
        library = Library(database)
        days = make_days(settings, database, library)
        poller = make_poller(settings, days, Desk(database), site, clock)
        today = await site.today()
        if (latest := max(first or today, last or today)) > today:
            raise UsageError(f"{latest} is in the future: the date at the site is {today}")
        start, end = first or today - timedelta(days=LAST_DAYS - 1), last or today
        whole = {day for day, state in (await days.states(start)).items() if state.whole_at}
        asked = [start + timedelta(days=later) for later in range((end - start).days + 1)]
        due = [day for day in asked if day not in whole or start == end]
        taken: list[Taken] = []
        failed, in_a_row = "", 0
        with progress_bar(Console(stderr=True)) as progress:
            for day in progress.track(due, description="days"):
                try:
                    taken += [await poller.read(day)]
                    in_a_row = 0
                except SourceError as error:
                    failed, in_a_row = str(error), in_a_row + 1
                    if in_a_row == _AWAY:
                        break
        await library.tidy()
    if failed:
        sys.stderr.write(f"{len(due) - len(taken)} days are left: {failed}; repeat the command to continue\n")
    sys.stdout.write(_told(taken, len(asked) - len(due)) + "\n")
    return 1 if failed else 0


def _told(taken: Sequence[Taken], held: int) -> str:
    papers, new = sum(one.state.papers for one in taken), sum(one.new_papers for one in taken)
    text = f"{len(taken):,} days read with {papers:,} papers, {new:,} of them new; {held:,} days were whole before"
    skipped = sum(one.skipped for one in taken)
    return f"{text}; {skipped:,} records could not be read" if skipped else text
