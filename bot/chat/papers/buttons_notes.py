"""Buttons of a saved paper: whether it is read, and the member's note on it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import discord
from discord import ui

from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.forms import FIELD, Form, open_form
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of
from bot.chat.text.escape import escape
from bot.chat.text.theme import Sign
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.reading.model import MAX_NOTE, Mark

Button = ui.Button[ui.View]
_Style = discord.ButtonStyle
_PAPER = r"(?P<arxiv_id>[^:]{1,60})"


def mark_controls(arxiv_id: str, mark: Mark | None, catalogue: Catalogue) -> list[ui.Item[Any]]:
    """The buttons of a saved paper; none if it is not saved (None)."""
    if mark is None:
        return []
    return [
        ReadButton.of(arxiv_id, catalogue, read=mark.read),
        NoteButton(arxiv_id, catalogue.say("note-change" if mark.note else "note-add")),
    ]


def note_text(note: str, catalogue: Catalogue) -> str:
    """A note as Discord text, which only its owner may see; "" for none."""
    return f"{Sign.NOTE} {catalogue.say('note-shown', note=escape(note))}" if note else ""


class ReadButton(Persistent[Button], template=rf"papers:read:{_PAPER}:(?P<wish>yes|no)"):
    """Marks a saved paper as read, or as unread again. Like SaveButton, it does what its label says."""

    cost = Cost.SEARCH

    def __init__(self, arxiv_id: str, wish: str, label: str | None = None) -> None:
        emoji, style = (Sign.READ, _Style.secondary) if wish == "yes" else (Sign.DONE, _Style.success)
        custom_id = f"papers:read:{arxiv_id}:{wish}"
        super().__init__(ui.Button(label=label, emoji=emoji, style=style, custom_id=custom_id))
        self._arxiv_id = arxiv_id
        self._wish = wish

    @classmethod
    def of(cls, arxiv_id: str, catalogue: Catalogue, *, read: bool) -> "ReadButton":
        """The button for a paper that is read, or is not."""
        return cls(arxiv_id, "no" if read else "yes", catalogue.say("read-done" if read else "read-mark"))

    async def press(self, interaction: discord.Interaction) -> None:
        """Mark the paper, and replace this button with the opposite one."""
        services, read = services_of(interaction), self._wish == "yes"
        now = services.clock.now() if read else None
        if not await services.saved.set_read(interaction.user.id, self._arxiv_id, now):
            raise RefusalError("error-not-saved")
        await redraw_marks(interaction, self._arxiv_id)


class NoteButton(Persistent[Button], template=rf"papers:note:{_PAPER}"):
    """Opens the form in which the member writes a note on a saved paper."""

    cost = Cost.SEARCH

    def __init__(self, arxiv_id: str, label: str | None = None) -> None:
        super().__init__(ui.Button(label=label, emoji=Sign.NOTE, custom_id=f"papers:note:{arxiv_id}"))
        self._arxiv_id = arxiv_id

    async def press(self, interaction: discord.Interaction) -> None:
        """Open the form, with the note that is there."""
        mark, say = await _mark(interaction, self._arxiv_id), catalogue_of(interaction).say
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=FIELD,
            style=discord.TextStyle.paragraph,
            default=mark.note or None,
            required=False,
            max_length=MAX_NOTE,
        )
        custom_id = f"papers:note:{self._arxiv_id}"
        await open_form(interaction, custom_id, say("note-title"), say("note-label"), field)


class NoteForm(Form):
    """Keeps a note on a saved paper; an empty one removes it."""

    template = re.compile(rf"papers:note:{_PAPER}")
    cost = Cost.SEARCH

    def __init__(self, arxiv_id: str) -> None:
        self._arxiv_id = arxiv_id

    async def take(self, interaction: discord.Interaction, text: str) -> None:
        """Keep the note, and show it above the paper."""
        if not await services_of(interaction).saved.set_note(interaction.user.id, self._arxiv_id, text):
            raise RefusalError("error-not-saved")
        await redraw_marks(interaction, self._arxiv_id)


async def redraw_marks(interaction: discord.Interaction, arxiv_id: str, save: ui.Item[Any] | None = None) -> None:
    """Put the buttons and the note of a paper as they are now into the message whose control was used.

    `save` takes the place of the button that saves the paper, if that changed.

    The rest of the message is kept: to render it again could show another random paper. A message that others may see
    is left as it is, and the answer is a new one.
    """
    catalogue, message = catalogue_of(interaction), interaction.message
    mark = await services_of(interaction).saved.mark(interaction.user.id, arxiv_id)
    note = note_text(mark.note, catalogue) if mark else ""
    if message is None or not message.flags.ephemeral:
        await reply(interaction, note or catalogue.say("read-kept"))
        return
    view = ui.View.from_message(message, timeout=None)
    marks = mark_controls(arxiv_id, mark, catalogue)
    await interaction.response.edit_message(
        content=note, view=view_of(*_with_marks(view.children, arxiv_id, save, marks))
    )


def _with_marks(
    items: Iterable[ui.Item[Any]], arxiv_id: str, save: ui.Item[Any] | None, marks: Iterable[ui.Item[Any]]
) -> Iterator[ui.Item[Any]]:
    """The items with `marks` behind the button that saves the paper, in place of those that were there."""
    for item in items:
        custom_id = getattr(item, "custom_id", None) or ""
        item.row = None  # a row may be too short for what comes
        if custom_id.startswith(f"papers:save:{arxiv_id}:"):
            yield save or item
            yield from marks
        elif not custom_id.startswith((f"papers:read:{arxiv_id}:", f"papers:note:{arxiv_id}")):
            yield item


async def _mark(interaction: discord.Interaction, arxiv_id: str) -> Mark:
    mark = await services_of(interaction).saved.mark(interaction.user.id, arxiv_id)
    if mark is None:
        raise RefusalError("error-not-saved")
    return mark
