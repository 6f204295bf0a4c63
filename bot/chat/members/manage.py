"""What "Manage" below an alert opens for its owner: pause, remove, mute, ask for more votes; each can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import discord
from discord import ui

from bot.alerts.changes import Change
from bot.alerts.model import Alert, Mute, Subscription
from bot.alerts.sections import BEST, in_order
from bot.chat.interactions.controls import Persistent, chosen_ids, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.reply import reply, update
from bot.chat.interactions.translate import catalogue_of
from bot.chat.members.changes import change_text, undone_text
from bot.chat.members.mutes import add_mutes, authors_to_mute, words_to_mute
from bot.chat.members.subscriptions import name_of, subscription_options, subscription_row
from bot.chat.text import limits, theme
from bot.chat.text.escape import shorten, utf16_len, width
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.search.query import parse

Button = ui.Button[ui.View]
Menu = ui.Select[ui.View]
_DELIVERY = r"(?P<delivery>[0-9]{1,19})"
_VOTES = (5, 10, 20, 50)
_OPTION = 100
_FEW = 3
"""Up to so many subscriptions have a button each; more are in menus, as a message has five rows of controls."""
_NAME = 20  # width of a query on a button: on a phone, two stand side by side
_SIGNS = {"pause": Sign.PAUSED, "remove": Sign.DELETE}


class ManageButton(Persistent[Button], template=rf"alert:manage:{_DELIVERY}"):
    """Shows the owner of an alert what they can change."""

    cost = Cost.SEARCH

    def __init__(self, delivery: int | str, label: str | None = None) -> None:
        custom_id = f"alert:manage:{delivery}"
        super().__init__(ui.Button(label=label, emoji=Sign.MANAGE, custom_id=custom_id))
        self._delivery = int(delivery)

    async def press(self, interaction: discord.Interaction) -> None:
        """Show it, privately. Raises RefusalError for anyone but the owner."""
        message, view = await _panel(interaction, self._delivery)
        await reply(interaction, message, view=view)


class ActButton(
    Persistent[Button], template=rf"alert:(?P<act>pause|remove):{_DELIVERY}:(?P<subscription>[0-9]{{1,19}})"
):
    """Pauses or removes a subscription."""

    cost = Cost.SEARCH

    def __init__(self, act: str, delivery: int | str, subscription: int | str, label: str | None = None) -> None:
        custom_id = f"alert:{act}:{delivery}:{subscription}"
        super().__init__(ui.Button(label=label, emoji=_SIGNS[act], custom_id=custom_id))
        self._act = act
        self._delivery = int(delivery)
        self._subscription = int(subscription)

    async def press(self, interaction: discord.Interaction) -> None:
        """Do so, and show what is left."""
        await _act(interaction, self._act, self._delivery, [self._subscription])


class ActMenu(Persistent[Menu], template=rf"alert:(?P<act>pause|remove):{_DELIVERY}"):
    """Pauses or removes the chosen subscription."""

    cost = Cost.SEARCH

    def __init__(
        self,
        act: str,
        delivery: int | str,
        *,
        placeholder: str | None = None,
        options: Sequence[discord.SelectOption] = (),
    ) -> None:
        custom_id = f"alert:{act}:{delivery}"
        super().__init__(ui.Select(custom_id=custom_id, placeholder=placeholder, options=list(options)))
        self._act = act
        self._delivery = int(delivery)

    @classmethod
    def of(cls, act: str, delivery: int, subscriptions: Sequence[Subscription], catalogue: Catalogue) -> "ActMenu":
        """A menu of 1 to 25 subscriptions."""
        options = subscription_options(subscriptions, catalogue)
        return cls(act, delivery, placeholder=catalogue.say(f"manage-{act}"), options=options)

    async def press(self, interaction: discord.Interaction) -> None:
        """Do so, and show what is left."""
        await _act(interaction, self._act, self._delivery, chosen_ids(self.item))


class MuteMenu(Persistent[Menu], template=rf"alert:mute:(?P<kind>author|word):{_DELIVERY}"):
    """Mutes the chosen author or word for all subscriptions of the member."""

    cost = Cost.SEARCH

    def __init__(
        self,
        kind: str,
        delivery: int | str,
        *,
        placeholder: str | None = None,
        options: Sequence[discord.SelectOption] = (),
    ) -> None:
        custom_id = f"alert:mute:{kind}:{delivery}"
        super().__init__(ui.Select(custom_id=custom_id, placeholder=placeholder, options=list(options)))
        self._delivery = int(delivery)

    @classmethod
    def of(cls, kind: str, delivery: int, exclusions: Sequence[str], catalogue: Catalogue) -> "MuteMenu":
        """A menu of 1 to 25 exclusions, as written in the query language."""
        options = [
            discord.SelectOption(label=shorten(_named(text), _OPTION, utf16_len), value=text) for text in exclusions
        ]
        return cls(kind, delivery, placeholder=catalogue.say(f"manage-mute-{kind}"), options=options)

    async def press(self, interaction: discord.Interaction) -> None:
        """Mute it, and show what else can be changed."""
        await services_of(interaction).alerts.own(self._delivery, interaction.user.id)
        if not self.item.values:
            raise RefusalError("error-button-gone")
        change = await services_of(interaction).changes.mute(interaction.user.id, self.item.values[0])
        await _show(interaction, self._delivery, change)


class VotesButton(Persistent[Button], template=rf"alert:votes:(?P<votes>[0-9]{{1,5}}):{_DELIVERY}"):
    """Has the subscriptions that matched ask for at least so many votes."""

    cost = Cost.SEARCH

    def __init__(self, votes: int | str, delivery: int | str, label: str | None = None) -> None:
        custom_id = f"alert:votes:{votes}:{delivery}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self._votes = int(votes)
        self._delivery = int(delivery)

    async def press(self, interaction: discord.Interaction) -> None:
        """Set it where it is less, and show what else can be changed."""
        services = services_of(interaction)
        alert = await services.alerts.own(self._delivery, interaction.user.id)
        ids = [each.id for each in await services.alerts.matched(alert)]
        change = await services.changes.raise_votes(interaction.user.id, ids, self._votes)
        await _show(interaction, self._delivery, change)


class UndoButton(Persistent[Button], template=rf"undo:(?P<number>[0-9]{{1,19}}):{_DELIVERY}"):
    """Undoes one of the member's changes. `delivery` is that of the alert being managed, 0 for none."""

    cost = Cost.SEARCH

    def __init__(self, number: int | str, delivery: int | str = 0, label: str | None = None) -> None:
        custom_id = f"undo:{number}:{delivery}"
        super().__init__(ui.Button(label=label, emoji=Sign.UNDO, custom_id=custom_id))
        self._number = int(number)
        self._delivery = int(delivery)

    async def press(self, interaction: discord.Interaction) -> None:
        """Undo it, and say so in place of the message."""
        catalogue, changes = catalogue_of(interaction), services_of(interaction).changes
        if self._delivery:
            await services_of(interaction).alerts.own(self._delivery, interaction.user.id)
        done = undone_text(await changes.undo(interaction.user.id, self._number), catalogue)
        if self._delivery:
            await update(interaction, *await _panel(interaction, self._delivery, done))
        else:
            await update(interaction, Message(done))


