"""/subscribe: a member's saved queries. Answers are private, and also say if alerts have stopped or were lost."""

from collections.abc import Collection
from functools import partial
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.alerts.model import Subscription, Where
from bot.alerts.service import Wish
from bot.chat.interactions.controls import costs, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.elsewhere import is_elsewhere
from bot.chat.interactions.place import require_posting_here
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of, text
from bot.chat.members.changes import change_text
from bot.chat.members.controls import UnmuteMenu, unsubscribe_view
from bot.chat.members.manage import undo_button
from bot.chat.members.subscriptions import (
    choice_name,
    forecast_text,
    last_alert_text,
    name_of,
    refused_text,
    subscribed,
    subscriptions_list,
)
from bot.chat.papers.buttons_lists import ListButton, show_list
from bot.chat.papers.lists.foryou import ForYouList
from bot.chat.papers.lists.found import MissedList, PreviewList
from bot.chat.papers.questions import quoted
from bot.chat.text.escape import join_given
from bot.chat.text.limits import Message
from bot.errors import RefusalError
from bot.foryou.model import DAILY
from bot.search.query import parse
from cogs.options import QueryText, Votes, anywhere, named

_PAUSED = {
    (True, True): "subscription-paused",
    (True, False): "subscription-paused-already",
    (False, True): "subscription-resumed",
    (False, False): "subscription-resumed-already",
}
"""The answer, by whether a subscription is paused (or resumed), and whether that changed anything."""
_FIRST = 3
"""Titles shown of what a new subscription would have matched."""
_paragraphs = partial(join_given, separator="\n\n")
_MARK = "#"  # before the id in a choice's value, as a query may be a number too


