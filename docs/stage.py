"""The stage on which the gallery's messages are played: the real bot on the sandbox, with the papers of seeds/."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.archive.folder import write_day
from bot.clock import ShiftedClock
from bot.demo.arrivals import prepare
from bot.demo.play import Bot, Playground, settings_for
from bot.demo.stage import SEEDS, SEOUL
from bot.demo.town import build_town
from bot.papers import Day, Listing
from sandbox import Channel, Member, Message, Reply, Sandbox
from sandbox.payloads.errors import Json
from sandbox.window.view import Seat, message_of


@dataclass(frozen=True, slots=True)
class Scene:
    """A message as one person sees it."""

    name: str
    place: str
    now: str
    message: Json


@dataclass(slots=True)
class Gallery:
    """The scenes of one language, and what is needed to draw them."""

    locale: str
    names: Json = field(default_factory=dict)
    scenes: list[Scene] = field(default_factory=list)


@dataclass(slots=True)
class Stage:
    """Where the scenes are played."""

    discord: Sandbox
    playground: Playground
    bot: Bot
    archive: Path
    papers: Channel
    admin: Member
    gallery: Gallery

    @property
    def korean(self) -> bool:
        """Whether the scenes are played in Korean."""
        return self.gallery.locale == "ko"

    async def type(self, name: str, command: str, **options: object) -> Reply:
        """Have the admin use a command; its answer is a scene."""
        reply = await self.admin.type(f"/{command}", in_=self.papers, **options)
        return self.keep(name, reply)

    async def press(self, name: str, shown: Message | Reply, sign: str) -> Reply:
        """Have the admin press the button whose custom_id begins so; what follows is a scene."""
        message = shown.message if isinstance(shown, Reply) else shown
        button = next(one for one in message.buttons if one.custom_id.startswith(sign) and not one.disabled)
        return self.keep(name, await self.admin.press(shown, button.custom_id))

    def keep(self, name: str, reply: Reply) -> Reply:
        """Keep what a reply shows now."""
        self.show(name, reply.message)
        return reply

    def show(self, name: str, message: Message, who: Member | None = None) -> None:
        """Keep a message as it is now, as the admin sees it or `who` does."""
        seat = Seat((who or self.admin).user, message.place)
        place = "Paperboy" if message.place.server is None else message.place.name
        now = self.playground.now().isoformat()
        self.gallery.scenes.append(Scene(name, place, now, message_of(message, seat)))

    async def alert(self, listings: Sequence[Listing]) -> Message:
        """The admin's newest alert, on a morning when these papers arrive."""
        day = Day(self.playground.now().date() + timedelta(days=1), tuple(listings))
        write_day(self.archive, day)
        await self.morning()
        return self.admin.dms[-1]

    async def morning(self) -> Message:
        """The newest message in #papers at nine on the next day."""
        await self.playground.use("morning", {})
        return self.papers.messages[-1]


@asynccontextmanager
async def opened(gallery: Gallery) -> AsyncIterator[Stage]:
    """A server that has just invited the bot, on the evening before the first papers come."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="paperboy-scenes-")))
        (archive := folder / "archive").mkdir()
        arrivals = prepare(SEEDS, archive, SEOUL)
        clock = ShiftedClock(arrivals.begins)
        discord = await stack.enter_async_context(Sandbox(wall=lambda: clock.now().timestamp()))
        town = build_town(discord, locale=gallery.locale)
        settings = settings_for(discord, archive, folder / "paperboy.db")
        limits = settings.limits.model_copy(update={"shares_per_minute": 1})  # the second share is refused
        settings = settings.model_copy(update={"limits": limits})
        bot = await stack.enter_async_context(Bot(settings, clock))
        playground = Playground(town, bot, clock, arrivals.zone, arrivals.come)
        await playground.use("invite", {})
        server = town.servers[0]
        admin = server.add_member("sora", locale=gallery.locale, manage_server=True)
        yield Stage(discord, playground, bot, archive, server.channels[0], admin, gallery)