def undo_button(change: Change, catalogue: Catalogue, delivery: int = 0) -> list[UndoButton]:
    """The button that undoes a change; none if nothing was changed."""
    if change.number is None:
        return []
    return [UndoButton(change.number, delivery, catalogue.say("undo"))]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a panel is drawn from."""

    alert: Alert
    delivery: int
    subscriptions: Sequence[Subscription]
    mutes: Sequence[Mute]


async def _act(interaction: discord.Interaction, act: str, delivery: int, ids: Sequence[int]) -> None:
    """Pause or remove the member's subscriptions among `ids`, and show what else can be changed."""
    await services_of(interaction).alerts.own(delivery, interaction.user.id)
    changes = services_of(interaction).changes
    make = changes.pause if act == "pause" else changes.remove
    await _show(interaction, delivery, await make(interaction.user.id, ids))


async def _show(interaction: discord.Interaction, delivery: int, change: Change) -> None:
    """Replace the panel after a change, which can be undone."""
    catalogue = catalogue_of(interaction)
    done = change_text(change, catalogue)
    await update(interaction, *await _panel(interaction, delivery, done, undo_button(change, catalogue, delivery)))


async def _panel(
    interaction: discord.Interaction, delivery: int, done: str = "", undo: Sequence[UndoButton] = ()
) -> tuple[Message, ui.View | None]:
    """The panel of an alert, for its owner. Raises RefusalError for anyone else."""
    services, catalogue = services_of(interaction), catalogue_of(interaction)
    alert = await services.alerts.own(delivery, interaction.user.id)
    matched = await services.alerts.matched(alert)
    shown = _Shown(alert, delivery, matched, await services.changes.mutes(interaction.user.id))
    rows = _rows(shown, undo, catalogue)
    for place, row in enumerate(rows):
        for item in row:
            item.row = place
    return _message(shown, done, catalogue), view_of(*chain.from_iterable(rows)) if rows else None


