"""`python -m bench.hours`: what an edition holds at which hour, as tables in docs/operations.md.

A site is played day by day and read into a real database; digests at several hours choose from it by the bot's own
rules: those of now (a day closes at `closes_at`, late papers come next), and those of before (a day closes when it is
whole). Nothing is sent.
"""

import argparse
import asyncio
import sys
import time as stopwatch
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from bench import report
from bench.corpus import ROOT
from bench.listed import LISTED, ListedDay, made_up_days, real_days, span
from bot.digests.choice import Chooser
from bot.digests.model import Digest, Order, Selection
from bot.digests.timing import moment_of, zone_named
from bot.papers import Details, Listing, Paper
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.members.desk import Desk
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.summaries.model import SummaryLanguage

PAGE = ROOT / "docs" / "operations.md"
HOURS = (
    ("08:00 in Seoul", "Asia/Seoul", time(8)),
    ("09:00 in Seoul", "Asia/Seoul", time(9)),
    ("18:00 in Seoul", "Asia/Seoul", time(18)),
    ("09:00 in New York", "America/New_York", time(9)),
    ("09:00 in Berlin", "Europe/Berlin", time(9)),
)
COUNT = 5
_TOGETHER = 50
"""Days played in one database: what a digest has had grows with them, and so does the time to look it up."""
_READ_TODAY = (time(22, 40), time(23, 10), time(23, 40))
_READ_YESTERDAY = (time(0, 10), time(0, 40), time(1, 40), time(6, 40), time(22, 35))
"""Readings of a day and of the day before (UTC); those just after midnight show whether a day is whole."""
_RULE = Closing(CLOSES_AT, timedelta(hours=12))
_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Told:
    """What the editions at one hour held: a value for each measured day."""

    age: list[float] = field(default_factory=list)
    best: list[float] = field(default_factory=list)
    best_later: list[float] = field(default_factory=list)
    late_shown: list[int] = field(default_factory=list)

    def with_more(self, more: "Told") -> "Told":
        """The same with the values of further days."""
        return Told(
            self.age + more.age,
            self.best + more.best,
            self.best_later + more.best_later,
            self.late_shown + more.late_shown,
        )


class Town:
    """A database that reads the played site, and a digest for each of the hours."""

    def __init__(self, database: Database, days: Mapping[date, ListedDay], *, closes_when_whole: bool) -> None:
        self._database = database
        self._days = days
        self._closes_when_whole = closes_when_whole
        library = Library(database)
        self._site = SiteDays(database, library, (SummaryLanguage.EN,))
        self._digests = Digests(database)
        self._chooser = Chooser(library, self._digests, Desk(database), fresh_days=3)
        self._ordered: list[tuple[Digest, Told]] = []
        self._editions: dict[int, list[tuple[datetime, Selection]]] = {}

    async def order(self, begun: datetime) -> None:
        """Add the digests, each in a channel of its own, which shows a paper once a day."""
        for channel_id, (_, timezone, at) in enumerate(HOURS, 1):
            wanted = Order(channel_id=channel_id, time=at, timezone=timezone, count=COUNT)
            digest = await self._digests.add(1, wanted, 1, begun, len(HOURS))
            if digest is None:
                raise ValueError("the server has no room for another digest")
            self._ordered.append((digest, Told()))
            self._editions[digest.id] = []

    async def live(self, on: date) -> None:
        """Read the site and make editions through one date in UTC."""
        happening = [(datetime.combine(on, at, UTC), "", on) for at in _READ_TODAY]
        happening += [(datetime.combine(on, at, UTC), "", on - timedelta(days=1)) for at in _READ_YESTERDAY]
        for digest, _ in self._ordered:
            for here in (on, on + timedelta(days=1)):
                due = moment_of(here, digest.order.time, zone_named(digest.order.timezone))
                if due.date() == on:
                    happening.append((due, str(digest.id), here))
        for moment, digest_id, day in sorted(happening):
            if digest_id:
                await self._post(int(digest_id), day, moment)
            else:
                await self._read(day, moment)

    async def _read(self, on: date, at: datetime) -> None:
        if on not in self._days:  # nothing is listed; reading it changes no edition
            return
        listed = self._days[on].listed_by(at)
        papers = tuple(SitePaper(Listing(Paper(key, key), votes), Details(key)) for key, votes in listed)
        await self._site.take(Reading(on, at, papers), _RULE, at)
        if self._closes_when_whole:
            async with self._database.write() as tx:
                await tx.run("UPDATE site_days SET closed_at = whole_at")
                await tx.run("DELETE FROM late")

    async def _post(self, digest_id: int, on: date, due: datetime) -> None:
        digest = next(digest for digest, _ in self._ordered if digest.id == digest_id)
        outcome = await self._chooser.choose(digest, on)
        await self._digests.plan(digest, on, due, outcome)
        if isinstance(outcome, Selection):
            self._editions[digest_id].append((due, outcome))

    def told(self) -> list[Told]:
        """What the digests' editions held, by hour."""
        for digest, told in self._ordered:
            editions = self._editions[digest.id]
            for index, (due, edition) in enumerate(editions):
                told.late_shown.append(len(edition.late))
                day = self._days[edition.day]
                if not day.is_measured:
                    continue
                best, following = day.best(COUNT), editions[index + 1][1] if index + 1 < len(editions) else None
                own = {one.paper.arxiv_id for one in edition.listings} - set(dict(edition.late))
                told.age.append((due - datetime.combine(edition.day, time(), UTC)) / _HOUR)
                told.best.append(len(best & own))
                told.best_later.append(len(best & set(dict(following.late))) if following else 0)
        return [told for _, told in self._ordered]


