"""`paperboy summarise`: summaries of the site's papers."""

import sys
from datetime import date, timedelta

from rich.console import Console

from bot.archive.scribe import write_all
from bot.clock import SystemClock
from bot.errors import SettingsError
from bot.newsroom import make_days, make_scribes, make_summarising
from bot.settings import Settings
from bot.sources.whole import MOST_MISSED
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.summaries.model import Summariser
from bot.tools.load import progress_bar
from bot.tools.opening import open_database, open_model


async def summarise_papers(settings: Settings, *, missing: bool) -> int:
    """Have papers of the last days summarised, as the bot does; return 1 if some are left.

    With `missing`, papers of all days, and without waiting after a refusal. Each summary is stored at once, so an
    interrupted command can be repeated. Raises SettingsError if no model is configured.
    """
    async with open_database(settings) as database, open_model(settings.summaries, settings.network) as summariser:
        if summariser is None:
            raise SettingsError("no model is configured: set summaries.by and the settings that it needs")
        return await _fill(settings, database, summariser, missing=missing)


async def _fill(settings: Settings, database: Database, summariser: Summariser, *, missing: bool) -> int:
    clock, library = SystemClock(), Library(database)
    days = make_days(settings, database, library)
    summarising = make_summarising(settings, database, days, summariser, clock, lambda *_: None)
    last_days = clock.now().date() - timedelta(days=MOST_MISSED)
    papers = await summarising.missing(date.min if missing else last_days)
    made, why = 0, None
    with progress_bar(Console(stderr=True)) as progress:
        for paper in progress.track(papers, description="papers"):
            filled = await summarising.fill([paper], by_hand=missing)
            made += filled.made
            if why := filled.why:
                break
    await write_all(make_scribes(settings, database, library))
    left = len(papers) - made
    sys.stdout.write(f"{made:,} papers summarised, {left:,} left\n")
    if why:
        sys.stderr.write(f"stopped early: {why}\n")
    return 1 if left else 0
