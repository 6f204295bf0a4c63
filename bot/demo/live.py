"""`paperboy demo --live`: a week of new papers, with a local site that lists them and a local model that reads them.

What the site lists are the papers of seeds/, a page a day from Monday on, those with the most votes first; only the
best of Tuesday comes late. Their abstracts are stand-ins. The clock is moved from one reading of the site to the next.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.archive.loader import find_pages, load
from bot.archive.reader import read_file
from bot.assembly import open_app
from bot.chat.text.theme import Sign
from bot.clock import ShiftedClock
from bot.demo.listing import list_paper
from bot.demo.stage import PATIENCE, SEEDS, Stage, running
from bot.errors import PaperboyError
from bot.papers import Day, Listing, ranked
from bot.settings import (
    ArchiveSettings,
    ArxivSettings,
    DatabaseSettings,
    DiscordSettings,
    MonitorSettings,
    NetworkSettings,
    Settings,
    SourceSettings,
    SummarySettings,
)
from bot.sources.whole import DayState
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.values import NO_PROXY
from sandbox import LocalSite, Message, ModelServer, Sandbox

MONDAY = date(2024, 2, 19)
NINE = time(9)  # in Seoul, just when the day ends at the site
MORNING, NOON, EVENING, CLOSING = time(6), time(12, 5), time(18), time(22, 40)
AFTER_END, AN_HOUR_LATER, AND_ANOTHER = time(0, 10), time(1, 15), time(2, 20)
_DAY = timedelta(days=1)
_BREATH = 0.02  # seconds between two looks


async def live_demo() -> int:
    """Play the week; 0 once all came as it should, else PaperboyError says what did not."""
    clock = ShiftedClock(datetime.combine(MONDAY, time(3), UTC))
    with TemporaryDirectory(prefix="paperboy-live-") as folder:
        async with Sandbox() as discord, LocalSite(clock.now) as site, ModelServer() as model:
            settings = _settings(Path(folder), discord, site, model)
            async with open_app(settings, clock, site_apart=_BREATH) as app:
                stage = Stage(app, clock, discord)
                async with running(app):
                    await _Week(stage, site, Path(folder)).play()
    return 0


def _settings(folder: Path, discord: Sandbox, site: LocalSite, model: ModelServer) -> Settings:
    archive = folder / "archive"
    archive.mkdir()
    return Settings(
        discord=DiscordSettings(token=SecretStr(discord.token), api_url=discord.url),
        network=NetworkSettings(proxy=SecretStr(NO_PROXY)),
        archive=ArchiveSettings(path=archive, write=True),
        database=DatabaseSettings(path=folder / "paperboy.db"),
        monitor=MonitorSettings(port=0),
        source=SourceSettings(url=site.url),
        arxiv=ArxivSettings(url=site.url),
        summaries=SummarySettings(
            by="openai" if find_spec("openai") else "none", base_url=model.url, model="a local one"
        ),
    )


def _as_on_a_page(day: Day) -> Day:
    """The day as its page gives it: a page has one text, and does not say that its authors are in order."""
    listings = (Listing(replace(one.paper, ordered=False, texts=()), one.votes) for one in day.listings)
    return Day(day.date, tuple(listings))


class _Week:
    """Five days with papers, and a weekend."""

    def __init__(self, stage: Stage, site: LocalSite, folder: Path) -> None:
        self._stage = stage
        self._app = stage.app
        self._site = site
        self._folder = folder
        self._editions: list[Message] = []
        self._late = 0
        pages = [read_file(page.path).day for page in find_pages(SEEDS).pages]
        self._days = {MONDAY + later * _DAY: ranked(page) for later, page in enumerate(pages)}

    async def play(self) -> None:
        """From the order of a digest to the folder that the week left."""
        stage = self._stage
        stage.announce("Mina orders a digest for nine, when the site's day has just ended.")
        await stage.type(stage.mina, "/digest add", channel=stage.channel, time="09:00", timezone="Asia/Seoul")
        if self._app.settings.summaries.by == "none":
            stage.tell("The client of models is not installed (requirements-openai.txt): abstracts are shown instead.")
        for number, (day, listings) in enumerate(self._days.items()):
            late = listings[:1] if number == 1 else ()
            timely = listings[len(late) :]
            few = max(1, len(timely) // 4)
            await self._begin(day, timely[:few], outage=number == 3)  # noqa: PLR2004  on Thursday
            await self._settle(day - 2 * _DAY)
            await self._go_on(day, timely[few:])
            await self._close(day)
            await self._post(day, shown=number == 0)
            await self._end(day, late)
        await self._settle(MONDAY + 3 * _DAY)
        await self._weekend(MONDAY + 5 * _DAY)
        await self._settle(MONDAY + 4 * _DAY)
        await self._look_back()

    async def _begin(self, day: date, listings: Sequence[Listing], *, outage: bool) -> None:
        """The day's first papers come in, and once the site is away then."""
        stage = self._stage
        stage.announce(f"{day:%A}: papers come in at the site.")
        for listing in listings:
            list_paper(self._site, day, listing)
        self._site.down = outage
        await self._read(day, MORNING)
        if outage:
            stage.announce("The site is away. John asks how things are.")
            await stage.type(stage.john, "/about")
        self._site.down = False

    async def _go_on(self, day: date, listings: Sequence[Listing]) -> None:
        """The others come in."""
        for listing in listings:
            list_paper(self._site, day, listing)
        await self._read(day, EVENING)

    async def _close(self, day: date) -> None:
        """A reading closes the day, and its papers are summarised."""
        self._vote(day, times=1)
        await self._read(day, CLOSING)
        await self._until(self._is_summarised, f"{day} is summarised")

    async def _post(self, day: date, *, shown: bool) -> None:
        """The day is posted just as it ends."""
        stage = self._stage
        stage.announce(f"It strikes nine in Seoul, on {day + _DAY:%A}.")
        await stage.strike(day + _DAY, NINE)
        edition = await stage.channel.next_message(PATIENCE)
        self._editions.append(edition)
        if shown:
            stage.show(edition, "#papers, for everyone")
            stage.announce("Mina reads the first of them.")
            first = self._days[day][0].paper.arxiv_id
            stage.show_reply(await stage.mina.choose(edition, first))
        else:
            stage.tell(f"posted: {_headline(edition)}")
        if Sign.LATE in edition.content:
            self._late += 1

    async def _end(self, day: date, late: Sequence[Listing]) -> None:
        """A paper may still come, too late for the edition. Then the day is whole, and its page is written."""
        if late:
            self._stage.announce(f"A paper of {day:%A} comes late: the next edition will take it in.")
            for listing in late:
                list_paper(self._site, day, listing)
            self._vote(day, times=1)
        await self._read(day + _DAY, AFTER_END)
        await self._read(day + _DAY, AN_HOUR_LATER)
        if late:
            await self._read(day + _DAY, AND_ANOTHER)
        await self._until(self._is_written(day), f"{day} is written")
        self._stage.tell(f"written: {self._page(day).relative_to(self._folder)}")

    async def _settle(self, day: date) -> None:
        """A day and a half after a day's end its votes have settled, and its edition is edited."""
        if day not in self._days:
            return
        edition = self._editions[list(self._days).index(day)]
        before = _votes(edition)
        self._vote(day, times=2)
        await self._read(day + 2 * _DAY, NOON)
        await self._app.reviser.work()
        self._stage.tell(f"edited: {before}")
        self._stage.tell(f"    now {_votes(edition)}")
        if _votes(edition) == before:
            raise PaperboyError(f"the edition of {day} was not edited")

    async def _weekend(self, saturday: date) -> None:
        """Nothing is listed, nothing is posted, and Mina is told why."""
        stage, sunday = self._stage, saturday + _DAY
        stage.announce("On the weekend nothing is listed, and nothing is posted.")
        await self._read(saturday, CLOSING)
        await stage.strike(sunday, NINE)
        await self._until(self._is_settled(sunday), "the run of Sunday")
        await stage.type(stage.mina, "/digest why")

    async def _look_back(self) -> None:
        """Each day came once, and the folder holds what the library does."""
        stage = self._stage
        if len(stage.channel.messages) != len(self._days):
            raise PaperboyError(f"{len(stage.channel.messages)} editions for {len(self._days)} days")
        if self._late != 1:
            raise PaperboyError(f"{self._late} editions with a late paper, of which there was one")
        async with Database.open(self._folder / "other.db") as database:
            other = Library(database)
            await load(self._app.settings.archive.path, other, now=self._stage.clock.now())
            for day in self._days:
                held = await self._app.services.library.day(day)
                if held is None or await other.day(day) != _as_on_a_page(held):
                    raise PaperboyError(f"the page of {day} does not read back as it is held")
        stage.announce("That was a week with Paperboy.")
        stage.tell(f"{len(self._days)} days, {len(self._days)} editions, each edited once; no day twice, none lost.")
        stage.tell(f"{len(self._days)} pages were written; loaded into an empty database, they give equal papers.")

    # -- time and what it brings ---------------------------------------------------------------------------------------

    async def _read(self, on: date, at: time) -> None:
        """Move the clock and read the site, as the poller does every half hour."""
        self._stage.clock.move_to(datetime.combine(on, at, UTC))
        await self._app.newsroom.read()
        days = await self._app.newsroom.states(on - 2 * _DAY)
        told = [f"{day:%a} {state.papers}{_standing(state)}" for day, state in days.items()]
        self._stage.tell(f"{on:%a} {at:%H:%M} at the site: {', '.join(told) or 'nothing yet'}")

    def _vote(self, day: date, *, times: int) -> None:
        """Give the day's papers so many times the votes of their page; where it has none, more to those before."""
        listings = self._days[day]
        for position, listing in enumerate(listings):
            votes = listing.votes or len(listings) - position
            for record in self._site.day(day).records:
                if record["paper"]["id"] == listing.paper.arxiv_id:
                    record["paper"]["upvotes"] = times * votes

    async def _is_summarised(self) -> bool:
        return await self._app.newsroom.unsummarised() == 0

    def _is_written(self, day: date) -> Callable[[], Awaitable[bool]]:
        async def look() -> bool:
            await self._app.newsroom.write()
            return await self._app.newsroom.unsummarised() == 0 and self._page(day).exists()

        return look

    def _is_settled(self, on: date) -> Callable[[], Awaitable[bool]]:
        async def look() -> bool:
            return bool((await self._app.services.digests.why_on(self._stage.server.id, 1, on)).editions)

        return look

    async def _until(self, look: Callable[[], Awaitable[bool]], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not await look():  # noqa: ASYNC110  the database knows, and rings no bell
                    await asyncio.sleep(_BREATH)
        except TimeoutError:
            raise PaperboyError(f"this did not come: {what}") from None

    def _page(self, day: date) -> Path:
        return self._app.settings.archive.path / f"{day:%Y/%m/%d}.md"


def _standing(state: DayState) -> str:
    return " whole" if state.whole_at else " closed" if state.closed_at else ""


def _headline(edition: Message) -> str:
    return " / ".join(edition.content.splitlines())


def _votes(edition: Message) -> str:
    """The votes of each paper, with which a short card's footer begins."""
    return ", ".join(str(card.footer).split(" · ")[0] for card in edition.embeds)
