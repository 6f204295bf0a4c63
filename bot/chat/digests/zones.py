"""Finds time zones by IANA name, or by a city or country in any of the languages."""

import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

from bot.locale import Language
from bot.locale.words import all_words

_COMMON = (
    "Asia/Seoul",
    "UTC",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Kolkata",
    "Europe/London",
    "Europe/Paris",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Australia/Sydney",
)
"""Offered before anything is typed, and listed first among matches."""

_OFFSET = re.compile(r"(?:utc|gmt)\s?(?P<sign>[+−–-])\s?(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?")
_TRAP = re.compile(r"etc/(?:gmt|utc)(?P<sign>[+-])(?P<hours>[0-9]{1,2})")
"""Names with the sign reversed, as in POSIX: Etc/GMT+9 is nine hours behind UTC."""
_SEASONS = (datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 7, 1, tzinfo=UTC))
_MOST_READINGS = 3


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone with its city in each language; `words` are all its names, in lower case."""

    name: str
    cities: dict[Language, str]
    words: frozenset[str]

    def label(self, language: Language) -> str:
        """The zone's name, with its city unless the name contains it."""
        city = self.cities[language]
        return self.name if city in self.name.replace("_", " ") else f"{self.name} · {city}"


def find_zones(text: str) -> list[str]:
    """The IANA names that a text may mean: several if it is ambiguous, none if it is unknown or fits too many.

    The text is a city, a country, an abbreviation (EST means New York), an offset such as UTC+9, or an IANA name.
    IANA zones that are abbreviations or offsets are not used: EST has no summer time, and Etc/GMT+9 is UTC-9.
    """
    wanted = _folded(text)
    called = [zone.name for zone in _zones() if wanted in zone.words]
    if found := _OFFSET.fullmatch(wanted):
        return _at_offset(_offset(found["sign"], found["hours"], found["minutes"]))
    if found := _TRAP.fullmatch(wanted):
        offset = _offset("+", found["hours"], None)
        return list(dict.fromkeys([*_at_offset(offset)[:1], *_at_offset(-offset)[:1]]))
    if called:
        return called if len(called) <= _MOST_READINGS else []
    named = _every_name().get(wanted)
    return [named] if named else []


def _offset(sign: str, hours: str, minutes: str | None) -> timedelta:
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return offset if sign == "+" else -offset


def _at_offset(offset: timedelta) -> list[str]:
    """Zones with an offset from UTC: one if all common zones with it have it all year, otherwise a few."""
    common = [zone for zone in _by_use() if zone.name in _COMMON and offset in _offsets(zone.name)]
    if not offset:
        return ["UTC"]
    always = [zone for zone in _by_use() if _offsets(zone.name) == {offset}]
    if all(zone in always for zone in common):
        return [zone.name for zone in always[:1]]
    return [zone.name for zone in [*common, *always[:1]]][-_MOST_READINGS:]


@cache
def _offsets(name: str) -> set[timedelta]:
    """The offsets of a zone over a year."""
    return {moment.astimezone(ZoneInfo(name)).utcoffset() or timedelta(0) for moment in _SEASONS}


@cache
def _by_use() -> tuple[Zone, ...]:
    """The zones, common ones first, then those of well-known cities."""
    common = [zone for name in _COMMON for zone in _zones() if zone.name == name]
    others = [zone for zone in _zones() if zone not in common]
    return *common, *sorted(others, key=lambda zone: not any(zone.name in words.zones for words in all_words()))


def suggest_zones(text: str, limit: int) -> list[Zone]:
    """The zones that the text means, then those whose names begin with it, then those whose names contain it.

    Common zones come first in each group.
    """
    wanted, zones = _folded(text), _by_use()
    if not wanted:
        return [zone for zone in zones if zone.name in _COMMON][:limit]
    names = find_zones(text)
    meant = [zone for zone in zones if zone.name in names]
    begins = [zone for zone in zones if zone not in meant and any(word.startswith(wanted) for word in zone.words)]
    first = [*meant, *begins]
    holds = [zone for zone in zones if zone not in first and any(wanted in word for word in zone.words)]
    return [*first, *holds][:limit]


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())


@cache
def _every_name() -> dict[str, str]:
    """All place names in the zone database, including old ones."""
    return {
        _folded(name): name
        for name in zoneinfo.available_timezones()
        if name not in {"Factory", "localtime"} and not re.search(r"[0-9]|^[A-Z]{3}$", name)
    }


@cache
def _zones() -> tuple[Zone, ...]:
    """UTC and the zones of places under their current names, with cities and countries from Unicode's CLDR."""
    aliases, territories = get_global("zone_aliases"), get_global("zone_territories")
    earlier = {name: old for old, name in aliases.items()}
    known = zoneinfo.available_timezones()
    names = sorted(name for name in territories if name in known and name not in aliases and "Etc" not in name)
    locales = {language: Locale(language.value) for language in Language}
    zones = [Zone("UTC", dict.fromkeys(Language, "UTC"), frozenset({"utc", "gmt"}))]
    for name in names:
        cities = {language: _city(name, earlier.get(name), locale) for language, locale in locales.items()}
        countries = [locale.territories.get(territories[name], "") for locale in locales.values()]
        also = [city for words in all_words() for city in words.zones.get(name, ())]
        words = {_folded(word) for word in (name, *cities.values(), *countries, *also)} - {""}
        zones.append(Zone(name, cities, frozenset(words)))
    return tuple(zones)


def _city(name: str, earlier: str | None, locale: Locale) -> str:
    for key in (name, earlier):
        if key and (city := locale.time_zones.get(key, {}).get("city")):
            return str(city)
    return name.rpartition("/")[2].replace("_", " ")