def _message(shown: _Shown, done: str, catalogue: Catalogue) -> Message:
    rows = [subscription_row(each, catalogue) for each in shown.subscriptions]
    body, _ = limits.join_fitting(rows or [catalogue.say("manage-none")], limits.DESCRIPTION)
    embed = discord.Embed(title=catalogue.say("manage-heading"), description=body, colour=theme.ALERT)
    add_mutes(embed, shown.mutes, catalogue)
    return limits.compose(done, [embed])


def _rows(shown: _Shown, undo: Sequence[UndoButton], catalogue: Catalogue) -> list[list[ui.Item[Any]]]:
    """The controls by row, at most five. What undoes the last change leads the first row of buttons."""
    acts, votes = _acts(shown, catalogue), _votes(shown, catalogue)
    buttons = acts[0] if acts and not isinstance(acts[0][0], ActMenu) else votes
    buttons[:0] = undo
    return [row for row in (*acts, *_mutes(shown, catalogue), votes) if row]


def _acts(shown: _Shown, catalogue: Catalogue) -> list[list[ui.Item[Any]]]:
    """What pauses and what removes the subscriptions: buttons for a few, else menus. Those of one share a row."""
    held, delivery = shown.subscriptions, shown.delivery
    chosen = {"pause": [each for each in held if not each.paused], "remove": held}
    if len(held) > _FEW:
        return [[ActMenu.of(act, delivery, each, catalogue)] for act, each in chosen.items() if each]
    rows: list[list[ui.Item[Any]]] = [
        [ActButton(act, delivery, each.id, _label(act, each, len(held), catalogue)) for each in those]
        for act, those in chosen.items()
        if those
    ]
    return rows if len(held) > 1 else [[*chain.from_iterable(rows)]] * bool(rows)


def _label(act: str, subscription: Subscription, held: int, catalogue: Catalogue) -> str:
    if held == 1:
        return catalogue.say(f"manage-{act}-it")
    return catalogue.say(f"manage-{act}-one", name=shorten(name_of(subscription, catalogue), _NAME, width))


def _mutes(shown: _Shown, catalogue: Catalogue) -> list[list[ui.Item[Any]]]:
    """The menus of authors and of words."""
    papers = [match.listing.paper for match in in_order(shown.alert.matches)[:BEST]]
    muted = {mute.query for mute in shown.mutes}
    queries = [parse(each.query) for each in shown.subscriptions]
    named = {
        "author": authors_to_mute(papers, 2 * limits.OPTIONS),
        "word": words_to_mute(papers, queries, 2 * limits.OPTIONS),
    }
    left = {kind: _unmuted(texts, muted) for kind, texts in named.items()}
    return [[MuteMenu.of(kind, shown.delivery, texts, catalogue)] for kind, texts in left.items() if texts]


def _votes(shown: _Shown, catalogue: Catalogue) -> list[ui.Item[Any]]:
    least = min((each.min_votes for each in shown.subscriptions), default=max(_VOTES))
    return [
        VotesButton(votes, shown.delivery, catalogue.say("manage-votes", votes=votes))
        for votes in _VOTES
        if votes > least
    ]


def _unmuted(exclusions: Sequence[str], muted: set[str]) -> list[str]:
    return [text for text in exclusions if str(parse(text)) not in muted][: limits.OPTIONS]


def _named(exclusion: str) -> str:
    return exclusion.removeprefix("-").removeprefix("author:").strip('"')
