"""Weekdays in words."""

from babel.dates import get_day_names

from bot.digests.model import EVERY_DAY, WEEKDAYS, WEEKEND
from bot.locale import Catalogue


def weekdays_text(weekdays: frozenset[int], catalogue: Catalogue) -> str:
    """The weekdays by the name of all of them, or one by one."""
    for days, key in ((EVERY_DAY, "weekdays-every"), (WEEKDAYS, "weekdays-work"), (WEEKEND, "weekdays-weekend")):
        if weekdays == days:
            return catalogue.say(key)
    names = get_day_names("abbreviated", locale=catalogue.language)
    return ", ".join(names[day] for day in sorted(weekdays))
