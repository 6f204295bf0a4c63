"""Opens what the commands use."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.runtime.proxies import proxy_for
from bot.settings import NetworkSettings, Settings, SummarySettings
from bot.storage.engine.database import Database
from bot.storage.engine.files import can_be_written
from bot.storage.papers.library import Library
from bot.summaries.model import Summariser
from bot.summaries.opening import open_summariser

EXAMINE_SECONDS = 2.0
"""How long a bot examines a database before it starts: enough for half a gigabyte. The rest is left to the monthly
check and to the statements that meet damage."""


@asynccontextmanager
async def open_database(
    settings: Settings, *, examine_seconds: float = 0.0, durable: bool = True, index_seconds: float | None = None
) -> AsyncIterator[Database]:
    """The database that the settings name, with an index made by this version of the text analysis.

    Its pages are examined for at most `examine_seconds`; `durable` as in `Database.open`. If the index must be rebuilt,
    that stops after `index_seconds`; `Library.refresh_index` continues.
    """
    path, timeout = settings.database.path, settings.database.busy_timeout_seconds
    async with Database.open(path, busy_timeout=timeout, examine_seconds=examine_seconds, durable=durable) as database:
        await Library(database).refresh_index(index_seconds)
        yield database


@asynccontextmanager
async def open_to_read(settings: Settings) -> AsyncIterator[Database]:
    """That database for commands that only read; if it can't be written, it is opened for reading only."""
    if can_be_written(settings.database.path):
        async with open_database(settings, durable=False) as database:
            yield database
        return
    timeout = settings.database.busy_timeout_seconds
    async with Database.open_to_read(settings.database.path, busy_timeout=timeout) as database:
        await Library(database).expect_index()
        yield database


@asynccontextmanager
async def open_model(settings: SummarySettings, network: NetworkSettings) -> AsyncIterator[Summariser | None]:
    """The configured model, None if there is none. Raises SettingsError if its client is not installed."""
    if settings.by == "none":
        yield None
        return
    key = settings.api_key.get_secret_value() if settings.api_key else None
    async with open_summariser(
        settings.base_url,
        settings.model,
        key,
        settings.timeout_seconds,
        answer_tokens=settings.answer_tokens,
        proxy=proxy_for(settings.base_url, network),
    ) as summariser:
        yield summariser
