"""`paperboy try`: the real bot on a local Discord, used in a browser. The visitor moves the clock."""

import asyncio
import webbrowser
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from pydantic import SecretStr

from bot.app import App, open_app
from bot.clock import ShiftedClock
from bot.demo.arrivals import Arrivals, prepare
from bot.demo.stage import PATIENCE, SEEDS, SEOUL, running
from bot.demo.town import Town, build_town, town_of
from bot.errors import SettingsError
from bot.settings import (
    ArchiveSettings,
    DatabaseSettings,
    DiscordSettings,
    LimitSettings,
    MonitorSettings,
    Settings,
    SourceSettings,
)
from bot.storage.ledger.outbox import Outbox
from page.server import serving
from sandbox import NotAllowed, Sandbox
from sandbox.window import Control, Window

NINE = time(9)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_BREATH = 0.02  # seconds between two looks at the outbox
_TIMES = ("hour", "morning", "week")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The visitor's options from the command line."""

    port: int = 8000
    browse: bool = False
    archive: Path | None = None
    database: Path | None = None
    pictures: bool = False


async def play(visit: Visit, opened: Callable[[str], None] = print) -> int:
    """Serve the page until cancelled; `opened` is called with a line for the visitor once it is up.

    Raises SettingsError if the port is in use, ArchiveError if the archive can't be used.
    """
    async with open_playground(visit) as address:
        opened(f"Paperboy is at {address} (Ctrl-C ends it)")
        if visit.browse:
            webbrowser.open(address)
        await asyncio.Event().wait()
    return 0


@asynccontextmanager
async def open_playground(visit: Visit) -> AsyncIterator[str]:
    """Open the page, the sandbox and its bot, all on loopback; the page's address."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="paperboy-try-")))
        (archive := folder / "archive").mkdir()
        arrivals = prepare(visit.archive or SEEDS, archive, SEOUL)
        clock = ShiftedClock(arrivals.begins)
        discord = await stack.enter_async_context(Sandbox(wall=lambda: clock.now().timestamp()))
        database = folder / "paperboy.db"
        town = await town_of(discord, visit.database, database) if visit.database else build_town(discord)
        bot = Bot(settings_for(discord, archive, database), clock)
        playground = Playground(discord, town, bot, clock, arrivals)
        window = Window(discord, playground)
        playground.tell = window.changed
        await stack.enter_async_context(bot)
        try:
            address = await stack.enter_async_context(serving(window.handle, visit.port, pictures=visit.pictures))
        except OSError as error:
            raise SettingsError(f"port {visit.port} can't be used ({error}): choose another by --port") from None
        yield address


def settings_for(discord: Sandbox, archive: Path, database: Path) -> Settings:
    """The bot's settings for a visit: the sandbox, no site of papers, and generous limits."""
    return Settings(
        discord=DiscordSettings(token=SecretStr(discord.token), api_url=discord.url),
        archive=ArchiveSettings(path=archive),
        database=DatabaseSettings(path=database),
        monitor=MonitorSettings(port=0),
        source=SourceSettings(enabled=False),
        limits=LimitSettings(searches_per_minute=600, shares_per_minute=600, orders_per_minute=600),
    )


class Bot:
    """The running bot, which can be stopped and started again on the same database."""

    def __init__(self, settings: Settings, clock: ShiftedClock) -> None:
        self._settings = settings
        self._clock = clock
        self._stack = AsyncExitStack()
        self._app: App | None = None

    @property
    def app(self) -> App:
        """The bot's parts. Raises NotAllowed while it is stopped."""
        if self._app is None:
            raise NotAllowed("the bot is just being started")
        return self._app

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start it, and wait until it is ready."""
        app = await self._stack.enter_async_context(open_app(self._settings, self._clock))
        await self._stack.enter_async_context(running(app))
        self._app = app

    async def stop(self) -> None:
        """Stop it as SIGTERM does."""
        self._app = None
        await self._stack.aclose()


class Playground:
    """The page's controls: the clock, the bot, and faults."""

    def __init__(self, discord: Sandbox, town: Town, bot: Bot, clock: ShiftedClock, arrivals: Arrivals) -> None:
        self._discord = discord
        self.town = town
        self._bot = bot
        self._clock = clock
        self._arrivals = arrivals
        self._lock = asyncio.Lock()
        self.busy = ""
        self.tell: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """The bot's current time, in the visit's zone."""
        return self._clock.now().astimezone(self._arrivals.zone)

    @property
    def zone(self) -> str:
        """The visit's zone."""
        return self._arrivals.zone.key

    def offered(self) -> Sequence[Control]:
        """The controls for the clock, the bot, and the town's faults."""
        invite = "kick" if self.town.invited else "invite"
        return (
            *(Control(name, "time") for name in _TIMES),
            Control(invite, "bot"),
            Control("restart", "bot"),
            *(Control(fault.name, "fault", on=fault.on) for fault in self.town.faults),
        )

    async def use(self, name: str, given: object) -> None:
        """Use a control, one at a time."""
        del given
        if self._lock.locked():
            raise NotAllowed("one at a time: the last control is still at work")
        async with self._lock:
            self.busy = name
            self.tell()
            try:
                await self._use(name)
            finally:
                self.busy = ""

    async def _use(self, name: str) -> None:
        if name in _TIMES:
            await self._move(name)
        elif name in ("invite", "kick"):
            self.town.invite(here=name == "invite")
        elif name == "restart":
            await self._bot.stop()
            await self._bot.start()
        elif not self.town.switch(name):
            raise NotAllowed(f"there is no control {name}")

    async def _move(self, name: str) -> None:
        if name == "hour":
            await self._step(self.now() + _HOUR)
            return
        for _ in range(7 if name == "week" else 1):
            await self._until(self._next_morning())

    def _next_morning(self) -> datetime:
        now = self.now()
        morning = datetime.combine(now.date(), NINE, self._arrivals.zone)
        return morning if morning > now else morning + _DAY

    async def _until(self, moment: datetime) -> None:
        """Move the clock hour by hour, so that what is due in between happens at its time."""
        while (ahead := moment - self.now()) > timedelta(seconds=1):
            await self._step(self.now() + min(_HOUR, ahead))

    async def _step(self, moment: datetime) -> None:
        """Let the bot do what is due at a moment, and wait until it has been sent."""
        self._clock.move_to(moment)
        self._arrivals.come(moment)
        app = self._bot.app
        await app.look_at_archive()
        await app.planner.run()
        await app.runner.run()
        await app.reviser.work()
        app.courier.wake()
        await self._sent(app)
        self.tell()

    async def _sent(self, app: App) -> None:
        outbox = Outbox(app.database, app.services.library)
        try:
            async with asyncio.timeout(PATIENCE):
                while await outbox.owed(self._clock.now(), 1):  # noqa: ASYNC110  the database rings no bell
                    await asyncio.sleep(_BREATH)
        except TimeoutError:
            raise NotAllowed("the bot is still sending: see the log") from None
