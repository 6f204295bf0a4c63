"""Digests in words: their settings, their next editions, and what became of past ones."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import discord
from babel.dates import get_day_names
from discord.utils import format_dt

from bot.chat.interactions.mentions import mention_text, mention_warning
from bot.chat.interactions.permissions import kind_warning, obstacle
from bot.chat.interactions.tags import tags_warning
from bot.chat.papers.editions import selection_date, subject_count
from bot.chat.papers.questions import quoted
from bot.chat.text import limits, theme
from bot.chat.text.escape import escape, first_sentence, join_given, shorten
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.delivery.model import Part
from bot.digests.model import (
    EVERY_DAY,
    WEEKDAYS,
    WEEKEND,
    Digest,
    Edition,
    EditionState,
    Order,
    Pause,
    Reason,
    Selection,
    Why,
)
from bot.digests.service import DayHistory, History, Standing
from bot.locale import Catalogue
from bot.sources.health import SiteHealth

_MARKS = {
    EditionState.PLANNED: Sign.WAITING,
    EditionState.POSTED: Sign.DONE,
    EditionState.SKIPPED: Sign.SKIPPED,
    EditionState.FAILED: Sign.WARNING,
}
CAUSE_IN_THE_ORDER = frozenset({Why.UNREADABLE, Why.TAG_REQUIRED})
"""The reasons for a pause that an edit of the order removes, and no permission."""
_POSTS: Mapping[str, str] = {Part.CARDS: Part.POST, Part.HEADLINE: Part.POST}
"""In a forum, these parts are posts."""
_MOMENTS = ("since", "until", "due", "closes")
_SUBJECT = 40


def digest_set(
    key: str,
    standing: Standing,
    guild: discord.Guild | None,
    catalogue: Catalogue,
    note: str = "",
    outlook: str = "",
) -> str:
    """An answer: what was done (the message `key`), the digest's settings, and when it is posted next.

    `note` is a warning at the end, `outlook` what its subject finds.
    """
    done = catalogue.say(key, number=standing.digest.number)
    text, following = order_text(standing.digest.order, catalogue), next_text(standing, guild, catalogue)
    return join_given(done, text, following, outlook, note and f"{Sign.WARNING} {note}", separator="\n")


def order_text(order: Order, catalogue: Catalogue) -> str:
    """An order in two lines: where and when, and what is posted."""
    when = catalogue.say(
        "digest-when",
        channel=f"<#{order.channel_id}>",
        weekdays=weekdays_text(order.weekdays, catalogue),
        time=catalogue.time(order.time),
        timezone=order.timezone,
    )
    return f"{when}\n{_what(order, catalogue)}"


def _what(order: Order, catalogue: Catalogue) -> str:
    parts = [catalogue.say("digest-count", count=order.count)]
    if order.query is not None:
        parts.insert(0, catalogue.say("digest-subject", query=quoted(order.query)))
    if order.min_votes:
        parts.append(catalogue.say("digest-min-votes", votes=order.min_votes))
    parts.append(catalogue.say("style-discuss" if order.discuss else f"style-{order.style}"))
    if with_it := beside_papers(order, catalogue):
        parts.append(with_it)
    if order.language:
        parts.append(catalogue.say("digest-language", language=catalogue.name_of(order.language)))
    if order.weekly:
        parts.insert(0, catalogue.say("digest-weekly"))
    if order.early:
        parts.append(catalogue.say("digest-early"))
    if order.replay_from:
        parts.append(catalogue.say("digest-replay", date=order.replay_from.isoformat()))
    return " · ".join(parts)


def beside_papers(order: Order, catalogue: Catalogue) -> str:
    """What an order's editions have beside papers: tags, a mention, publishing; "" if nothing."""
    return join_given(
        catalogue.say("digest-tags", tags=catalogue.listed(map(escape, order.tags))) if order.tags else "",
        catalogue.say("digest-mention", role=mention_text(order.mention)) if order.mention else "",
        catalogue.say("digest-publish") if order.publish else "",
    )


def next_text(standing: Standing, guild: discord.Guild | None, catalogue: Catalogue) -> str:
    """When the next edition is due, in the reader's zone; or why there is none, and what to do.

    Obstacles are checked in the server as the client sees it now.
    """
    if standing.digest.pause is not None:
        return _paused(standing.digest, standing.digest.pause, guild, catalogue)
    if found := obstacle(guild, standing.digest.order):
        return catalogue.say(f"digest-blocked-{found.kind}", **found.values(catalogue))
    order = standing.digest.order
    warnings = (warning(guild, order, catalogue) for warning in (mention_warning, tags_warning, kind_warning))
    told = [warning and f"{Sign.WARNING} {warning}" for warning in warnings]
    return join_given(_next(standing, catalogue), *told, separator="\n")


