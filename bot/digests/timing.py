"""When a digest is due: wall-clock time in its zone, daylight saving included."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digests.model import EVERY_DAY, Order

_USUAL_ZONES = {
    "bg": "Europe/Sofia",
    "cs": "Europe/Prague",
    "da": "Europe/Copenhagen",
    "de": "Europe/Berlin",
    "el": "Europe/Athens",
    "en-GB": "Europe/London",
    "es-ES": "Europe/Madrid",
    "fi": "Europe/Helsinki",
    "fr": "Europe/Paris",
    "hi": "Asia/Kolkata",
    "hr": "Europe/Zagreb",
    "hu": "Europe/Budapest",
    "id": "Asia/Jakarta",
    "it": "Europe/Rome",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "lt": "Europe/Vilnius",
    "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo",
    "pl": "Europe/Warsaw",
    "pt-BR": "America/Sao_Paulo",
    "ro": "Europe/Bucharest",
    "sv-SE": "Europe/Stockholm",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "uk": "Europe/Kyiv",
    "vi": "Asia/Ho_Chi_Minh",
    "zh-CN": "Asia/Shanghai",
    "zh-TW": "Asia/Taipei",
}
"""The zone of most people with a locale of Discord. American English is left out, as it is the default of servers."""


def usual_zone(*locales: str) -> str:
    """The usual zone of the first of Discord's locales that has one; UTC if none has."""
    return next((_USUAL_ZONES[locale] for locale in locales if locale in _USUAL_ZONES), "UTC")


def knows_zone(name: str) -> bool:
    """Whether a zone exists. IANA removes names now and then, such as US/Pacific-New."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # an unknown name; an invalid name; a folder of zones
        return False
    return True


def zone_named(name: str) -> ZoneInfo:
    """The zone of a name; UTC if it does not exist, as for a digest that is paused for that."""
    return ZoneInfo(name if knows_zone(name) else "UTC")


def moment_of(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which a wall-clock time falls on a date.

    If the time occurs twice, the first one counts. If it does not exist, it is shifted by as much as the clocks are
    (02:30 becomes 03:30), as with Python's fold=0 and in RFC 5545.
    """
    return datetime.combine(on, at, tzinfo=zone).replace(fold=0).astimezone(UTC)


def runs_after(order: Order, after: datetime) -> Iterator[tuple[date, datetime]]:
    """All runs later than `after`, in order, without end: the date in the zone and the moment (UTC)."""
    zone = zone_named(order.timezone)
    on = after.astimezone(zone).date() - timedelta(days=1)
    last = after
    while True:
        due = moment_of(on, order.time, zone)
        # If a zone skips a whole date (Apia, 2011), two dates have the same moment: one run.
        if due > last and on.weekday() in order.weekdays:
            yield on, due
            last = due
        on += timedelta(days=1)


def next_run(order: Order, after: datetime) -> datetime:
    """The moment (UTC) of the first run later than `after`."""
    return next(runs_after(order, after))[1]


def next_alarm(timezone: str, at: time, after: datetime) -> datetime:
    """The first moment (UTC) later than `after` at which it is `at` in the zone, on any weekday."""
    return next_run(Order(channel_id=0, time=at, timezone=timezone, weekdays=EVERY_DAY), after)
