"""Digests in words: what each is set to, when it comes next, and what became of its editions."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import discord
from babel.dates import get_day_names
from discord.utils import format_dt

from bot.chat import limits
from bot.chat.message import Message
from bot.chat.reasons import reason_text
from bot.digests.model import EVERY_DAY, Digest, Edition, EditionState, Order, Reason, Selection
from bot.digests.service import History, Standing
from bot.locale import Catalogue

_COLOUR = 0x4F6D9A
WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
_MARKS = {
    EditionState.PLANNED: "⏳",
    EditionState.POSTED: "✅",
    EditionState.SKIPPED: "⏭️",
    EditionState.FAILED: "⚠️",
}


def digest_set(key: str, standing: Standing, catalogue: Catalogue, note: str = "") -> str:
    """An answer that says what was done (the message `key`), how the digest now stands and when it comes.

    A note is said at the end.
    """
    done = catalogue.say(key, number=standing.digest.number)
    lines = (done, digest_text(standing.digest, catalogue), next_text(standing, catalogue), note and f"⚠️ {note}")
    return "\n".join(filter(None, lines))


def digest_text(digest: Digest, catalogue: Catalogue) -> str:
    """Where and when a digest is posted, and what it holds, in two lines."""
    order = digest.order
    when = catalogue.say(
        "digest-when",
        channel=f"<#{order.channel_id}>",
        weekdays=weekdays_text(order.weekdays, catalogue),
        time=f"{order.time:%H:%M}",
        timezone=order.timezone,
    )
    return f"{when}\n{_what(order, catalogue)}"


def _what(order: Order, catalogue: Catalogue) -> str:
    parts = [catalogue.say("digest-count", count=order.count)]
    if order.min_votes:
        parts.append(catalogue.say("digest-min-votes", votes=order.min_votes))
    parts.append(catalogue.say(f"style-{order.style}"))
    if order.language:
        parts.append(catalogue.say(f"language-{order.language}"))
    if order.replay_from:
        parts.append(catalogue.say("digest-replay", date=order.replay_from.isoformat()))
    return " · ".join(parts)


def next_text(standing: Standing, catalogue: Catalogue) -> str:
    """When the next edition comes, in the reader's zone and in the digest's; or that the digest is paused."""
    if standing.next_run is None:
        return catalogue.say("digest-paused")
    timezone = standing.digest.order.timezone
    return catalogue.say(
        "digest-next",
        moment=format_dt(standing.next_run, "F"),
        relative=format_dt(standing.next_run, "R"),
        local=_local(standing.next_run, timezone, catalogue),
        timezone=timezone,
    )


def weekdays_text(weekdays: frozenset[int], catalogue: Catalogue) -> str:
    """The weekdays by the name of all of them, or one by one."""
    for days, key in ((EVERY_DAY, "weekdays-every"), (WEEKDAYS, "weekdays-work"), (WEEKEND, "weekdays-weekend")):
        if weekdays == days:
            return catalogue.say(key)
    names = get_day_names("abbreviated", locale=catalogue.language)
    return ", ".join(names[day] for day in sorted(weekdays))


def digests_list(standings: Sequence[Standing], catalogue: Catalogue) -> Message:
    """All digests of a server."""
    blocks = [
        f"**#{standing.digest.number}** · {digest_text(standing.digest, catalogue)}\n{next_text(standing, catalogue)}"
        for standing in standings
    ]
    body, _ = limits.join_fitting(blocks, limits.DESCRIPTION, "\n\n")
    return _card(catalogue.say("digests-heading"), body)


def history(told: History, catalogue: Catalogue) -> Message:
    """What became of a digest's last editions, newest first, and when the next one comes."""
    digest = told.standing.digest
    end = next_text(told.standing, catalogue)
    rows = [_edition(edition, digest, catalogue) for edition in told.editions] or [catalogue.say("history-none")]
    body, _ = limits.join_fitting(rows, limits.DESCRIPTION - len(end) - 2)
    return _card(catalogue.say("history-heading", number=digest.number), f"{body}\n\n{end}")


def now_text(outcome: Selection | Reason, order: Order, catalogue: Catalogue) -> str:
    """That an edition is on its way, or why there is none."""
    if isinstance(outcome, Reason):
        return catalogue.say("digest-nothing", reason=reason_text(outcome, catalogue))
    return catalogue.say("digest-sending", date=catalogue.date(outcome.day), channel=f"<#{order.channel_id}>")


def _edition(edition: Edition, digest: Digest, catalogue: Catalogue) -> str:
    day = edition.day.isoformat() if edition.day else ""
    text = catalogue.say(f"edition-{edition.state}", day=day)
    if edition.state is EditionState.POSTED:
        text = f"[{text}]({_link(edition, digest)})"
    reason = f": {reason_text(edition.reason, catalogue)}" if edition.reason else ""
    return f"{_MARKS[edition.state]} {format_dt(edition.due, 'f')} · {text}{reason}"


def _link(edition: Edition, digest: Digest) -> str:
    return f"https://discord.com/channels/{digest.guild_id}/{edition.channel_id}/{edition.message_id}"


def _local(moment: datetime, timezone: str, catalogue: Catalogue) -> str:
    there = moment.astimezone(ZoneInfo(timezone))
    return f"{catalogue.date(there.date())} {there:%H:%M}"


def _card(heading: str, body: str) -> Message:
    return limits.compose("", [discord.Embed(title=heading, description=body, colour=_COLOUR)])
