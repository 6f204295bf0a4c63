"""Whether the site can be read that papers come from, in words."""

from datetime import datetime

from discord.utils import format_dt

from bot.locale import Catalogue
from bot.sources.health import SiteHealth


def site_text(health: SiteHealth, catalogue: Catalogue) -> str:
    """When the site was last read, or since when it can't be and why; empty where it was never asked."""
    if health.failing_since is not None and health.fault is not None:
        fault = catalogue.say(f"source-{health.fault}")
        told = {"since": format_dt(health.failing_since, "f"), "fault": fault}
        if health.read_at is None:
            return catalogue.say("site-failing-ever", **told)
        return catalogue.say("site-failing", read=_ago(health.read_at), **told)
    return catalogue.say("site-read", read=_ago(health.read_at)) if health.read_at else ""


def _ago(moment: datetime) -> str:
    return format_dt(moment, "R")
