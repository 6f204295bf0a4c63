"""Time zones as people call them: by IANA's name, or by a city or country in Korean or English."""

import zoneinfo
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import get_global

from bot.locale import Language

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
"""Offered before anything is typed, and first among those that match."""

_ALSO = {"Asia/Seoul": ("한국", "Korea", "KST")}
"""What people say for a zone besides its city and the country's full name."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone with its city in each language; `words` is all that it may be called, in lower case."""

    name: str
    cities: dict[Language, str]
    words: frozenset[str]

    def label(self, language: Language) -> str:
        """The zone's name, and its city where that says more."""
        city = self.cities[language]
        return self.name if city in self.name.replace("_", " ") else f"{self.name} · {city}"


def find_zone(text: str) -> str | None:
    """The zone's IANA name, however it is capitalised, or the one zone whose city or country is called so."""
    wanted = _folded(text)
    named = _every_name().get(wanted)
    if named:
        return named
    called = [zone for zone in _zones() if wanted in zone.words]
    return called[0].name if len(called) == 1 else None


def suggest_zones(text: str, limit: int) -> list[Zone]:
    """The zones whose names begin with the text, then those in whose names it is; of each the common ones first."""
    wanted = _folded(text)
    common = [zone for name in _COMMON for zone in _zones() if zone.name == name]
    if not wanted:
        return common[:limit]
    zones = [*common, *(zone for zone in _zones() if zone not in common)]
    begins = [zone for zone in zones if any(word.startswith(wanted) for word in zone.words)]
    holds = [zone for zone in zones if any(wanted in word for word in zone.words) and zone not in begins]
    return [*begins, *holds][:limit]


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())


@cache
def _every_name() -> dict[str, str]:
    """Each name that the zone database knows, old ones too."""
    return {_folded(name): name for name in zoneinfo.available_timezones() if name not in {"Factory", "localtime"}}


@cache
def _zones() -> tuple[Zone, ...]:
    """The zones of places, under their present names, and UTC. Cities and countries are those of Unicode's CLDR."""
    aliases, territories = get_global("zone_aliases"), get_global("zone_territories")
    earlier = {name: old for old, name in aliases.items()}
    known = zoneinfo.available_timezones()
    names = sorted(name for name in territories if name in known and name not in aliases and "Etc" not in name)
    locales = {language: Locale(language.value) for language in Language}
    zones = [Zone("UTC", dict.fromkeys(Language, "UTC"), frozenset({"utc", "gmt"}))]
    for name in names:
        cities = {language: _city(name, earlier.get(name), locale) for language, locale in locales.items()}
        countries = [locale.territories.get(territories[name], "") for locale in locales.values()]
        words = {_folded(word) for word in (name, *cities.values(), *countries, *_ALSO.get(name, ())) if word}
        zones.append(Zone(name, cities, frozenset(words)))
    return tuple(zones)


def _city(name: str, earlier: str | None, locale: Locale) -> str:
    for key in (name, earlier):
        if key and (city := locale.time_zones.get(key, {}).get("city")):
            return str(city)
    return name.rpartition("/")[2].replace("_", " ")
