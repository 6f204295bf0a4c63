"""Buttons and menus under papers: open one, turn a page, open a list, share what is shown."""

from abc import abstractmethod
from collections.abc import Container, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar, Self, cast

import discord
from discord import app_commands, ui
from discord.utils import MISSING

from bot.chat.interactions.controls import PATTERN, Persistent, mark, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.elsewhere import home_of, is_elsewhere
from bot.chat.interactions.place import require_sharing_here
from bot.chat.interactions.reply import reply, update
from bot.chat.interactions.translate import catalogue_of, server_catalogue
from bot.chat.papers.lists.archive import OnePaper
from bot.chat.papers.lists.by_key import list_of
from bot.chat.papers.lists.saved import UNREAD, SavedList
from bot.chat.papers.pages import PAGE, PaperList, Reader, Sheet
from bot.chat.text.escape import escape, join_given, shorten, utf16_len
from bot.chat.text.limits import Message
from bot.chat.text.prose import authors_line, title, votes
from bot.chat.text.theme import Sign
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.papers import Listing

_OPTION = 100
"""The limit of an option's label and of its description."""
_ADDRESS = r"(?P<key>[^:]+):(?P<offset>[0-9]{1,5})"
_PART = r"(?P<offset>[0-9]{1,5})(?::(?P<part>unread))?"
_NAME = 60

Button = ui.Button[ui.View]


async def show_list(interaction: discord.Interaction, papers: PaperList, offset: int = 0, *, note: str = "") -> None:
    """Answer with one page of a list, which only the member sees. `note` is shown above it."""
    sheet = await papers.sheet(_reader(interaction), offset)
    content = join_given(sheet.message.content, note, separator="\n\n")
    message = Message(content, sheet.message.embeds)
    await reply(interaction, message, view=_view(interaction, papers, sheet))


class PaperMenu(Persistent[ui.Select[ui.View]], template=f"papers{PATTERN}"):
    """Shows the chosen paper in full, to the member only."""

    def __init__(
        self,
        delivery: int | str | None = None,
        *,
        placeholder: str | None = None,
        options: Sequence[discord.SelectOption] = (),
    ) -> None:
        custom_id = f"papers{mark(delivery)}"
        super().__init__(ui.Select(custom_id=custom_id, placeholder=placeholder, options=list(options)))

    @classmethod
    def of(
        cls, listings: Sequence[Listing], catalogue: Catalogue, first: int = 1, *, delivery: int | None = None
    ) -> "PaperMenu":
        """A menu of 1 to 25 papers, numbered from `first` as in the message."""
        options = [_option(listing, number, catalogue) for number, listing in enumerate(listings, first)]
        return cls(delivery, placeholder=catalogue.say("menu-papers"), options=options)

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the paper that was chosen."""
        if not self.item.values:
            raise RefusalError("error-button-gone")
        await show_list(interaction, OnePaper(self.item.values[0]))


class _SavedMenu(Persistent[ui.Select[ui.View]], template=r"(?!)"):
    """Does something to papers of the member's reading list, or its unread `part`, and shows the page anew."""

    act: ClassVar[str]
    key: ClassVar[str]
    most: ClassVar[int] = 1

    def __init__(
        self,
        offset: str | int,
        part: str | None = None,
        *,
        placeholder: str | None = None,
        options: Sequence[discord.SelectOption] = (),
    ) -> None:
        custom_id = f"papers:{self.act}:{offset}" + (f":{part}" if part else "")
        most = max(1, min(self.most, len(options)))
        menu = ui.Select[ui.View](custom_id=custom_id, placeholder=placeholder, options=[*options], max_values=most)
        super().__init__(menu)
        self._offset = int(offset)
        self._shown = SavedList(unread=part == UNREAD)

    @classmethod
    def of(cls, sheet: Sheet, shown: PaperList, catalogue: Catalogue, papers: Container[str]) -> Self:
        """A menu of those of the page's papers that are among `papers`."""
        options = [
            _option(listing, number, catalogue)
            for number, listing in enumerate(sheet.listings, sheet.offset + 1)
            if listing.paper.arxiv_id in papers
        ]
        part = UNREAD if shown == SavedList(unread=True) else None
        return cls(sheet.offset, part, placeholder=catalogue.say(cls.key), options=options)

    async def press(self, interaction: discord.Interaction) -> None:
        """Do so to the papers that were chosen."""
        if not self.item.values:
            raise RefusalError("error-button-gone")
        for arxiv_id in self.item.values:
            await self.do(interaction, arxiv_id)
        await _turn(interaction, self._shown, self._offset)

    @abstractmethod
    async def do(self, interaction: discord.Interaction, arxiv_id: str) -> None:
        """Do so to one paper."""


