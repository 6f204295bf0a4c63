"""Forms (Discord calls them modals) that keep their state in their custom_id, so an open one outlasts a restart.

discord.py keeps open forms in memory and drops what is sent with one that it does not know. These are never kept there:
the client gives each form that is sent to `submit`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, cast

import discord
from discord import ui

from bot.chat.interactions.controls import has_turn, spend
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.errors import answer_error
from bot.errors import RefusalError

FIELD = "text"
"""The custom_id of a form's only field."""


class Form(ABC):
    """A form with one field. A subclass is made from the named groups of the template of its custom_id, as text."""

    template: ClassVar[re.Pattern[str]]
    cost: ClassVar[Cost]

    @abstractmethod
    async def take(self, interaction: discord.Interaction, text: str) -> None:
        """Answer the member who sent the form with this text."""


async def open_form(
    interaction: discord.Interaction, custom_id: str, title: str, label: str, field: "ui.TextInput[Any]"
) -> None:
    """Show the member a form with a labelled field. The title and the label have at most 45 characters each."""
    form = ui.Modal(title=title, custom_id=custom_id, timeout=None)
    form.add_item(ui.Label(text=label, component=field))
    form.stop()  # so that discord.py does not keep it
    await interaction.response.send_modal(form)


async def submit(interaction: discord.Interaction, forms: Sequence[type[Form]]) -> None:
    """Give what a member sent to its form. If that raises, or the form is unknown, tell the member in one sentence."""
    try:
        if await has_turn(interaction):
            data = cast("dict[str, Any]", interaction.data)
            form = _form_of(data["custom_id"], forms)
            spend(interaction, form.cost)
            await form.take(interaction, _text(data))
    except Exception as error:  # noqa: BLE001  discord.py would only log it, and the member would wait
        await answer_error(interaction, error)


def _form_of(custom_id: str, forms: Sequence[type[Form]]) -> Form:
    for kind in forms:
        if found := kind.template.fullmatch(custom_id):
            return kind(**found.groupdict())
    raise RefusalError("error-button-gone")


def _text(data: dict[str, Any]) -> str:
    """What was written into the form's field."""
    return next((str(each.get("value") or "") for each in _fields(data) if each.get("custom_id") == FIELD), "")


def _fields(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parts of a form, which stand in rows or in labels."""
    within = data.get("components", []) + ([data["component"]] if "component" in data else [])
    for part in within:
        yield part
        yield from _fields(part)
