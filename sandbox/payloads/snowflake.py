"""Discord's ids: a time in milliseconds shifted left by 22 bits, plus a counter."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

EPOCH_MS = 1_420_070_400_000
"""Discord's epoch, 2015-01-01T00:00Z, in Unix milliseconds (Discord's reference, "Snowflakes")."""

_TIMESTAMP_SHIFT = 22
_YEAR_MS = 365 * 24 * 3600 * 1000
_ROUND = 2520  # divisible by every shard count up to ten


class Snowflakes:
    """Generates increasing ids. `wall` is Discord's clock in Unix seconds."""

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        now = int(wall() * 1000) - EPOCH_MS
        self._last = 0
        self._servers = (now - _YEAR_MS) // _ROUND * _ROUND

    def next(self) -> int:
        """An id for anything but a server, made from the current time."""
        moment = (int(self._wall() * 1000) - EPOCH_MS) << _TIMESTAMP_SHIFT
        self._last = max(self._last + 1, moment)
        return self._last

    def next_server(self) -> int:
        """An id for a server: the n-th one, counted from 0, is on shard n modulo the number of shards (up to ten).

        Server ids are a year old, since servers are older than their messages.
        """
        moment, self._servers = self._servers, self._servers + 1
        return moment << _TIMESTAMP_SHIFT


def moment_of(identifier: int) -> datetime:
    """When an id was made, in UTC."""
    return datetime.fromtimestamp(((identifier >> _TIMESTAMP_SHIFT) + EPOCH_MS) / 1000, UTC)


def shard_of(server_id: int, shards: int) -> int:
    """The shard, counted from 0, that a server's events go to (Discord's reference, "Sharding")."""
    return (server_id >> _TIMESTAMP_SHIFT) % shards
