"""Opens what the commands work on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.proxies import proxy_for
from bot.settings import NetworkSettings, Settings, SummarySettings
from bot.storage.engine.database import Database
from bot.storage.engine.files import can_be_written
from bot.storage.papers.library import Library
from bot.summaries.model import Summariser, SummaryLanguage
from bot.summaries.opening import open_summariser

EXAMINE_SECONDS = 2.0
"""How long a bot looks at a database before it runs on it: half a gigabyte. What that does not reach, a statement or
the monthly check finds."""


@asynccontextmanager
async def open_database(
    settings: Settings, *, examine_seconds: float = 0.0, durable: bool = True, index_seconds: float | None = None
) -> AsyncIterator[Database]:
    """The database that the settings name, with an index that this program's text analysis made.

    Its pages are looked at first, for `examine_seconds` at most; `durable` as in `Database.open`. An index that has to
    be made anew is whole, or as far as `index_seconds` suffice: then `Library.refresh_index` goes on.
    """
    path, timeout = settings.database.path, settings.database.busy_timeout_seconds
    async with Database.open(path, busy_timeout=timeout, examine_seconds=examine_seconds, durable=durable) as database:
        await Library(database).refresh_index(index_seconds)
        yield database


@asynccontextmanager
async def open_library(settings: Settings) -> AsyncIterator[Library]:
    """The papers of that database: what is loaded can be loaded again, so a load need not wait for the disk."""
    async with open_database(settings, durable=False) as database:
        yield Library(database)


@asynccontextmanager
async def open_to_read(settings: Settings) -> AsyncIterator[Database]:
    """That database for what only reads it: where nothing can be written, as it lies."""
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
    """The model that summarises, None where none is set. Raises SettingsError where its client is not installed."""
    if settings.by == "none":
        yield None
        return
    key = settings.api_key.get_secret_value() if settings.api_key else None
    language = SummaryLanguage(settings.language)
    async with open_summariser(
        settings.base_url,
        settings.model,
        key,
        language,
        settings.timeout_seconds,
        answer_tokens=settings.answer_tokens,
        proxy=proxy_for(settings.base_url, network),
    ) as summariser:
        yield summariser