class RemoveMenu(_SavedMenu, template=rf"papers:remove:{_PART}"):
    """Removes a paper from the member's reading list."""

    act, key = "remove", "menu-remove"

    async def do(self, interaction: discord.Interaction, arxiv_id: str) -> None:
        """Remove it."""
        await services_of(interaction).saved.remove(interaction.user.id, arxiv_id)


class ReadMenu(_SavedMenu, template=rf"papers:seen:{_PART}"):
    """Marks papers of the member's reading list as read."""

    act, key, most = "seen", "menu-seen", PAGE

    async def do(self, interaction: discord.Interaction, arxiv_id: str) -> None:
        """Mark it."""
        services = services_of(interaction)
        await services.saved.set_read(interaction.user.id, arxiv_id, services.clock.now())


class ListButton(Persistent[Button], template=rf"papers:list:{_ADDRESS}{PATTERN}"):
    """Opens a list of papers in a new private message."""

    cost = Cost.SEARCH

    def __init__(
        self,
        key: str,
        offset: str = "0",
        delivery: int | str | None = None,
        *,
        label: str = "",
        emoji: str | None = None,
    ) -> None:
        custom_id = f"papers:list:{key}:{offset}{mark(delivery)}"
        super().__init__(ui.Button(label=label or None, emoji=emoji, custom_id=custom_id))
        self._key = key
        self._offset = int(offset)

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the list."""
        await show_list(interaction, list_of(self._key), self._offset)


class TurnButton(Persistent[Button], template=rf"papers:turn:{_ADDRESS}"):
    """Replaces the message with a page of a list."""

    cost = Cost.SEARCH

    def __init__(
        self, key: str, offset: str | int = 0, *, label: str = "", emoji: str | None = None, disabled: bool = False
    ) -> None:
        custom_id = f"papers:turn:{key}:{offset}"
        super().__init__(ui.Button(label=label or None, emoji=emoji, custom_id=custom_id, disabled=disabled))
        self._key = key
        self._offset = int(offset)

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the page."""
        await _turn(interaction, list_of(self._key), self._offset)


class ShareButton(Persistent[Button], template=rf"papers:share:{_ADDRESS}"):
    """Shows the page to everyone, if the member and the bot may: as a post, or elsewhere as a public answer."""

    cost = Cost.SHARE

    def __init__(self, key: str, offset: str | int, *, label: str = "", disabled: bool = False) -> None:
        emoji = Sign.DONE if disabled else Sign.SHARE
        custom_id = f"papers:share:{key}:{offset}"
        super().__init__(ui.Button(label=label or None, emoji=emoji, custom_id=custom_id, disabled=disabled))
        self._key = key
        self._offset = int(offset)

    async def press(self, interaction: discord.Interaction) -> None:
        """Share the page, then mark the button as used."""
        require_sharing_here(interaction)
        papers, elsewhere = list_of(self._key), is_elsewhere(interaction)
        public = catalogue_of(interaction) if elsewhere else server_catalogue(interaction.guild_locale)
        reader = replace(_reader(interaction), catalogue=public, for_all=True)
        sheet = await papers.sheet(reader, self._offset)
        if sheet.share_as is None:  # only a forged button asks for it
            raise RefusalError("error-button-gone")
        # Posting may have to wait for rate limits, so the press is answered first.
        await interaction.response.defer()
        try:
            await (_answer if elsewhere else _post)(interaction, sheet, public)
        except discord.Forbidden as error:
            raise app_commands.BotMissingPermissions(["view_channel", "send_messages"]) from error
        await _turn(interaction, papers, self._offset, shared=True)


