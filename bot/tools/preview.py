"""`paperboy preview`: shows an edition in the terminal, as it would look in a channel."""

from datetime import date
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.chat.papers.editions import edition_messages
from bot.digests.model import DEFAULT_COUNT, Selection, Style
from bot.errors import ArchiveError
from bot.locale import Language, catalogue
from bot.papers import ranked
from bot.settings import Settings
from bot.storage.papers.library import Library
from bot.tools.opening import open_to_read
from bot.tools.terminal import Drawing


async def preview_edition(settings: Settings, on: date | None, style: str, language: str) -> int:
    """Draw the edition of a day, or of the newest. Raises ArchiveError if the library does not have the day."""
    async with open_to_read(settings) as database:
        library = Library(database)
        when = on or await library.newest_day()
        day = await library.day(when) if when else None
        if day is None:
            coverage = await library.coverage()
            held = (
                f"it holds {coverage.first} to {coverage.newest}" if coverage.first else "it is empty: `paperboy load`"
            )
            raise ArchiveError(f"the library has no papers of {when or 'any day'}; {held}")
    selection = Selection(day.date, len(day.listings), ranked(day)[:DEFAULT_COUNT])
    console = Console()
    drawing = Drawing(ZoneInfo("UTC"))
    for message in edition_messages(selection, Style(style), catalogue(Language(language))):
        console.print(drawing.message({"content": message.content, "embeds": [e.to_dict() for e in message.embeds]}))
    return 0
