"""The buttons of /about that delete a member's data, after a confirmation."""

import discord
from discord import ui

from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.reply import reply, update
from bot.chat.interactions.translate import catalogue_of
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign

Button = ui.Button[ui.View]
_Style = discord.ButtonStyle


class ForgetButton(Persistent[Button], template=r"about:forget"):
    """Asks the member to confirm that all their data is to be deleted."""

    def __init__(self, label: str | None = None) -> None:
        super().__init__(ui.Button(label=label, emoji=Sign.DELETE, style=_Style.secondary, custom_id="about:forget"))

    async def press(self, interaction: discord.Interaction) -> None:
        """Say what would be deleted, and ask."""
        catalogue = catalogue_of(interaction)
        subscriptions = await services_of(interaction).subscriptions.of_member(interaction.user.id)
        view = view_of(
            ForgetAnswer("yes", catalogue.say("forget-yes")),
            ForgetAnswer("no", catalogue.say("forget-no")),
        )
        await reply(interaction, catalogue.say("forget-question", count=len(subscriptions)), view=view)


class ForgetAnswer(Persistent[Button], template=r"about:forget:(?P<answer>yes|no)"):
    """Deletes all that is stored about the member who presses "yes"."""

    def __init__(self, answer: str, label: str | None = None) -> None:
        style = _Style.danger if answer == "yes" else _Style.secondary
        super().__init__(ui.Button(label=label, style=style, custom_id=f"about:forget:{answer}"))
        self._answer = answer

    async def press(self, interaction: discord.Interaction) -> None:
        """Carry out the answer, and replace the question."""
        if self._answer == "yes":
            await services_of(interaction).desk.forget_member(interaction.user.id)
        done = "forget-done" if self._answer == "yes" else "forget-kept"
        await update(interaction, Message(catalogue_of(interaction).say(done)))
