"""Limits per minute, of each member and of each server, for what takes time or posts messages."""

import time
from collections.abc import Callable, Mapping
from enum import Enum, auto

from discord import app_commands
from discord.ext.commands import Cooldown, CooldownMapping

_MINUTE = 60.0
SERVER_TIMES = 4
"""The limit of a server is this many times the limit of a member."""


class Cost(Enum):
    """What is limited: searches and their pages, posts in channels, work on digests, completions."""

    SEARCH = auto()
    SHARE = auto()
    ORDER = auto()
    COMPLETION = auto()


class Cooldowns:
    """Counts the uses of the last minute.

    `per_minute` is the limit of a member for each kind; `clock` returns seconds.
    """

    def __init__(self, per_minute: Mapping[Cost, int], clock: Callable[[], float] = time.monotonic) -> None:
        self._members = {cost: _mapping(count) for cost, count in per_minute.items()}
        self._servers = {cost: _mapping(count * SERVER_TIMES) for cost, count in per_minute.items()}
        self._clock = clock

    def spend(self, cost: Cost, user_id: int, guild_id: int | None) -> None:
        """Count one use. Raises CommandOnCooldown, with the seconds to wait, if it is one too many.

        What is refused because of the member's limit does not count towards the server's.
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