async def simulate(days: Sequence[ListedDay], folder: Path, *, closes_when_whole: bool) -> tuple[list[Told], int]:
    """Play the days by one of the rules; return what the editions held, and how many papers were late."""
    async with Database.open(folder / f"{closes_when_whole}.db", durable=False) as database:
        town = Town(database, {day.day: day for day in days}, closes_when_whole=closes_when_whole)
        await town.order(datetime.combine(days[0].day, time(), UTC))
        for on in span(days):
            await town.live(on)
        row = await database.row("SELECT count(*) FROM late")
        return town.told(), row[0] if row else 0


async def measure(days: Sequence[ListedDay]) -> str:
    """The table for some days, by both rules."""
    rows, late = [], 0
    before, after = [Told() for _ in HOURS], [Told() for _ in HOURS]
    for start in range(0, len(days), _TOGETHER):
        part = days[start : start + _TOGETHER]
        with TemporaryDirectory(prefix="paperboy-hours-") as folder:
            played, _ = await simulate(part, Path(folder), closes_when_whole=True)
            before = [one.with_more(more) for one, more in zip(before, played, strict=True)]
            played, more_late = await simulate(part, Path(folder), closes_when_whole=False)
            after = [one.with_more(more) for one, more in zip(after, played, strict=True)]
            late += more_late
    for (name, *_), was, now in zip(HOURS, before, after, strict=True):
        for rule, told in (("before", was), ("now", now)):
            shown = f"{mean(told.late_shown):.1f}" if rule == "now" else ""
            later = f"{mean(told.best_later):.2f}" if rule == "now" else ""
            rows.append((f"{name}, {rule}", f"{mean(told.age):.0f} h", f"{mean(told.best):.2f}", later, shown))
    head = ("edition", "age of the day", "of its later best five", "more of them the day after", "late papers shown")
    measured = sum(day.is_measured for day in days)
    came = f"{measured} days measured of {len(days)}; {late / len(days):.1f} papers a day came late."
    return f"{report.table(head, rows)}\n\n{came}"


def main() -> None:
    """Simulate, and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.hours", description=__doc__)
    parser.add_argument("--no-write", action="store_true", help="print the tables only")
    arguments = parser.parse_args()
    began = stopwatch.monotonic()
    sources = {"a made-up site that grows until midnight": made_up_days()}
    if LISTED.exists():
        sources["real days"] = [day for day in real_days() if day.is_measured]
    for name, days in sources.items():
        text = asyncio.run(measure(days))
        sys.stdout.write(f"{name}\n{text}\n\n")
        if not arguments.no_write:
            report.write(name, text, PAGE, by="hours")
    sys.stdout.write(f"{stopwatch.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
