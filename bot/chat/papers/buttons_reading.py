"""Buttons to save a paper, cite it, read its abstract and its authors, and export the reading list."""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import discord
from discord import ui

from bot.chat.interactions.controls import Persistent, services_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of
from bot.chat.papers.buttons_notes import mark_controls, redraw_marks
from bot.chat.papers.paper import abstract_beyond, abstract_view, authors_view, has_more_authors
from bot.chat.text.escape import join_given, utf16_len
from bot.chat.text.limits import CONTENT
from bot.chat.text.theme import Sign
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.papers import Details, Paper
from bot.papers.authors import is_ordered, names_of
from bot.reading.bibtex import entry
from bot.reading.export import Format, export
from bot.reading.model import MAX_SAVED, Mark, SavedPaper

Button = ui.Button[ui.View]
_Style = discord.ButtonStyle
_PAPER = r"(?P<arxiv_id>[^:]{1,60})"
_FILE = "reading-list"


def paper_controls(
    paper: Paper, details: Details | None, catalogue: Catalogue, mark: Mark | None
) -> tuple[ui.Item[Any], ...]:
    """The buttons below a paper that is shown in full; `mark` is None if it is not saved."""
    controls: list[ui.Item[Any]] = [
        SaveButton.of(paper.arxiv_id, catalogue, saved=mark is not None),
        *mark_controls(paper.arxiv_id, mark, catalogue),
        CiteButton(paper.arxiv_id, catalogue),
    ]
    if abstract_beyond(paper, details, catalogue.language):
        controls.append(AbstractButton(paper.arxiv_id, catalogue))
    if has_more_authors(paper):
        controls.append(AuthorsButton(paper.arxiv_id, catalogue))
    return tuple(controls)


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
        await redraw_marks(interaction, self._arxiv_id, SaveButton.of(self._arxiv_id, catalogue, saved=saved))


class _PaperButton(Persistent[Button], template=r"(?!)"):
    """Shows something of a paper. `key` is the label's in the catalogue."""

    cost = Cost.SEARCH
    act: ClassVar[str]
    key: ClassVar[str]
    emoji: ClassVar[Sign]

    def __init__(self, arxiv_id: str, catalogue: Catalogue | None = None) -> None:
        label, custom_id = catalogue.say(self.key) if catalogue else None, f"papers:{self.act}:{arxiv_id}"
        super().__init__(ui.Button(label=label, emoji=self.emoji, custom_id=custom_id))
        self._arxiv_id = arxiv_id


class CiteButton(_PaperButton, template=rf"papers:cite:{_PAPER}"):
    """Shows a paper's BibTeX entry."""

    act, key, emoji = "cite", "paper-cite", Sign.CITE

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the entry, or send it as a file if it is too long for a message."""
        say, paper = catalogue_of(interaction).say, await _paper_in_order(interaction, self._arxiv_id)
        text = entry(paper)
        note = "" if is_ordered(paper) or not paper.authors else say("paper-cite-unordered")
        told = join_given(f"```bibtex\n{text}```", note, separator="\n")
        if utf16_len(told) <= CONTENT:
            await reply(interaction, told)
            return
        name = _file_name(self._arxiv_id, Format.BIBTEX.suffix)
        told = join_given(say("paper-cite-long"), note, separator="\n")
        await reply(interaction, told, file=_file(text.encode(), name))


class AuthorsButton(_PaperButton, template=rf"papers:authors:{_PAPER}"):
    """Shows all authors of a paper."""

    act, key, emoji = "authors", "authors-all", Sign.AUTHORS

    async def press(self, interaction: discord.Interaction) -> None:
        """Show them, or send them as a file, a line each, if they are too many for a message."""
        catalogue, paper = catalogue_of(interaction), await _paper_in_order(interaction, self._arxiv_id)
        if (view := authors_view(paper, catalogue)) is not None:
            await reply(interaction, view)
            return
        told = "".join(f"{name}\n" for name in names_of(paper))
        file = _file(told.encode(errors="replace"), _file_name(self._arxiv_id, "txt"))
        await reply(interaction, catalogue.say("authors-all-long"), file=file)


class AbstractButton(_PaperButton, template=rf"papers:abstract:{_PAPER}"):
    """Shows a paper's abstract."""

    act, key, emoji = "abstract", "paper-abstract", Sign.ABSTRACT

    async def press(self, interaction: discord.Interaction) -> None:
        """Show it in a new message."""
        catalogue, paper = catalogue_of(interaction), await _paper(interaction, self._arxiv_id)
        details = await services_of(interaction).details.of(self._arxiv_id)
        abstract = abstract_beyond(paper, details, catalogue.language)
        if not abstract:
            raise RefusalError("error-button-gone")
        await reply(interaction, abstract_view(paper, abstract, catalogue))


class ExportButton(Persistent[Button], template=r"papers:export:(?P<kind>bibtex|ris|markdown|csv)"):
    """Sends the member their list as a file."""

    cost = Cost.SEARCH

    def __init__(self, kind: str, label: str | None = None) -> None:
        super().__init__(ui.Button(label=label, emoji=Sign.EXPORT, custom_id=f"papers:export:{kind}"))
        self._kind = Format(kind)

    async def press(self, interaction: discord.Interaction) -> None:
        """Send the file."""
        say, services = catalogue_of(interaction).say, services_of(interaction)
        saved = await services.saved.page(interaction.user.id)
        if not saved:
            await reply(interaction, say("saved-none"))
            return
        if self._kind.names_first_author:
            saved = await _in_order(interaction, saved)
        content = await asyncio.to_thread(export, saved, self._kind)
        file = _file(content, f"{_FILE}.{self._kind.suffix}")
        await reply(interaction, say("saved-exported", count=len(saved)), file=file)


async def _paper(interaction: discord.Interaction, arxiv_id: str) -> Paper:
    found = await services_of(interaction).library.appearance(arxiv_id)
    if found is None:
        raise RefusalError("error-paper-gone")
    return found.listing.paper


async def _paper_in_order(interaction: discord.Interaction, arxiv_id: str) -> Paper:
    """The paper with its authors in order, if that is known. The press is answered first, as arXiv may be asked."""
    paper = await _paper(interaction, arxiv_id)
    if is_ordered(paper):
        return paper
    await interaction.response.defer(ephemeral=True, thinking=True)
    (paper,) = await services_of(interaction).authors.in_order([paper])
    return paper


async def _in_order(interaction: discord.Interaction, saved: Sequence[SavedPaper]) -> list[SavedPaper]:
    """The list with the papers' authors in order, where that is known. The press is answered first."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    papers = [each.paper for each in saved if each.found]
    known = {paper.arxiv_id: paper for paper in await services_of(interaction).authors.in_order(papers)}
    return [_with_paper(each, known.get(each.arxiv_id)) for each in saved]


def _with_paper(saved: SavedPaper, paper: Paper | None) -> SavedPaper:
    if saved.found is None or paper is None:
        return saved
    return replace(saved, found=replace(saved.found, listing=replace(saved.found.listing, paper=paper)))


def _file_name(arxiv_id: str, suffix: str) -> str:
    return f"{arxiv_id.replace('/', '-')}.{suffix}"


def _file(content: bytes, name: str) -> discord.File:
    return discord.File(io.BytesIO(content), name)
