"""Texts about a member's subscriptions."""

from collections.abc import Collection, Sequence

import discord

from bot.alerts.daily import LastAlert
from bot.alerts.forecast import Forecast
from bot.alerts.model import MAX_SUBSCRIPTIONS, PREVIEW_DAYS, Mute, Subscription, Where
from bot.chat.interactions.permissions import missing_for_alerts, permission_names
from bot.chat.members.mutes import add_mutes
from bot.chat.papers.questions import quoted
from bot.chat.text import limits, theme
from bot.chat.text.escape import escape, join_given, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.chat.text.prose import title
from bot.chat.text.theme import Sign
from bot.errors import Fault
from bot.locale import Catalogue

_CHOICE = 100
_TITLE = 120
_QUERIES = 200
_REFUSED = 900  # the answer of a command stands above it, and a content has 2,000


def name_of(subscription: Subscription, catalogue: Catalogue) -> str:
    """What a subscription is called, as plain text: its query as it was typed, or the name of "For you"."""
    return catalogue.say("foryou-name") if subscription.is_for_you else subscription.shown


def subscribed(subscription: Subscription, catalogue: Catalogue) -> str:
    """What the member will get, and where."""
    query = quoted(subscription.shown)
    if subscription.where is Where.DM:
        text = catalogue.say("subscription-added-dm", query=query)
    else:
        text = catalogue.say("subscription-added-here", query=query, channel=f"<#{subscription.channel_id}>")
    if not subscription.min_votes:
        return text
    return f"{text}\n{catalogue.say('subscription-added-votes', votes=subscription.min_votes)}"


def forecast_text(forecast: Forecast, catalogue: Catalogue) -> str:
    """What a new subscription would have matched lately, as Discord text, with a warning if that is very much.

    "" if the archive is empty.
    """
    if not forecast.of:
        return ""
    if not forecast.count:
        return catalogue.say("forecast-nothing", days=PREVIEW_DAYS)
    titles = catalogue.listed(catalogue.quote(escape(title(each.listing.paper, _TITLE))) for each in forecast.papers)
    if more := forecast.count - len(forecast.papers):
        titles = catalogue.say("forecast-more", titles=titles, more=more)
    text = catalogue.say("forecast", count=forecast.count, total=forecast.of, days=PREVIEW_DAYS, titles=titles)
    return f"{text}\n{catalogue.say('forecast-broad')}" if forecast.is_broad else text


def subscriptions_list(
    subscriptions: Sequence[Subscription], mutes: Sequence[Mute], catalogue: Catalogue, for_you: str = ""
) -> Message:
    """All subscriptions of a member, of which MAX_SUBSCRIPTIONS fit, and what the member muted.

    `for_you` is what is said below the one to "For you".
    """
    heading = catalogue.say("subscription-list", count=len(subscriptions), limit=MAX_SUBSCRIPTIONS)
    rows = [
        f"**{number}.** {subscription_row(each, catalogue)}{for_you if each.is_for_you else ''}"
        for number, each in enumerate(subscriptions, 1)
    ]
    body, _ = limits.join_fitting(rows or [catalogue.say("subscription-none")], limits.DESCRIPTION)
    embed = discord.Embed(title=heading, description=body, colour=theme.ALERT)
    add_mutes(embed, mutes, catalogue)
    return limits.compose("", [embed])


def last_alert_text(last: LastAlert, catalogue: Catalogue) -> str:
    """What became of the last daily alert of "For you"."""
    day = catalogue.date(last.day) if last.day else ""
    return catalogue.say(f"foryou-last-{last.outcome}", missing=last.missing, date=day)


def refused_text(
    subscriptions: Sequence[Subscription], resumed: Collection[int], client: discord.Client, catalogue: Catalogue
) -> str:
    """A line for each channel where alerts have stopped, with how to fix it; "" if there is none.

    `resumed` are the ids of subscriptions that are tried again, unless their channel is gone.
    """
    groups: dict[tuple[str, int], list[Subscription]] = {}
    for each in subscriptions:
        if each.refused is not None and each.channel_id is not None:
            again = each.id in resumed and each.refused is not Fault.CHANNEL_GONE
            groups.setdefault(("tried-again" if again else each.refused, each.channel_id), []).append(each)
    lines = [_refused(kind, channel_id, stopped, client, catalogue) for (kind, channel_id), stopped in groups.items()]
    return limits.join_fitting(lines, _REFUSED)[0]


def _refused(
    kind: str, channel_id: int, stopped: Sequence[Subscription], client: discord.Client, catalogue: Catalogue
) -> str:
    queries = catalogue.listed(catalogue.quote(quoted(each.shown)) for each in stopped)
    guild = client.get_guild(stopped[0].guild_id or 0)
    place = guild.get_channel_or_thread(channel_id) if guild else None
    permissions = permission_names(missing_for_alerts(place), catalogue)
    return catalogue.say(
        f"subscription-refused-{kind}",
        channel=f"<#{channel_id}>",
        queries=shorten(queries, _QUERIES),
        permissions=permissions,
    )


def choice_name(subscription: Subscription, catalogue: Catalogue) -> str:
    """A subscription as plain text for a list to choose from; it ends with "(paused)" where that is so."""
    end = f" ({catalogue.say('subscription-paused-mark')})" if subscription.paused else ""
    return shorten(name_of(subscription, catalogue), _CHOICE - utf16_len(end), utf16_len) + end


def subscription_options(subscriptions: Sequence[Subscription], catalogue: Catalogue) -> list[discord.SelectOption]:
    """The options of a menu of subscriptions; their values are the ids."""
    return [
        discord.SelectOption(label=choice_name(each, catalogue), value=f"{each.id}")
        for each in subscriptions[: limits.OPTIONS]
    ]


def subscription_row(subscription: Subscription, catalogue: Catalogue) -> str:
    """A subscription in a line: its query, where it goes, and its state."""
    is_dm = subscription.where is Where.DM
    place = catalogue.say("subscription-by-dm") if is_dm else f"<#{subscription.channel_id}>"
    name = catalogue.quote(quoted(name_of(subscription, catalogue)))
    return join_given(name, place, state_text(subscription, catalogue))


def state_text(subscription: Subscription, catalogue: Catalogue) -> str:
    """The least votes of a subscription, and whether it is paused or refused; "" if there is nothing to say."""
    say = catalogue.say
    return join_given(
        say("search-min-votes", votes=subscription.min_votes) if subscription.min_votes else "",
        f"{Sign.PAUSED} {say('subscription-paused-mark')}" if subscription.paused else "",
        f"{Sign.WARNING} {say('subscription-refused-mark')}" if subscription.refused else "",
    )
