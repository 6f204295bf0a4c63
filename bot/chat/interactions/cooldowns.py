"""How often members and servers may ask for what costs: a minute's allowance of each kind."""

import time
from collections.abc import Callable, Mapping
from enum import Enum, auto

from discord import app_commands
from discord.ext.commands import Cooldown, CooldownMapping

_MINUTE = 60.0
SERVER_TIMES = 4
"""A server's members together may ask for so many times what one of them may."""


class Cost(Enum):
    """What costs time or posts: searches and their pages, posts for all, work on digests, offers to who types."""

    SEARCH = auto()
    SHARE = auto()
    ORDER = auto()
    COMPLETION = auto()


class Cooldowns:
    """Counts what was asked for in the last minute. Who has been quiet for one is forgotten.

    `per_minute` is a member's allowance of each kind; `clock` tells seconds.
    """

    def __init__(self, per_minute: Mapping[Cost, int], clock: Callable[[], float] = time.monotonic) -> None:
        self._members = {cost: _mapping(count) for cost, count in per_minute.items()}
        self._servers = {cost: _mapping(count * SERVER_TIMES) for cost, count in per_minute.items()}
        self._clock = clock

    def spend(self, cost: Cost, user_id: int, guild_id: int | None) -> None:
        """Count one more. Raises CommandOnCooldown, with the seconds to wait, where the allowance is used up.

        What a member is refused does not count towards the server's.
        """
        _spend(self._members[cost], user_id, self._clock())
        if guild_id is not None:
            _spend(self._servers[cost], guild_id, self._clock())


def _mapping(count: int) -> CooldownMapping[int]:
    return CooldownMapping(Cooldown(count, _MINUTE), _itself)


def _itself(key: int) -> int:
    return key


def _spend(cooldowns: CooldownMapping[int], key: int, now: float) -> None:
    bucket = cooldowns.get_bucket(key, now)
    if bucket is not None and (wait := bucket.update_rate_limit(now)):
        raise app_commands.CommandOnCooldown(bucket, wait)
