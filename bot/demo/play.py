"""`paperboy try`: the real bot on a local Discord, used in a browser. The visitor moves the clock."""

import asyncio
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import App
from bot.assembly import open_app
from bot.clock import ShiftedClock
from bot.demo.arrivals import prepare
from bot.demo.listing import LEAD, Listed
from bot.demo.stage import PATIENCE, SEEDS, SEOUL, running
from bot.demo.town import Town, build_town, town_of
from bot.errors import SettingsError
from bot.settings import (
    ArchiveSettings,
    ArxivSettings,
    DatabaseSettings,
    DiscordSettings,
    LimitSettings,
    MonitorSettings,
    NetworkSettings,
    Settings,
    SourceSettings,
    SummarySettings,
)
from bot.storage.ledger.greetings import GreetingLedger
from bot.storage.ledger.outbox import Outbox
from bot.summaries.model import SummaryLanguage
from bot.values import NO_PROXY
from page.server import serving
from sandbox import LocalSite, ModelServer, NotAllowed, Sandbox
from sandbox.window import Control, Window

NINE = time(9)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_BREATH = 0.02  # seconds between two looks at the database, and between two requests to the local site
_ANSWER_SECONDS = 10.0  # how long a person waits for an answer: Discord takes three, a slow machine gets more
_TIMES = ("hour", "morning", "week")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The visitor's options from the command line."""

    port: int = 8000
    browse: bool = False
    archive: Path | None = None
    database: Path | None = None
    pictures: bool = False
    site: bool = False
    model: bool = False


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
        clock = ShiftedClock(arrivals.begins + (LEAD if visit.site else timedelta(0)))
        discord = await stack.enter_async_context(
            Sandbox(wall=lambda: clock.now().timestamp(), patience=_ANSWER_SECONDS)
        )
        database = folder / "paperboy.db"
        town = await town_of(discord, visit.database, database) if visit.database else build_town(discord)
        settings, come = settings_for(discord, archive, database), arrivals.come
        if visit.site:
            site = await stack.enter_async_context(LocalSite(clock.now))
            model = await stack.enter_async_context(ModelServer()) if visit.model else None
            settings, come = with_site(settings, site, model), Listed(site, arrivals.later).come
        come(clock.now())
        bot = Bot(settings, clock)
        playground = Playground(town, bot, clock, arrivals.zone, come)
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
        network=NetworkSettings(proxy=SecretStr(NO_PROXY)),
        archive=ArchiveSettings(path=archive),
        database=DatabaseSettings(path=database),
        monitor=MonitorSettings(port=0),
        source=SourceSettings(enabled=False),
        arxiv=ArxivSettings(enabled=False),
        limits=LimitSettings(searches_per_minute=600, shares_per_minute=600, orders_per_minute=600),
    )


def with_site(settings: Settings, site: LocalSite, model: ModelServer | None) -> Settings:
    """The same with new papers from a local site, written as pages, and summarised in two languages by a model."""
    languages = (SummaryLanguage.KO, SummaryLanguage.EN)
    summaries = SummarySettings()
    if model:
        summaries = SummarySettings(by="openai", base_url=model.url, model="a local one", languages=languages)
    archive = settings.archive.model_copy(update={"write": True})
    return settings.model_copy(
        update={
            "archive": archive,
            "source": SourceSettings(url=site.url),
            "arxiv": ArxivSettings(url=site.url),
            "summaries": summaries,
        }
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
        """Start it, and wait until it is at work."""
        app = await self._stack.enter_async_context(open_app(self._settings, self._clock, site_apart=_BREATH))
        await self._stack.enter_async_context(running(app))
        self._app = app

    async def stop(self) -> None:
        """Stop it as SIGTERM does."""
        self._app = None
        await self._stack.aclose()


class Playground:
    """The page's controls: the clock, the bot, and faults."""

    def __init__(
        self, town: Town, bot: Bot, clock: ShiftedClock, zone: ZoneInfo, come: Callable[[datetime], None]
    ) -> None:
        self.town = town
        self._bot = bot
        self._clock = clock
        self._zone = zone
        self._come = come
        self._lock = asyncio.Lock()
        self.busy = ""
        self.tell: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """The moment on the bot's clock, in the zone of the visit."""
        return self._clock.now().astimezone(self._zone)

    @property
    def zone(self) -> str:
        """The zone of the visit."""
        return self._zone.key

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
            if not any(fault.on for fault in self.town.faults):
                await self._wait(self._is_ungreeted, "the bot says nothing")
        elif name == "restart":
            await self._bot.stop()
            await self._bot.start()
        elif not self.town.switch(name):
            raise NotAllowed(f"there is no control {name}")

    async def _is_ungreeted(self) -> bool:
        """Whether the bot has yet to greet a server to which it was just invited."""
        ledger = GreetingLedger(self._bot.app.database)
        joined = await ledger.joined()
        new = {server.id: server.bot.joined for server in self.town.servers if server.bot is not None}
        return bool(new) and (not new.items() <= joined.items() or bool(await ledger.owed()))

    async def _move(self, name: str) -> None:
        if name == "hour":
            await self._step(self.now() + _HOUR)
            return
        for _ in range(7 if name == "week" else 1):
            await self._until(self._next_morning())

    def _next_morning(self) -> datetime:
        now = self.now()
        morning = datetime.combine(now.date(), NINE, self._zone)
        return morning if morning > now else morning + _DAY

    async def _until(self, moment: datetime) -> None:
        """Move the clock hour by hour, so that what is due in between happens at its time."""
        while (ahead := moment - self.now()) > timedelta(seconds=1):
            await self._step(self.now() + min(_HOUR, ahead))

    async def _step(self, moment: datetime) -> None:
        """Let the bot do what is due at a moment, and wait until it has been sent."""
        self._clock.move_to(moment)
        self._come(moment)
        app = self._bot.app
        await app.newsroom.read()
        await self._wait(app.newsroom.unsummarised, "the model is still at work")
        await app.look_at_archive()
        await app.planner.run()
        await app.services.reminders.run()
        await app.runner.run()
        await app.reviser.work()
        app.courier.wake()
        outbox = Outbox(app.database, app.services.library)
        await self._wait(lambda: outbox.owed(self._clock.now(), 1), "the bot is still sending")
        self.tell()

    async def _wait(self, left: Callable[[], Awaitable[object]], trouble: str) -> None:
        """Wait until nothing is left."""
        try:
            async with asyncio.timeout(PATIENCE):
                while await left():  # noqa: ASYNC110  the database rings no bell
                    await asyncio.sleep(_BREATH)
        except TimeoutError:
            raise NotAllowed(f"{trouble}: see the log") from None
