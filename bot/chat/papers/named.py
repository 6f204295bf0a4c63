"""The papers that a message or a member names: shown or saved, also those that no day lists.

A message is read for references alone; nothing of it is kept.
"""

from collections.abc import Iterable, Iterator, Sequence

import discord

from bot.chat.interactions.controls import services_of, view_of
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of
from bot.chat.papers.buttons_lists import ListButton, PaperMenu, show_list
from bot.chat.papers.lists.archive import OnePaper
from bot.chat.papers.lists.saved import SavedList
from bot.chat.papers.rows import opening, papers_list
from bot.chat.text.escape import escape, join_given
from bot.chat.text.limits import Message, compose
from bot.chat.text.prose import title
from bot.chat.text.theme import Sign
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.papers import Appearance, Paper
from bot.papers.arxiv import arxiv_ids_in
from bot.reading.model import MAX_SAVED

MOST_NAMED = 10
"""Papers of one message that are shown or saved."""
_TOGETHER = 5  # in an embed, as in lists
_TITLE, _ONE_TITLE = 80, 256


async def known(interaction: discord.Interaction, arxiv_ids: Sequence[str]) -> dict[str, Appearance]:
    """The papers among these that are stored, or that the site tells of now, by arXiv id.

    Before the site is asked, the interaction is answered with "thinking…", as it may take a while.
    """
    services, user_id = services_of(interaction), interaction.user.id
    found = await services.library.appearances(arxiv_ids)
    lacking = [each for each in arxiv_ids if each not in found]
    if not lacking or not services.strays.may_ask(user_id, lacking):
        return found
    await interaction.response.defer(ephemeral=True, thinking=True)
    await services.strays.fetch(user_id, lacking)
    return await services.library.appearances(arxiv_ids)


async def show_named(interaction: discord.Interaction, message: discord.Message) -> None:
    """Show the papers that a message names: one in full, several as a list with a menu."""
    named = papers_named(message)
    shown = _some(named)
    found = await known(interaction, shown)
    if len(shown) == 1:
        await show_list(interaction, OnePaper(shown[0]))
        return
    catalogue, papers = catalogue_of(interaction), list(found.values())
    note = _note(named, found, catalogue)
    menu = view_of(PaperMenu.of([each.listing for each in papers], catalogue)) if papers else None
    await reply(interaction, Message(note, _embeds(papers, catalogue)), view=menu)


async def save_named(interaction: discord.Interaction, message: discord.Message) -> None:
    """Put the papers that a message names on the member's reading list."""
    named = papers_named(message)
    found = await known(interaction, _some(named))
    note = _note(named, found, catalogue_of(interaction))
    await save_papers(interaction, [each.listing.paper for each in found.values()], note)


async def save_papers(interaction: discord.Interaction, papers: Sequence[Paper], note: str = "") -> None:
    """Put papers on the member's reading list, and answer with their titles, what did not fit, and the note."""
    services, say = services_of(interaction), catalogue_of(interaction).say
    user_id, now = interaction.user.id, services.clock.now()
    saved = [each for each in papers if await services.saved.add(user_id, each.arxiv_id, now)]
    lines = [note]
    if len(saved) == 1:
        lines.insert(0, say("saved-added", title=escape(title(saved[0], _ONE_TITLE))))
    elif saved:
        titles = "\n".join(f"• {escape(title(each, _TITLE))}" for each in saved)
        lines.insert(0, say("saved-added-several", count=len(saved), titles=titles))
    if len(saved) < len(papers):
        lines.append(say("error-saved-limit", limit=MAX_SAVED))
    view = view_of(ListButton(SavedList().key, label=say("saved-open"), emoji=Sign.SAVE)) if saved else None
    await reply(interaction, join_given(*lines, separator="\n\n"), view=view)


def papers_named(message: discord.Message) -> tuple[str, ...]:
    """The arXiv ids of the papers that a message names, each once.

    They are looked for in its text, in its embeds, in what it forwards, and in its buttons and menus.
    """
    return arxiv_ids_in("\n".join(_texts(message)))


def _texts(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield message.content
    for embed in message.embeds:
        yield from filter(None, (embed.title, embed.url, embed.description, embed.author.name, embed.author.url))
        for field in embed.fields:
            yield from filter(None, (field.name, field.value))
        if embed.footer.text:
            yield embed.footer.text
    yield from _texts_of(message.components)
    if isinstance(message, discord.Message):
        for forwarded in message.message_snapshots:
            yield from _texts(forwarded)


def _texts_of(components: Iterable[object]) -> Iterator[str]:
    """The texts of components of any kind: displayed text, links of buttons, values of options."""
    for component in components:
        texts = (getattr(component, name, None) for name in ("content", "url", "value"))
        yield from (text for text in texts if isinstance(text, str))
        yield from _texts_of([*getattr(component, "children", ()), *getattr(component, "options", ())])


def _some(named: Sequence[str]) -> Sequence[str]:
    """As many of the papers as are shown or saved. Raises RefusalError if there is none."""
    if not named:
        raise RefusalError("named-nothing")
    return named[:MOST_NAMED]


def _note(named: Sequence[str], found: Iterable[str], catalogue: Catalogue) -> str:
    """Which of the papers are not known, with their links, and that there are more; "" if there is nothing to say."""
    known_ids = set(found)
    links = [f"[{each}](<{Paper(each, '').url}>)" for each in named[:MOST_NAMED] if each not in known_ids]
    return join_given(
        catalogue.say("named-unknown", links=catalogue.listed(links)) if links else "",
        catalogue.say("named-cut", limit=MOST_NAMED) if len(named) > MOST_NAMED else "",
        separator="\n",
    )


def _embeds(papers: Sequence[Appearance], catalogue: Catalogue) -> tuple[discord.Embed, ...]:
    """A list of up to MOST_NAMED papers; more than five have an embed for each five, without sentences about them."""
    heading = catalogue.say("named-heading", count=len(papers))
    words = opening if len(papers) <= _TOGETHER else lambda _: ""
    embeds: list[discord.Embed] = []
    for first in range(0, len(papers), _TOGETHER):
        part = papers_list(
            papers[first : first + _TOGETHER], catalogue, heading=heading, offset=first, words=words
        ).embeds
        embeds.extend(part)
    if len(papers) > _TOGETHER:
        for embed in embeds:
            embed.remove_footer()  # which tells the language of the sentences
        for further in embeds[1:]:
            further.title = None
    return compose("", embeds).embeds