def _paused(digest: Digest, pause: Pause, guild: discord.Guild | None, catalogue: Catalogue) -> str:
    since = format_dt(pause.began, "f")
    if pause.reason is None:
        return catalogue.say("digest-paused", since=since)
    if pause.reason.why in CAUSE_IN_THE_ORDER:
        return catalogue.say("digest-paused-unreadable", since=since, cause=reason_text(pause.reason, catalogue))
    if found := obstacle(guild, digest.order):
        return catalogue.say(f"digest-paused-{found.kind}", since=since, **found.values(catalogue))
    return catalogue.say("digest-paused-mended", since=since, channel=f"<#{digest.order.channel_id}>")


def _next(standing: Standing, catalogue: Catalogue) -> str:
    if standing.next_run is None:
        return ""
    # Discord shows each reader a moment in their own zone and language.
    return catalogue.say(
        "digest-next", moment=format_dt(standing.next_run, "F"), relative=format_dt(standing.next_run, "R")
    )


def digests_list(
    standings: Sequence[Standing], guild: discord.Guild | None, catalogue: Catalogue, note: str = ""
) -> Message:
    """All digests of a server, and a note below them."""
    blocks = [
        f"**#{standing.digest.number}** · {order_text(standing.digest.order, catalogue)}\n"
        f"{next_text(standing, guild, catalogue)}"
        for standing in standings
    ]
    body, _ = limits.join_fitting(blocks, limits.DESCRIPTION - len(note) - 2, "\n\n")
    return _card(catalogue.say("digests-heading"), join_given(body, note, separator="\n\n"))


def history(told: History, guild: discord.Guild | None, catalogue: Catalogue, site: str = "") -> Message:
    """What became of a digest's last editions, newest first, when the next one is due, and the site's state.

    Only the newest edition tells what to do or to expect; of older ones, just what happened.
    """
    digest = told.standing.digest
    end = join_given(next_text(told.standing, guild, catalogue), site, catalogue.say("history-hint"), separator="\n")
    causes = [_because(edition, catalogue) for edition in told.editions]
    causes[1:] = map(first_sentence, causes[1:])
    told_editions = zip(told.editions, causes, strict=True)
    rows = [_edition(edition, digest, catalogue, cause) for edition, cause in told_editions]
    rows = rows or [catalogue.say("history-none")]
    body, _ = limits.join_fitting(rows, limits.DESCRIPTION - len(end) - 2)
    return _card(catalogue.say("history-heading", number=digest.number), f"{body}\n\n{end}")


def day_history(told: DayHistory, guild: discord.Guild | None, catalogue: Catalogue, site: str = "") -> Message:
    """A digest's editions on one date or why there are none, when the next one is due, and the site's state."""
    digest = told.standing.digest
    end = join_given(next_text(told.standing, guild, catalogue), site, separator="\n")
    rows = [_edition(edition, digest, catalogue, _because(edition, catalogue)) for edition in told.editions]
    if told.silence is not None:
        cause = reason_text(told.pause.reason, catalogue) if told.pause and told.pause.reason else ""
        rows = [reason_text(told.silence, catalogue, cause)]
    body, _ = limits.join_fitting(rows, limits.DESCRIPTION - len(end) - 2)
    heading = catalogue.say("history-day", number=digest.number, date=catalogue.date(told.on))
    return _card(heading, f"{body}\n\n{end}")


def now_text(outcome: Selection | Reason, order: Order, catalogue: Catalogue) -> str:
    """Says that an edition is being sent, or why there is none."""
    if isinstance(outcome, Reason):
        return catalogue.say("digest-nothing", reason=reason_text(outcome, catalogue))
    return catalogue.say("digest-sending", date=selection_date(outcome, catalogue), channel=f"<#{order.channel_id}>")


def _edition(edition: Edition, digest: Digest, catalogue: Catalogue, because: str) -> str:
    text = _became(edition, catalogue)
    if edition.message_id is not None:
        text = f"[{text}]({_link(edition, digest)})"
    line = f"{_MARKS[edition.state]} {format_dt(edition.due, 'f')} · {text}"
    line = join_given(line, _about(edition, catalogue), _publication(edition, catalogue))
    return join_given(line, because, separator=catalogue.say("colon"))


