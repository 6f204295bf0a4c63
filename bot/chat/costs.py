"""What a command or press is counted as, before it is done."""

from collections.abc import Callable
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.chat.cooldowns import Cost
from bot.chat.persistent import spend

Callback = TypeVar("Callback", bound=Callable[..., Any])


def costs(cost: Cost) -> Callable[[Callback], Callback]:
    """A command that is counted as `cost`. Completing its options is not."""

    async def counted(interaction: discord.Interaction) -> bool:
        spend(interaction, cost)
        return True

    return app_commands.check(counted)
