"""Buttons and menus that keep their state in their custom_id, turns and cooldowns of commands and presses, and marks.

A button works for as long as its message exists, also after a restart.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, Protocol, Self, TypeVar, cast

import discord
from discord import app_commands, ui
from discord.app_commands import CommandOnCooldown

from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.elsewhere import home_of
from bot.chat.interactions.errors import answer_error
from bot.chat.interactions.load import ANSWERABLE_SECONDS, LATEST_SECONDS
from bot.chat.interactions.services import Services
from bot.errors import RefusalError

_NO_NUMBER = 2**63
"""Too high for an id of SQLite or Discord."""
PATTERN = r"(?::d(?P<delivery>[0-9]{1,19}))?"
"""The end of a template for a control that may have a mark."""

Control = TypeVar("Control", bound="ui.Button[ui.View] | ui.Select[ui.View] | ui.ChannelSelect[ui.View]")
Callback = TypeVar("Callback", bound=Callable[..., Any])


class Persistent(ui.DynamicItem[Control], ABC, template=r"(?!)"):
    """A button or menu. A subclass has a template, builds its Discord item and implements `press`.

    The named groups of the template are passed to the constructor as keywords, as text. A custom_id has at most 100
    characters. Each press spends `cost`.
    """

    cost: ClassVar[Cost | None] = None
    _forged = False
    """Whether a number in the custom_id is too high to be from the bot."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction,
        item: ui.Item[ui.View],  # noqa: ARG003  # discord.py's signature
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the pressed item from its custom_id."""
        try:
            made = cls(**match.groupdict())  # type: ignore[arg-type]  # the subclass's own constructor
            made._forged = any(part and part.isdecimal() and int(part) >= _NO_NUMBER for part in match.groups())
            return made  # noqa: TRY300  what fails is the constructor
        except Exception as error:
            await answer_error(interaction, error)
            raise

    async def callback(self, interaction: discord.Interaction) -> None:
        """Run `press`. If it raises, tell the member in one sentence."""
        try:
            if self._forged:
                return await answer_error(interaction, RefusalError("error-button-gone"))
            if not await has_turn(interaction):
                return None
            if self.cost is not None:
                spend(interaction, self.cost)
            await self.press(interaction)
        except Exception as error:  # noqa: BLE001  # discord.py would only log it, and the member would wait
            await answer_error(interaction, error)

    @abstractmethod
    async def press(self, interaction: discord.Interaction) -> None:
        """Answer the member who pressed."""


def view_of(*items: ui.Item[Any]) -> ui.View:
    """A view of the items.

    The view is stopped, so discord.py does not store it: a press is dispatched by its custom_id.
    """
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


class _Client(Protocol):
    services: Services


def services_of(interaction: discord.Interaction) -> Services:
    """The services of the client that received the interaction."""
    return cast("_Client", interaction.client).services


async def has_turn(interaction: discord.Interaction) -> bool:
    """Wait for a turn. If there is none in time, tell the member (if Discord still allows it) and return False."""
    if await services_of(interaction).load.enter(_age(interaction)):
        return True
    if _age(interaction) < ANSWERABLE_SECONDS:
        await answer_error(interaction, RefusalError("error-busy"))
    return False


async def may_complete(interaction: discord.Interaction) -> bool:
    """Whether to complete what a member types. If not, an empty list is sent.

    There is no completion for a member who asks too often or while commands wait for a turn. Completions run one at a
    time, and only the newest of each member, so that they never hold up a search.
    """
    services = services_of(interaction)
    try:
        spend(interaction, Cost.COMPLETION)
    except CommandOnCooldown:
        crowded = True
    else:
        crowded = services.load.is_crowded
    if not crowded:
        await services.load.completing.enter(interaction.user.id)
        if _age(interaction) < LATEST_SECONDS:
            return True
    if _age(interaction) < ANSWERABLE_SECONDS:
        await interaction.response.autocomplete([])
    return False


def _age(interaction: discord.Interaction) -> float:
    return services_of(interaction).load.ages.of(interaction.created_at.timestamp())


def spend(interaction: discord.Interaction, cost: Cost) -> None:
    """Count an interaction towards the cooldowns, those of its server if the bot is there. Raises CommandOnCooldown."""
    services_of(interaction).cooldowns.spend(cost, interaction.user.id, home_of(interaction))


def chosen_ids(menu: "ui.Select[ui.View]") -> list[int]:
    """The ids chosen in a menu. Raises RefusalError for what no menu of the bot offers."""
    if not menu.values or not all(text.isascii() and text.isdecimal() for text in menu.values):
        raise RefusalError("error-button-gone")
    return [number for number in map(int, menu.values) if number < _NO_NUMBER]


def mark(delivery: int | str | None) -> str:
    """The end of a custom_id that names the delivery; "" for None."""
    return "" if delivery is None else f":d{delivery}"


def bears_mark(message: discord.Message, delivery: int) -> bool:
    """Whether a control of the message has the delivery's mark."""
    return any(custom_id.endswith(mark(delivery)) for custom_id in _custom_ids(message))


def _custom_ids(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [getattr(item, "custom_id", None) or "" for row in rows for item in row.children]


def costs(cost: Cost) -> Callable[[Callback], Callback]:
    """Decorator of a command: each use spends `cost`; completing its options does not."""

    async def counted(interaction: discord.Interaction) -> bool:
        spend(interaction, cost)
        return True

    return app_commands.check(counted)
