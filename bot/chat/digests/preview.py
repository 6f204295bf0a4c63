"""The next edition as it would be posted, shown to the admin alone."""

import discord

from bot.chat.digests.words import beside_papers, reason_text
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of, server_catalogue
from bot.chat.papers.buttons_delivered import edition_view
from bot.chat.papers.editions import edition_messages, selection_date, thread_name
from bot.chat.text.escape import join_given
from bot.digests.model import Reason, Selection, Style
from bot.digests.service import Proof
from bot.locale import Catalogue


async def show_preview(interaction: discord.Interaction, proof: Proof) -> None:
    """Say what this is, or why the edition would be skipped; then show its messages in the server's language."""
    order = proof.digest.order
    posts = server_catalogue(interaction.guild_locale or interaction.locale, order.language)
    selection = proof.sample if isinstance(proof.outcome, Reason) else proof.outcome
    await reply(interaction, _note(proof, posts, catalogue_of(interaction)))
    if selection is None:
        return
    first, *rest = edition_messages(selection, order.style, posts)
    view = edition_view(selection, posts, likes=order.style is not Style.THREAD)
    await reply(interaction, first, view=None if order.style is Style.POSTS else view)
    for message in rest:
        await reply(interaction, message)


def _note(proof: Proof, posts: Catalogue, catalogue: Catalogue) -> str:
    """What is shown, and what editions have beside it that a preview can't show."""
    unshown = beside_papers(proof.digest.order, catalogue)
    shows_papers = isinstance(proof.outcome, Selection) or proof.sample is not None
    small = f"-# {unshown}" if unshown and shows_papers else ""
    return join_given(_what_it_is(proof, posts, catalogue), small, separator="\n")


def _what_it_is(proof: Proof, posts: Catalogue, catalogue: Catalogue) -> str:
    order = proof.digest.order
    match proof.outcome, proof.sample:
        case Reason() as reason, None:
            return catalogue.say("preview-skipped", reason=reason_text(reason, catalogue))
        case Reason() as reason, Selection() as sample:
            skipped = catalogue.say("preview-skipped", reason=reason_text(reason, catalogue))
            return f"{skipped}\n{catalogue.say('preview-sample', date=selection_date(sample, catalogue))}"
        case Selection(), _ if order.discuss:
            return catalogue.say("preview-discuss", channel=f"<#{order.channel_id}>")
        case Selection() as selection, _ if order.style is Style.THREAD:
            name = thread_name(selection, posts)
            return catalogue.say("preview-thread", channel=f"<#{order.channel_id}>", name=name)
        case Selection() as selection, _ if order.style is Style.POSTS:
            count = len(selection.listings)
            return catalogue.say("preview-posts", channel=f"<#{order.channel_id}>", count=count)
        case _:
            return catalogue.say("preview-note", channel=f"<#{order.channel_id}>")
