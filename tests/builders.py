"""Domain objects for tests, in a line each."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from bot.digests.model import Order
from bot.papers import Bullet, Day, Listing, Paper
from bot.storage.engine.database import Database

FRIDAY = date(2024, 2, 23)


def paper(number: int = 1, **changes: Any) -> Paper:
    """A paper; each number has its own arXiv id."""
    values: dict[str, Any] = {
        "arxiv_id": f"2402.{number:05d}",
        "title": f"Paper number {number}",
        "authors": ("Mina Kim", "John Doe"),
        "image": f"https://example.org/{number}.png",
        "summary": (Bullet(f"{number}번째 논문은 강화학습을 다룹니다."),),
    }
    return Paper(**(values | changes))


def day(on: date = FRIDAY, votes: Sequence[int | None] = (5, 3), first: int = 1) -> Day:
    """A day with a paper for each of the votes, numbered from `first`."""
    return Day(on, tuple(Listing(paper(first + index), count) for index, count in enumerate(votes)))


def order(**changes: Any) -> Order:
    """An order for nine o'clock in Seoul."""
    values: dict[str, Any] = {"channel_id": 10, "time": time(9), "timezone": "Asia/Seoul"}
    return Order(**(values | changes))


def utc(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]  # as many parts as the test needs


async def site_day(database: Database, on: date, papers: int, *, closed: bool) -> None:
    """Record how a day stands at the site, replacing what was recorded before."""
    read_at = utc(on.year, on.month, on.day).isoformat(timespec="microseconds")
    async with database.write() as tx:
        await tx.run(
            "INSERT OR REPLACE INTO site_days (day, read_at, closed_at, papers) VALUES (?, ?, ?, ?)",
            (on.isoformat(), read_at, read_at if closed else None, papers),
        )
        await tx.run("UPDATE pages SET origin = 1 WHERE day = ?", (on.isoformat(),))


class StandingClock:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment
