"""Buttons to save a paper, cite it, read its abstract, and export the reading list."""

import asyncio
import io
from typing import Any

import discord
from discord import ui

from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.language import catalogue_of
from bot.chat.interactions.reply import reply
from bot.chat.papers.cards import abstract_beyond, abstract_view
from bot.chat.text.escape import utf16_len
from bot.chat.text.limits import CONTENT
from bot.chat.text.theme import Sign
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.papers import Details, Paper
from bot.reading.bibtex import entry
from bot.reading.export import Format, export
from bot.reading.model import MAX_SAVED

Button = ui.Button[ui.View]
_Style = discord.ButtonStyle
_PAPER = r"(?P<arxiv_id>[^:]{1,60})"
_FILE = "reading-list"


def paper_controls(
    paper: Paper, details: Details | None, catalogue: Catalogue, *, saved: bool
) -> tuple[ui.Item[Any], ...]:
    """The buttons below a paper that is shown in full."""
    save, cite = SaveButton.of(paper.arxiv_id, catalogue, saved=saved), CiteButton(paper.arxiv_id, catalogue)
    if not abstract_beyond(paper, details):
        return save, cite
    return save, cite, AbstractButton(paper.arxiv_id, catalogue)


async def save_paper(interaction: discord.Interaction, arxiv_id: str) -> None:
    """Put a paper on the member's list. Raises RefusalError if the paper is unknown or the list is full."""
    services = services_of(interaction)
    if await services.library.appearance(arxiv_id) is None:
        raise RefusalError("error-paper-gone")
    if not await services.saved.add(interaction.user.id, arxiv_id, services.clock.now()):
        raise RefusalError("error-saved-limit", limit=MAX_SAVED)


class SaveButton(Persistent[Button], template=rf"papers:save:{_PAPER}:(?P<wish>yes|no)"):
    """Adds a paper to the member's list or removes it. Its look shows whether the paper is on the list.

    `wish` is in the custom_id, so a button always does what its label says, also if pressed twice or in an old message.
    """

    cost = Cost.SEARCH

    def __init__(self, arxiv_id: str, wish: str, label: str | None = None) -> None:
        emoji, style = (Sign.SAVE, _Style.secondary) if wish == "yes" else (Sign.DONE, _Style.success)
        custom_id = f"papers:save:{arxiv_id}:{wish}"
        super().__init__(ui.Button(label=label, emoji=emoji, style=style, custom_id=custom_id))
        self._arxiv_id = arxiv_id
        self._wish = wish

    @classmethod
    def of(cls, arxiv_id: str, catalogue: Catalogue, *, saved: bool) -> "SaveButton":
        """The button for a paper that is on the list, or is not."""
        return cls(arxiv_id, "no" if saved else "yes", catalogue.say("saved-mark" if saved else "saved-save"))

    async def press(self, interaction: discord.Interaction) -> None:
        """Add or remove the paper, and replace this button with the opposite one."""
        saved = self._wish == "yes"
        if saved:
            await save_paper(interaction, self._arxiv_id)
        else:
            await services_of(interaction).saved.remove(interaction.user.id, self._arxiv_id)
        catalogue = catalogue_of(interaction)
        message = interaction.message
        if message is None or not message.flags.ephemeral:
            await reply(interaction, catalogue.say("saved-done" if saved else "saved-undone"))
            return
        # The rest of the message is kept: to render it again could show another random paper.
        view = ui.View.from_message(message, timeout=None)
        for item in view.children:
            if isinstance(item, ui.Button) and item.custom_id == self.item.custom_id:
                _look_like(item, SaveButton.of(self._arxiv_id, catalogue, saved=saved).item)
        await interaction.response.edit_message(view=view_of(*view.children))


class CiteButton(Persistent[Button], template=rf"papers:cite:{_PAPER}"):
    """Shows a paper's BibTeX entry."""

    cost = Cost.SEARCH

    def __init__(self, arxiv_id: str, catalogue: Catalogue | None = None) -> None:
        label = catalogue.say("paper-cite") if catalogue else None
        super().__init__(ui.Button(label=label, emoji=Sign.CITE, custom_id=f"papers:cite:{arxiv_id}"))
        self._arxiv_id = arxiv_id

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the entry, or send it as a file if it is too long for a message."""
        text = entry(await _paper(interaction, self._arxiv_id))
        block = f"```bibtex\n{text}```"
        if utf16_len(block) <= CONTENT:
            await reply(interaction, block)
            return
        name = f"{self._arxiv_id.replace('/', '-')}.{Format.BIBTEX.suffix}"
        await reply(interaction, catalogue_of(interaction).say("paper-cite-long"), file=_file(text.encode(), name))


class AbstractButton(Persistent[Button], template=rf"papers:abstract:{_PAPER}"):
    """Shows a paper's abstract."""

    cost = Cost.SEARCH

    def __init__(self, arxiv_id: str, catalogue: Catalogue | None = None) -> None:
        label = catalogue.say("paper-abstract") if catalogue else None
        super().__init__(ui.Button(label=label, emoji=Sign.ABSTRACT, custom_id=f"papers:abstract:{arxiv_id}"))
        self._arxiv_id = arxiv_id

    async def press(self, interaction: discord.Interaction) -> None:
        """Show it in a new message."""
        paper = await _paper(interaction, self._arxiv_id)
        abstract = abstract_beyond(paper, await services_of(interaction).details.of(self._arxiv_id))
        if not abstract:
            raise RefusalError("error-button-gone")
        await reply(interaction, abstract_view(paper, abstract, catalogue_of(interaction)))


class ExportButton(Persistent[Button], template=r"papers:export:(?P<kind>bibtex|markdown|csv)"):
    """Sends the member their list as a file."""

    cost = Cost.SEARCH

    def __init__(self, kind: str, label: str | None = None) -> None:
        super().__init__(ui.Button(label=label, emoji=Sign.EXPORT, custom_id=f"papers:export:{kind}"))
        self._kind = Format(kind)

    async def press(self, interaction: discord.Interaction) -> None:
        """Send the file."""
        say = catalogue_of(interaction).say
        saved = await services_of(interaction).saved.page(interaction.user.id)
        if not saved:
            await reply(interaction, say("saved-none"))
            return
        content = await asyncio.to_thread(export, saved, self._kind)
        file = _file(content, f"{_FILE}.{self._kind.suffix}")
        await reply(interaction, say("saved-exported", count=len(saved)), file=file)


async def _paper(interaction: discord.Interaction, arxiv_id: str) -> Paper:
    found = await services_of(interaction).library.appearance(arxiv_id)
    if found is None:
        raise RefusalError("error-paper-gone")
    return found.listing.paper


def _file(content: bytes, name: str) -> discord.File:
    return discord.File(io.BytesIO(content), name)


def _look_like(button: Button, other: Button) -> None:
    button.label, button.emoji, button.style, button.custom_id = other.label, other.emoji, other.style, other.custom_id
