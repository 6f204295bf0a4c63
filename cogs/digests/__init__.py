"""The commands of /digest."""

from bot.client import Paperboy
from cogs.digests.commands import Digests


async def setup(bot: Paperboy) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Digests(bot))
