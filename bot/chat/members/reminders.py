"""Weekly reminders as messages, and the button that ends them."""

from datetime import date, timedelta

import discord
from babel.dates import format_date
from discord import ui

from bot.alerts.model import Alert
from bot.alerts.reminders import AT, Reminder
from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of
from bot.chat.papers.buttons_lists import ListButton, PaperMenu
from bot.chat.papers.lists.saved import SavedList
from bot.chat.text import limits, theme
from bot.chat.text.escape import width
from bot.chat.text.limits import Message
from bot.chat.text.prose import linked_title
from bot.chat.text.theme import Sign
from bot.locale import Catalogue

Button = ui.Button[ui.View]
_TITLE = 90  # width: three lines on a phone
_MONDAY = date(2024, 1, 1)


def reminder_message(alert: Alert, catalogue: Catalogue) -> Message:
    """How many papers are unread, and the titles of those saved last."""
    titles = [
        f"**{number}.** {linked_title(match.listing.paper, _TITLE, width)}"
        for number, match in enumerate(alert.matches, 1)
    ]
    body, _ = limits.join_fitting(titles, limits.DESCRIPTION)
    embed = discord.Embed(description=body, colour=theme.PAPER)
    return limits.compose(f"{Sign.SAVE} {catalogue.say('reminder-heading', count=alert.unread or 0)}", [embed])


def reminder_view(alert: Alert, catalogue: Catalogue, delivery: int) -> ui.View:
    """The menu of the papers shown, the button to all that is unread, and the one that ends reminders."""
    listings = [match.listing for match in alert.matches]
    return view_of(
        PaperMenu.of(listings, catalogue, delivery=delivery),
        ListButton(SavedList(unread=True).key, label=catalogue.say("reminder-open"), emoji=Sign.MORE),
        StopReminderButton(catalogue.say("reminder-stop")),
    )


def reminder_set(reminder: Reminder, catalogue: Catalogue) -> str:
    """When a member will be reminded, as Discord text; the moment is shown to each reader in their own zone."""
    day = format_date(_MONDAY + timedelta(days=reminder.weekday), "EEEE", locale=catalogue.language)
    return catalogue.say(
        "reminder-set",
        weekday=day,
        time=catalogue.time(AT),
        timezone=reminder.timezone,
        next=discord.utils.format_dt(reminder.due, "R"),
    )


class StopReminderButton(Persistent[Button], template=r"reminder:stop"):
    """Ends the reminders of the member who presses."""

    cost = Cost.SEARCH

    def __init__(self, label: str | None = None) -> None:
        super().__init__(ui.Button(label=label, emoji=Sign.MUTED, custom_id="reminder:stop"))

    async def press(self, interaction: discord.Interaction) -> None:
        """End them, and say how they are had again."""
        await services_of(interaction).reminders.stop(interaction.user.id)
        await reply(interaction, catalogue_of(interaction).say("reminder-stopped"))
