"""`paperboy demo`: a morning with Paperboy, played by the real bot on a local Discord.

Nothing is made up for show: the commands go through Discord's protocols, and what is printed is what the members of
the server see. The clock stands at the last day of the archive and is moved to nine o'clock.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from rich.console import Console
from rich.rule import Rule

from bot.app import App, open_app
from bot.archive.loader import find_pages, load
from bot.archive.reader import read_file
from bot.chat.terminal import Drawing
from bot.clock import ShiftedClock
from bot.errors import ArchiveError
from bot.settings import ArchiveSettings, DatabaseSettings, DiscordSettings, MonitorSettings, Settings, SourceSettings
from bot.tools.load import progress_bar
from sandbox import Member, Message, Reply, Sandbox

SEOUL = ZoneInfo("Asia/Seoul")
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
NINE = time(9)
PATIENCE = 30.0  # seconds of real time that a message may take on a slow machine


async def demo(settings: Settings) -> int:
    """Play the last day of seeds/ (else of the configured archive); 0 once every message has come."""
    seeds = SEEDS if SEEDS.is_dir() else settings.archive.path
    newest, last_day = _newest_page(seeds)
    with TemporaryDirectory(prefix="paperboy-demo-") as folder:
        archive = Path(folder) / "archive"
        shutil.copytree(seeds, archive)
        (archive / newest).unlink()  # it comes in during the demo, as a page does on any morning
        clock = ShiftedClock(datetime.combine(last_day, NINE, SEOUL) - timedelta(minutes=5))
        async with Sandbox() as discord:
            played = Settings(
                discord=DiscordSettings(token=SecretStr(discord.token), api_url=discord.url),
                archive=ArchiveSettings(path=archive),
                database=DatabaseSettings(path=Path(folder) / "paperboy.db"),
                monitor=MonitorSettings(port=0),
                source=SourceSettings(enabled=False),
            )
            async with open_app(played, clock) as app:
                stage = Stage(app, clock, discord)
                await stage.load("The archive so far is loaded.")
                async with _running(app):
                    await stage.morning(seeds / newest, archive / newest)
    return 0


def _newest_page(folder: Path) -> tuple[Path, date]:
    """The page of the newest day, relative to the folder, and that day."""
    pages = [(read_file(page.path).day.date, page.path) for page in find_pages(folder).pages]
    if not pages:
        raise ArchiveError(f"{folder} holds no pages to play with")
    day, path = max(pages)
    return path.relative_to(folder), day


@asynccontextmanager
async def _running(app: App) -> AsyncIterator[None]:
    stop = asyncio.Event()
    running = asyncio.create_task(app.run(stop))
    started = asyncio.create_task(app.started.wait())
    try:
        await asyncio.wait({running, started}, return_when=asyncio.FIRST_COMPLETED)
        yield
    finally:
        stop.set()
        started.cancel()
        await running


class Stage:
    """A server with its people, and the terminal that shows what they see."""

    def __init__(self, app: App, clock: ShiftedClock, discord: Sandbox) -> None:
        self._app = app
        self._clock = clock
        self._console = Console(highlight=False)
        self._server = discord.add_server("ML Korea", locale="ko")
        self._channel = self._server.add_channel("papers")
        self._mina = self._server.add_member("mina", locale="ko", manage_server=True)
        self._john = self._server.add_member("john", locale="en-GB")
        self._drawing = Drawing(SEOUL, self._name)

    async def morning(self, page: Path, place: Path) -> None:
        """Mina orders a digest, John subscribes, the page comes in, it strikes nine, and both search."""
        self._say("Mina, an admin, orders a digest for nine o'clock.")
        await self._type(self._mina, "/digest add", channel=self._channel, time="09:00", timezone="Asia/Seoul")
        self._say("John subscribes to a phrase, and leaves surveys out.")
        await self._type(self._john, "/subscribe add", query='"code generation" -survey')

        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, place)
        await self.load("The day's page comes in: John is told at once, by DM.")
        self._show(await self._john.next_dm(PATIENCE), "to john alone")

        self._say("It strikes nine in Seoul.")
        await self._strike_nine()
        edition = await self._channel.next_message(PATIENCE)
        self._show(edition, "#papers, for everyone")
        self._say("Mina presses the button under it.")
        self._show_reply(await self._mina.press(edition, edition.buttons[0].custom_id))

        self._say("Mina searches in Korean, John in English.")
        await self._type(self._mina, "/paper search", query="강화 학습")
        await self._type(self._john, "/paper search", query="diffusion -video")
        self._say("That was a morning with Paperboy. README.md says how to run it on your server.")

    async def load(self, what: str) -> None:
        """Load the archive's new pages, with a progress bar on a terminal."""
        self._say(what)
        library = self._app.services.library
        with progress_bar(self._console) as progress:
            task = progress.add_task("pages", total=None)
            report = await load(
                self._app.settings.archive.path,
                library,
                now=self._clock.now(),
                progress=lambda done, total: progress.update(task, completed=done, total=total),
            )
        totals = await library.totals(report.held)
        self._console.print(f"  {len(report.held)} pages, {totals.papers} papers, {totals.votes} votes", style="green")

    async def _strike_nine(self) -> None:
        """Put the clock a moment before nine and let the alarm ring by itself."""
        today = self._clock.now().astimezone(SEOUL).date()
        self._clock.move_to(datetime.combine(today, NINE, SEOUL) - timedelta(milliseconds=100))
        await self._app.schedule.rebuild()

    async def _type(self, who: Member, command: str, **options: object) -> None:
        told = " ".join(f"{name}: {getattr(value, 'name', value)}" for name, value in options.items())
        self._console.print(f"\n  [bold]{who.name}[/bold] › {command} {told}".rstrip(), style="cyan")
        self._show_reply(await who.type(command, in_=self._channel, **options))

    def _show_reply(self, reply: Reply) -> None:
        self._show(reply.message, "only for the one who asked" if reply.ephemeral else "for everyone")

    def _show(self, message: Message, note: str) -> None:
        payload = {"content": message.content, "embeds": message.raw_embeds, "components": message.raw_components}
        self._console.print()
        self._console.print(self._drawing.message(payload, note=note))

    def _say(self, what: str) -> None:
        self._console.print()
        self._console.print(Rule(f"[bold]{what}[/bold]", align="left", style="dim"))

    def _name(self, sign: str, identifier: int) -> str:
        if sign == "#":
            return f"#{self._channel.name}" if identifier == self._channel.id else "#…"
        people = {member.id: member.name for member in (self._mina, self._john)}
        return f"@{people.get(identifier, '…')}" if sign.startswith("@") else sign.rstrip(":")
