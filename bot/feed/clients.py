"""Tells the clients of the feeds apart, and counts how often each asks."""

from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

_MINUTE = 60.0
_OWN_BITS = 64
"""Of an IPv6 address: a household has all addresses that share them."""
MOST_CLIENTS = 10_000
"""Clients that are counted in a minute; further ones are refused."""


class PerMinute:
    """Counts requests in one minute after another. `monotonic` returns seconds."""

    def __init__(self, limit: int, monotonic: Callable[[], float]) -> None:
        self._limit = limit
        self._monotonic = monotonic
        self._asked = Counter[str]()
        self._ends = monotonic() + _MINUTE

    def spend(self, client: str) -> int:
        """Count one request; return the seconds to wait if it is one too many, else 0."""
        now = self._monotonic()
        if now >= self._ends:
            self._asked.clear()
            self._ends = now + _MINUTE
        is_new = client not in self._asked
        if self._asked[client] >= self._limit or (is_new and len(self._asked) >= MOST_CLIENTS):
            return max(1, ceil(self._ends - now))
        self._asked[client] += 1
        return 0


def client_of(peer: str | None, forwarded: str = "") -> str:
    """The client at the other end of a connection, or, behind a proxy, the one that it was `forwarded` for.

    `forwarded` is an X-Forwarded-For header, "" without one. A proxy appends the address that it sees; what stands
    before it may be made up.
    """
    told = forwarded.rpartition(",")[2].strip()
    try:
        address = ip_address(told or peer or "")
    except ValueError:
        return peer or ""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, _OWN_BITS), strict=False))
    return str(address)
