"""Whether a member is still there to be told. The bot keeps no list of members: Discord is asked when a message is due.

https://docs.discord.com/developers/resources/guild#get-guild-member needs no privileged intent.
"""

import discord

from bot.errors import DeliveryError, Fault

_NOBODY = frozenset({10007, 10013})  # unknown member, unknown user


async def require_member(guild: discord.Guild, user_id: int) -> discord.Member:
    """The member as Discord knows them now.

    Raises DeliveryError with MEMBER_AWAY where they left the server, and what discord.py raises.
    """
    try:
        return await guild.fetch_member(user_id)
    except discord.NotFound as error:
        if error.code not in _NOBODY:
            raise
        raise DeliveryError(Fault.MEMBER_AWAY, f"{error.status} {error.code} {error.text}") from error


async def require_reader(guild: discord.Guild, user_id: int, channel_id: int) -> None:
    """Make sure that a member is in the server and may see a channel or thread there.

    Raises DeliveryError with MEMBER_AWAY, and what discord.py raises. Who was removed from a private thread is not
    noticed.
    """
    member = await require_member(guild, user_id)
    place = guild.get_channel_or_thread(channel_id) or await guild.fetch_channel(channel_id)
    channel = place.parent if isinstance(place, discord.Thread) else place
    if channel is not None and not channel.permissions_for(member).view_channel:
        raise DeliveryError(Fault.MEMBER_AWAY, "the member may not see the channel")