@anywhere
class Subscriptions(
    commands.GroupCog,
    group_name=text("command-subscribe"),
    group_description=text("command-subscribe-about"),
    name="subscribe",
):
    """The commands of /subscribe."""

    @app_commands.command(name=text("command-subscribe-add"), description=text("command-subscribe-add-about"))
    @costs(Cost.SEARCH)
    @named("subscribe", "query", "where", "min_votes")
    @app_commands.choices(
        where=[app_commands.Choice(name=text(f"choice-where-{where}"), value=where.value) for where in Where]
    )
    async def add(
        self,
        interaction: discord.Interaction,
        query: QueryText,
        where: str = Where.DM,
        min_votes: Votes = 0,
    ) -> None:
        """Save a query."""
        if where == Where.HERE and is_elsewhere(interaction):
            raise RefusalError("error-here-elsewhere")
        in_channel = where == Where.HERE and interaction.guild_id is not None
        if in_channel:
            require_posting_here(interaction)
        catalogue = catalogue_of(interaction)
        wish = Wish(
            user_id=interaction.user.id,
            query=query,
            min_votes=min_votes,
            channel_id=interaction.channel_id if in_channel else None,
            guild_id=interaction.guild_id if in_channel else None,
            language=catalogue.language,
        )
        dms = await _dms_notice(interaction, tried_again=not in_channel)
        subscription = await services_of(interaction).subscriptions.add(wish)
        channels = refused_text(await _held(interaction), (), interaction.client, catalogue)
        preview = ListButton(PreviewList(subscription.id).key, label=catalogue.say("subscription-preview"))
        forecast = await _forecast(interaction, subscription)
        missed = await _missed_notice(interaction)
        answer = _paragraphs(subscribed(subscription, catalogue), forecast, dms, channels, missed)
        await reply(interaction, answer, view=view_of(preview))

    @app_commands.command(name=text("command-subscribe-foryou"), description=text("command-subscribe-foryou-about"))
    @costs(Cost.SEARCH)
    async def for_you(self, interaction: discord.Interaction) -> None:
        """Subscribe to the best of each day's papers for the member."""
        catalogue, services = catalogue_of(interaction), services_of(interaction)
        notice = await _notice(interaction, tried_again=True)
        await services.subscriptions.add_for_you(interaction.user.id, catalogue.language)
        missing = await services.last_alerts.missing(interaction.user.id)
        few = catalogue.say("foryou-few", missing=missing) if missing else ""
        done = catalogue.say("foryou-subscribed", count=DAILY)
        show = ListButton(ForYouList().key, label=catalogue.say("foryou-open"))
        await reply(interaction, _paragraphs(done, few, notice), view=None if few else view_of(show))

    @app_commands.command(name=text("command-subscribe-list"), description=text("command-subscribe-list-about"))
    async def list_all(self, interaction: discord.Interaction) -> None:
        """Show the member's subscriptions."""
        catalogue = catalogue_of(interaction)
        subscriptions = await _held(interaction)
        notice = await _notice(interaction, missed="subscription-missed-below")
        service = services_of(interaction).subscriptions
        missed = await service.missed(interaction.user.id)
        mutes = await services_of(interaction).changes.mutes(interaction.user.id)
        controls: list[ui.Item[Any]] = [UnmuteMenu.of(mutes, catalogue)] if mutes else []
        controls += [ListButton(MissedList().key, label=catalogue.say("missed-read"))] if missed else []
        view = view_of(*controls) if controls else None
        if subscriptions or mutes:
            message = subscriptions_list(
                subscriptions, mutes, catalogue, await _for_you_text(interaction, subscriptions)
            )
            await reply(interaction, Message(notice, message.embeds), view=view)
        else:
            await reply(interaction, _paragraphs(catalogue.say("subscription-none"), notice), view=view)
        if any(not alert.told for alert in missed):
            await service.tell_missed(interaction.user.id)

    @app_commands.command(name=text("command-subscribe-remove"), description=text("command-subscribe-remove-about"))
    @named("subscribe", "subscription")
    async def remove(self, interaction: discord.Interaction, subscription: str | None = None) -> None:
        """Delete a subscription, or offer all in a menu that takes several."""
        catalogue = catalogue_of(interaction)
        if subscription is None:
            if held := await _held(interaction):
                answer = _paragraphs(catalogue.say("unsubscribe-which"), await _notice(interaction))
                await reply(interaction, answer, view=unsubscribe_view(held, catalogue))
            else:
                await reply(interaction, _paragraphs(catalogue.say("subscription-none"), await _notice(interaction)))
            return
        chosen = await _named(interaction, subscription)
        change = await services_of(interaction).changes.remove(interaction.user.id, [chosen.id])
        answer = _paragraphs(change_text(change, catalogue), await _notice(interaction))
        await reply(interaction, answer, view=view_of(*undo_button(change, catalogue)))

    @app_commands.command(name=text("command-subscribe-preview"), description=text("command-subscribe-preview-about"))
    @costs(Cost.SEARCH)
    @named("subscribe", "subscription")
    async def preview(self, interaction: discord.Interaction, subscription: str) -> None:
        """Show what a subscription would have matched lately."""
        chosen = await _named(interaction, subscription)
        papers = ForYouList() if chosen.is_for_you else PreviewList(chosen.id)
        await show_list(interaction, papers, note=await _notice(interaction))

    @app_commands.command(name=text("command-subscribe-pause"), description=text("command-subscribe-pause-about"))
    @named("subscribe", "subscription")
    async def pause(self, interaction: discord.Interaction, subscription: str | None = None) -> None:
        """Pause a subscription, or all."""
        await _set_paused(interaction, subscription, paused=True)

    @app_commands.command(name=text("command-subscribe-resume"), description=text("command-subscribe-resume-about"))
    @named("subscribe", "subscription")
    async def resume(self, interaction: discord.Interaction, subscription: str | None = None) -> None:
        """Resume a subscription, or all; closed DMs are tried again."""
        await _set_paused(interaction, subscription, paused=False)

    @remove.autocomplete("subscription")
    @preview.autocomplete("subscription")
    @pause.autocomplete("subscription")
    @resume.autocomplete("subscription")
    async def _choices(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        catalogue = catalogue_of(interaction)
        return [
            app_commands.Choice(name=choice_name(each, catalogue), value=f"{_MARK}{each.id}")
            for each in await _held(interaction)
            if typed.casefold() in each.query or typed.casefold() in name_of(each, catalogue).casefold()
        ]


async def _forecast(interaction: discord.Interaction, subscription: Subscription) -> str:
    """What it would have matched lately, or that finding out takes too long."""
    try:
        mutes = [mute.query for mute in await services_of(interaction).changes.mutes(interaction.user.id)]
        forecast = await services_of(interaction).forecasts.of(
            subscription.query, subscription.min_votes, mutes, limit=_FIRST
        )
    except TimeoutError:
        return catalogue_of(interaction).say("forecast-stopped")
    return forecast_text(forecast, catalogue_of(interaction))


async def _for_you_text(interaction: discord.Interaction, held: Collection[Subscription]) -> str:
    """What became of the last daily alert, as a line below "For you"; "" if that is paused, or DMs are closed."""
    active = next((each for each in held if each.is_for_you and not each.paused), None)
    if active is None or await services_of(interaction).subscriptions.dms_closed(interaction.user.id):
        return ""
    last = await services_of(interaction).last_alerts.of(active)
    return f"\n-# {last_alert_text(last, catalogue_of(interaction))}"


async def _set_paused(interaction: discord.Interaction, typed: str | None, *, paused: bool) -> None:
    say, service = catalogue_of(interaction).say, services_of(interaction).subscriptions
    chosen = await _named(interaction, typed) if typed else None
    resumed = () if paused else [chosen.id] if chosen else [each.id for each in await _held(interaction)]
    notice = await _notice(interaction, tried_again=not paused, resumed=resumed)
    changed = await service.set_paused(interaction.user.id, chosen.id if chosen else None, paused=paused)
    if chosen is None:
        answer = say("subscription-all-paused" if paused else "subscription-all-resumed", count=changed)
    else:
        answer = say(_PAUSED[paused, changed > 0], query=quoted(name_of(chosen, catalogue_of(interaction))))
    await reply(interaction, _paragraphs(answer, notice))


async def _held(interaction: discord.Interaction) -> list[Subscription]:
    return await services_of(interaction).subscriptions.of_member(interaction.user.id)


async def _named(interaction: discord.Interaction, typed: str) -> Subscription:
    """The subscription that was chosen or whose query was typed. Raises RefusalError if there is none."""
    query, catalogue = str(parse(typed)), catalogue_of(interaction)
    for each in await _held(interaction):
        is_named = typed == name_of(each, catalogue) if each.is_for_you else query == each.query
        if typed == f"{_MARK}{each.id}" or is_named:
            return each
    raise RefusalError("error-subscription-unknown")


async def _notice(
    interaction: discord.Interaction,
    *,
    tried_again: bool = False,
    resumed: Collection[int] = (),
    missed: str = "subscription-missed",
) -> str:
    """If alerts have stopped or were lost: that, and how to fix it; else "".

    `tried_again` says that DMs are tried again; `resumed` are the ids of subscriptions whose channels are tried again;
    `missed` is the message that tells where lost alerts can be read.
    """
    dms = await _dms_notice(interaction, tried_again=tried_again)
    refused = refused_text(await _held(interaction), resumed, interaction.client, catalogue_of(interaction))
    return _paragraphs(dms, refused, await _missed_notice(interaction, missed))


async def _missed_notice(interaction: discord.Interaction, key: str = "subscription-missed") -> str:
    """That alerts were given up since the member last saw the list, and where to read them; else ""."""
    missed = await services_of(interaction).subscriptions.missed(interaction.user.id)
    count = sum(not alert.told for alert in missed)
    return catalogue_of(interaction).say(key, count=count) if count else ""


async def _dms_notice(interaction: discord.Interaction, *, tried_again: bool) -> str:
    if not await services_of(interaction).subscriptions.dms_closed(interaction.user.id):
        return ""
    key = "subscription-dms-tried-again" if tried_again else "subscription-dms-closed"
    return catalogue_of(interaction).say(key)


async def setup(bot: commands.Bot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Subscriptions())
