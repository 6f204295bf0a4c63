"""Why a digest has no edition on a date, from its settings and its history."""

from datetime import date, datetime

from bot.digests.model import Digest, Pause, Reason, Why
from bot.digests.timing import moment_of, zone_named


def moment_on(digest: Digest, on: date) -> datetime:
    """When the digest's run on a date is due (UTC), by its time, regardless of the weekday."""
    return moment_of(on, digest.order.time, zone_named(digest.order.timezone))


def silence(digest: Digest, on: date, then: Pause | None, now: datetime) -> Reason:
    """The reason why a date has no edition; `then` is the pause at the time of its run.

    Settings before the digest's last change of schedule are not known, so earlier dates get no better reason than that.
    """
    due = moment_on(digest, on)
    if due < digest.created_at:
        return Reason(Why.NOT_YET_MADE, {"since": digest.created_at.isoformat()})
    if then is not None:
        return _paused(then)
    if due < digest.timed_at:
        return Reason(Why.TIMED_ANEW, {"since": digest.timed_at.isoformat()})
    if on.weekday() not in digest.order.weekdays:
        weekdays = "".join(str(day) for day in sorted(digest.order.weekdays))
        return Reason(Why.WEEKDAY, {"weekdays": weekdays})
    if due > now:
        return Reason(Why.NOT_YET_DUE, {"due": due.isoformat()})
    return Reason(Why.NOT_RECORDED, {"due": due.isoformat()})


def _paused(pause: Pause) -> Reason:
    facts: dict[str, str | int] = {"since": pause.began.isoformat(), "by": "paperboy" if pause.reason else "admin"}
    if pause.ended is None:
        return Reason(Why.PAUSED, facts)
    return Reason(Why.WAS_PAUSED, facts | {"until": pause.ended.isoformat()})
