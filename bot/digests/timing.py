"""When a digest is due: wall-clock time in its zone, daylight saving and all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digests.model import EVERY_DAY, Order


def knows_zone(name: str) -> bool:
    """Whether there is a zone of this name. IANA takes names away now and then: US/Pacific-New was one."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no name at all; the name of a folder of zones
        return False
    return True


def zone_named(name: str) -> ZoneInfo:
    """The zone of a name; UTC where there is none, as for a digest that rests until it has another."""
    return ZoneInfo(name if knows_zone(name) else "UTC")


def moment_of(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The one moment, in UTC, at which a wall-clock time falls on a date.

    A time that comes twice is its first coming. A time that does not exist that day is moved on by as much as the
    clocks are (02:30 becomes 03:30), as Python's fold=0 and RFC 5545 have it.
    """
    return datetime.combine(on, at, tzinfo=zone).replace(fold=0).astimezone(UTC)


def runs_after(order: Order, after: datetime) -> Iterator[tuple[date, datetime]]:
    """The (date at the zone, moment in UTC) of each run later than `after`, without end, in order."""
    zone = zone_named(order.timezone)
    on = after.astimezone(zone).date() - timedelta(days=1)
    last = after
    while True:
        due = moment_of(on, order.time, zone)
        # A zone that jumps over a whole date (Apia, 2011) gives two dates one moment: that is one run.
        if due > last and on.weekday() in order.weekdays:
            yield on, due
            last = due
        on += timedelta(days=1)


def next_run(order: Order, after: datetime) -> datetime:
    """The moment in UTC of the first run later than `after`."""
    return next(runs_after(order, after))[1]


def next_alarm(timezone: str, at: time, after: datetime) -> datetime:
    """The first moment later than `after` at which it is `at` in the zone, on whatever weekday."""
    return next_run(Order(channel_id=0, time=at, timezone=timezone, weekdays=EVERY_DAY), after)