def _became(edition: Edition, catalogue: Catalogue) -> str:
    day = " – ".join(on.isoformat() for on in (edition.first_day, edition.day) if on)
    if edition.state is EditionState.FAILED and edition.message_id is not None:
        return catalogue.say("edition-broken-off", day=day)
    late = edition.late and catalogue.say("edition-with-late", count=edition.late)
    return join_given(catalogue.say(f"edition-{edition.state}", day=day), late or "")


def _publication(edition: Edition, catalogue: Catalogue) -> str:
    """What became of the edition's publication, once its messages stand."""
    if edition.publication is None or edition.state is not EditionState.POSTED:
        return ""
    at = "" if edition.publishes_at is None else format_dt(edition.publishes_at, "R")
    return catalogue.say(f"edition-{edition.publication}", moment=at)


def _about(edition: Edition, catalogue: Catalogue) -> str:
    if edition.subject is None or edition.total is None:
        return ""
    query = shorten(edition.subject.query, _SUBJECT)
    return join_given(catalogue.quote(escape(query)), subject_count(edition.subject, edition.total, catalogue))


def _because(edition: Edition, catalogue: Catalogue) -> str:
    if edition.state is EditionState.PLANNED and edition.failing_since is not None:
        return catalogue.say("edition-retried", since=format_dt(edition.failing_since, "f"))
    return reason_text(edition.reason, catalogue) if edition.reason else ""


def _link(edition: Edition, digest: Digest) -> str:
    return f"https://discord.com/channels/{digest.guild_id}/{edition.channel_id}/{edition.message_id}"


def _card(heading: str, body: str) -> Message:
    return limits.compose("", [discord.Embed(title=heading, description=body, colour=theme.PAPER)])


def reason_text(reason: Reason, catalogue: Catalogue, cause: str = "") -> str:
    """What happened and what to do about it, as Discord text; `cause` is the reason for a pause."""
    facts = dict(reason.facts)
    for name in _MOMENTS:
        if name in facts:
            facts[name] = format_dt(datetime.fromisoformat(str(facts[name])), "f")
    if "newest" in facts:
        facts["newest"] = catalogue.date(date.fromisoformat(str(facts["newest"])))
    if "day" in facts:
        last = date.fromisoformat(str(facts["day"]))
        first = date.fromisoformat(str(facts.get("first_day", last)))
        facts["date"] = catalogue.date(last) if first == last else catalogue.span(first, last)
    facts.setdefault("closes", "none")  # not known of reasons that earlier versions recorded
    facts["part"] = _POSTS.get(str(facts.get("part")), str(facts.get("part")))
    facts["about"] = "query" if "query" in facts else "all"
    if "weekdays" in facts:
        facts["weekdays"] = weekdays_text(frozenset(map(int, str(facts["weekdays"]))), catalogue)
    if "query" in facts:
        facts["query"] = quoted(str(facts["query"]))
    if "settings" in facts:
        facts["settings"] = escape(str(facts["settings"]))
    return catalogue.say(f"why-{reason.why}", cause=cause, **facts).rstrip()


def weekdays_text(weekdays: frozenset[int], catalogue: Catalogue) -> str:
    """The weekdays: "every day", "weekdays" or "weekend", a single one as "Tuesdays", otherwise their short names."""
    for days, key in ((EVERY_DAY, "weekdays-every"), (WEEKDAYS, "weekdays-work"), (WEEKEND, "weekdays-weekend")):
        if weekdays == days:
            return catalogue.say(key)
    if len(weekdays) == 1:
        [day] = weekdays
        return catalogue.say("weekdays-one", weekday=get_day_names("wide", locale=catalogue.language)[day])
    names = get_day_names("abbreviated", locale=catalogue.language)
    return catalogue.listed(names[day] for day in sorted(weekdays))


def site_text(health: SiteHealth, catalogue: Catalogue) -> str:
    """When the site was last read, or since when and why that fails; empty if it was never tried."""
    if health.failing_since is not None and health.fault is not None:
        fault = catalogue.say(f"source-{health.fault}")
        told = {"since": format_dt(health.failing_since, "f"), "fault": fault}
        if health.read_at is None:
            return catalogue.say("site-failing-ever", **told)
        return catalogue.say("site-failing", read=_ago(health.read_at), **told)
    return catalogue.say("site-read", read=_ago(health.read_at)) if health.read_at else ""


def _ago(moment: datetime) -> str:
    return format_dt(moment, "R")
