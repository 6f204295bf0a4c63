"""Why nothing came, in words."""

from datetime import date, datetime

from discord.utils import format_dt

from bot.chat.text import escape
from bot.chat.weekdays import weekdays_text
from bot.digests.model import Reason
from bot.locale import Catalogue

_MOMENTS = ("since", "until", "due")


def reason_text(reason: Reason, catalogue: Catalogue, cause: str = "") -> str:
    """What happened and the step that mends it, as Discord text; `cause` is what a pause was for."""
    facts = dict(reason.facts)
    for name in _MOMENTS:
        if name in facts:
            facts[name] = format_dt(datetime.fromisoformat(str(facts[name])), "f")
    if "day" in facts:
        facts["date"] = catalogue.date(date.fromisoformat(str(facts["day"])))
    if "weekdays" in facts:
        facts["weekdays"] = weekdays_text(frozenset(map(int, str(facts["weekdays"]))), catalogue)
    if "settings" in facts:
        facts["settings"] = escape(str(facts["settings"]))
    return catalogue.say(f"why-{reason.why}", cause=cause, **facts).rstrip()
