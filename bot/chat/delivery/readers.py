"""Whether a member can still read a message. The bot has no list of members, so Discord is asked for each message.

https://docs.discord.com/developers/resources/guild#get-guild-member needs no privileged intent.
"""

import discord

from bot.errors import DeliveryError, Fault

_NOBODY = frozenset({10007, 10013})  # unknown member, unknown user


async def require_member(guild: discord.Guild, user_id: int) -> discord.Member:
    """Fetch a member.

    Raises DeliveryError with MEMBER_AWAY if they left the server, and discord.py's errors.
    """
    try:
        return await guild.fetch_member(user_id)
    except discord.NotFound as error:
        if error.code not in _NOBODY:
            raise
        raise DeliveryError(Fault.MEMBER_AWAY, f"{error.status} {error.code} {error.text}") from error


async def require_reader(guild: discord.Guild, user_id: int, channel_id: int) -> None:
    """Check that a member is in the server and may see a channel or thread there.

    Raises DeliveryError with MEMBER_AWAY if not, and discord.py's errors. Does not notice that a member was removed
    from a private thread.
    """
    member = await require_member(guild, user_id)
    place = guild.get_channel_or_thread(channel_id) or await guild.fetch_channel(channel_id)
    channel = place.parent if isinstance(place, discord.Thread) else place
    if channel is not None and not channel.permissions_for(member).view_channel:
        raise DeliveryError(Fault.MEMBER_AWAY, "the member may not see the channel")