async def _turn(interaction: discord.Interaction, papers: PaperList, offset: int, *, shared: bool = False) -> None:
    """Replace the message with one page of a list."""
    sheet = await papers.sheet(_reader(interaction), offset)
    await update(interaction, sheet.message, _view(interaction, papers, sheet, shared=shared))


async def _answer(interaction: discord.Interaction, sheet: Sheet, catalogue: Catalogue) -> None:
    message, view = _shared(interaction, sheet, catalogue)
    await reply(interaction, message, view=view, ephemeral=False)


async def _post(interaction: discord.Interaction, sheet: Sheet, catalogue: Catalogue) -> None:
    message, view = _shared(interaction, sheet, catalogue)
    pressed = cast("discord.Message", interaction.message)
    channel = cast("discord.abc.Messageable", interaction.channel)
    await channel.send(
        message.content,
        embeds=message.embeds,
        view=view or MISSING,
        allowed_mentions=discord.AllowedMentions.none(),
        nonce=f"{pressed.id}-{sheet.offset}",  # pressed twice, it is posted once
    )


def _shared(interaction: discord.Interaction, sheet: Sheet, catalogue: Catalogue) -> tuple[Message, ui.View | None]:
    content = catalogue.say("papers-shared-by", name=escape(shorten(interaction.user.display_name, _NAME)))
    view = view_of(PaperMenu.of(sheet.listings, catalogue, sheet.offset + 1)) if sheet.listings else None
    return Message(content, sheet.message.embeds), view


def _view(interaction: discord.Interaction, papers: PaperList, sheet: Sheet, *, shared: bool = False) -> ui.View | None:
    catalogue = catalogue_of(interaction)
    items: list[ui.Item[Any]] = []
    if sheet.listings:
        items.append(PaperMenu.of(sheet.listings, catalogue, sheet.offset + 1))
    if sheet.removable:
        items.append(RemoveMenu.of(sheet, papers, catalogue, {one.paper.arxiv_id for one in sheet.listings}))
    if sheet.unread:
        items.append(ReadMenu.of(sheet, papers, catalogue, sheet.unread))
    if sheet.total > PAGE:
        items.extend(_turns(papers.key, sheet))
    items.extend(TurnButton(other.key, label=label) for label, other in sheet.others)
    items.extend(sheet.controls)
    items.extend(ListButton(other.key, label=label) for label, other in sheet.more)
    if sheet.share_as is not None and (interaction.guild_id is not None or is_elsewhere(interaction)):
        label = catalogue.say("papers-shared" if shared else "papers-share")
        items.append(ShareButton(sheet.share_as.key, sheet.offset, label=label, disabled=shared))
    items.extend(sheet.below)
    return view_of(*items) if items else None


def _turns(key: str, sheet: Sheet) -> tuple[TurnButton, TurnButton]:
    """The buttons to turn pages. At an end one is disabled, not left out, so that the other stays in its place."""
    first, last = sheet.offset == 0, sheet.offset + PAGE >= sheet.total
    back = TurnButton(key, 0 if first else sheet.offset - PAGE, emoji=Sign.BACK, disabled=first)
    on = TurnButton(key, sheet.offset if last else sheet.offset + PAGE, emoji=Sign.NEXT, disabled=last)
    return back, on


@lru_cache(256)  # thousands of messages have the same papers, and cutting a text between graphemes is slow
def _option(listing: Listing, number: int, catalogue: Catalogue) -> discord.SelectOption:
    paper = listing.paper
    facts = join_given(votes(listing, catalogue), authors_line(paper, catalogue))
    return discord.SelectOption(
        label=shorten(f"{number}. {title(paper, 4 * _OPTION)}", _OPTION, utf16_len),
        value=paper.arxiv_id,
        description=shorten(facts, _OPTION, utf16_len) or None,
    )


def _reader(interaction: discord.Interaction) -> Reader:
    return Reader(
        services_of(interaction),
        interaction.user.id,
        catalogue_of(interaction),
        channel_id=interaction.channel_id,
        guild_id=home_of(interaction),
    )
