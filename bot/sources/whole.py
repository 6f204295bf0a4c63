"""When a day of the site is closed and when it is whole, and which days to read. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

LAST_DAYS = 3
"""The last days, today included, that are always read, as their votes still change."""
MOST_MISSED = 31
"""After a longer absence, days before these are for `paperboy fetch`."""
APART = timedelta(hours=1)
"""The time between the two readings that show that nothing more comes."""
CLOSES_AT = time(22, 30)
"""When a day closes unless the operator says otherwise (UTC): half an hour before 08:00 in Seoul."""


class WholeBy(StrEnum):
    """Why a day counts as whole: nothing more came, or it was waited for long enough."""

    STILL = "still"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class DayState:
    """The progress of a day of the site. Times are UTC, by the site's clock.

    `closed_at` is the reading that closed the day for editions. `still_since` is the first reading after the day's end
    that added no paper, since the last one that did; `whole_at` the reading that made the day whole.
    """

    day: date
    read_at: datetime
    papers: int
    closed_at: datetime | None = None
    still_since: datetime | None = None
    whole_at: datetime | None = None
    whole_by: WholeBy | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reading changed: the day's state before and after, and how many papers are new to the day.

    `late` counts the new papers of a day that was closed before; `skipped` the records that could not be read.
    """

    before: DayState | None
    state: DayState
    new_papers: int
    skipped: int
    late: int = 0

    @property
    def closed(self) -> bool:
        """Whether this reading closed the day."""
        return self.state.closed_at is not None and (self.before is None or self.before.closed_at is None)

    @property
    def became_whole(self) -> bool:
        """Whether this reading made the day whole."""
        return self.state.whole_at is not None and (self.before is None or self.before.whole_at is None)


def end_of(day: date) -> datetime:
    """When a day ends at the site, which dates days in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def closing_of(day: date, closes_at: time) -> datetime:
    """When a day closes (UTC): the first reading from then on closes it."""
    return datetime.combine(day, closes_at, UTC)


@dataclass(frozen=True, slots=True)
class Closing:
    """When a day counts as closed and as whole: closed at the first reading from `closes_at` of the day (UTC) on.

    A day that still grows `limit` after its end is whole.
    """

    closes_at: time
    limit: timedelta


def after_reading(before: DayState | None, now: DayState, added: int, rule: Closing) -> DayState:
    """The state after a reading that added `added` papers; `now` has its day, time and number of papers.

    A closed day stays closed, and a whole day whole. An older reading changes nothing.
    """
    if before is not None and now.read_at < before.read_at:
        return before
    if before is not None and before.whole_at is not None:
        return replace(before, read_at=now.read_at, papers=now.papers)
    closed_at = before.closed_at if before is not None else None
    if closed_at is None and now.read_at >= closing_of(now.day, rule.closes_at):
        closed_at = now.read_at
    now = replace(now, closed_at=closed_at)
    if now.read_at < end_of(now.day):
        return now
    earlier = before.still_since if before is not None else None
    still_since = None if added else earlier or now.read_at
    by = None
    if still_since is not None and now.read_at - still_since >= APART:
        by = WholeBy.STILL
    elif now.read_at - end_of(now.day) >= rule.limit:
        by = WholeBy.LIMIT
    return replace(now, still_since=still_since, whole_at=now.read_at if by else None, whole_by=by)


def days_to_read(today: date, known: Mapping[date, DayState]) -> list[date]:
    """The last days, and earlier days since the last whole one that were missed or are not whole; oldest first.

    If nothing is known yet, only the last days.
    """
    last = [today - timedelta(days=back) for back in range(LAST_DAYS)]
    earliest = today - timedelta(days=MOST_MISSED - 1)
    whole = {day for day, state in known.items() if state.whole_at is not None}
    first = max(earliest, min(known, default=today))
    missed = [first + timedelta(days=later) for later in range((today - first).days)]
    return sorted({*last, *(day for day in missed if day not in whole)})
