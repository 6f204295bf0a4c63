"""`paperboy demo`: a morning with Paperboy, played by the real bot on a local Discord.

The commands go through Discord's protocols, and what is printed is what the server's members see. The clock starts on
the last day of the archive and is moved to nine o'clock.
"""

import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.assembly import open_app
from bot.clock import ShiftedClock
from bot.demo.live import live_demo
from bot.demo.stage import PATIENCE, SEEDS, SEOUL, Stage, running
from bot.errors import ArchiveError
from bot.settings import (
    ArchiveSettings,
    ArxivSettings,
    DatabaseSettings,
    DiscordSettings,
    MonitorSettings,
    NetworkSettings,
    Settings,
    SourceSettings,
)
from bot.values import NO_PROXY
from sandbox import Sandbox

NINE = time(9)


async def demo(*, live: bool = False) -> int:
    """Play the last day of seeds/, or the week of `--live`; 0 once every message has come."""
    if live:
        return await live_demo()
    newest, last_day = _newest_page(SEEDS)
    with TemporaryDirectory(prefix="paperboy-demo-") as folder:
        archive = Path(folder) / "archive"
        shutil.copytree(SEEDS, archive)
        (archive / newest).unlink()  # added during the demo, as a new page
        clock = ShiftedClock(datetime.combine(last_day, NINE, SEOUL) - timedelta(minutes=5))
        async with Sandbox() as discord:
            played = Settings(
                discord=DiscordSettings(token=SecretStr(discord.token), api_url=discord.url),
                network=NetworkSettings(proxy=SecretStr(NO_PROXY)),
                archive=ArchiveSettings(path=archive),
                database=DatabaseSettings(path=Path(folder) / "paperboy.db"),
                monitor=MonitorSettings(port=0),
                source=SourceSettings(enabled=False),
                arxiv=ArxivSettings(enabled=False),
            )
            async with open_app(played, clock) as app:
                stage = Stage(app, clock, discord, invited=False)
                await stage.load("The archive so far is loaded.")
                async with running(app):
                    await _morning(stage, SEEDS / newest, archive / newest)
    return 0


def _newest_page(folder: Path) -> tuple[Path, date]:
    """The page of the newest day, relative to the folder, and that day."""
    pages = [(read_file(page.path).day.date, page.path) for page in find_pages(folder).pages]
    if not pages:
        raise ArchiveError(f"{folder} holds no pages")
    day, path = max(pages)
    return path.relative_to(folder), day


async def _morning(stage: Stage, page: Path, place: Path) -> None:
    """Mina starts a digest, John subscribes, the page arrives, it strikes nine, and both search."""
    mina, john = stage.mina, stage.john
    stage.announce("ML Korea invites Paperboy, which says hello.")
    stage.server.invite_bot()
    hello = await stage.channel.next_message(PATIENCE)
    stage.show(hello, "#papers, for everyone")
    stage.announce("Mina, an admin, presses Start: a digest for nine o'clock.")
    started = await mina.press(hello, next(each.custom_id for each in hello.buttons))
    stage.show(await started.next_followup(PATIENCE), "for mina alone")
    stage.announce("John subscribes to a phrase, and leaves surveys out.")
    await stage.type(john, "/subscribe add", query='"code generation" -survey')

    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(page, place)
    await stage.load("The day's page arrives: John is told at once, by DM.")
    stage.show(await john.next_dm(PATIENCE), "to john alone")

    stage.announce("It strikes nine in Seoul.")
    await stage.strike(stage.clock.now().astimezone(SEOUL).date(), NINE)
    edition = await stage.channel.next_message(PATIENCE)
    stage.show(edition, "#papers, for everyone")
    stage.announce("Mina presses the button under it.")
    stage.show_reply(await mina.press(edition, edition.buttons[0].custom_id))

    stage.announce("Mina searches in Korean, John in English.")
    await stage.type(mina, "/paper search", query="강화 학습")
    await stage.type(john, "/paper search", query="diffusion -video")
    stage.announce("That was a morning with Paperboy. README.md says how to run it on your server.")
