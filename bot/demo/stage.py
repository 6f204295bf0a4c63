"""The stage of a demo: a server with members on a local Discord, and a terminal that shows what they see."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.rule import Rule

from bot.app import App
from bot.archive.loader import load
from bot.clock import ShiftedClock
from bot.tools.load import progress_bar
from bot.tools.terminal import Drawing
from sandbox import Member, Message, Reply, Sandbox

SEOUL = ZoneInfo("Asia/Seoul")
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PATIENCE = 30.0  # seconds that a message may take on a slow machine


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    """Run the bot; it is stopped at the end."""
    app.client.wait_for_servers(0.05)  # the sandbox has announced all of them
    stop = asyncio.Event()
    bot = asyncio.create_task(app.run(stop))
    started = asyncio.create_task(app.started.wait())
    try:
        await asyncio.wait({bot, started}, return_when=asyncio.FIRST_COMPLETED)
        yield
    finally:
        stop.set()
        started.cancel()
        await bot


class Stage:
    """A server with its members, and the terminal that shows what they see."""

    def __init__(self, app: App, clock: ShiftedClock, discord: Sandbox, *, invited: bool = True) -> None:
        self.app = app
        self.clock = clock
        self.console = Console(highlight=False)
        self.server = discord.add_server("ML Korea", locale="ko", with_bot=invited)
        self.channel = self.server.add_channel("papers")
        self.mina = self.server.add_member("mina", locale="ko", manage_server=True)
        self.john = self.server.add_member("john", locale="en-GB")
        self._drawing = Drawing(SEOUL, self._name)

    async def load(self, what: str) -> None:
        """Load the archive's new pages, with a progress bar on a terminal."""
        self.announce(what)
        library = self.app.services.library
        with progress_bar(self.console) as progress:
            task = progress.add_task("pages", total=None)
            report = await load(
                self.app.settings.archive.path,
                library,
                now=self.clock.now(),
                progress=lambda done, total: progress.update(task, completed=done, total=total),
            )
        totals = await library.totals(report.held)
        self.tell(f"{len(report.held)} pages, {totals.papers} papers, {totals.votes} votes")

    async def strike(self, on: date, at: time) -> None:
        """Set the clock to just before a time in Seoul, and let the alarm ring by itself."""
        self.clock.move_to(datetime.combine(on, at, SEOUL) - timedelta(milliseconds=100))
        await self.app.schedule.rebuild()

    async def type(self, who: Member, command: str, **options: object) -> None:
        """Let a member type a command, and show the answer."""
        told = " ".join(f"{name}: {getattr(value, 'name', value)}" for name, value in options.items())
        self.console.print(f"\n  [bold]{who.name}[/bold] › {command} {told}".rstrip(), style="cyan")
        self.show_reply(await who.type(command, in_=self.channel, **options))

    def show_reply(self, reply: Reply) -> None:
        """Show an answer, and who sees it."""
        self.show(reply.message, "only for the one who asked" if reply.ephemeral else "for everyone")

    def show(self, message: Message, note: str) -> None:
        """Show a message."""
        payload = {"content": message.content, "embeds": message.raw_embeds, "components": message.raw_components}
        self.console.print()
        self.console.print(self._drawing.message(payload, note=note))

    def announce(self, what: str) -> None:
        """Announce the next step."""
        self.console.print()
        self.console.print(Rule(f"[bold]{what}[/bold]", align="left", style="dim"))

    def tell(self, what: str) -> None:
        """Say what happened behind the scenes."""
        self.console.print(f"  {what}", style="green", markup=False)

    def _name(self, prefix: str, identifier: int) -> str:
        if prefix == "#":
            return f"#{self.channel.name}" if identifier == self.channel.id else "#…"
        people = {member.id: member.name for member in (self.mina, self.john)}
        return f"@{people.get(identifier, '…')}" if prefix.startswith("@") else prefix.rstrip(":")
