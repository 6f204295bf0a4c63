"""/digest remove as an admin sees it: the question, and what was done."""

import hashlib

import discord
from discord import ui

from bot.chat.digests.words import order_text
from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.managers import require_digests
from bot.chat.interactions.reply import reply, update
from bot.chat.interactions.translate import catalogue_of
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.digests.model import Digest
from bot.errors import RefusalError

Button = ui.Button[ui.View]
_Style = discord.ButtonStyle


class RemoveAnswer(
    Persistent[Button], template=r"digest:remove:(?P<answer>yes|no):(?P<number>[0-9]{1,3}):(?P<mark>[0-9a-f]{16})"
):
    """Removes the digest of the question, or leaves it.

    `mark` identifies the digest as it was shown: its number may be given again.
    """

    cost = Cost.ORDER

    def __init__(self, answer: str, number: int | str, mark: str, label: str | None = None) -> None:
        style, sign = (_Style.danger, Sign.DELETE) if answer == "yes" else (_Style.secondary, None)
        custom_id = f"digest:remove:{answer}:{number}:{mark}"
        super().__init__(ui.Button(label=label, emoji=sign, style=style, custom_id=custom_id))
        self._answer = answer
        self._number = int(number)
        self._mark = mark

    async def press(self, interaction: discord.Interaction) -> None:
        """Act on the answer, and replace the question with what was done."""
        catalogue, digests = catalogue_of(interaction), services_of(interaction).digests
        if self._answer == "no":
            await update(interaction, Message(catalogue.say("digest-remove-kept", number=self._number)))
            return
        guild = await require_digests(interaction)
        if _mark(await digests.get(guild.id, self._number)) != self._mark:
            raise RefusalError("error-digest-changed", number=self._number)
        removed = await digests.remove(guild.id, self._number)
        done = catalogue.say("digest-removed", number=removed.number)
        await update(interaction, Message(f"{done}\n{order_text(removed.order, catalogue)}"))


async def ask_to_remove(interaction: discord.Interaction, digest: Digest) -> None:
    """Ask whether to remove a digest with its history."""
    catalogue = catalogue_of(interaction)
    view = view_of(
        RemoveAnswer("yes", digest.number, _mark(digest), catalogue.say("digest-remove-yes")),
        RemoveAnswer("no", digest.number, _mark(digest), catalogue.say("digest-remove-no")),
    )
    question = catalogue.say("digest-remove-question", number=digest.number)
    await reply(interaction, f"{question}\n{order_text(digest.order, catalogue)}", view=view)


def _mark(digest: Digest) -> str:
    return hashlib.sha256(repr((digest.id, digest.order)).encode()).hexdigest()[:16]
