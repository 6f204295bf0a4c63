"""What the soak is made of: pages, digests with their pauses, and subscriptions. All of it follows from numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.papers import Bullet, Day, Listing
from tests.builders import paper

FIRST = date(2024, 1, 8)
"""A Monday; from here, 400 days have three changes of the clocks in each hemisphere."""

PAGE_AT = time(6, 0, 30, tzinfo=UTC)
"""When a weekday's page arrives; on weekends none does."""

WORDS = ("amber", "basil", "cedar", "dune", "ember", "fjord", "grove", "heath", "inlet", "jungle", "kelp", "lagoon")
_PER_PAGE = 4
_WORKDAYS = 5

ALARMS = (
    ("Asia/Seoul", time(9)),
    ("America/New_York", time(2, 30)),  # does not exist on one night a year and comes twice on another
    ("Europe/Berlin", time(2, 30)),
    ("Europe/Berlin", time(8)),
    ("Australia/Lord_Howe", time(2, 15)),  # where the clocks change by half an hour
    ("America/Santiago", time(0)),  # where they change at midnight
    ("Asia/Kolkata", time(18, 30)),
    ("UTC", time(12)),
)
_EVERY_DAY = frozenset(range(7))
_WEEKDAYS = (_EVERY_DAY, frozenset(range(5)), _EVERY_DAY, frozenset({0, 2, 4}), frozenset({5, 6}), frozenset({3}))


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """One server's digest. `pauses` are pairs of moments: from when and until when."""

    timezone: str
    time: time
    weekdays: frozenset[int]
    count: int
    min_votes: int
    style: str
    pauses: tuple[tuple[datetime, datetime], ...]

    def due(self, on: date) -> datetime:
        """When it is the digest's time on a date, in UTC."""
        return datetime.combine(on, self.time, ZoneInfo(self.timezone)).astimezone(UTC)

    def runs_on(self, on: date) -> bool:
        """Whether an edition is due on a date: it is one of the weekdays, and falls into no pause."""
        due = self.due(on)
        return on.weekday() in self.weekdays and not any(begin <= due < end for begin, end in self.pauses)


def digest_plans(servers: int, days: int) -> list[DigestPlan]:
    """A digest for each server: every third server's posts threads, every fourth pauses twice."""
    plans = []
    for index in range(servers):
        timezone, at = ALARMS[index % len(ALARMS)]
        plans.append(
            DigestPlan(
                timezone=timezone,
                time=at,
                weekdays=_WEEKDAYS[index // 2 % len(_WEEKDAYS)],
                count=1 + index % 3,
                min_votes=(0, 0, 25)[index // 3 % 3],
                style="thread" if index % 3 == 1 else "cards",
                pauses=_pauses(index, days) if index % 4 == 0 else (),
            )
        )
    return plans


def _pauses(index: int, days: int) -> tuple[tuple[datetime, datetime], ...]:
    """Two pauses of some days, at an hour at which nothing else happens."""
    starts = (days // 5 + index % 7, days * 3 // 5 + index % 5)
    return tuple((_quiet_hour(start), _quiet_hour(start + 2 + index % 4)) for start in starts)


def _quiet_hour(day: int) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), time(21, 40), UTC)


def pages(days: int) -> list[Day]:
    """The pages of all days, four papers each; every fifth page has few votes."""
    workdays = (on for on in map(_date, range(days)) if on.weekday() < _WORKDAYS)
    return [_page(number, on) for number, on in enumerate(workdays)]


def _date(day: int) -> date:
    return FIRST + timedelta(days=day)


def _page(number: int, on: date) -> Day:
    listings = []
    for index in range(_PER_PAGE):
        serial = number * _PER_PAGE + index + 1
        word = WORDS[serial % len(WORDS)]
        text = (Bullet(f"What is known about {word}."),)
        votes = (0 if number % 5 == 4 else 20) + 2 * index
        listings.append(Listing(paper(serial, title=f"On {word} {serial}", image=None, summary=text), votes))
    return Day(on, tuple(listings))


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """A member of the server of this index, with words to hear of, by DM or in the server's alerts channel."""

    server: int
    words: tuple[str, ...]
    where: str


def member_plans(servers: int) -> Iterator[MemberPlan]:
    """A member in every second server; every third of them asks for two words, every fourth in the channel."""
    for index in range(0, servers, 2):
        words = tuple(islice(WORDS * 2, index % len(WORDS), index % len(WORDS) + (2 if index % 3 == 0 else 1)))
        yield MemberPlan(index, words, "here" if index % 4 == 2 else "dm")
